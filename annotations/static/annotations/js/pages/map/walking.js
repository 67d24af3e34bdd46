// @ts-check
/** Ways from span to span. Pure, but for reading the spans' ids. */

/** @typedef {import("../map.js").MapData} MapData */

/**
 * The span so many further down the same column; at its ends the last one.
 * @param {SVGAElement[]} spans in column and reading order
 * @param {string} id
 * @param {number} by
 * @returns {string | undefined}
 */
export function within(spans, id, by) {
  const span = spans.find((one) => one.dataset.span === id);
  const column = spans.filter((one) => one.parentNode === span?.parentNode);
  const at = (span ? column.indexOf(span) : 0) + by;
  return column[Math.max(0, Math.min(at, column.length - 1))]?.dataset.span;
}

/**
 * The far end of a link on that side: in the nearest column, and there the nearest by height. Where no link
 * leads to that side, one within the same column.
 * @param {MapData} data
 * @param {string} id
 * @param {-1 | 1} side
 * @returns {string | undefined}
 */
export function alongLink(data, id, side) {
  const here = data.spans[id];
  const ends = data.links
    .filter(([source, target]) => source === id || target === id)
    .map(([source, target]) => (source === id ? target : source))
    .filter((end) => data.spans[end]?.column !== undefined);
  const apart = (/** @type {string} */ end) => (data.spans[end].column ?? 0) - (here.column ?? 0);
  const beyond = ends.filter((end) => apart(end) * side > 0);
  const candidates = beyond.length ? beyond : ends.filter((end) => apart(end) === 0);
  const height = (/** @type {string} */ end) => Math.abs((data.spans[end].y ?? 0) - (here.y ?? 0));
  return candidates.sort((one, other) => Math.abs(apart(one)) - Math.abs(apart(other)) || height(one) - height(other))[0];
}
