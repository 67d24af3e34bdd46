// @ts-check
/** Reads keys: what one does now, and which ones the footer shows. */

import { hold } from "./conditions.js";
import { ROWS, capsOf, isCharacter, keysFor, singleKeys } from "./own-shortcuts.js";
import { sparesWriting } from "./typing.js";

/** @typedef {import("./own-shortcuts.js").Row} Row */
/** @typedef {import("./conditions.js").Situation} Situation */

/**
 * What a key does now, or null. Letters and digits name a span while a link is being made.
 * @param {string} key
 * @param {Situation} now
 * @param {boolean} typing
 * @returns {{does: string, key: string} | null}
 */
export function actionFor(key, now, typing) {
  if (typing && !sparesWriting(key)) return null;
  if (!singleKeys && isCharacter(key)) return null;
  if (now.picking && !typing && /^([0-9cafb]|Backspace)$/.test(key)) return { does: "typeNumber", key };
  for (const row of ROWS) {
    if ((typing && !row.typing) || !hold(row.when, now)) continue;
    const does = row.actions.find((action) => keysFor(action).includes(key));
    if (does) return { does, key };
  }
  return null;
}

/**
 * The rows that the footer shows now, the most useful first.
 * @param {Situation} now
 * @param {number} ratings how many the scale has
 * @returns {{keys: string[], actions: string[], words: string}[]}
 */
export function footerRows(now, ratings) {
  return ROWS.filter((row) => row.footer && hold([...row.when, ...row.footer], now))
    .sort((a, b) => a.rank - b.rank)
    .map((row) => ({ keys: capsOfRow(row, ratings), actions: row.actions, words: wordsOf(row, now) }));
}

/**
 * The keys of a row as they stand on the keyboard; nine digits are written as what lies between them.
 * @param {Row} row
 * @param {number} ratings how many the scale has
 */
export function capsOfRow(row, ratings) {
  const caps = row.actions.flatMap(capsOf);
  if (row.actions.length <= 4) return caps;
  const inOrder = caps.length === row.actions.length && caps.every((cap, index) => cap === String(index + 1));
  return inOrder ? [`1–${ratings}`] : row.actions.slice(0, ratings).flatMap(capsOf);
}

/**
 * @param {Row} row
 * @param {Situation} now
 */
export function wordsOf(row, now) {
  return row.otherwise && hold([row.otherwise[0]], now) ? row.otherwise[1] : row.words;
}
