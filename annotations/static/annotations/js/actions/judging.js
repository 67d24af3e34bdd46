// @ts-check
/** The verdict on a claim: drafted as one types, submitted, withdrawn. */

import { whyNoSubmitting, whyNoWorkOn } from "../model/rights.js";
import { uuid7 } from "../uuid.js";
import { short } from "./marking.js";

/** @typedef {import("../workbench-controller.js").Bench} Bench */
/** @typedef {import("../model/types.js").Verdict} Verdict */
/** @typedef {Partial<Pick<Verdict, "rating" | "rationale" | "confidence" | "evidence_sets">>} Judgement */

/**
 * Keeps what was decided or written so far.
 * @param {Bench} bench
 * @param {string} claim
 * @param {Judgement} judgement
 * @returns {boolean} whether it was kept
 */
export function draft(bench, claim, judgement) {
  const span = bench.store.shown.span.get(claim);
  const why = span ? whyNoWorkOn(bench.store, span, "verdict") : "This claim is gone.";
  if (why || !span) {
    bench.toast(why ?? "", { kind: "refusal" });
    return false;
  }
  const verdict = bench.store.verdictOn(claim);
  const run = `${Object.keys(judgement).join()} of the verdict on ${claim}`;
  const words = `changed the verdict on ${short(span.quote)}`;
  if (!verdict) {
    const body = { claim, rating: null, rationale: "", ...judgement };
    bench.commit([{ kind: "verdict", id: uuid7(), verb: "create", body }], { words, run, focus: claim });
  } else if (differs(verdict, judgement)) {
    bench.commit([{ kind: "verdict", id: verdict.id, verb: "change", body: judgement }], {
      words,
      run,
      focus: claim,
    });
  }
  return true;
}

/**
 * Hands the verdict on the active claim to review.
 * @param {Bench} bench
 */
export function submitVerdict(bench) {
  bench.say("keep-now");
  const claim = bench.store.activeSpan;
  const verdict = claim && bench.store.verdictOn(claim.id);
  const why = claim && whyNoWorkOn(bench.store, claim, "verdict");
  if (!claim || why) {
    if (why) bench.toast(why, { kind: "refusal" });
  } else if (!verdict?.rating) {
    bench.toast("Choose a rating first.", { kind: "refusal" });
  } else if (whyNoSubmitting(bench.store, verdict, claim.article)) {
    bench.toast(whyNoSubmitting(bench.store, verdict, claim.article) ?? "", { kind: "refusal" });
  } else {
    bench.commit([{ kind: "verdict", id: verdict.id, verb: "submit" }], {
      words: `submitted the verdict on ${short(claim.quote)}`,
      focus: claim.id,
    });
    bench.announce("Verdict submitted for review.");
  }
}

/**
 * Takes a submitted verdict back.
 * @param {Bench} bench
 */
export function withdrawVerdict(bench) {
  const claim = bench.store.activeSpan;
  const verdict = claim && bench.store.verdictOn(claim.id);
  if (verdict?.state !== "submitted" || whyNoSubmitting(bench.store, verdict, claim?.article ?? "")) return;
  bench.commit([{ kind: "verdict", id: verdict.id, verb: "withdraw" }], {
    words: `withdrew the verdict on ${short(claim?.quote ?? "")}`,
    focus: verdict.claim,
  });
  bench.announce("Verdict withdrawn; it is a draft again.");
}

/**
 * @param {Verdict} verdict
 * @param {Judgement} judgement
 */
function differs(verdict, judgement) {
  return Object.entries(judgement).some(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(/** @type {any} */ (verdict)[name]),
  );
}
