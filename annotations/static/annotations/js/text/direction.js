// @ts-check
/** Which way the characters of a text run, as far as a caret at their edge needs to know. */

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}\p{Script=Mende_Kikakui}]/u;
// Digits run from left to right in every script.
const DIGIT = /\p{N}/u;
const LETTER = /\p{L}/u;

/** How far a mark of punctuation looks for letters. */
const REACH = 200;

/** @typedef {"ltr" | "rtl"} Direction */

/**
 * The direction of the character at a unit: its own, that of the letters on both sides, or the paragraph's.
 * @param {string} text
 * @param {number} unit
 * @param {string} paragraph its direction
 * @returns {Direction}
 */
export function directionAt(text, unit, paragraph) {
  const base = paragraph === "rtl" ? "rtl" : "ltr";
  const own = strong(String.fromCodePoint(text.codePointAt(unit) ?? 32));
  if (own) return own;
  const before = [...text.slice(Math.max(0, unit - REACH), unit)].reverse();
  const after = [...text.slice(unit + 1, unit + REACH)];
  const [left, right] = [nearest(before), nearest(after)];
  return left && left === right ? left : base;
}

/**
 * @param {string[]} characters
 * @returns {Direction | null} null at the end of the line
 */
function nearest(characters) {
  for (const character of characters) {
    if (character === "\n") return null;
    const found = strong(character);
    if (found) return found;
  }
  return null;
}

/**
 * @param {string} character
 * @returns {Direction | null}
 */
function strong(character) {
  if (DIGIT.test(character)) return "ltr";
  if (!LETTER.test(character)) return null;
  return RIGHT_TO_LEFT.test(character) ? "rtl" : "ltr";
}
