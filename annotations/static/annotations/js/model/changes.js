// @ts-check
/**
 * Changes: what somebody did, as plain values that can be kept, sent, applied and turned round.
 *
 * What a person sees is what the server confirmed with the changes still under way applied to it, so
 * a refused change only has to be taken out for everything to be true again.
 */

/** @typedef {import("./types.js").Span} Span */
/** @typedef {import("./types.js").Fragment} Fragment */
/** @typedef {"span" | "link" | "verdict" | "comment"} Kind */
/** @typedef {"create" | "change" | "delete" | "restore" | "submit" | "withdraw"} Verb */

/**
 * @typedef {object} Step one thing to do to one object
 * @property {Kind} kind
 * @property {string} id
 * @property {Verb} verb
 * @property {Record<string, any>} [body]
 * @property {any} [snapshot] the object as it was, for a step that brings it back
 *
 * @typedef {object} Underway what is known of a step on its way
 * @property {string} key
 * @property {number | null} base the version it was made from, null where that is whatever the change before it brings
 * @property {string[]} entries the acts it belongs to, see undo.js
 * @property {Record<string, any>} [was] what the values that it changes were before
 * @property {number} [seq] its place in the journal, given by the journal
 * @property {string} [words] what was done, as in "marked “the bridge”"
 * @property {string} [article] the article that was open
 * @property {boolean} [sent] it was sent; whether it arrived is known when the answer comes
 * @property {{current: any}} [aside] somebody else came first; with what is there now
 * @property {Refusal} [refused] the server refused it for good
 *
 * @typedef {Step & Underway} Change a step on its way
 *
 * @typedef {object} Refusal
 * @property {number} status
 * @property {string} slug which rule
 * @property {string} words why
 * @property {string} because the key of the change that was refused: this one, or the one it hangs on
 *
 * @typedef {object} Surroundings what applying a change has to know
 * @property {import("./types.js").Person} me
 * @property {(article: string, start: number, end: number) => string} words
 */

const PATHS = { span: "spans", link: "links", verdict: "verdicts", comment: "comments" };

/**
 * The call that carries a step to the server.
 * @param {Step} step
 * @returns {{method: string, path: string, body?: unknown, versioned: boolean}}
 */
export function callFor({ kind, id, verb, body }) {
  const path = `${PATHS[kind]}/${id}/`;
  switch (verb) {
    case "create":
      return { method: "PUT", path, body, versioned: false };
    case "change":
      return { method: "PATCH", path, body, versioned: true };
    case "delete":
      return { method: "DELETE", path, versioned: true };
    case "restore":
      return { method: "POST", path: `${path}restore/`, versioned: false };
    default:
      return { method: "POST", path: `${path}${verb}/`, versioned: true };
  }
}

/**
 * An object after a step; null where it does not exist then.
 * @param {any} object
 * @param {Step} step
 * @param {Surroundings} around
 * @returns {any}
 */
export function applied(object, step, around) {
  switch (step.verb) {
    case "create":
      return object ?? withQuote({ ...freshly(step, around), ...step.body, id: step.id }, around);
    case "change":
      return object && withQuote({ ...object, ...step.body, ...becomesDraft(object, step.kind) }, around);
    case "delete":
      return null;
    case "restore":
      return object ?? step.snapshot ?? null;
    case "submit":
      return object && { ...object, state: "submitted" };
    case "withdraw":
      return object && { ...object, state: "draft" };
  }
}

/**
 * Whether what is there now is what a step would have made of it: then it arrived before, and only the
 * answer was lost, or somebody else did the very same.
 * @param {any} current null where there is nothing
 * @param {Step} step
 * @returns {boolean}
 */
export function isDone(current, { verb, body }) {
  switch (verb) {
    case "change":
      return Boolean(current) && Object.keys(body ?? {}).every((name) => same(current[name], body?.[name]));
    case "delete":
      return current === null;
    case "submit":
      return Boolean(current) && current.state !== "draft";
    case "withdraw":
      return current?.state === "draft";
    default:
      return false;
  }
}

/**
 * Whether two values say the same, in whatever order their names and their ids stand.
 * @param {any} one
 * @param {any} other
 */
function same(one, other) {
  return JSON.stringify(one ?? null, ordered) === JSON.stringify(other ?? null, ordered);
}

/**
 * @param {string} name
 * @param {any} value
 */
function ordered(name, value) {
  if (Array.isArray(value)) return name === "links" ? [...value].sort() : value;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The step that undoes a step.
 * @param {Step} step
 * @param {any} before the object before it
 * @returns {Step}
 */
export function inverse(step, before) {
  const { kind, id } = step;
  switch (step.verb) {
    case "delete":
      return { kind, id, verb: "restore", snapshot: before };
    case "change": {
      const body = Object.fromEntries(
        Object.keys(step.body ?? {}).map((name) => [name, before?.[name] ?? null]),
      );
      return { kind, id, verb: "change", body };
    }
    case "submit":
      return { kind, id, verb: "withdraw" };
    case "withdraw":
      return { kind, id, verb: "submit" };
    default:
      return { kind, id, verb: "delete" };
  }
}

/**
 * The step that does a step again after it was undone: what was created once comes back from history.
 * @param {Step} step
 * @param {any} after the object after it
 * @returns {Step}
 */
export function again(step, after) {
  if (step.verb !== "create") return step;
  return { kind: step.kind, id: step.id, verb: "restore", snapshot: after };
}

/**
 * @param {Step} step
 * @param {Surroundings} around
 */
function freshly(step, { me }) {
  const now = new Date().toISOString();
  const shared = { version: 0, created_at: now, updated_at: now };
  if (step.kind === "span") return { ...shared, annotator: me, fields: {}, note: "" };
  if (step.kind === "link") return { ...shared, author: me, note: "", same_source: false };
  if (step.kind === "comment") {
    const open = { resolved: false, resolved_by: null, resolved_at: null };
    return { ...shared, ...open, author: me, mentions: [], thread: step.body?.reply_to ?? step.id };
  }
  return {
    ...shared,
    author: me,
    holder: me,
    rating: null,
    rationale: "",
    confidence: null,
    state: "draft",
    evidence_sets: [],
    submitted_at: null,
    reviewer: null,
    approved_at: null,
    returned_reason: null,
  };
}

/**
 * @param {any} object
 * @param {Kind} kind
 */
function becomesDraft(object, kind) {
  return kind === "verdict" && object.state === "returned" ? { state: "draft" } : {};
}

/**
 * A span with start, end and quote as its fragments say.
 * @param {any} object
 * @param {Surroundings} around
 */
function withQuote(object, { words }) {
  if (!object.fragments) return object;
  /** @type {Fragment[]} */
  const fragments = object.fragments;
  const parts = fragments.map((part) => words(object.article, part.start, part.end));
  return {
    ...object,
    start: fragments[0].start,
    end: fragments[fragments.length - 1].end,
    // Of an article that is not open here, the words are not known.
    quote: parts.every(Boolean) ? parts.join(" … ") : (object.quote ?? ""),
  };
}
