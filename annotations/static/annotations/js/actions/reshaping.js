// @ts-check
/** Changing what a span covers: its ends, its fragments, and the one of them that is in hand. */

import { united, withPart } from "../text/fragments.js";
import { withEdgeMoved } from "../text/stepping.js";
import { change, refused, short } from "./marking.js";
import { clearSelection, select, wayTo } from "./moving.js";

/** @typedef {import("../workbench-controller.js").Bench} Bench */
/** @typedef {import("../model/types.js").Span} Span */
/** @typedef {import("../model/types.js").Fragment} Fragment */
/** @typedef {import("../model/types.js").Place} Place */

/**
 * The fragment of the active span that is in hand, null where it is the span as a whole.
 * @param {import("../model/store.js").Store} store
 * @returns {number | null}
 */
export function partInHand({ activeSpan, part }) {
  const count = activeSpan?.fragments.length ?? 0;
  return part !== null && count > 1 && part < count ? part : null;
}

/**
 * Moves an edge of the selection where there is one, else of the active span's fragment in hand.
 * @param {Bench} bench
 * @param {"start" | "end"} edge
 * @param {"left" | "right"} side
 * @param {import("../text/stepping.js").Grain} grain
 */
export function adjust(bench, edge, side, grain) {
  const { selection, activeSpan } = bench.store;
  const about = selection ?? activeSpan;
  const desk = about && bench.store.desk(about.article);
  if (!about || !desk) return;
  const last = activeSpan ? activeSpan.fragments.length - 1 : 0;
  const position = partInHand(bench.store) ?? (edge === "start" ? 0 : last);
  const stretch = selection ?? /** @type {Span} */ (activeSpan).fragments[position];
  const way = wayTo(bench, desk, edge === "start" ? stretch.start : stretch.end - 1, side);
  const moved = withEdgeMoved(desk, stretch, edge, way, grain);
  if (!moved) return;
  if (selection) select(bench, desk, { ...moved, backward: edge === "start" });
  else reshapePart(bench, /** @type {Span} */ (activeSpan), position, moved, edge);
}

/**
 * @param {Bench} bench
 * @param {Span} span
 * @param {number} position
 * @param {Fragment} moved
 * @param {"start" | "end"} edge
 */
function reshapePart(bench, span, position, moved, edge) {
  const now = withPart(span.fragments, position, moved);
  if (!reshape(bench, span, now.fragments, `${edge} ${position}`)) return;
  if (partInHand(bench.store) !== null) bench.store.set({ part: now.position });
  bench.panes
    .get(span.article)
    ?.reveal(
      edge === "start" ? { start: moved.start, end: moved.start + 1 } : { start: moved.end - 1, end: moved.end },
    );
}

/**
 * Gives a span other fragments.
 * @param {Bench} bench
 * @param {Span} span
 * @param {Fragment[]} fragments
 * @param {string} run
 * @returns {boolean} whether it may change
 */
export function reshape(bench, span, fragments, run) {
  if (refused(bench, span)) return false;
  change(bench, span, { fragments }, "moved the ends of a span", `${run} of ${span.id}`);
  bench.announce(bench.store.shown.span.get(span.id)?.quote ?? "");
  return true;
}

/**
 * Joins a passage to the active span: a quotation broken by "he said" is one span.
 * @param {Bench} bench
 * @param {Place} place
 */
export function joinFragment(bench, place) {
  const span = bench.store.activeSpan;
  if (!span || span.article !== place.article) {
    bench.toast("Make the span active first, in the same article; then join a passage to it.");
    return;
  }
  if (refused(bench, span)) return;
  const fragments = united([...span.fragments, place]);
  if (JSON.stringify(fragments) !== JSON.stringify(span.fragments))
    change(bench, span, { fragments }, `joined a passage to ${short(span.quote)}`);
  clearSelection(bench);
  bench.announce(`Joined to ${bench.store.nameOf(span.id)}: ${bench.store.activeSpan?.quote ?? ""}`);
}

/**
 * Joins what is selected to the active span.
 * @param {Bench} bench
 */
export function joinSelection(bench) {
  const { selection } = bench.store;
  if (selection) joinFragment(bench, selection);
}

/**
 * Takes the next or previous fragment of the active span in hand; after the last one, the span as a whole.
 * @param {Bench} bench
 * @param {1 | -1} step
 */
export function nextPart(bench, step) {
  const count = bench.store.activeSpan?.fragments.length ?? 0;
  if (count < 2) return;
  // The whole stands before the first and after the last.
  const goal = ((partInHand(bench.store) ?? -1) + 1 + step + count + 1) % (count + 1);
  takePart(bench, goal ? goal - 1 : null);
}

/**
 * Takes one fragment of the active span in hand, or (null) the span as a whole.
 * @param {Bench} bench
 * @param {number | null} position
 */
export function takePart(bench, position) {
  const span = bench.store.activeSpan;
  if (!span) return;
  bench.store.set({ part: position });
  const stretch = position === null ? span : span.fragments[position];
  const words = bench.store.desk(span.article)?.offsets.slice(stretch.start, stretch.end) ?? "";
  bench.announce(
    position === null
      ? "The span as a whole."
      : `Fragment ${position + 1} of ${span.fragments.length}: ${words}`,
  );
  bench.panes.get(span.article)?.reveal(stretch);
}

/**
 * Takes a fragment out of the active span: the one in hand, or the one named.
 * @param {Bench} bench
 * @param {number | null} [position]
 */
export function removePart(bench, position = partInHand(bench.store)) {
  const span = bench.store.activeSpan;
  if (!span || span.fragments.length < 2) return;
  if (position === null) {
    bench.toast("Take a fragment in hand first; then it can be taken out.");
    return;
  }
  if (refused(bench, span)) return;
  const { start, end } = span.fragments[position];
  const words = bench.store.desk(span.article)?.offsets.slice(start, end) ?? "";
  const fragments = span.fragments.filter((_, other) => other !== position);
  change(bench, span, { fragments }, `took ${short(words)} out of a span`);
  bench.store.set({ part: null });
  bench.toast(`Took ${short(words)} out of ${bench.store.nameOf(span.id)}.`, {
    kind: "done",
    action: { words: "Undo", run: () => bench.undoLast() },
  });
}
