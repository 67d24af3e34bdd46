// @ts-check
/** The verdict on a claim: drafted as one types, submitted, withdrawn. */

import { whyNoSubmitting, whyNoWorkOn } from "../model/rights.js";
import { gettext, interpolate } from "../text/gettext.js";
import { uuid7 } from "../uuid.js";
import { short } from "./spans.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
/** @typedef {import("../model/types.js").Verdict} Verdict */
/** @typedef {Partial<Pick<Verdict, "rating" | "rationale" | "confidence" | "evidence_sets">>} Judgement */

/**
 * Keeps what was decided or written so far.
 * @param {Workbench} workbench
 * @param {string} claim
 * @param {Judgement} judgement
 * @returns {boolean} whether it was kept
 */
export function draft(workbench, claim, judgement) {
  const span = workbench.store.shown.span.get(claim);
  const why = span ? whyNoWorkOn(workbench.store, span, "verdict") : gettext("This claim has been deleted.");
  if (why || !span) {
    workbench.toast(why ?? "", { kind: "refusal" });
    return false;
  }
  const verdict = workbench.store.verdictOn(claim);
  const run = `${Object.keys(judgement).join()} of the verdict on ${claim}`;
  const words = interpolate(gettext("changed the verdict on %(quote)s"), { quote: short(span.quote) });
  if (!verdict) {
    const body = { claim, rating: null, rationale: "", ...judgement };
    workbench.commit([{ kind: "verdict", id: uuid7(), verb: "create", body }], { words, run, focus: claim });
  } else if (differs(verdict, judgement)) {
    workbench.commit([{ kind: "verdict", id: verdict.id, verb: "change", body: judgement }], {
      words,
      run,
      focus: claim,
    });
  }
  return true;
}

/**
 * Submits the verdict on the active claim for review.
 * @param {Workbench} workbench
 */
export function submitVerdict(workbench) {
  workbench.say("keep-now");
  const claim = workbench.store.activeSpan;
  const verdict = claim && workbench.store.verdictOn(claim.id);
  const why = claim && whyNoWorkOn(workbench.store, claim, "verdict");
  if (!claim || why) {
    if (why) workbench.toast(why, { kind: "refusal" });
  } else if (!verdict?.rating) {
    workbench.toast(gettext("Choose a rating first."), { kind: "refusal" });
  } else if (whyNoSubmitting(workbench.store, verdict, claim.article)) {
    workbench.toast(whyNoSubmitting(workbench.store, verdict, claim.article) ?? "", { kind: "refusal" });
  } else {
    workbench.commit([{ kind: "verdict", id: verdict.id, verb: "submit" }], {
      words: interpolate(gettext("submitted the verdict on %(quote)s"), { quote: short(claim.quote) }),
      focus: claim.id,
    });
    workbench.announce(gettext("Verdict submitted for review."));
  }
}

/**
 * Withdraws a submitted verdict.
 * @param {Workbench} workbench
 */
export function withdrawVerdict(workbench) {
  const claim = workbench.store.activeSpan;
  const verdict = claim && workbench.store.verdictOn(claim.id);
  if (verdict?.state !== "submitted" || whyNoSubmitting(workbench.store, verdict, claim?.article ?? "")) return;
  workbench.commit([{ kind: "verdict", id: verdict.id, verb: "withdraw" }], {
    words: interpolate(gettext("withdrew the verdict on %(quote)s"), { quote: short(claim?.quote ?? "") }),
    focus: verdict.claim,
  });
  workbench.announce(gettext("Verdict withdrawn. It is a draft again."));
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
