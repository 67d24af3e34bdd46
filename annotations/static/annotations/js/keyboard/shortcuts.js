// @ts-check
/**
 * The keyboard: one table of what keys do, and when. The footer and the sheet of keys are made from it,
 * so they are always true. None of them fires while one types. Which keys they are is each person's
 * own; what they start with stands in annotations/shortcuts.py, with every name used here.
 */

/**
 * @typedef {object} Situation what the keys depend on
 * @property {boolean} picking a link is being made
 * @property {boolean} selecting text is selected
 * @property {import("../model/types.js").Label | null} label of the active span
 * @property {boolean} canMark here, with what is selected
 * @property {boolean} canChange the active span
 * @property {boolean} canLink to the active span
 * @property {boolean} canJudge the active claim
 * @property {boolean} canTalk comment on what is here
 * @property {boolean} inVerdict the focus is in the verdict
 * @property {number} parts how many fragments the active span has
 * @property {boolean} stacked other spans lie over or under the active one
 *
 * @typedef {object} Row
 * @property {string[]} does the names of what its keys do; which keys these are, own-keys.js knows
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
    does: ["markClaim"],
    words: "claim",
    group: "Mark",
    when: idle,
    bar: (now) => mayMark(now) && (now.selecting || now.label !== "claim"),
    rank: 2,
  },
  {
    does: ["markAttribution"],
    words: "attribution",
    group: "Mark",
    when: idle,
    bar: (now) => mayMark(now) && (now.selecting || now.label !== "attribution"),
    rank: 2,
  },
  {
    does: ["markFact"],
    words: "fact",
    group: "Mark",
    when: idle,
    bar: (now) => mayMark(now) && (now.selecting || now.label !== "fact"),
    rank: 2,
  },

  {
    does: ["nextSentence", "previousSentence"],
    words: "sentences",
    group: "Move",
    bar: (now) => !now.selecting && !now.inVerdict,
  },
  {
    does: ["extendSentence", "shrinkSentence"],
    words: "extend by a sentence",
    group: "Move",
    bar: (now) => now.selecting && !now.inVerdict,
  },
  {
    does: ["nextParagraph", "previousParagraph"],
    words: "paragraphs",
    group: "Move",
  },
  {
    does: ["extendParagraph", "shrinkParagraph"],
    words: "extend by a paragraph",
    group: "Move",
  },
  {
    does: ["wordLeft", "wordRight"],
    words: "words",
    group: "Move",
    bar: (now) => now.selecting && !now.inVerdict,
  },
  {
    does: ["extendLeft", "extendRight"],
    words: "extend by a word",
    group: "Move",
    bar: (now) => now.selecting && !now.inVerdict,
  },
  {
    does: ["extendBack", "extendOn"],
    words: "extend by a character",
    group: "Move",
  },
  {
    does: ["nextSpan", "previousSpan"],
    words: "spans",
    group: "Move",
    bar: (now) => !now.selecting && !now.inVerdict,
  },
  {
    does: ["chooseStacked"],
    words: "stacked spans",
    group: "Move",
    when: (now) => !now.picking && now.stacked,
    bar: (now) => free(now) && now.stacked,
    rank: 4,
  },
  {
    does: ["listSpans"],
    words: "all spans",
    group: "Move",
    when: (now) => !now.picking,
    bar: (now) => free(now) && now.label === null,
    rank: 5,
  },
  {
    does: ["nextPane", "previousPane"],
    words: "next pane, pane before",
    group: "Move",
    typing: true,
  },
  {
    does: ["letGo"],
    words: "let go",
    group: "Move",
    typing: true,
    bar: (now) => now.selecting || now.picking,
    rank: 3,
  },

  {
    does: ["endLeft", "endRight"],
    words: "move the end",
    group: "Adjust",
    when: adjusts,
    bar: (now) => now.selecting && idle(now),
  },
  {
    does: ["startLeft", "startRight"],
    words: "move the start",
    group: "Adjust",
    when: adjusts,
    bar: (now) => now.selecting && idle(now),
  },
  {
    does: ["endBack", "endOn"],
    words: "move the end by a character",
    group: "Adjust",
    when: adjusts,
  },
  {
    does: ["startBack", "startOn"],
    words: "move the start by a character",
    group: "Adjust",
    when: adjusts,
  },
  {
    does: ["joinSelection"],
    words: "join to the span",
    group: "Adjust",
    when: (now) => idle(now) && now.selecting && now.label !== null,
    bar: (now) => now.canChange,
    rank: 2,
  },
  {
    does: ["nextPart", "previousPart"],
    words: "fragments",
    group: "Adjust",
    when: (now) => idle(now) && now.parts > 1,
    bar: (now) => free(now) && now.canChange,
    rank: 2,
  },
  {
    does: ["removePart"],
    words: "take the fragment out",
    group: "Adjust",
    when: (now) => free(now) && now.parts > 1,
  },
  {
    does: ["editFields"],
    words: "fields",
    group: "Adjust",
    when: (now) => idle(now) && now.label !== null,
    bar: (now) => free(now) && now.canChange && now.label !== "claim",
    rank: 2,
  },
  {
    does: ["remove"],
    words: "delete the span",
    group: "Adjust",
    when: (now) => free(now) && now.label !== null,
  },

  {
    does: ["corroborates"],
    words: "corroborates",
    group: "Link",
    when: links,
    bar: (now) => mayLink(now) && now.label !== "attribution",
    rank: 1,
  },
  {
    does: ["contradicts"],
    words: "contradicts",
    group: "Link",
    when: links,
    bar: (now) => mayLink(now) && now.label !== "attribution",
    rank: 1,
  },
  {
    does: ["attributes"],
    words: (now) => (now.label === "attribution" ? "tie to what is said" : "said by"),
    group: "Link",
    when: links,
    bar: mayLink,
    rank: 1,
  },
  {
    does: ["restates"],
    words: "restates",
    group: "Link",
    when: (now) => links(now) && now.label === "claim",
  },
  {
    does: ["confirmPick"],
    words: "pick it",
    group: "Link",
    when: (now) => now.picking,
    bar: (now) => now.picking,
    rank: 0,
  },

  {
    does: ["search"],
    words: "search for evidence",
    group: "Evidence",
    when: (now) => !now.picking || !now.selecting,
    bar: (now) => free(now) && now.label === "claim",
  },

  {
    does: ["goToVerdict"],
    words: "verdict",
    group: "Verdict",
    when: (now) => idle(now) && now.label === "claim",
    bar: (now) => free(now) && now.label === "claim",
    rank: 1,
  },
  {
    does: rating(),
    words: "rate",
    group: "Verdict",
    when: (now) => now.inVerdict && now.canJudge,
    bar: (now) => now.inVerdict && now.canJudge,
    rank: 0,
  },
  {
    does: ["submitVerdict"],
    words: "submit the verdict",
    group: "Verdict",
    when: (now) => now.label === "claim" && now.canJudge,
    bar: (now) => now.inVerdict && now.canJudge,
    typing: true,
    rank: 0,
  },

  {
    does: ["comment"],
    words: (now) => (now.label === null ? "comment on the article" : "comment"),
    group: "Talk",
    when: idle,
    bar: (now) => free(now) && now.canTalk && now.label !== null,
    rank: 6,
  },

  {
    does: ["undo"],
    words: "undo",
    group: "Everywhere",
    bar: (now) => free(now) && now.label === null && now.canMark,
    rank: 5,
  },
  { does: ["redo"], words: "do again", group: "Everywhere" },
  { does: ["showKeys"], words: "all keys", group: "Everywhere" },
];

/** What the mouse does, for the sheet of keys. */
export const GESTURES = [
  { gesture: "drag, double-click", words: "select, in whole words" },
  { gesture: "click three or four times", words: "select the sentence, the paragraph" },
  { gesture: "Alt + drag", words: "select exact characters" },
  { gesture: "Ctrl + drag", words: "join a passage to the active span" },
  { gesture: "drag an end", words: "move it, with Alt by characters; Esc gives up" },
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

function rating() {
  return Array.from({ length: 9 }, (_, index) => `rate${index + 1}`);
}
