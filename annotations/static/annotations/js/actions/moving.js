// @ts-check
/** Moving through the text without a mouse: by paragraph, sentence, word and character, and by span. */

import { gettext, interpolate } from "../text/gettext.js";
import { extended, unitAfter, unitBefore } from "../text/stepping.js";
import { LABEL_NOUNS } from "../model/vocabulary.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
/** @typedef {import("../model/types.js").Desk} Desk */
/** @typedef {import("../text/stepping.js").Way} Way */
/** @typedef {import("../text/stepping.js").Grain} Grain */

/**
 * The article that the keys move in.
 * @param {Workbench} workbench
 * @returns {Desk | null}
 */
function activeDesk({ store }) {
  return store.desk(store.caret.article) ?? store.desk(store.main);
}

/**
 * Selects the next or previous sentence or paragraph.
 * @param {Workbench} workbench
 * @param {Way} way
 * @param {"sentence" | "paragraph"} grain
 */
export function moveByUnit(workbench, way, grain) {
  const desk = activeDesk(workbench);
  if (!desk) return;
  const selection = selectionOn(workbench, desk);
  const point = selection ? selection.start : workbench.store.caret.point;
  const around = unitAfter(desk, point, grain);
  const here = around && around.start <= point ? around : null;
  let goal =
    way === 1
      ? unitAfter(desk, here ? here.end : point, grain)
      : unitBefore(desk, here ? here.start : point, grain);
  // From a bare caret, forward takes the unit that begins there, back the one it stands in.
  if (!selection && here && (way === -1 || here.start === point)) goal = here;
  if (goal) select(workbench, desk, goal);
}

/**
 * Selects the next or previous word; from a longer selection, its first or last word.
 * @param {Workbench} workbench
 * @param {"left" | "right"} side
 */
export function moveByWord(workbench, side) {
  const desk = activeDesk(workbench);
  if (!desk) return;
  const selection = selectionOn(workbench, desk);
  const point = selection?.start ?? workbench.store.caret.point;
  const way = wayTo(workbench, desk, point, side);
  let word = way === 1 ? unitAfter(desk, point, "word") : unitBefore(desk, selection?.end ?? point, "word");
  if (selection && word && word.start === selection.start && word.end === selection.end) {
    word = way === 1 ? unitAfter(desk, word.end, "word") : unitBefore(desk, word.start, "word");
  }
  if (word) select(workbench, desk, word);
}

/**
 * Extends the selection by a sentence or a paragraph.
 * @param {Workbench} workbench
 * @param {Way} way
 * @param {"sentence" | "paragraph"} grain
 */
export function extendByUnit(workbench, way, grain) {
  const desk = activeDesk(workbench);
  const selection = desk && selectionOn(workbench, desk);
  if (!desk || !selection) moveByUnit(workbench, way, grain);
  else select(workbench, desk, extended(desk, selection, way, grain));
}

/**
 * Extends or shrinks the selection by a word or a character.
 * @param {Workbench} workbench
 * @param {"left" | "right"} side
 * @param {Grain} grain
 */
export function extendTowards(workbench, side, grain) {
  const desk = activeDesk(workbench);
  const selection = desk && selectionOn(workbench, desk);
  if (!desk || !selection) moveByWord(workbench, side);
  else {
    const moving = selection.backward ? selection.start : selection.end - 1;
    select(workbench, desk, extended(desk, selection, wayTo(workbench, desk, moving, side), grain));
  }
}

/**
 * Goes to the next or previous span in reading order; while a link is being made, to the next one to pick.
 * @param {Workbench} workbench
 * @param {Way} way
 */
export function moveBySpan(workbench, way) {
  const desk = activeDesk(workbench);
  if (!desk) return;
  const { store } = workbench;
  const from = store.picking ? store.candidate : store.active;
  const span = desk.index.neighbour(from && desk.index.byId.has(from) ? from : null, store.caret.point, way);
  if (!span) {
    workbench.announce(way === 1 ? gettext("No more spans.") : gettext("No earlier spans."));
  } else if (store.picking) {
    store.set({ candidate: span.id, caret: { article: span.article, point: span.start } });
    announceSpan(workbench, span);
    workbench.panes.get(span.article)?.reveal(span);
  } else {
    activate(workbench, span.id);
  }
}

/**
 * Selects a span, or deselects the active one.
 * @param {Workbench} workbench
 * @param {string | null} id
 * @param {{reveal?: boolean}} [how]
 */
export function activate(workbench, id, { reveal = true } = {}) {
  const { store } = workbench;
  const span = id ? store.shown.span.get(id) : null;
  store.set({ active: span ? span.id : null, part: null, selection: null, view: span ? "span" : store.view });
  workbench.undo.endRun();
  if (!span) return;
  store.set({ caret: { article: span.article, point: span.start } });
  announceSpan(workbench, span);
  if (reveal) workbench.panes.get(span.article)?.reveal(span);
}

/**
 * @param {Workbench} workbench
 * @param {import("../model/types.js").Span} span
 */
function announceSpan(workbench, span) {
  const told = { name: workbench.store.nameOf(span.id), label: LABEL_NOUNS[span.label], quote: span.quote };
  workbench.announce(interpolate(gettext("%(name)s, %(label)s: %(quote)s"), told));
}

/**
 * Cancels the link being made, else clears the selection, else deselects the active span.
 * @param {Workbench} workbench
 */
export function letGo(workbench) {
  const { store } = workbench;
  if (store.picking) store.set({ picking: null, candidate: null });
  else if (store.selection) clearSelection(workbench);
  else activate(workbench, null);
}

/** @param {Workbench} workbench */
export function clearSelection({ store }) {
  store.set({ selection: null });
  getSelection()?.removeAllRanges();
}

/**
 * Selects text.
 * @param {Workbench} workbench
 * @param {Desk} desk
 * @param {{start: number, end: number, backward?: boolean}} stretch
 */
export function select(workbench, desk, { start, end, backward = false }) {
  const article = desk.article.id;
  workbench.store.set({
    selection: { article, start, end, backward, byPointer: false },
    caret: { article, point: start },
  });
  const pane = workbench.panes.get(article);
  pane?.selectText(start, end);
  pane?.reveal(backward ? { start, end: start + 1 } : { start: Math.max(start, end - 1), end });
  workbench.announce(desk.offsets.slice(start, end));
}

/**
 * @param {Workbench} workbench
 * @param {Desk} desk
 */
function selectionOn({ store }, desk) {
  return store.selection?.article === desk.article.id ? store.selection : null;
}

/**
 * Which way a key with an arrow points in the paragraph it is used in.
 * @param {Workbench} workbench
 * @param {Desk} desk
 * @param {number} point
 * @param {"left" | "right"} side
 * @returns {Way}
 */
export function wayTo(workbench, desk, point, side) {
  const rightToLeft = workbench.panes.get(desk.article.id)?.directionAt(point) === "rtl";
  return (side === "right") === rightToLeft ? -1 : 1;
}
