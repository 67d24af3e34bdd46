// @ts-check
/** A verdict as texts: its rating and rationale, and the evidence that is missing. */

import { h } from "../../dom.js";
import { capsOf } from "../../../keyboard/own-shortcuts.js";
import { MEANINGS, NEEDED } from "../../../model/vocabulary.js";
import { holderOf } from "../../../model/rights.js";
import { gettext, inList, interpolate } from "../../../text/gettext.js";
import { isolated } from "../../../text/isolation.js";

/** @typedef {import("../../../model/store.js").Store} Store */
/** @typedef {import("../../../model/types.js").Verdict} Verdict */

/**
 * The rating of a verdict that nobody changes now.
 * @param {Store} store
 * @param {Verdict} verdict
 */
export function settledRating(store, verdict) {
  const rating = store.project?.scale.find((one) => one.key === verdict.rating);
  const nameOf = (/** @type {import("../../../model/types.js").Person} */ person) =>
    person.id === store.me.id ? gettext("you") : isolated(person.name);
  const holder = holderOf(verdict);
  const text =
    holder.id === verdict.author.id ? gettext("by %(author)s") : gettext("by %(author)s, handed over to %(holder)s");
  const by = interpolate(text, { author: nameOf(verdict.author), holder: nameOf(holder) });
  const sure =
    verdict.confidence === null
      ? []
      : [interpolate(gettext("confidence %(confidence)s"), { confidence: verdict.confidence })];
  return h(
    "p",
    { class: "settled", "data-colour": rating?.colour },
    h("strong", null, isolated(rating?.name ?? gettext("No rating yet"))),
    h("span", { class: "soft" }, [by, ...sure].join(" · ")),
  );
}

/**
 * Its rationale.
 * @param {Verdict} verdict
 */
export function settledWords(verdict) {
  return verdict.rationale ? h("p", { class: "settled-words", dir: "auto" }, verdict.rationale) : null;
}

/**
 * Which evidence a rating still needs before the verdict can be submitted; empty where none.
 * @param {Store} store
 * @param {string} claim
 * @param {Verdict | null} verdict
 * @returns {string}
 */
export function missingEvidence(store, claim, verdict) {
  const needs = store.project?.scale.find((rating) => rating.key === verdict?.rating)?.needs;
  const links = store.linksOf(claim).filter((link) => link.target === claim);
  const missing = (NEEDED[needs ?? ""] ?? [])
    .filter((side) => !links.some((link) => link.relation === side))
    .map((side) => [MEANINGS[side].named, ...capsOf(side).map((cap) => `(${cap})`)].join(" "));
  if (!missing.length) return "";
  return interpolate(gettext("To submit this rating, link %(evidence)s."), { evidence: inList(missing) });
}
