// @ts-check
/**
 * The keyboard: one table of keys, what they do, and when. The footer and the sheet of keys are made
 * from it, so they are always true. None of them fires while one types.
 */

/**
 * @typedef {object} Situation what the keys depend on
 * @property {boolean} picking a link is being made
 * @property {boolean} selecting text is selected
 * @property {import("./types.js").Label | null} label of the active span
 * @property {boolean} canMark here, with what is selected
 * @property {boolean} canChange the active span
 * @property {boolean} canLink to the active span
 * @property {boolean} canJudge the active claim
 * @property {boolean} inVerdict the focus is in the verdict
 * @property {boolean} stacked other spans lie over or under the active one
 *
 * @typedef {object} Row
 * @property {Record<string, string>} keys which key does what
 * @property {string | ((now: Situation) => string)} words
 * @property {string} group
 * @property {(now: Situation) => boolean} [when] always, where left out
 * @property {(now: Situation) => boolean} [bar] whether the footer shows it now
 * @property {number} [rank] the lower, the further ahead in the footer, which has no room for all
 * @property {boolean} [typing] works while one types, too
 */

/** @param {Situation} now */
const idle = (now) => !now.picking && !now.inVerdict;
/** @param {Situation} now */
const free = (now) => idle(now) && !now.selecting;
/** @param {Situation} now */
const mayMark = (now) => idle(now) && (now.selecting ? now.canMark : now.canChange);

