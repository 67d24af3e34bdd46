// @ts-check
/** What each action of annotations/shortcuts.py does. */

import { submitVerdict } from "../actions/judging.js";
import { confirmPick, startLink, typeNumber } from "../actions/linking.js";
import { markAs, removeActive } from "../actions/marking.js";
import {
  extendByUnit,
  extendTowards,
  letGo,
  moveBySpan,
  moveByUnit,
  moveByWord,
} from "../actions/moving.js";
import { LABEL_NAMES, LABELS, RELATIONS } from "../model/vocabulary.js";
import { adjust, joinSelection, nextPart, removePart } from "../actions/reshaping.js";

/** @typedef {import("../workbench-controller.js").Bench} Bench */

/** @type {Record<string, (bench: Bench, key: string) => void>} */
const COMMANDS = {
  ...Object.fromEntries(
    LABELS.map((label) => [`mark${LABEL_NAMES[label]}`, (/** @type {Bench} */ bench) => markAs(bench, label)]),
  ),

  nextSentence: (bench) => moveByUnit(bench, 1, "sentence"),
  previousSentence: (bench) => moveByUnit(bench, -1, "sentence"),
  extendSentence: (bench) => extendByUnit(bench, 1, "sentence"),
  shrinkSentence: (bench) => extendByUnit(bench, -1, "sentence"),
  nextParagraph: (bench) => moveByUnit(bench, 1, "paragraph"),
  previousParagraph: (bench) => moveByUnit(bench, -1, "paragraph"),
  extendParagraph: (bench) => extendByUnit(bench, 1, "paragraph"),
  shrinkParagraph: (bench) => extendByUnit(bench, -1, "paragraph"),
  wordLeft: (bench) => moveByWord(bench, "left"),
  wordRight: (bench) => moveByWord(bench, "right"),
  extendLeft: (bench) => extendTowards(bench, "left", "word"),
  extendRight: (bench) => extendTowards(bench, "right", "word"),
  extendBack: (bench) => extendTowards(bench, "left", "character"),
  extendOn: (bench) => extendTowards(bench, "right", "character"),
  nextSpan: (bench) => moveBySpan(bench, 1),
  previousSpan: (bench) => moveBySpan(bench, -1),
  letGo,

  endLeft: (bench) => adjust(bench, "end", "left", "word"),
  endRight: (bench) => adjust(bench, "end", "right", "word"),
  startLeft: (bench) => adjust(bench, "start", "left", "word"),
  startRight: (bench) => adjust(bench, "start", "right", "word"),
  endBack: (bench) => adjust(bench, "end", "left", "character"),
  endOn: (bench) => adjust(bench, "end", "right", "character"),
  startBack: (bench) => adjust(bench, "start", "left", "character"),
  startOn: (bench) => adjust(bench, "start", "right", "character"),
  joinSelection,
  nextPart: (bench) => nextPart(bench, 1),
  previousPart: (bench) => nextPart(bench, -1),
  removePart: (bench) => removePart(bench),
  remove: removeActive,

  ...Object.fromEntries(
    RELATIONS.map((relation) => [relation, (/** @type {Bench} */ bench) => startLink(bench, relation)]),
  ),
  confirmPick,
  typeNumber,

  submitVerdict,
  undo: (bench) => bench.undoLast(),
  redo: (bench) => bench.redoLast(),

};

/**
 * Carries out an action. Where the focus goes is for the elements to know, which hear of it.
 * @param {Bench} bench
 * @param {string} action
 * @param {string} [key]
 */
export function carryOut(bench, action, key = "") {
  const command = COMMANDS[action];
  if (command) command(bench, key);
  else bench.say("go", { to: action });
}
