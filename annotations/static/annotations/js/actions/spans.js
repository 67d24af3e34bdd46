// @ts-check
/** Making and changing spans. */

import { countWords } from "../model/comments.js";
import { whyNoChange, whyNoMarking } from "../model/rights.js";
import { LABEL_NOUNS } from "../model/vocabulary.js";
import { gettext, inList, interpolate, ngettext } from "../text/gettext.js";
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
 * Gives the selection a label, or the active span where nothing is selected.
 * @param {Workbench} workbench
 * @param {Label} label
 */
export function setLabel(workbench, label) {
  const { selection, activeSpan } = workbench.store;
  if (selection) createSpan(workbench, selection, label);
  else if (activeSpan) relabel(workbench, activeSpan, label);
  else workbench.toast(gettext("Select text first."));
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
    workbench.toast(gettext("You have already given this text this label."));
    activate(workbench, known.id);
    return;
  }
  const step = creation(workbench, place, label);
  const did = { quote: short(step.body?.quote), label: LABEL_NOUNS[label] };
  const words = interpolate(gettext("labelled %(quote)s as %(label)s"), did);
  workbench.commit([step], { words, focus: step.id });
  clearSelection(workbench);
  activate(workbench, step.id, { reveal: false });
  workbench.store.set({ caret: { article: place.article, point: place.end } });
  const made = { label: LABEL_NOUNS[label], quote: step.body?.quote };
  workbench.announce(interpolate(gettext("Labelled as %(label)s: %(quote)s"), made));
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
 * One's own span with exactly this text and label.
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
  const did = { quote: short(span.quote), label: LABEL_NOUNS[label] };
  change(workbench, span, { label, fields }, interpolate(gettext("changed %(quote)s to %(label)s"), did));
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
  const words = interpolate(gettext("changed a field of %(quote)s"), { quote: short(span.quote) });
  change(workbench, span, { fields }, words, `${key} of ${span.id}`);
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
  const words = interpolate(gettext("changed the note on %(quote)s"), { quote: short(span.quote) });
  change(workbench, span, { note }, words, `note of ${span.id}`);
  return true;
}

/**
 * What is deleted with a span, as a text; empty where nothing is.
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
    links ? interpolate(ngettext("%(count)s link", "%(count)s links", links), { count: links }) : "",
    verdict ? gettext("its verdict") : "",
    comments ? countWords(comments) : "",
  ].filter(Boolean);
  return inList(parts);
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
    words: interpolate(gettext("deleted %(quote)s"), { quote: short(span.quote) }),
    focus: span.id,
  });
  activate(workbench, null);
  const words = more
    ? interpolate(gettext("Deleted %(name)s with %(others)s."), { name, others: more })
    : interpolate(gettext("Deleted %(name)s."), { name });
  workbench.toast(words, { kind: "done", action: { words: gettext("Undo"), run: () => workbench.undoLast() } });
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
