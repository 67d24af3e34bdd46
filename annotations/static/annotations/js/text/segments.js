// @ts-check
/**
 * Where characters, words and sentences begin and end, by the rules of Unicode (Intl.Segmenter).
 * Everything here counts UTF-16 units of one text.
 *
 * A mark never cuts a grapheme cluster: an emoji of seven code points, a letter with its accents
 * and a Hangul syllable each are one character to the reader.
 */

import { wholeBefore } from "./clusters.js";

/** Longest stretch handed to the segmenter at once, so that one endless line stays cheap. */
const WINDOW = 2048;

/** @typedef {{start: number, end: number}} Stretch units, end exclusive */

const SPACE = /\s/u;

/** Moves and snaps within one text. */
export class Segments {
  /**
   * @param {string} text
   * @param {string} [language] BCP 47 tag; anything malformed counts as unknown
   */
  constructor(text, language) {
    this.text = text;
    this.language = language;
    /** @type {Map<string, Intl.Segmenter>} made when first asked: loading their rules takes a while */
    this.made = new Map();
  }

  get graphemes() {
    return this.#segmenter("grapheme");
  }

  get words() {
    return this.#segmenter("word");
  }

  get sentences() {
    return this.#segmenter("sentence");
  }

  /**
   * The grapheme cluster that a unit belongs to.
   * @param {number} unit
   * @returns {Stretch}
   */
  graphemeAt(unit) {
    return this.#containing(this.graphemes, unit);
  }

  /**
   * The word, or the mark of punctuation or stretch of space, that a unit belongs to.
   * @param {number} unit
   * @returns {Stretch}
   */
  wordAt(unit) {
    return this.#containing(this.words, unit);
  }

  /**
   * The first word that begins at or after a unit, skipping space and punctuation.
   * @param {number} unit
   * @returns {Stretch | null}
   */
  nextWord(unit) {
    for (let at = unit; at < this.text.length; ) {
      const word = this.wordAt(at);
      if (word.start >= unit && this.#isWord(word)) return word;
      at = Math.max(word.end, at + 1);
    }
    return null;
  }

  /**
   * The last word that ends at or before a unit.
   * @param {number} unit
   * @returns {Stretch | null}
   */
  previousWord(unit) {
    for (let at = unit - 1; at >= 0; ) {
      const word = this.wordAt(at);
      if (word.end <= unit && this.#isWord(word)) return word;
      at = Math.min(word.start, at) - 1;
    }
    return null;
  }

  /**
   * A selection grown to whole words, without space at its ends; null where only space is selected.
   * @param {Stretch} selection
   * @returns {Stretch | null}
   */
  snapToWords(selection) {
    const trimmed = this.trim(selection);
    if (!trimmed) return null;
    return this.snapToGraphemes({
      start: this.wordAt(trimmed.start).start,
      end: this.wordAt(trimmed.end - 1).end,
    });
  }

  /**
   * A selection grown to whole grapheme clusters and nothing more.
   * @param {Stretch} selection
   * @returns {Stretch | null}
   */
  snapToGraphemes(selection) {
    if (selection.start >= selection.end) return null;
    return {
      start: this.graphemeAt(selection.start).start,
      end: this.graphemeAt(selection.end - 1).end,
    };
  }

  /**
   * A selection without the space at its ends; null where nothing is left.
   * @param {Stretch} selection
   * @returns {Stretch | null}
   */
  trim({ start, end }) {
    while (start < end && SPACE.test(this.text[start])) start += 1;
    while (end > start && SPACE.test(this.text[end - 1])) end -= 1;
    return start < end ? { start, end } : null;
  }

  /**
   * The sentences of the text, without the space between them.
   * @returns {Stretch[]}
   */
  allSentences() {
    /** @type {Stretch[]} */
    const found = [];
    let start = 0;
    for (const line of this.text.split("\n")) {
      for (const part of this.sentences.segment(line)) {
        const whole = { start: start + part.index, end: start + part.index + part.segment.length };
        const trimmed = this.trim(whole);
        if (trimmed) found.push(trimmed);
      }
      start += line.length + 1;
    }
    return found;
  }

  /**
   * The line that a unit belongs to, without its line end.
   * @param {number} unit
   * @returns {Stretch}
   */
  lineAt(unit) {
    const end = this.text.indexOf("\n", unit);
    return {
      start: unit > 0 ? this.text.lastIndexOf("\n", unit - 1) + 1 : 0,
      end: end < 0 ? this.text.length : end,
    };
  }

  /** @param {"grapheme" | "word" | "sentence"} granularity */
  #segmenter(granularity) {
    const known = this.made.get(granularity) ?? new Intl.Segmenter(localeOf(this.language), { granularity });
    this.made.set(granularity, known);
    return known;
  }

  /** @param {Stretch} word */
  #isWord(word) {
    return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(this.text.slice(word.start, word.end));
  }

  /**
   * @param {Intl.Segmenter} segmenter
   * @param {number} unit
   * @returns {Stretch}
   */
  #containing(segmenter, unit) {
    const frame = this.#frameAround(unit);
    const part = segmenter.segment(this.text.slice(frame.start, frame.end)).containing(unit - frame.start);
    if (!part) return { start: unit, end: unit };
    return { start: frame.start + part.index, end: frame.start + part.index + part.segment.length };
  }

  /**
   * The line around a unit with its line end, cut at spaces where it is very long.
   * @param {number} unit
   * @returns {Stretch}
   */
  #frameAround(unit) {
    let start = unit > 0 ? this.text.lastIndexOf("\n", unit - 1) + 1 : 0;
    let end = this.text.indexOf("\n", unit) + 1 || this.text.length;
    if (unit - start > WINDOW) start = Math.max(start, wholeBefore(this.text, spaceAfter(this.text, unit - WINDOW)));
    if (end - unit > WINDOW) end = spaceAfter(this.text, unit + WINDOW);
    return { start: Math.min(start, unit), end: Math.max(end, Math.min(unit + 1, this.text.length)) };
  }
}

/**
 * The nearest unit after a space, looking forward a little; else the unit itself.
 * @param {string} text
 * @param {number} from
 */
function spaceAfter(text, from) {
  for (let at = from; at < from + 256 && at < text.length; at += 1) {
    if (SPACE.test(text[at])) return at + 1;
  }
  const low = text.charCodeAt(from);
  return low >= 0xdc00 && low <= 0xdfff ? from + 1 : from;
}

/** @param {string | undefined} language */
function localeOf(language) {
  if (!language) return undefined;
  try {
    return Intl.Segmenter.supportedLocalesOf(language)[0];
  } catch {
    return undefined;
  }
}
