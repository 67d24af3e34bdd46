// @ts-check
/** The mouse over a text: selecting, joining, choosing a span, seeing what one would choose. */

import { pickSpan, pickText } from "../../actions/linking.js";
import { joinFragment } from "../../actions/marking.js";
import { activate, clearSelection } from "../../actions/moving.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */

/**
 * Listens to the pointer for as long as the pane lives.
 * @param {ArticlePane} pane
 */
export function listenForGestures(pane) {
  const { signal } = pane.life;
  const text = pane.textElement;
  let dragging = false;
  text.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      dragging = true;
      pane.bench.say("close-chooser");
    },
    { signal },
  );
  // The button may be let go anywhere on the page.
  document.addEventListener(
    "pointerup",
    (event) => {
      if (!dragging || event.button !== 0) return;
      dragging = false;
      // The browser settles its selection after this event.
      setTimeout(() => released(pane, event));
    },
    { signal },
  );
  text.addEventListener("pointermove", (event) => hovered(pane, event), { signal });
  text.addEventListener("pointerleave", () => setHovered(pane, null), { signal });
}

/**
 * @param {ArticlePane} pane
 * @param {PointerEvent} event
 */
function released(pane, event) {
  const selection = getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  if (range && !range.collapsed && range.intersectsNode(pane.textElement)) selected(pane, range, event);
  else clicked(pane, event);
}

/**
 * @param {ArticlePane} pane
 * @param {Range} range
 * @param {PointerEvent} event
 */
function selected(pane, range, event) {
  const { bench, text } = pane;
  const units = text.unitsOf(range);
  const snapped =
    units && (event.altKey ? text.segments.snapToGraphemes(units) : text.segments.snapToWords(units));
  if (!snapped) {
    clearSelection(bench);
    return;
  }
  const place = { article: pane.article, ...text.toPoints(snapped) };
  bench.store.set({ caret: { article: pane.article, point: place.start } });
  if (bench.store.picking) {
    pickText(bench, place);
  } else if ((event.ctrlKey || event.metaKey) && bench.store.activeSpan) {
    joinFragment(bench, place);
  } else {
    pane.selectText(place.start, place.end);
    bench.store.set({ selection: { ...place, byPointer: true } });
    bench.announce(`Selected: ${text.offsets.slice(place.start, place.end)}`);
  }
}

/**
 * @param {ArticlePane} pane
 * @param {PointerEvent} event
 */
function clicked(pane, event) {
  const { bench } = pane;
  const point = pane.pointAt(event.clientX, event.clientY);
  const spans = point === null ? [] : (bench.store.desk(pane.article)?.index.at(point) ?? []);
  const caret = pane.pointAt(event.clientX, event.clientY, { near: true });
  bench.store.set({ selection: null, caret: { article: pane.article, point: caret ?? 0 } });
  if (spans.length > 1) {
    bench.say("choose", { spans: spans.map((span) => span.id), x: event.clientX, y: event.clientY });
  } else if (spans.length === 1) {
    if (bench.store.picking) pickSpan(bench, spans[0].id);
    else activate(bench, spans[0].id, { reveal: false });
  } else if (!bench.store.picking) {
    activate(bench, null);
  }
}

/**
 * @param {ArticlePane} pane
 * @param {PointerEvent} event
 */
function hovered(pane, event) {
  if (event.buttons || event.pointerType === "touch") return;
  const point = pane.pointAt(event.clientX, event.clientY);
  const span = point === null ? undefined : pane.bench.store.desk(pane.article)?.index.at(point)[0];
  setHovered(pane, span?.id ?? null);
}

/**
 * @param {ArticlePane} pane
 * @param {string | null} id
 */
function setHovered(pane, id) {
  pane.bench.store.set({ hovered: id });
  pane.textElement.classList.toggle("over-span", id !== null);
}
