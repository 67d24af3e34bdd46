// @ts-check
/** Reads keys: what was pressed, what it does now, and how it is written for people. */

import { KEYS } from "../keys.js";

/** @typedef {import("../keys.js").Row} Row */
/** @typedef {import("../keys.js").Situation} Situation */

const ARROWS = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓" };

/**
 * A key as the table writes it, such as Ctrl+Shift+z. A letter is taken by its place where the
 * keyboard is set to another script.
 * @param {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">} event
 * @returns {string}
 */
export function notation(event) {
  let key = event.key;
  const place = event.code?.match(/^(?:Key([A-Z])|Digit(\d))$/);
  if (place && (event.altKey || !/^[\x20-\x7e]$/.test(key)) && key.length <= 2)
    key = place[1]?.toLowerCase() ?? place[2];
  const isLetter = /^[a-z]$/i.test(key);
  if (isLetter) key = key.toLowerCase();
  const held = [
    event.ctrlKey || event.metaKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey && (isLetter || key.length > 1) ? "Shift" : "",
  ];
  return [...held.filter(Boolean), key].join("+");
}

/**
 * What a key does now, or null. Letters and digits name a span while a link is being made.
 * @param {string} key
 * @param {Situation} now
 * @param {boolean} typing
 * @returns {{does: string, key: string} | null}
 */
export function actionFor(key, now, typing) {
  if (now.picking && !typing && /^([0-9cafb]|Backspace)$/.test(key)) return { does: "typeNumber", key };
  const row = KEYS.find((one) => key in one.keys && (!typing || one.typing) && (one.when?.(now) ?? true));
  return row ? { does: row.keys[key], key } : null;
}

/**
 * The rows that the footer shows now, the most useful first.
 * @param {Situation} now
 * @returns {{keys: string[], actions: string[], words: string}[]}
 */
export function footerRows(now) {
  return KEYS.filter((row) => row.bar?.(now) && (row.when?.(now) ?? true))
    .sort((a, b) => (a.rank ?? 3) - (b.rank ?? 3))
    .map((row) => ({
      keys: Object.keys(row.keys).map(keyCap),
      actions: Object.values(row.keys),
      words: wordsOf(row, now),
    }));
}

/**
 * @param {Row} row
 * @param {Situation} now
 */
export function wordsOf(row, now) {
  return typeof row.words === "string" ? row.words : row.words(now);
}

/**
 * A key as it stands on the keyboard.
 * @param {string} key
 */
export function keyCap(key) {
  return key
    .split("+")
    .map((part) => /** @type {Record<string, string>} */ (ARROWS)[part] ?? (part === "Escape" ? "Esc" : part))
    .join(" ");
}
