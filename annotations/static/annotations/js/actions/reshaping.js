// @ts-check
/** Changing what a span covers: its ends, its fragments, and the one of them that is selected. */

import { gettext, interpolate } from "../text/gettext.js";
import { united, withPart } from "../text/fragments.js";
import { withEdgeMoved } from "../text/stepping.js";
import { change, refused, short } from "./spans.js";
import { clearSelection, select, wayTo } from "./moving.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
/** @typedef {import("../model/types.js").Span} Span */
/** @typedef {import("../model/types.js").Fragment} Fragment */
/** @typedef {import("../model/types.js").Place} Place */

/**
 * The fragment of the active span that is selected, null where it is the span as a whole.
 * @param {import("../model/store.js").Store} store
 * @returns {number | null}
 */
export function selectedFragment({ activeSpan, part }) {
  const count = activeSpan?.fragments.length ?? 0;
  return part !== null && count > 1 && part < count ? part : null;
}

/**
 * Moves an edge of the selection where there is one, else of the active span's selected fragment.
 * @param {Workbench} workbench
 * @param {"start" | "end"} edge
 * @param {"left" | "right"} side
 * @param {import("../text/stepping.js").Grain} grain
 */
export function adjust(workbench, edge, side, grain) {
  const { selection, activeSpan } = workbench.store;
  const about = selection ?? activeSpan;
  const desk = about && workbench.store.desk(about.article);
  if (!about || !desk) return;
  const last = activeSpan ? activeSpan.fragments.length - 1 : 0;
  const position = selectedFragment(workbench.store) ?? (edge === "start" ? 0 : last);
  const stretch = selection ?? /** @type {Span} */ (activeSpan).fragments[position];
  const way = wayTo(workbench, desk, edge === "start" ? stretch.start : stretch.end - 1, side);
  const moved = withEdgeMoved(desk, stretch, edge, way, grain);
  if (!moved) return;
  if (selection) select(workbench, desk, { ...moved, backward: edge === "start" });
  else reshapePart(workbench, /** @type {Span} */ (activeSpan), position, moved, edge);
}

/**
 * @param {Workbench} workbench
 * @param {Span} span
 * @param {number} position
 * @param {Fragment} moved
 * @param {"start" | "end"} edge
 */
function reshapePart(workbench, span, position, moved, edge) {
  const now = withPart(span.fragments, position, moved);
  if (!reshape(workbench, span, now.fragments, `${edge} ${position}`)) return;
  if (selectedFragment(workbench.store) !== null) workbench.store.set({ part: now.position });
  workbench.panes
    .get(span.article)
    ?.reveal(
      edge === "start" ? { start: moved.start, end: moved.start + 1 } : { start: moved.end - 1, end: moved.end },
    );
}

/**
 * Gives a span other fragments.
 * @param {Workbench} workbench
 * @param {Span} span
 * @param {Fragment[]} fragments
 * @param {string} run
 * @returns {boolean} whether it may change
 */
export function reshape(workbench, span, fragments, run) {
  if (refused(workbench, span)) return false;
  change(workbench, span, { fragments }, gettext("moved the ends of a span"), `${run} of ${span.id}`);
  workbench.announce(workbench.store.shown.span.get(span.id)?.quote ?? "");
  return true;
}

/**
 * Adds text to the active span as a fragment: a quotation broken by "he said" is one span.
 * @param {Workbench} workbench
 * @param {Place} place
 */
export function joinFragment(workbench, place) {
  const span = workbench.store.activeSpan;
  if (!span || span.article !== place.article) {
    workbench.toast(gettext("Select a span in the same article first, then the text to add to it."));
    return;
  }
  if (refused(workbench, span)) return;
  const fragments = united([...span.fragments, place]);
  if (JSON.stringify(fragments) !== JSON.stringify(span.fragments))
    change(workbench, span, { fragments }, interpolate(gettext("added text to %(quote)s"), { quote: short(span.quote) }));
  clearSelection(workbench);
  const now = { name: workbench.store.nameOf(span.id), quote: workbench.store.activeSpan?.quote ?? "" };
  workbench.announce(interpolate(gettext("Added to %(name)s: %(quote)s"), now));
}

/**
 * Adds what is selected to the active span.
 * @param {Workbench} workbench
 */
export function joinSelection(workbench) {
  const { selection } = workbench.store;
  if (selection) joinFragment(workbench, selection);
}

/**
 * Selects the next or previous fragment of the active span; after the last one, the span as a whole.
 * @param {Workbench} workbench
 * @param {1 | -1} step
 */
export function nextPart(workbench, step) {
  const count = workbench.store.activeSpan?.fragments.length ?? 0;
  if (count < 2) return;
  // The whole stands before the first and after the last.
  const goal = ((selectedFragment(workbench.store) ?? -1) + 1 + step + count + 1) % (count + 1);
  takePart(workbench, goal ? goal - 1 : null);
}

/**
 * Selects one fragment of the active span, or (null) the span as a whole.
 * @param {Workbench} workbench
 * @param {number | null} position
 */
export function takePart(workbench, position) {
  const span = workbench.store.activeSpan;
  if (!span) return;
  workbench.store.set({ part: position });
  const stretch = position === null ? span : span.fragments[position];
  const words = workbench.store.desk(span.article)?.offsets.slice(stretch.start, stretch.end) ?? "";
  workbench.announce(
    position === null
      ? gettext("The whole span.")
      : interpolate(gettext("Fragment %(number)s of %(count)s: %(text)s"), {
          number: position + 1,
          count: span.fragments.length,
          text: words,
        }),
  );
  workbench.panes.get(span.article)?.reveal(stretch);
}

/**
 * Removes a fragment from the active span: the selected one, or the one named.
 * @param {Workbench} workbench
 * @param {number | null} [position]
 */
export function removePart(workbench, position = selectedFragment(workbench.store)) {
  const span = workbench.store.activeSpan;
  if (!span || span.fragments.length < 2) return;
  if (position === null) {
    workbench.toast(gettext("Select a fragment first."));
    return;
  }
  if (refused(workbench, span)) return;
  const { start, end } = span.fragments[position];
  const words = workbench.store.desk(span.article)?.offsets.slice(start, end) ?? "";
  const fragments = span.fragments.filter((_, other) => other !== position);
  const removed = { text: short(words), name: workbench.store.nameOf(span.id) };
  change(workbench, span, { fragments }, interpolate(gettext("removed %(text)s from %(name)s"), removed));
  workbench.store.set({ part: null });
  workbench.toast(interpolate(gettext("Removed %(text)s from %(name)s."), removed), {
    kind: "done",
    action: { words: gettext("Undo"), run: () => workbench.undoLast() },
  });
}
