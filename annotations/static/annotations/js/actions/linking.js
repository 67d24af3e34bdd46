// @ts-check
/** Linking spans to one another: first the relation, then the other end. */

import { endOf } from "../model/evidence.js";
import { whyNoLinkBetween, whyNoLinking, whyNoMarking, whyNoWorkOn } from "../model/rights.js";
import { LABEL_NOUNS, MEANINGS } from "../model/vocabulary.js";
import { gettext, interpolate } from "../text/gettext.js";
import { uuid7 } from "../uuid.js";
import { creation, sameSpan, short } from "./spans.js";
import { clearSelection } from "./moving.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
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
 * @param {Workbench} workbench
 * @param {Relation} relation
 */
export function startLink(workbench, relation) {
  const { store } = workbench;
  const span = store.activeSpan;
  if (!span) {
    workbench.toast(gettext("Select a span first."));
    return;
  }
  const missing = missingEnd(relation, span.label);
  if (!missing) {
    workbench.toast(gettext("This span can't have this kind of link."));
    return;
  }
  const why = span.label === "claim" ? whyNoWorkOn(store, span, "link") : whyNoLinking(store, span.article);
  if (why) {
    workbench.toast(why, { kind: "refusal" });
    return;
  }
  const place = store.selection;
  clearSelection(workbench);
  store.set({ picking: { relation, span: span.id, typed: "" }, candidate: null });
  // What is selected already is what one means.
  if (place) {
    pickText(workbench, place);
    return;
  }
  const how = gettext("Click a span or select text, or type a span's number and press Enter. Press Escape to cancel.");
  workbench.announce(`${prompt(relation, missing.end)} ${how}`);
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
 * @param {Workbench} workbench
 * @param {string} id
 */
export function pickSpan(workbench, id) {
  const { store } = workbench;
  const { picking } = store;
  const span = store.shown.span.get(id);
  const from = picking && store.shown.span.get(picking.span);
  const missing = from && missingEnd(picking.relation, from.label);
  if (!picking || !span || !missing) return;
  if (span.id === from.id) {
    workbench.toast(gettext("You can't link a span to itself. Select another one."));
  } else if (!missing.labels.includes(span.label)) {
    const found = { name: store.nameOf(span.id), label: LABEL_NOUNS[span.label] };
    const why = interpolate(gettext("The label of %(name)s is %(label)s."), found);
    workbench.toast(`${prompt(picking.relation, missing.end)} ${why}`);
  } else {
    finish(workbench, [], span.id);
  }
}

/**
 * Makes the link with newly selected text, and the span it needs, in one step.
 * @param {Workbench} workbench
 * @param {Place} place
 */
export function pickText(workbench, place) {
  const { store } = workbench;
  const { picking } = store;
  const from = picking && store.shown.span.get(picking.span);
  const missing = from && missingEnd(picking.relation, from.label);
  if (!missing) return;
  const known = missing.labels.map((label) => sameSpan(workbench, place, label)).find(Boolean);
  const why = known ? null : whyNoMarking(store, place.article);
  if (why) {
    workbench.toast(why, { kind: "refusal" });
    return;
  }
  const step = creation(workbench, place, missing.made);
  if (known) finish(workbench, [], known.id);
  else finish(workbench, [step], step.id);
  clearSelection(workbench);
}

/**
 * Chooses by what was typed, else the span that the keys have come to, else the selected text.
 * @param {Workbench} workbench
 */
export function confirmPick(workbench) {
  const { picking, candidate, selection } = workbench.store;
  if (!picking) return;
  if (picking.typed) {
    const id = spanNamed(workbench, picking.typed);
    if (id) pickSpan(workbench, id);
    else workbench.toast(interpolate(gettext("There is no span %(name)s."), { name: picking.typed }));
    workbench.store.set({ picking: workbench.store.picking && { ...workbench.store.picking, typed: "" } });
  } else if (selection) {
    pickText(workbench, selection);
  } else if (candidate) {
    pickSpan(workbench, candidate);
  }
}

/**
 * Takes a letter or digit of a span's number.
 * @param {Workbench} workbench
 * @param {string} character "Backspace" takes the last one away
 */
export function typeNumber(workbench, character) {
  const { picking } = workbench.store;
  if (!picking) return;
  const typed = character === "Backspace" ? picking.typed.slice(0, -1) : picking.typed + character;
  const id = spanNamed(workbench, typed);
  workbench.store.set({ picking: { ...picking, typed }, candidate: id });
  workbench.announce(id ? `${typed}: ${workbench.store.shown.span.get(id)?.quote}` : typed);
}

/**
 * The span with a name such as c4, or c4b in the article beside. A bare number is a fact's, then a claim's.
 * @param {Workbench} workbench
 * @param {string} typed
 * @returns {string | null}
 */
function spanNamed({ store }, typed) {
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
 * @param {Workbench} workbench
 * @param {Step[]} first steps that make the other end
 * @param {string} other
 */
function finish(workbench, first, other) {
  const { store } = workbench;
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
    workbench.toast(why, { kind: "refusal" });
    return;
  }
  const twin = store
    .linksOf(source)
    .find((link) => link.source === source && link.target === target && link.relation === picking.relation);
  if (twin) {
    workbench.toast(gettext("These spans are already linked this way."));
    return;
  }
  const link = {
    kind: /** @type {const} */ ("link"),
    id: uuid7(),
    verb: /** @type {const} */ ("create"),
    body: { source, target, relation: picking.relation },
  };
  const words = interpolate(gettext("linked %(quote)s"), { quote: short(from.quote) });
  workbench.commit([...first, link], { words, focus: from.id });
  store.set({ picking: null, candidate: null });
  const far = endOf(store, other);
  const made = { relation: MEANINGS[picking.relation].name, quote: far?.quote ?? "" };
  workbench.announce(interpolate(gettext("Linked: %(relation)s, %(quote)s"), made));
}

/**
 * Takes a link away.
 * @param {Workbench} workbench
 * @param {Link} link
 */
export function removeLink(workbench, link) {
  const relation = MEANINGS[link.relation].name;
  workbench.commit([{ kind: "link", id: link.id, verb: "delete" }], {
    words: interpolate(gettext("removed a link (%(relation)s)"), { relation }),
    focus: workbench.store.active,
  });
  workbench.toast(interpolate(gettext("Link removed: %(relation)s."), { relation }), {
    kind: "done",
    action: { words: gettext("Undo"), run: () => workbench.undoLast() },
  });
}

/**
 * Turns a piece of evidence to the other side.
 * @param {Workbench} workbench
 * @param {Link} link
 * @param {import("../model/vocabulary.js").Side} relation
 */
export function turnLink(workbench, link, relation) {
  workbench.commit([{ kind: "link", id: link.id, verb: "change", body: { relation } }], {
    words: interpolate(gettext("changed a link to %(relation)s"), { relation: MEANINGS[relation].name }),
    focus: workbench.store.active,
  });
}

