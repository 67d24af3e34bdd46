// @ts-check
/** Steps through a text by character, word or sentence, forward and back. Offsets are code points. */

/** @typedef {{start: number, end: number}} Stretch */
/** @typedef {"character" | "word" | "sentence" | "paragraph"} Grain */
/** @typedef {1 | -1} Way */

/**
 * @typedef {object} Steppable
 * @property {import("./offsets.js").OffsetMap} offsets
 * @property {import("./segments.js").Segments} segments
 * @property {Stretch[]} sentences in order
 */

/**
 * The first unit that ends after an offset: the one around it, or the next.
 * @param {Steppable} text
 * @param {number} point
 * @param {Grain} grain
 * @returns {Stretch | null}
 */
export function unitAfter(text, point, grain) {
  if (grain === "sentence") return text.sentences[firstEndingAfter(text.sentences, point)] ?? null;
  const unit = text.offsets.toUnit(point);
  if (grain === "paragraph") return paragraphAfter(text, unit);
  if (unit >= text.segments.text.length) return null;
  if (grain === "character") return toPoints(text, text.segments.graphemeAt(unit));
  const around = text.segments.nextWord(text.segments.wordAt(unit).start);
  return around && toPoints(text, around);
}

/**
 * The last unit that begins before an offset: the one around it, or the one before.
 * @param {Steppable} text
 * @param {number} point
 * @param {Grain} grain
 * @returns {Stretch | null}
 */
export function unitBefore(text, point, grain) {
  if (grain === "sentence") {
    const after = firstEndingAfter(text.sentences, point);
    const around = text.sentences[after];
    return around && around.start < point ? around : (text.sentences[after - 1] ?? null);
  }
  const unit = text.offsets.toUnit(point);
  if (grain === "paragraph") return paragraphBefore(text, unit);
  if (unit <= 0) return null;
  if (grain === "character") return toPoints(text, text.segments.graphemeAt(unit - 1));
  const around = text.segments.previousWord(text.segments.wordAt(unit - 1).end);
  return around && toPoints(text, around);
}

/**
 * A stretch with one of its edges moved by a unit; null where that would leave nothing, or the text.
 * @param {Steppable} text
 * @param {Stretch} stretch
 * @param {"start" | "end"} edge
 * @param {Way} way
 * @param {Grain} grain
 * @returns {Stretch | null}
 */
export function withEdgeMoved(text, { start, end }, edge, way, grain) {
  if (edge === "end" && way === 1) {
    const unit = unitAfter(text, end, grain);
    return unit && { start, end: unit.end };
  }
  if (edge === "start" && way === -1) {
    const unit = unitBefore(text, start, grain);
    return unit && { start: unit.start, end };
  }
  if (edge === "end") {
    const last = unitBefore(text, end, grain);
    // Punctuation after the last word goes first.
    if (last && last.end < end && last.end > start) return { start, end: last.end };
    const kept = last && unitBefore(text, last.start, grain);
    return kept && kept.end > start ? { start, end: kept.end } : null;
  }
  const first = unitAfter(text, start, grain);
  if (first && first.start > start && first.start < end) return { start: first.start, end };
  const kept = first && unitAfter(text, first.end, grain);
  return kept && kept.start < end ? { start: kept.start, end } : null;
}

/**
 * A selection with its moving edge moved; at its last unit it turns round and grows the other way.
 * @param {Steppable} text
 * @param {Stretch & {backward?: boolean}} selection
 * @param {Way} way
 * @param {Grain} grain
 * @returns {Stretch & {backward: boolean}}
 */
export function extended(text, selection, way, grain) {
  const backward = selection.backward ?? false;
  const moved = withEdgeMoved(text, selection, backward ? "start" : "end", way, grain);
  if (moved) return { ...moved, backward };
  const turned = withEdgeMoved(text, selection, backward ? "end" : "start", way, grain);
  const grows = (way === 1) === backward;
  return turned && grows
    ? { ...turned, backward: !backward }
    : { start: selection.start, end: selection.end, backward };
}

/**
 * The first line with words in it that ends after a unit.
 * @param {Steppable} text
 * @param {number} unit
 * @returns {Stretch | null}
 */
function paragraphAfter(text, unit) {
  for (let at = unit; at < text.segments.text.length; ) {
    const line = text.segments.lineAt(at);
    const words = text.segments.trim(line);
    if (words && words.end > unit) return toPoints(text, words);
    at = line.end + 1;
  }
  return null;
}

/**
 * The last line with words in it that begins before a unit.
 * @param {Steppable} text
 * @param {number} unit
 * @returns {Stretch | null}
 */
function paragraphBefore(text, unit) {
  for (let at = unit - 1; at >= 0; ) {
    const line = text.segments.lineAt(at);
    const words = text.segments.trim(line);
    if (words && words.start < unit) return toPoints(text, words);
    at = line.start - 1;
  }
  return null;
}

/**
 * @param {Steppable} text
 * @param {Stretch} units
 * @returns {Stretch}
 */
function toPoints({ offsets }, { start, end }) {
  return { start: offsets.toPoint(start), end: offsets.toPoint(end) };
}

/**
 * @param {Stretch[]} sentences
 * @param {number} point
 */
function firstEndingAfter(sentences, point) {
  let low = 0;
  let high = sentences.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sentences[middle].end <= point) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Sentences as the browser finds them, for a text that came without.
 * @param {import("./segments.js").Segments} segments
 * @param {import("./offsets.js").OffsetMap} offsets
 * @returns {Stretch[]}
 */
export function sentencesOf(segments, offsets) {
  return segments
    .allSentences()
    .map(({ start, end }) => ({ start: offsets.toPoint(start), end: offsets.toPoint(end) }));
}
