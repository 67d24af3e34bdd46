// @ts-check
/** The two ends of the active span, to be dragged. By keyboard the ends move with Alt and the arrows. */

import { reshape } from "../../actions/marking.js";
import { whyNoChange } from "../../rights.js";
import { h } from "../dom.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */
/** @typedef {import("../../types.js").Span} Span */
/** @typedef {"start" | "end"} Edge */

/** Two handles in the overlay of a pane. */
export class Grips {
  /** @param {ArticlePane} pane */
  constructor(pane) {
    this.pane = pane;
    this.store = pane.bench.store;
    this.handles = { start: this.#handle("start"), end: this.#handle("end") };
    pane.overlay?.append(this.handles.start, this.handles.end);
    pane.watch(["active", "data", "selection", "picking"], () => this.place());
    const resized = new ResizeObserver(() => this.place());
    resized.observe(pane.textElement);
    pane.life.signal.addEventListener("abort", () => resized.disconnect());
  }

  /** Puts the handles at the ends of the active span, or away. */
  place() {
    const span = this.#span;
    const lines = span ? this.pane.linesOf(this.store.reshaping ?? span.fragments) : [];
    const shown =
      Boolean(span) &&
      lines.length > 0 &&
      !this.store.selection &&
      !this.store.picking &&
      !whyNoChange(this.store, /** @type {Span} */ (span));
    for (const edge of /** @type {Edge[]} */ (["start", "end"])) {
      const handle = this.handles[edge];
      handle.hidden = !shown;
      if (!shown || !span) continue;
      const box = edge === "start" ? lines[0] : lines[lines.length - 1];
      const origin = this.pane.body.getBoundingClientRect();
      const leading =
        this.pane.directionAt(edge === "start" ? span.start : span.end - 1) === "ltr"
          ? edge === "start"
          : edge === "end";
      handle.style.left = `${(leading ? box.left : box.right) - origin.left}px`;
      handle.style.top = `${box.top - origin.top}px`;
      handle.style.height = `${box.height}px`;
      handle.dataset.label = span.label;
    }
  }

  /** @returns {Span | null} */
  get #span() {
    const span = this.store.activeSpan;
    return span?.article === this.pane.article ? span : null;
  }

  /** @param {Edge} edge */
  #handle(edge) {
    const knob = h("span", { class: "knob" });
    const handle = h("div", { class: `grip ${edge}`, hidden: true, "aria-hidden": "true" }, knob);
    knob.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      knob.setPointerCapture(event.pointerId);
    });
    knob.addEventListener("pointermove", (event) => {
      if (!knob.hasPointerCapture(event.pointerId)) return;
      const fragments = this.#dragged(edge, event);
      if (fragments) this.store.set({ reshaping: fragments });
    });
    knob.addEventListener("pointerup", (event) => this.#release(edge, event));
    knob.addEventListener("lostpointercapture", () => this.store.set({ reshaping: null }));
    return handle;
  }

  /**
   * @param {Edge} edge
   * @param {PointerEvent} event
   */
  #release(edge, event) {
    const span = this.#span;
    const fragments = this.store.reshaping;
    if (span && fragments && JSON.stringify(fragments) !== JSON.stringify(span.fragments)) {
      reshape(this.pane.bench, span, fragments, `dragging ${event.timeStamp} ${edge}`);
    }
  }

  /**
   * The fragments as they would be with an edge under the pointer.
   * @param {Edge} edge
   * @param {PointerEvent} event
   */
  #dragged(edge, event) {
    const span = this.#span;
    const { offsets, segments } = this.pane.text;
    // The pointer holds the handle, which lies in the way of the letters.
    this.pane.overlay?.classList.add("untouchable");
    const point = this.pane.pointAt(event.clientX, event.clientY, { near: true });
    this.pane.overlay?.classList.remove("untouchable");
    if (!span || point === null) return null;
    const unit = offsets.toUnit(point);
    const grain = event.altKey
      ? (/** @type {number} */ at) => segments.graphemeAt(at)
      : (/** @type {number} */ at) => segments.wordAt(at);
    if (edge === "start") {
      const rest = span.fragments.filter((part) => part.end > point);
      const start = offsets.toPoint(grain(unit).start);
      return rest.length && start < rest[0].end ? [{ start, end: rest[0].end }, ...rest.slice(1)] : null;
    }
    const rest = span.fragments.filter((part) => part.start < point);
    const last = rest.at(-1);
    const end = unit > 0 ? offsets.toPoint(grain(unit - 1).end) : 0;
    return last && end > last.start ? [...rest.slice(0, -1), { start: last.start, end }] : null;
  }
}
