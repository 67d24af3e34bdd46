// @ts-check
/**
 * From offsets to places in the DOM and back, for one rendered text. The DOM is read, never split.
 */

import { countBelow, OffsetMap } from "./offsets.js";
import { Segments } from "./segments.js";

/** @typedef {{start: number, end: number}} Stretch code points, end exclusive */

/** One text as it stands on the page. */
export class AnchoredText {
  /**
   * @param {HTMLElement} root the element whose text is the body, see paragraphs.js
   * @param {string} body
   * @param {string} [language]
   */
  constructor(root, body, language) {
    this.root = root;
    this.offsets = new OffsetMap(body);
    this.segments = new Segments(body, language);
    /** @type {Text[]} */
    this.nodes = textNodes(root);
    this.starts = new Uint32Array(this.nodes.length);
    /** @type {Map<Node, number>} */
    this.indexes = new Map();
    let unit = 0;
    this.nodes.forEach((node, index) => {
      this.starts[index] = unit;
      this.indexes.set(node, index);
      unit += node.length;
    });
    this.units = unit;
  }

  /**
   * A range over a stretch of code points. Static: the text never changes, and a live range costs
   * something at every change elsewhere in the page.
   * @param {number} start
   * @param {number} end
   * @returns {StaticRange}
   */
  staticRange(start, end) {
    const [startContainer, startOffset] = this.#place(this.offsets.toUnit(start), false);
    const [endContainer, endOffset] = this.#place(this.offsets.toUnit(end), true);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
  }

  /**
   * The same as a live range, for measuring and for the selection.
   * @param {number} start
   * @param {number} end
   * @returns {Range}
   */
  range(start, end) {
    const still = this.staticRange(start, end);
    const range = document.createRange();
    range.setStart(still.startContainer, still.startOffset);
    range.setEnd(still.endContainer, still.endOffset);
    return range;
  }

  /**
   * The units of a range, cut to this text; null where it lies outside.
   * @param {AbstractRange} range
   * @returns {Stretch | null} in UTF-16 units
   */
  unitsOf(range) {
    const start = this.unitAt(range.startContainer, range.startOffset);
    const end = this.unitAt(range.endContainer, range.endOffset);
    return start === null || end === null ? null : { start, end };
  }

  /**
   * The unit at a place in the DOM. A place before the text is its beginning, one after it its end.
   * @param {Node} node
   * @param {number} offset
   * @returns {number | null}
   */
  unitAt(node, offset) {
    const index = this.indexes.get(node);
    if (index !== undefined) return this.starts[index] + offset;
    if (!this.nodes.length) return null;
    const within = node.childNodes[offset]?.firstChild ?? node.childNodes[offset];
    const known = within && this.indexes.get(within);
    if (known !== undefined) return this.starts[known];
    const probe = document.createRange();
    probe.setStart(node, offset);
    // Whole text nodes that lie before the place: found by halving, not by walking.
    let low = 0;
    let high = this.nodes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (probe.comparePoint(this.nodes[middle], 0) < 0) low = middle + 1;
      else high = middle;
    }
    return low < this.nodes.length ? this.starts[low] : this.units;
  }

  /**
   * The code point at which an element of the text begins; without one, the end of the text.
   * @param {HTMLElement | undefined} element
   * @returns {number}
   */
  pointOf(element) {
    const unit = element ? this.unitAt(element, 0) : this.units;
    return this.offsets.toPoint(unit ?? this.units);
  }

  /**
   * A stretch of units as code points.
   * @param {Stretch} units
   * @returns {Stretch}
   */
  toPoints({ start, end }) {
    return { start: this.offsets.toPoint(start), end: this.offsets.toPoint(end) };
  }

  /**
   * The paragraph that holds a code point offset.
   * @param {number} point
   * @returns {HTMLElement}
   */
  paragraphAt(point) {
    const [node] = this.#place(this.offsets.toUnit(point), false);
    return /** @type {HTMLElement} */ (node.parentElement ?? this.root);
  }

  /**
   * @param {number} unit
   * @param {boolean} atEnd where two nodes meet, take the end of the first one
   * @returns {[Text | HTMLElement, number]}
   */
  #place(unit, atEnd) {
    if (!this.nodes.length) return [this.root, 0];
    const index = Math.max(0, countBelow(this.starts, atEnd ? unit : unit + 1) - 1);
    const node = this.nodes[index];
    return [node, Math.min(unit - this.starts[index], node.length)];
  }
}

/**
 * @param {HTMLElement} root
 * @returns {Text[]}
 */
function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const found = [];
  while (walker.nextNode()) found.push(/** @type {Text} */ (walker.currentNode));
  return found;
}
