// @ts-check
/** Where two people's changes of one thing conflict, field by field, and the change that a choice makes. */

import { fieldInWords, fieldOf, inWords, nameOf } from "../differences.js";

/** @typedef {import("../../../model/changes.js").Change} Change */
/** @typedef {import("../../../model/store.js").Store} Store */

/**
 * @typedef {object} Row one field in which what is mine is not what is theirs
 * @property {string[]} path
 * @property {string} name
 * @property {any} mine
 * @property {any} theirs
 * @property {{mine: string, theirs: string}} words
 * @property {boolean} written whether it is a text, which can be edited
 */

/** Values that are a text of somebody's own. */
const TEXTS = new Set(["note", "rationale", "text"]);

/**
 * The fields that were changed here and read otherwise now; where a field of a span was not touched here,
 * what is there now stands.
 * @param {readonly Change[]} changes of one object, in order
 * @param {any} current what is there now
 * @param {Store} store
 * @returns {Row[]}
 */
export function clashes(changes, current, store) {
  const edits = changes.filter(({ verb }) => verb === "change");
  const mine = Object.assign({}, ...edits.map(({ body }) => body));
  const was = Object.assign({}, ...edits.map((change) => change.was ?? {}).reverse());
  const { fields, ...others } = mine;
  const before = was.fields ?? current.fields ?? {};
  const touched = [...new Set([...Object.keys(before), ...Object.keys(fields ?? {})])].filter(
    (key) => fields && !same(before[key], fields[key]),
  );
  return [
    ...Object.keys(others).map((name) => row([name], mine, current, store)),
    ...touched.map((key) => row(["fields", key], mine, current, store)),
  ].filter((one) => !same(one.mine, one.theirs) && one.name !== "quote");
}

/**
 * The body of the change that these choices come to, null where nothing of it is left.
 * @param {readonly Row[]} rows
 * @param {readonly any[]} values what was chosen for each row
 * @param {any} current
 * @returns {Record<string, any> | null}
 */
export function decided(rows, values, current) {
  /** @type {Record<string, any>} */
  const body = {};
  rows.forEach(({ path: [name, key], theirs }, position) => {
    const value = values[position];
    if (same(value, theirs)) return;
    if (!key) {
      body[name] = value;
      return;
    }
    body.fields ??= { ...current.fields };
    if (value === null || value === undefined || value === "") delete body.fields[key];
    else body.fields[key] = value;
  });
  return Object.keys(body).length ? body : null;
}

/**
 * @param {string[]} path
 * @param {Record<string, any>} mine
 * @param {Record<string, any>} current
 * @param {Store} store
 * @returns {Row}
 */
function row(path, mine, current, store) {
  const [name, key] = path;
  const [own, other] = [mine, current].map((object) => (key ? object.fields?.[key] : object[name]) ?? null);
  const { project } = store;
  const field = key ? fieldOf(key, mine.label ?? current.label, project) : undefined;
  const say = (/** @type {any} */ value) =>
    key
      ? fieldInWords(key, value, field, project)
      : inWords(name, name === "fragments" ? passages(value, current, store) : value, project);
  return {
    path,
    name: key ? (field?.name ?? key) : nameOf(name),
    mine: own,
    theirs: other,
    words: { mine: say(own), theirs: say(other) },
    written: key ? field?.kind === "text" : TEXTS.has(name),
  };
}

/**
 * Fragments as the words they select.
 * @param {any} value
 * @param {any} current
 * @param {Store} store
 */
function passages(value, current, store) {
  const parts = /** @type {import("../../../model/types.js").Fragment[]} */ (value ?? []);
  return parts.map(({ start, end }) => store.around.words(current.article, start, end)).join(" … ");
}

/**
 * @param {any} one
 * @param {any} other
 */
function same(one, other) {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
