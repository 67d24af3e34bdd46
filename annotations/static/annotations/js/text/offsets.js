// @ts-check
/**
 * Offsets: the project counts Unicode code points, a browser counts UTF-16 units. This is the one
 * place that converts between them.
 *
 * Only characters outside the Basic Multilingual Plane take two units, and they are rare. So the
 * index holds nothing but their positions: a text of a million letters without emoji costs nothing,
 * and every conversion is one binary search.
 */

/**
 * How many of the first entries of a sorted array are below a value.
 * @param {Uint32Array} sorted
 * @param {number} value
 * @returns {number}
 */
export function countBelow(sorted, value) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Units at which a surrogate pair begins.
 * @param {string} text
 * @returns {Uint32Array}
 */
function pairsIn(text) {
  /** @type {number[]} */
  const found = [];
  if (!/[\ud800-\udbff]/.test(text)) return new Uint32Array();
  for (const match of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) found.push(match.index);
  return Uint32Array.from(found);
}

/** The two ways of counting one text, and the way between them. */
export class OffsetMap {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    /** @type {Uint32Array} first units of the surrogate pairs */
    this.pairUnits = pairsIn(text);
    /** @type {Uint32Array} code points of the same characters */
    this.pairPoints = this.pairUnits.map((unit, index) => unit - index);
    /** Length in code points. */
    this.length = text.length - this.pairUnits.length;
  }

  /**
   * From a code point offset to a UTF-16 unit.
   * @param {number} point
   * @returns {number}
   */
  toUnit(point) {
    return point + countBelow(this.pairPoints, point);
  }

  /**
   * From a UTF-16 unit to a code point offset; the middle of a pair counts as its beginning.
   * @param {number} unit
   * @returns {number}
   */
  toPoint(unit) {
    // Inside a pair, the pair itself is already counted: unit 1 of an emoji at unit 0 is point 0.
    return unit - countBelow(this.pairUnits, unit);
  }

  /**
   * The words between two code point offsets.
   * @param {number} start
   * @param {number} end
   * @returns {string}
   */
  slice(start, end) {
    return this.text.slice(this.toUnit(start), this.toUnit(end));
  }
}
