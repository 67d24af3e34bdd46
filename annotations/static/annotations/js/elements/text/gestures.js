// @ts-check
/** The mouse over a text: selecting, joining, choosing a span, seeing what one would choose. */

import { pickSpan, pickText } from "../../actions/linking.js";
import { activate, clearSelection } from "../../actions/moving.js";
import { joinFragment } from "../../actions/reshaping.js";
import { gettext, interpolate } from "../../text/gettext.js";
import { unitAfter } from "../../text/stepping.js";
import { listenForTouch } from "./touch.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */

/** What several clicks at one place select. @type {Record<number, import("../../text/stepping.js").Grain>} */
const BY_CLICKS = { 3: "sentence", 4: "paragraph" };

/**
 * Listens to the pointer for as long as the pane lives.
 * @param {ArticlePane} pane
 */
export function listenForGestures(pane) {
  const { signal } = pane.life;
  const text = pane.textElement;
  let dragging = false;
  let clicks = 0;
  text.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      // A finger scrolls, taps and selects in the browser's own way; see touch.js.
      dragging = event.pointerType !== "touch";
      pane.workbench.say("close-chooser");
    },
    { signal },
  );
  text.addEventListener(
    "mousedown",
    (event) => {
      clicks = event.button === 0 ? Math.min(event.detail, 4) : 0;
      if (!(clicks in BY_CLICKS)) return;
      // The browser's own unit would flash up: it takes the paragraph for three.
      event.preventDefault();
      text.focus({ preventScroll: true });
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
      setTimeout(() => released(pane, event, clicks));
    },
    { signal },
  );
  text.addEventListener("pointermove", (event) => hovered(pane, event), { signal });
  text.addEventListener("pointerleave", () => setHovered(pane, null), { signal });
  listenForTouch(pane, (event) => clicked(pane, event));
}

/**
 * @param {ArticlePane} pane
 * @param {PointerEvent} event
 * @param {number} clicks
 */
function released(pane, event, clicks) {
  const selection = getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  if (clicks in BY_CLICKS) chosen(pane, event, BY_CLICKS[clicks]);
  else if (range && !range.collapsed && range.intersectsNode(pane.textElement)) selected(pane, range, event);
  else clicked(pane, event);
}

/**
 * @param {ArticlePane} pane
 * @param {PointerEvent} event
 * @param {import("../../text/stepping.js").Grain} grain
 */
function chosen(pane, event, grain) {
  const desk = pane.workbench.store.desk(pane.article);
  const point = pane.pointAt(event.clientX, event.clientY, { near: true });
  const unit = desk && point !== null && unitAfter(desk, point, grain);
  if (unit) taken(pane, unit, event);
}

/**
 * @param {ArticlePane} pane
 * @param {Range} range
 * @param {PointerEvent} event
 */
function selected(pane, range, event) {
  const { text } = pane;
  const units = text.unitsOf(range);
  const snapped =
    units && (event.altKey ? text.segments.snapToGraphemes(units) : text.segments.snapToWords(units));
  if (snapped) taken(pane, text.toPoints(snapped), event);
  else clearSelection(pane.workbench);
}

/**
 * @param {ArticlePane} pane
 * @param {import("../../model/types.js").Fragment} stretch
 * @param {PointerEvent} event
 */
function taken(pane, { start, end }, event) {
  const { workbench, text } = pane;
  const place = { article: pane.article, start, end };
  workbench.store.set({ caret: { article: pane.article, point: start } });
  if (workbench.store.picking) {
    pickText(workbench, place);
  } else if ((event.ctrlKey || event.metaKey) && workbench.store.activeSpan) {
    joinFragment(workbench, place);
  } else {
    pane.selectText(start, end);
    workbench.store.set({ selection: { ...place, byPointer: true } });
    workbench.announce(interpolate(gettext("Selected: %(quote)s"), { quote: text.offsets.slice(start, end) }));
  }
}

/**
 * @param {ArticlePane} pane
 * @param {{clientX: number, clientY: number}} event
 */
function clicked(pane, event) {
  const { workbench } = pane;
  const point = pane.pointAt(event.clientX, event.clientY);
  const spans = point === null ? [] : (workbench.store.desk(pane.article)?.index.at(point) ?? []);
  const caret = pane.pointAt(event.clientX, event.clientY, { near: true });
  workbench.store.set({ selection: null, caret: { article: pane.article, point: caret ?? 0 } });
  if (spans.length > 1) {
    workbench.say("choose", { spans: spans.map((span) => span.id), x: event.clientX, y: event.clientY });
  } else if (spans.length === 1) {
    if (workbench.store.picking) pickSpan(workbench, spans[0].id);
    else activate(workbench, spans[0].id, { reveal: false });
  } else if (!workbench.store.picking) {
    activate(workbench, null);
  }
}

/**
 * @param {ArticlePane} pane
 * @param {PointerEvent} event
 */
function hovered(pane, event) {
  if (event.buttons || event.pointerType === "touch") return;
  const point = pane.pointAt(event.clientX, event.clientY);
  const span = point === null ? undefined : pane.workbench.store.desk(pane.article)?.index.at(point)[0];
  setHovered(pane, span?.id ?? null);
}

/**
 * @param {ArticlePane} pane
 * @param {string | null} id
 */
function setHovered(pane, id) {
  pane.workbench.store.set({ hovered: id });
  pane.textElement.classList.toggle("over-span", id !== null);
}
