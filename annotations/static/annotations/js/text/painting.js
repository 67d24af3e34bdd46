// @ts-check
/**
 * Paints spans over a text with the CSS Custom Highlight API: ranges are handed to named highlights,
 * which highlights.css styles. The DOM of the text stays as it is, and only highlights of our own prefix
 * are touched.
 *
 * A label has one highlight a nest level, so that marks inside marks show. Whatever changes, only the
 * ranges of the spans that changed are taken out and put in.
 */

const PREFIX = "fc-";
const LEVELS = 3;

/** Later ones lie on top. */
const ON_TOP = ["hover", "ends", "active", "candidate", "selection"];

/**
 * One of our highlights, made when first asked for.
 * @param {string} name without the prefix
 * @returns {Highlight}
 */
export function highlight(name) {
  const known = CSS.highlights.get(PREFIX + name);
  if (known) return known;
  const made = new Highlight();
  made.priority = priorityOf(name);
  CSS.highlights.set(PREFIX + name, made);
  return made;
}

/**
 * The highlight of a label at a nest level; deep nests share the last one.
 * @param {string} label
 * @param {number} level
 */
export function labelHighlight(label, level) {
  return `${label}-${Math.min(level, LEVELS - 1)}`;
}

/** @param {string} name */
function priorityOf(name) {
  const above = ON_TOP.indexOf(name.split("-")[0]); // the active span's has its label behind
  if (above >= 0) return 10 + above;
  return Number(name.at(-1)) || 0;
}

/** @typedef {{start: number, end: number}} Stretch */

/** What one text contributes to the page's highlights. */
export class Painter {
  /** @param {import("./anchoring.js").AnchoredText} text */
  constructor(text) {
    this.text = text;
    /** @type {Map<string, {name: string, places: string, ranges: AbstractRange[]}>} */
    this.painted = new Map();
  }

  /**
   * Shows something under a key, in place of what the key showed before.
   * @param {string} key
   * @param {string} name of the highlight
   * @param {readonly Stretch[]} fragments code points
   */
  show(key, name, fragments) {
    const places = fragments.map((part) => `${part.start}-${part.end}`).join();
    const before = this.painted.get(key);
    if (before?.name === name && before.places === places) return;
    if (before) this.hide(key);
    const ranges = fragments.map((part) => this.text.staticRange(part.start, part.end));
    const layer = highlight(name);
    for (const range of ranges) layer.add(range);
    this.painted.set(key, { name, places, ranges });
  }

  /** @param {string} key */
  hide(key) {
    const shown = this.painted.get(key);
    if (!shown) return;
    const layer = highlight(shown.name);
    for (const range of shown.ranges) layer.delete(range);
    this.painted.delete(key);
  }

  /** Takes everything of this text away. */
  clear() {
    for (const key of [...this.painted.keys()]) this.hide(key);
  }
}

/** @typedef {[label: string, level: number, fragments: [number, number][]]} FirstSpan code points */

/** @type {[Highlight, StaticRange][]} */
let painted = [];

/**
 * Paints the marks that the page brings along, before the workbench is there.
 * @param {Element} text
 * @param {FirstSpan[]} spans
 */
export function paintFirstSpans(text, spans) {
  const end = Math.max(0, ...spans.flatMap(([, , fragments]) => fragments.map((fragment) => fragment[1])));
  const places = firstPlaces(text, end);
  for (const [label, level, fragments] of spans) {
    const layer = highlight(labelHighlight(label, level));
    for (const [from, to] of fragments) {
      const start = places[from];
      // The place after the last character: a line end belongs to its own paragraph.
      const last = places[to - 1];
      if (!start || !last) continue;
      const range = new StaticRange({
        startContainer: start.node,
        startOffset: start.unit,
        endContainer: last.node,
        endOffset: last.unit + last.units,
      });
      layer.add(range);
      painted.push([layer, range]);
    }
  }
}

/**
 * Where each of the first code points of a text stands.
 * @param {Element} text
 * @param {number} many
 */
function firstPlaces(text, many) {
  /** @type {{node: Text, unit: number, units: number}[]} */
  const places = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (places.length < many && walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    let unit = 0;
    for (const character of node.data) {
      places.push({ node, unit, units: character.length });
      unit += character.length;
    }
  }
  return places;
}

/** The workbench has painted all that is near the screen. */
export function clearFirstSpans() {
  for (const [layer, range] of painted) layer.delete(range);
  painted = [];
}
