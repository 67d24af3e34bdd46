// @ts-check
/** Tying spans to one another: first the relation, then the other end. */

import { endOf } from "../model/evidence.js";
import { whyNoLinkBetween, whyNoLinking, whyNoMarking, whyNoWorkOn } from "../model/rights.js";
import { MEANINGS, WITH_ARTICLE } from "../model/vocabulary.js";
import { uuid7 } from "../uuid.js";
import { creation, sameMark, short } from "./marking.js";
import { clearSelection } from "./moving.js";

/** @typedef {import("../workbench-controller.js").Bench} Bench */
/** @typedef {import("../model/types.js").Label} Label */
/** @typedef {import("../model/types.js").Span} Span */
/** @typedef {import("../model/types.js").Link} Link */
/** @typedef {import("../model/types.js").Relation} Relation */
/** @typedef {import("../model/types.js").Place} Place */
/** @typedef {import("../model/changes.js").Step} Step */

/**
 * What is still missing of a link that begins at a span: which end, of which labels, and what new text
 * picked for it becomes; null where no such link can begin there.
 * @param {Relation} relation
 * @param {Label} label
 * @returns {{end: "source" | "target", labels: readonly Label[], made: Label} | null}
 */
export function missingEnd(relation, label) {
  const { sources, targets, gathers } = MEANINGS[relation];
  // A claim gathers its evidence and its sources; a claim that restates another one points to it.
  if (targets.includes(label) && gathers) {
    return { end: "source", labels: sources, made: sources.length === 1 ? sources[0] : "fact" };
  }
  if (sources.includes(label)) return { end: "target", labels: targets, made: targets[0] };
  return null;
}

/**
 * Starts a link from the active span. Its other end is the text that is selected, else what is picked next.
 * @param {Bench} bench
 * @param {Relation} relation
 */
export function startLink(bench, relation) {
  const { store } = bench;
  const span = store.activeSpan;
  if (!span) {
    bench.toast("Choose a span first, then what it is tied to.");
    return;
  }
  const missing = missingEnd(relation, span.label);
  if (!missing) {
    bench.toast(`${capital(relation)} does not begin or end at this span.`);
    return;
  }
  const why = span.label === "claim" ? whyNoWorkOn(store, span, "link") : whyNoLinking(store, span.article);
  if (why) {
    bench.toast(why, { kind: "refusal" });
    return;
  }
  const place = store.selection;
  clearSelection(bench);
  store.set({ picking: { relation, span: span.id, typed: "" }, candidate: null });
  // What is selected already is what one means.
  if (place) {
    pickText(bench, place);
    return;
  }
  bench.announce(
    `${prompt(relation, missing.end)} Click or select text, or type a span’s number and Enter. Escape leaves it.`,
  );
}

/**
 * What to do next, in words.
 * @param {Relation} relation
 * @param {"source" | "target"} end
 */
export function prompt(relation, end) {
  return end === "source" ? MEANINGS[relation].askSource : MEANINGS[relation].askTarget;
}

/**
 * Makes the link with a span that stands already.
 * @param {Bench} bench
 * @param {string} id
 */
export function pickSpan(bench, id) {
  const { store } = bench;
  const { picking } = store;
  const span = store.shown.span.get(id);
  const from = picking && store.shown.span.get(picking.span);
  const missing = from && missingEnd(picking.relation, from.label);
  if (!picking || !span || !missing) return;
  if (span.id === from.id) {
    bench.toast("You can't link a span to itself. Pick another one.");
  } else if (!missing.labels.includes(span.label)) {
    bench.toast(
      `${prompt(picking.relation, missing.end)} ${capital(store.nameOf(span.id))} is ${WITH_ARTICLE[span.label]}.`,
    );
  } else {
    finish(bench, [], span.id);
  }
}

/**
 * Makes the link with newly selected text, and the span it needs, in one step.
 * @param {Bench} bench
 * @param {Place} place
 */
export function pickText(bench, place) {
  const { store } = bench;
  const { picking } = store;
  const from = picking && store.shown.span.get(picking.span);
  const missing = from && missingEnd(picking.relation, from.label);
  if (!missing) return;
  const known = missing.labels.map((label) => sameMark(bench, place, label)).find(Boolean);
  const why = known ? null : whyNoMarking(store, place.article);
  if (why) {
    bench.toast(why, { kind: "refusal" });
    return;
  }
  const step = creation(bench, place, missing.made);
  if (known) finish(bench, [], known.id);
  else finish(bench, [step], step.id);
  clearSelection(bench);
}

