// @ts-check
/** What each action of annotations/shortcuts.py does. */

import { submitVerdict } from "../actions/judging.js";
import { confirmPick, startLink, typeNumber } from "../actions/linking.js";
import { setLabel, removeActive } from "../actions/spans.js";
import {
  extendByUnit,
  extendTowards,
  letGo,
  moveBySpan,
  moveByUnit,
  moveByWord,
} from "../actions/moving.js";
import { LABELS, RELATIONS } from "../model/vocabulary.js";
import { labelAction } from "./own-shortcuts.js";
import { adjust, joinSelection, nextPart, removePart } from "../actions/reshaping.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */

/** @type {Record<string, (workbench: Workbench, key: string) => void>} */
const COMMANDS = {
  ...Object.fromEntries(
    LABELS.map((label) => [labelAction(label), (/** @type {Workbench} */ workbench) => setLabel(workbench, label)]),
  ),

  nextSentence: (workbench) => moveByUnit(workbench, 1, "sentence"),
  previousSentence: (workbench) => moveByUnit(workbench, -1, "sentence"),
  extendSentence: (workbench) => extendByUnit(workbench, 1, "sentence"),
  shrinkSentence: (workbench) => extendByUnit(workbench, -1, "sentence"),
  nextParagraph: (workbench) => moveByUnit(workbench, 1, "paragraph"),
  previousParagraph: (workbench) => moveByUnit(workbench, -1, "paragraph"),
  extendParagraph: (workbench) => extendByUnit(workbench, 1, "paragraph"),
  shrinkParagraph: (workbench) => extendByUnit(workbench, -1, "paragraph"),
  wordLeft: (workbench) => moveByWord(workbench, "left"),
  wordRight: (workbench) => moveByWord(workbench, "right"),
  extendLeft: (workbench) => extendTowards(workbench, "left", "word"),
  extendRight: (workbench) => extendTowards(workbench, "right", "word"),
  extendBack: (workbench) => extendTowards(workbench, "left", "character"),
  extendOn: (workbench) => extendTowards(workbench, "right", "character"),
  nextSpan: (workbench) => moveBySpan(workbench, 1),
  previousSpan: (workbench) => moveBySpan(workbench, -1),
  letGo,

  endLeft: (workbench) => adjust(workbench, "end", "left", "word"),
  endRight: (workbench) => adjust(workbench, "end", "right", "word"),
  startLeft: (workbench) => adjust(workbench, "start", "left", "word"),
  startRight: (workbench) => adjust(workbench, "start", "right", "word"),
  endBack: (workbench) => adjust(workbench, "end", "left", "character"),
  endOn: (workbench) => adjust(workbench, "end", "right", "character"),
  startBack: (workbench) => adjust(workbench, "start", "left", "character"),
  startOn: (workbench) => adjust(workbench, "start", "right", "character"),
  joinSelection,
  nextPart: (workbench) => nextPart(workbench, 1),
  previousPart: (workbench) => nextPart(workbench, -1),
  removePart: (workbench) => removePart(workbench),
  remove: removeActive,

  ...Object.fromEntries(
    RELATIONS.map((relation) => [relation, (/** @type {Workbench} */ workbench) => startLink(workbench, relation)]),
  ),
  confirmPick,
  typeNumber,

  submitVerdict,
  undo: (workbench) => workbench.undoLast(),
  redo: (workbench) => workbench.redoLast(),

};

/**
 * Carries out an action. Where the focus goes is for the elements to know, which hear of it.
 * @param {Workbench} workbench
 * @param {string} action
 * @param {string} [key]
 */
export function carryOut(workbench, action, key = "") {
  const command = COMMANDS[action];
  if (command) command(workbench, key);
  else workbench.say("go", { to: action });
}
