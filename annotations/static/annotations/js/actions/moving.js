// @ts-check
/** Moving through the text without a mouse: by paragraph, sentence, word and character, and by span. */

import { extended, unitAfter, unitBefore } from "../text/stepping.js";

/** @typedef {import("../workbench-controller.js").Bench} Bench */
/** @typedef {import("../model/types.js").Desk} Desk */
/** @typedef {import("../text/stepping.js").Way} Way */
/** @typedef {import("../text/stepping.js").Grain} Grain */

/**
 * The article that the keys move in.
 * @param {Bench} bench
 * @returns {Desk | null}
 */
export function deskInHand({ store }) {
  return store.desk(store.caret.article) ?? store.desk(store.main);
}

/**
 * Selects the next or previous sentence or paragraph.
 * @param {Bench} bench
 * @param {Way} way
 * @param {"sentence" | "paragraph"} grain
 */
export function moveByUnit(bench, way, grain) {
  const desk = deskInHand(bench);
  if (!desk) return;
  const selection = selectionOn(bench, desk);
  const point = selection ? selection.start : bench.store.caret.point;
  const around = unitAfter(desk, point, grain);
  const here = around && around.start <= point ? around : null;
  let goal =
    way === 1
      ? unitAfter(desk, here ? here.end : point, grain)
      : unitBefore(desk, here ? here.start : point, grain);
  // From a bare caret, forward takes the unit that begins there, back the one it stands in.
  if (!selection && here && (way === -1 || here.start === point)) goal = here;
  if (goal) select(bench, desk, goal);
}

/**
 * Selects the next or previous word; from a longer selection, its first or last word.
 * @param {Bench} bench
 * @param {"left" | "right"} side
 */
export function moveByWord(bench, side) {
  const desk = deskInHand(bench);
  if (!desk) return;
  const selection = selectionOn(bench, desk);
  const point = selection?.start ?? bench.store.caret.point;
  const way = wayTo(bench, desk, point, side);
  let word = way === 1 ? unitAfter(desk, point, "word") : unitBefore(desk, selection?.end ?? point, "word");
  if (selection && word && word.start === selection.start && word.end === selection.end) {
    word = way === 1 ? unitAfter(desk, word.end, "word") : unitBefore(desk, word.start, "word");
  }
  if (word) select(bench, desk, word);
}

/**
 * Extends the selection by a sentence or a paragraph.
 * @param {Bench} bench
 * @param {Way} way
 * @param {"sentence" | "paragraph"} grain
 */
export function extendByUnit(bench, way, grain) {
  const desk = deskInHand(bench);
  const selection = desk && selectionOn(bench, desk);
  if (!desk || !selection) moveByUnit(bench, way, grain);
  else select(bench, desk, extended(desk, selection, way, grain));
}

/**
 * Extends or shrinks the selection by a word or a character.
 * @param {Bench} bench
 * @param {"left" | "right"} side
 * @param {Grain} grain
 */
export function extendTowards(bench, side, grain) {
  const desk = deskInHand(bench);
  const selection = desk && selectionOn(bench, desk);
  if (!desk || !selection) moveByWord(bench, side);
  else {
    const moving = selection.backward ? selection.start : selection.end - 1;
    select(bench, desk, extended(desk, selection, wayTo(bench, desk, moving, side), grain));
  }
}

/**
 * Goes to the next or previous span in reading order; while a link is being made, to the next one to pick.
 * @param {Bench} bench
 * @param {Way} way
 */
export function moveBySpan(bench, way) {
  const desk = deskInHand(bench);
  if (!desk) return;
  const { store } = bench;
  const from = store.picking ? store.candidate : store.active;
  const span = desk.index.neighbour(from && desk.index.byId.has(from) ? from : null, store.caret.point, way);
  if (!span) {
    bench.announce(way === 1 ? "That was the last span." : "That was the first span.");
  } else if (store.picking) {
    store.set({ candidate: span.id, caret: { article: span.article, point: span.start } });
    bench.announce(`${store.nameOf(span.id)}, ${span.label}: ${span.quote}`);
    bench.panes.get(span.article)?.reveal(span);
  } else {
    activate(bench, span.id);
  }
}

/**
 * Makes a span the one that is worked on, or lets go of it.
 * @param {Bench} bench
 * @param {string | null} id
 * @param {{reveal?: boolean}} [how]
 */
export function activate(bench, id, { reveal = true } = {}) {
  const { store } = bench;
  const span = id ? store.shown.span.get(id) : null;
  store.set({ active: span ? span.id : null, part: null, selection: null, view: span ? "span" : store.view });
  bench.undo.endRun();
  if (!span) return;
  store.set({ caret: { article: span.article, point: span.start } });
  bench.announce(`${store.nameOf(span.id)}, ${span.label}: ${span.quote}`);
  if (reveal) bench.panes.get(span.article)?.reveal(span);
}

/**
 * Lets go: of the link being made, else of the selection, else of the active span.
 * @param {Bench} bench
 */
export function letGo(bench) {
  const { store } = bench;
  if (store.picking) store.set({ picking: null, candidate: null });
  else if (store.selection) clearSelection(bench);
  else activate(bench, null);
}

/** @param {Bench} bench */
export function clearSelection({ store }) {
  store.set({ selection: null });
  getSelection()?.removeAllRanges();
}

/**
 * Selects text.
 * @param {Bench} bench
 * @param {Desk} desk
 * @param {{start: number, end: number, backward?: boolean}} stretch
 */
export function select(bench, desk, { start, end, backward = false }) {
  const article = desk.article.id;
  bench.store.set({
    selection: { article, start, end, backward, byPointer: false },
    caret: { article, point: start },
  });
  const pane = bench.panes.get(article);
  pane?.selectText(start, end);
  pane?.reveal(backward ? { start, end: start + 1 } : { start: Math.max(start, end - 1), end });
  bench.announce(desk.offsets.slice(start, end));
}

/**
 * @param {Bench} bench
 * @param {Desk} desk
 */
function selectionOn({ store }, desk) {
  return store.selection?.article === desk.article.id ? store.selection : null;
}

/**
 * Which way a key with an arrow points in the paragraph it is used in.
 * @param {Bench} bench
 * @param {Desk} desk
 * @param {number} point
 * @param {"left" | "right"} side
 * @returns {Way}
 */
export function wayTo(bench, desk, point, side) {
  const rightToLeft = bench.panes.get(desk.article.id)?.directionAt(point) === "rtl";
  return (side === "right") === rightToLeft ? -1 : 1;
}