/**
 * Chooses by what was typed, else the span that the keys have come to, else the selected text.
 * @param {Bench} bench
 */
export function confirmPick(bench) {
  const { picking, candidate, selection } = bench.store;
  if (!picking) return;
  if (picking.typed) {
    const id = spanNamed(bench, picking.typed);
    if (id) pickSpan(bench, id);
    else bench.toast(`There is no ${picking.typed} here.`);
    bench.store.set({ picking: bench.store.picking && { ...bench.store.picking, typed: "" } });
  } else if (selection) {
    pickText(bench, selection);
  } else if (candidate) {
    pickSpan(bench, candidate);
  }
}

/**
 * Takes a letter or digit of a span's number.
 * @param {Bench} bench
 * @param {string} character "Backspace" takes the last one away
 */
export function typeNumber(bench, character) {
  const { picking } = bench.store;
  if (!picking) return;
  const typed = character === "Backspace" ? picking.typed.slice(0, -1) : picking.typed + character;
  const id = spanNamed(bench, typed);
  bench.store.set({ picking: { ...picking, typed }, candidate: id });
  bench.announce(id ? `${typed}: ${bench.store.shown.span.get(id)?.quote}` : typed);
}

/**
 * The span with a name such as c4, or c4b in the article beside. A bare number is a fact's, then a claim's.
 * @param {Bench} bench
 * @param {string} typed
 * @returns {string | null}
 */
export function spanNamed({ store }, typed) {
  const [, letter, digits, beside] = typed.toLowerCase().match(/^([caf]?)(\d+)(b?)$/) ?? [];
  const index = store.desk((beside ? store.beside : store.main) ?? "")?.index;
  if (!digits || !index) return null;
  for (const initial of letter ? [letter] : ["f", "c", "a"]) {
    const found = index.withName(initial + digits);
    if (found) return found.id;
  }
  return null;
}

/**
 * @param {Bench} bench
 * @param {Step[]} first steps that make the other end
 * @param {string} other
 */
function finish(bench, first, other) {
  const { store } = bench;
  const picking = /** @type {NonNullable<typeof store.picking>} */ (store.picking);
  const from = /** @type {Span} */ (store.shown.span.get(picking.span));
  const { end } = /** @type {NonNullable<ReturnType<typeof missingEnd>>} */ (
    missingEnd(picking.relation, from.label)
  );
  const [source, target] = end === "source" ? [other, from.id] : [from.id, other];
  const claim = store.shown.span.get(target);
  const why =
    (first.length ? null : whyNoLinkBetween(store, source, target)) ??
    (claim?.label === "claim" ? whyNoWorkOn(store, claim, "link") : null);
  if (why) {
    bench.toast(why, { kind: "refusal" });
    return;
  }
  const twin = store
    .linksOf(source)
    .find((link) => link.source === source && link.target === target && link.relation === picking.relation);
  if (twin) {
    bench.toast("These two spans already have this relation.");
    return;
  }
  const link = {
    kind: /** @type {const} */ ("link"),
    id: uuid7(),
    verb: /** @type {const} */ ("create"),
    body: { source, target, relation: picking.relation },
  };
  bench.commit([...first, link], { words: `linked ${short(from.quote)}`, focus: from.id });
  store.set({ picking: null, candidate: null });
  const far = endOf(store, other);
  bench.announce(`Linked: ${picking.relation}, ${far?.quote ?? ""}`);
}

/**
 * Takes a link away.
 * @param {Bench} bench
 * @param {Link} link
 */
export function removeLink(bench, link) {
  bench.commit([{ kind: "link", id: link.id, verb: "delete" }], {
    words: `removed a link (${link.relation})`,
    focus: bench.store.active,
  });
  bench.toast(`Removed the link: ${link.relation}.`, {
    kind: "done",
    action: { words: "Undo", run: () => bench.undoLast() },
  });
}

/**
 * Turns a piece of evidence to the other side.
 * @param {Bench} bench
 * @param {Link} link
 * @param {import("../model/vocabulary.js").Side} relation
 */
export function turnLink(bench, link, relation) {
  bench.commit([{ kind: "link", id: link.id, verb: "change", body: { relation } }], {
    words: `made a link say ${relation}`,
    focus: bench.store.active,
  });
}

/** @param {string} word */
function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
