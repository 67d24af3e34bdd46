// @ts-check
/** The fragments of a span: in order, none meeting another. Offsets are code points. */

/** @typedef {{start: number, end: number}} Fragment */

/**
 * Ranges in order; those that meet or overlap become one.
 * @param {readonly Fragment[]} parts
 * @returns {Fragment[]}
 */
export function united(parts) {
  /** @type {Fragment[]} */
  const joined = [];
  for (const { start, end } of [...parts].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else joined.push({ start, end });
  }
  return joined;
}

/**
 * The fragments with one of them changed; what it reaches becomes part of it.
 * @param {readonly Fragment[]} parts
 * @param {number} position
 * @param {Fragment} changed
 * @returns {{fragments: Fragment[], position: number}} and where it stands among them then
 */
export function withPart(parts, position, changed) {
  const fragments = united(parts.with(position, changed));
  return { fragments, position: fragments.findIndex((part) => part.end >= changed.end) };
}
