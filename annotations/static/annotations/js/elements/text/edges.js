// @ts-check
/** Where the edges of a stretch of text stand on the screen. */

import { directionAt } from "../../text/direction.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */
/** @typedef {import("../../model/types.js").Fragment} Fragment */
/** @typedef {"start" | "end"} Edge */

/**
 * The place of an edge: beside its first or last character, on the side where the text begins or ends.
 * @param {ArticlePane} pane
 * @param {Fragment} stretch
 * @param {Edge} edge
 * @returns {{x: number, top: number, height: number} | null} null where it does not show
 */
export function placeOf(pane, stretch, edge) {
  const { offsets, segments } = pane.text;
  const unit = edge === "start" ? offsets.toUnit(stretch.start) : offsets.toUnit(stretch.end) - 1;
  const character = segments.graphemeAt(unit);
  const boxes = pane.linesOf([
    { start: offsets.toPoint(character.start), end: offsets.toPoint(character.end) },
  ]);
  const box = edge === "start" ? boxes[0] : boxes.at(-1);
  if (!box) return null;
  const point = edge === "start" ? stretch.start : stretch.end - 1;
  const runs = directionAt(segments.text, character.start, pane.directionAt(point));
  return {
    x: (runs === "ltr") === (edge === "start") ? box.left : box.right,
    top: box.top,
    height: box.height,
  };
}

/** How far around the browser's answer the character under a place is looked for, in UTF-16 units. */
const AROUND = 160;

/**
 * The boundary between two characters that is nearest to a place on the screen, in UTF-16 units. Where
 * directions meet, two boundaries share one place on the screen, and the browser may name the other one: so
 * the character that is hit decides.
 * @param {ArticlePane} pane
 * @param {number} x
 * @param {number} y
 * @returns {number | null}
 */
export function unitNear(pane, x, y) {
  const { offsets, segments } = pane.text;
  const near = pane.pointAt(x, y, { near: true });
  if (near === null) return null;
  const about = offsets.toUnit(near);
  for (const character of charactersAround(segments, about)) {
    const stretch = { start: offsets.toPoint(character.start), end: offsets.toPoint(character.end) };
    const box = pane.linesOf([stretch]).find((one) => holds(one, x, y));
    if (!box) continue;
    const runs = directionAt(segments.text, character.start, pane.directionAt(stretch.start));
    const leading = (runs === "ltr") === x < box.left + box.width / 2;
    return leading ? character.start : character.end;
  }
  return about;
}

/**
 * The characters around a unit, the nearest first.
 * @param {import("../../text/segments.js").Segments} segments
 * @param {number} about
 */
function* charactersAround(segments, about) {
  const { text } = segments;
  let [back, on] = [about, about];
  while (on - about < AROUND || about - back < AROUND) {
    const [ahead, behind] = [on < text.length, back > 0];
    if (!ahead && !behind) return;
    if (ahead) {
      const character = segments.graphemeAt(on);
      yield character;
      on = Math.max(character.end, on + 1);
    } else {
      on = about + AROUND;
    }
    if (behind) {
      const character = segments.graphemeAt(back - 1);
      yield character;
      back = character.start;
    } else {
      back = about - AROUND;
    }
  }
}

/**
 * @param {DOMRect} box
 * @param {number} x
 * @param {number} y
 */
function holds(box, x, y) {
  return x >= box.left && x < box.right && y >= box.top - 3 && y <= box.bottom + 3;
}
