// @ts-check
/** Making and changing spans. */

import { countWords } from "../model/comments.js";
import { whyNoChange, whyNoMarking } from "../model/rights.js";
import { WITH_ARTICLE } from "../model/vocabulary.js";
import { uuid7 } from "../uuid.js";
import { activate, clearSelection } from "./moving.js";
import { isolated } from "../text/isolation.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
/** @typedef {import("../model/types.js").Label} Label */
/** @typedef {import("../model/types.js").Span} Span */
/** @typedef {import("../model/types.js").FieldValue} FieldValue */
/** @typedef {import("../model/types.js").Place} Place */
/** @typedef {import("../model/changes.js").Step} Step */

/**
 * Marks the selection with a label, or where nothing is selected, gives the active span that label.
 * @param {Workbench} workbench
 * @param {Label} label
 */
export function setLabel(workbench, label) {
  const { selection, activeSpan } = workbench.store;
  if (selection) createSpan(workbench, selection, label);
  else if (activeSpan) relabel(workbench, activeSpan, label);
  else workbench.toast(`Select a passage first; then ${label} marks it.`);
}

/**
 * @param {Workbench} workbench
 * @param {Place} place
 * @param {Label} label
 */
function createSpan(workbench, place, label) {
  const refusal = whyNoMarking(workbench.store, place.article);
  if (refusal) {
    workbench.toast(refusal, { kind: "refusal" });
    return;
  }
  const known = sameSpan(workbench, place, label);
  if (known) {
    workbench.toast(`You have marked this passage as ${label} already.`);
    activate(workbench, known.id);
    return;
  }
  const step = creation(workbench, place, label);
  workbench.commit([step], { words: `marked ${short(step.body?.quote)} as ${label}`, focus: step.id });
  clearSelection(workbench);
  activate(workbench, step.id, { reveal: false });
  workbench.store.set({ caret: { article: place.article, point: place.end } });
  workbench.announce(`Marked as ${label}: ${step.body?.quote}`);
}

/**
 * The step that makes a span.
 * @param {Workbench} workbench
 * @param {Place} place
 * @param {Label} label
 * @returns {Step}
 */
export function creation({ store }, { article, start, end }, label) {
  const quote = store.desk(article)?.offsets.slice(start, end) ?? "";
  return {
    kind: "span",
    id: uuid7(),
    verb: "create",
    body: { article, label, fragments: [{ start, end }], quote },
  };
}

/**
 * One's own span with exactly this passage and label.
 * @param {Workbench} workbench
 * @param {Place} place
 * @param {Label} label
 */
export function sameSpan({ store }, { article, start, end }, label) {
  const touching = store.desk(article)?.index.touching(start, end) ?? [];
  return touching.find(
    (span) =>
      span.label === label &&
      span.annotator.id === store.me.id &&
      span.fragments.length === 1 &&
      span.start === start &&
      span.end === end,
  );
}

/**
 * Gives a span another label. Fields that the new label does not have are left behind.
 * @param {Workbench} workbench
 * @param {Span} span
 * @param {Label} label
 */
export function relabel(workbench, span, label) {
  if (span.label === label || refused(workbench, span)) return;
  const keys = new Set(workbench.store.project?.label_fields[label]?.map((field) => field.key));
  const fields = Object.fromEntries(Object.entries(span.fields).filter(([key]) => keys.has(key)));
  change(
    workbench,
    span,
    { label, fields },
    `made ${short(span.quote)} ${WITH_ARTICLE[label]}`,
  );
}

/**
 * Stores the value of one field of a span.
 * @param {Workbench} workbench
 * @param {Span} span
 * @param {string} key
 * @param {FieldValue} value null takes it away
 * @returns {boolean} whether it is stored then
 */
export function setField(workbench, span, key, value) {
  const fields = { ...span.fields, [key]: value };
  if (value === null || value === "") delete fields[key];
  if (JSON.stringify(fields) === JSON.stringify(span.fields)) return true;
  if (refused(workbench, span)) return false;
  change(workbench, span, { fields }, `changed a field of ${short(span.quote)}`, `${key} of ${span.id}`);
  return true;
}

/**
 * @param {Workbench} workbench
 * @param {Span} span
 * @param {string} note
 * @returns {boolean} whether it is stored then
 */
export function setNote(workbench, span, note) {
  if (note === span.note) return true;
  if (refused(workbench, span)) return false;
  change(workbench, span, { note }, `changed the note on ${short(span.quote)}`, `note of ${span.id}`);
  return true;
}

/**
 * What goes with a span when it is deleted, in words; empty where it stands alone.
 * @param {Workbench} workbench
 * @param {Span} span
 */
export function whatGoesWith({ store }, span) {
  const links = store.linksOf(span.id).length;
  const verdict = store.verdictOn(span.id);
  const places = store.linksOf(span.id).map((link) => store.comments.countOn("link", link.id));
  const said =
    store.comments.countOn("span", span.id) + (verdict ? store.comments.countOn("verdict", verdict.id) : 0);
  const comments = places.reduce((sum, count) => sum + count, said);
  const parts = [
    links ? (links === 1 ? "1 link" : `${links} links`) : "",
    verdict ? "its verdict" : "",
    comments ? countWords(comments) : "",
  ].filter(Boolean);
  return [parts.slice(0, -1).join(", "), parts.at(-1)].filter(Boolean).join(" and ");
}

/**
 * Deletes the active span and says what went with it.
 * @param {Workbench} workbench
 */
export function removeActive(workbench) {
  const span = workbench.store.activeSpan;
  if (!span || refused(workbench, span)) return;
  const name = workbench.store.nameOf(span.id);
  const more = whatGoesWith(workbench, span);
  workbench.commit([{ kind: "span", id: span.id, verb: "delete" }], {
    words: `deleted ${short(span.quote)}`,
    focus: span.id,
  });
  activate(workbench, null);
  const words = `Deleted ${name}${more ? ` with ${more}` : ""}.`;
  workbench.toast(words, { kind: "done", action: { words: "Undo", run: () => workbench.undoLast() } });
}

/**
 * @param {Workbench} workbench
 * @param {Span} span
 * @returns {boolean} whether the change is refused; then it has been said why
 */
export function refused(workbench, span) {
  const why = whyNoChange(workbench.store, span);
  if (why) workbench.toast(why, { kind: "refusal" });
  return Boolean(why);
}

/**
 * @param {Workbench} workbench
 * @param {Span} span
 * @param {Partial<Span>} body
 * @param {string} words
 * @param {string} [run]
 */
export function change(workbench, span, body, words, run) {
  workbench.commit([{ kind: "span", id: span.id, verb: "change", body }], { words, run, focus: span.id });
}

/** @param {string} quote */
export function short(quote) {
  const characters = [...quote];
  return `“${isolated(characters.length > 40 ? `${characters.slice(0, 38).join("").trimEnd()}…` : quote)}”`;
}
