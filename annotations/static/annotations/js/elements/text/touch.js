// @ts-check
/**
 * Fingers over a text. They scroll, and select as the browser has it: a long press, then its own handles.
 * A tap chooses. What is selected in this way, or by a screen reader or caret browsing, is taken over once
 * it rests, without touching the browser's selection: its handles would go.
 */

import { gettext, interpolate } from "../../text/gettext.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */

/** Milliseconds without a change after which a selection rests. */
const REST = 180;

/**
 * @param {ArticlePane} pane
 * @param {(event: PointerEvent) => void} tapped
 */
export function listenForTouch(pane, tapped) {
  const { signal } = pane.life;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  let pressed = false;
  document.addEventListener(
    "pointerdown",
    (event) => {
      pressed = event.pointerType !== "touch";
    },
    { signal, capture: true },
  );
  for (const name of ["pointerup", "pointercancel"])
    document.addEventListener(
      name,
      () => {
        // What the mouse selected is read when it lets go: gestures.js.
        setTimeout(() => {
          pressed = false;
        }, 50);
      },
      { signal, capture: true },
    );
  document.addEventListener(
    "selectionchange",
    () => {
      clearTimeout(resting);
      if (!pressed) resting = setTimeout(() => takeOver(pane), REST);
    },
    { signal },
  );
  // Whatever was done with it since, a selection that waits is no longer the latest.
  pane.watch(["selection"], () => clearTimeout(resting));
  pane.textElement.addEventListener(
    "click",
    (event) => {
      if (/** @type {PointerEvent} */ (event).pointerType !== "touch") return;
      if (getSelection()?.isCollapsed ?? true) tapped(/** @type {PointerEvent} */ (event));
    },
    { signal },
  );
}

/** @param {ArticlePane} pane */
function takeOver(pane) {
  const { workbench, text } = pane;
  const { store } = workbench;
  const native = getSelection();
  const range = native?.rangeCount ? native.getRangeAt(0) : null;
  if (!range || range.collapsed || !pane.textElement.contains(range.commonAncestorContainer)) return;
  const units = text.unitsOf(range);
  const snapped = units && text.segments.snapToWords(units);
  if (!snapped) return;
  const { start, end } = text.toPoints(snapped);
  const before = store.selection;
  // What the page itself selected is known, also where it is less than a word.
  const known = before?.article === pane.article && text.toPoints(units);
  if (known && before && before.start === known.start && before.end === known.end) return;
  if (before?.article === pane.article && before.start === start && before.end === end) return;
  store.set({
    selection: { article: pane.article, start, end, byPointer: true },
    caret: { article: pane.article, point: start },
  });
  workbench.announce(interpolate(gettext("Selected: %(quote)s"), { quote: text.offsets.slice(start, end) }));
}