/** @type {Row[]} */
export const KEYS = [
  {
    keys: { 1: "markClaim" },
    words: "claim",
    group: "Mark",
    when: idle,
    bar: (now) => mayMark(now) && (now.selecting || now.label !== "claim"),
    rank: 2,
  },
  {
    keys: { 2: "markAttribution" },
    words: "attribution",
    group: "Mark",
    when: idle,
    bar: (now) => mayMark(now) && (now.selecting || now.label !== "attribution"),
    rank: 2,
  },
  {
    keys: { 3: "markFact" },
    words: "fact",
    group: "Mark",
    when: idle,
    bar: (now) => mayMark(now) && (now.selecting || now.label !== "fact"),
    rank: 2,
  },

  {
    keys: { j: "nextSentence", k: "previousSentence" },
    words: "sentences",
    group: "Move",
    bar: (now) => !now.selecting && !now.inVerdict,
  },
  {
    keys: { "Shift+j": "extendSentence", "Shift+k": "shrinkSentence" },
    words: "extend by a sentence",
    group: "Move",
    bar: (now) => now.selecting && !now.inVerdict,
  },
  {
    keys: { ArrowLeft: "wordLeft", ArrowRight: "wordRight" },
    words: "words",
    group: "Move",
    bar: (now) => now.selecting && !now.inVerdict,
  },
  {
    keys: { "Shift+ArrowLeft": "extendLeft", "Shift+ArrowRight": "extendRight" },
    words: "extend by a word",
    group: "Move",
    bar: (now) => now.selecting && !now.inVerdict,
  },
  {
    keys: { n: "nextSpan", p: "previousSpan" },
    words: "spans",
    group: "Move",
    bar: (now) => !now.selecting && !now.inVerdict,
  },
  {
    keys: { s: "chooseStacked" },
    words: "stacked spans",
    group: "Move",
    when: (now) => !now.picking && now.stacked,
    bar: (now) => free(now) && now.stacked,
    rank: 4,
  },
  {
    keys: { l: "listSpans" },
    words: "all spans",
    group: "Move",
    when: (now) => !now.picking,
    bar: (now) => free(now) && now.label === null,
    rank: 5,
  },
  {
    keys: { F6: "nextPane", "Shift+F6": "previousPane" },
    words: "next pane, pane before",
    group: "Move",
    typing: true,
  },
  {
    keys: { Escape: "letGo" },
    words: "let go",
    group: "Move",
    typing: true,
    bar: (now) => now.selecting || now.picking,
    rank: 3,
  },

  {
    keys: { "Alt+ArrowLeft": "endLeft", "Alt+ArrowRight": "endRight" },
    words: "move the end",
    group: "Adjust",
    when: adjusts,
    bar: (now) => now.selecting && idle(now),
  },
  {
    keys: { "Alt+Shift+ArrowLeft": "startLeft", "Alt+Shift+ArrowRight": "startRight" },
    words: "move the start",
    group: "Adjust",
    when: adjusts,
    bar: (now) => now.selecting && idle(now),
  },
  {
    keys: { ",": "endBack", ".": "endOn" },
    words: "move the end by a character",
    group: "Adjust",
    when: adjusts,
  },
  {
    keys: { "<": "startBack", ">": "startOn" },
    words: "move the start by a character",
    group: "Adjust",
    when: adjusts,
  },
  {
    keys: { e: "editFields" },
    words: "fields",
    group: "Adjust",
    when: (now) => idle(now) && now.label !== null,
    bar: (now) => free(now) && now.canChange && now.label !== "claim",
    rank: 2,
  },
  {
    keys: { Delete: "remove", Backspace: "remove" },
    words: "delete the span",
    group: "Adjust",
    when: (now) => free(now) && now.label !== null,
  },

  {
    keys: { c: "corroborates" },
    words: "corroborates",
    group: "Link",
    when: links,
    bar: (now) => mayLink(now) && now.label !== "attribution",
    rank: 1,
  },
  {
    keys: { x: "contradicts" },
    words: "contradicts",
    group: "Link",
    when: links,
    bar: (now) => mayLink(now) && now.label !== "attribution",
    rank: 1,
  },
  {
    keys: { a: "attributes" },
    words: (now) => (now.label === "attribution" ? "tie to what is said" : "said by"),
    group: "Link",
    when: links,
    bar: mayLink,
    rank: 1,
  },
  {
    keys: { r: "restates" },
    words: "restates",
    group: "Link",
    when: (now) => links(now) && now.label === "claim",
  },
  {
    keys: { Enter: "confirmPick" },
    words: "pick it",
    group: "Link",
    when: (now) => now.picking,
    bar: (now) => now.picking,
    rank: 0,
  },

  {
    keys: { "/": "search" },
    words: "search for evidence",
    group: "Evidence",
    when: (now) => !now.picking || !now.selecting,
    bar: (now) => free(now) && now.label === "claim",
  },

  {
    keys: { v: "goToVerdict" },
    words: "verdict",
    group: "Verdict",
    when: (now) => idle(now) && now.label === "claim",
    bar: (now) => free(now) && now.label === "claim",
    rank: 1,
  },
  {
    keys: rating(),
    words: "rate",
    group: "Verdict",
    when: (now) => now.inVerdict && now.canJudge,
    bar: (now) => now.inVerdict && now.canJudge,
    rank: 0,
  },
  {
    keys: { "Ctrl+Enter": "submitVerdict" },
    words: "submit the verdict",
    group: "Verdict",
    when: (now) => now.label === "claim" && now.canJudge,
    bar: (now) => now.inVerdict && now.canJudge,
    typing: true,
    rank: 0,
  },

  {
    keys: { "Ctrl+z": "undo" },
    words: "undo",
    group: "Everywhere",
    bar: (now) => free(now) && now.label === null && now.canMark,
    rank: 5,
  },
  { keys: { "Ctrl+Shift+z": "redo", "Ctrl+y": "redo" }, words: "do again", group: "Everywhere" },
  { keys: { "?": "showKeys" }, words: "all keys", group: "Everywhere" },
];

/** What the mouse does, for the sheet of keys. */
export const GESTURES = [
  { gesture: "drag, double-click", words: "select, in whole words" },
  { gesture: "Alt + drag", words: "select exact characters" },
  { gesture: "Ctrl + drag", words: "join a passage to the active span" },
  { gesture: "drag an end", words: "move the end of the active span" },
  { gesture: "click", words: "choose a span; where several are stacked, from a list" },
];

/** @param {Situation} now */
function adjusts(now) {
  return idle(now) && (now.selecting || now.label !== null);
}

/** @param {Situation} now */
function links(now) {
  return idle(now) && now.label !== null;
}

/** @param {Situation} now */
function mayLink(now) {
  return links(now) && now.canLink;
}

/** @returns {Record<string, string>} */
function rating() {
  return Object.fromEntries(Array.from({ length: 9 }, (_, index) => [String(index + 1), `rate${index + 1}`]));
}
