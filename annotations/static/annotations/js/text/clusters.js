// @ts-check
/** Where a text may be cut without taking a character apart, found without asking the segmenter for all of it. */

/** What belongs to the character before it: marks, joiners, halves of surrogate pairs, Hangul vowels and finals. */
const HANGS_ON = /^(?:\p{M}|\p{EMod}|\u200c|\u200d|[\u1160-\u11ff]|[\udc00-\udfff])/u;

/** Half a flag, two units. */
const HALF = /^[\u{1f1e6}-\u{1f1ff}]/u;

/**
 * A cut moved back to where no character is cut.
 * @param {string} text
 * @param {number} cut in UTF-16 units
 */
export function wholeBefore(text, cut) {
  while (cut > 0 && (HANGS_ON.test(text.slice(cut, cut + 2)) || text[cut - 1] === "\u200d")) cut -= 1;
  if (!HALF.test(text.slice(cut, cut + 2))) return cut;
  // The halves of flags pair up from the first of a row.
  let row = 0;
  while (HALF.test(text.slice(Math.max(0, cut - row - 2), cut - row))) row += 2;
  return cut - (row % 4);
}
