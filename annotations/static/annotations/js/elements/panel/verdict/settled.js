// @ts-check
/** A verdict in words: how it stands, and what it lacks. */

import { h } from "../../dom.js";
import { capsOf } from "../../../keyboard/own-shortcuts.js";
import { MEANINGS, NEEDED } from "../../../model/vocabulary.js";
import { holderOf } from "../../../model/rights.js";
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
  const author = verdict.author.id === store.me.id ? "you" : isolated(verdict.author.name);
  const holder = holderOf(verdict);
  const held = holder.id === verdict.author.id ? "" : `, held by ${holder.id === store.me.id ? "you" : isolated(holder.name)}`;
  const sure = verdict.confidence === null ? "" : ` · confidence ${verdict.confidence}`;
  return h(
    "p",
    { class: "settled", "data-colour": rating?.colour },
    h("strong", null, isolated(rating?.name ?? "No rating yet")),
    h("span", { class: "soft" }, `by ${author}${held}${sure}`),
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
  return missing.length ? `Needs ${missing.join(" and ")} before it can be submitted.` : "";
}
