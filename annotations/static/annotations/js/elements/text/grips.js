// @ts-check
/** The ends of the active span's fragments, to be dragged. By keyboard the ends move with Alt and the arrows. */

import { selectedFragment, reshape } from "../../actions/reshaping.js";
import { whyNoChange } from "../../model/rights.js";
import { h } from "../dom.js";
import { Drag } from "./dragging.js";
import { placeOf } from "./edges.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */
/** @typedef {import("../../model/types.js").Span} Span */
/** @typedef {import("../../model/types.js").Fragment} Fragment */
/** @typedef {import("./edges.js").Edge} Edge */

/** @type {Edge[]} */
const EDGES = ["start", "end"];

/** More fragments than this keep their handles for those in hand. */
const MOST = 24;

/** Handles in the overlay of a pane, two a fragment. */
export class Grips {
  /** @param {ArticlePane} pane */
  constructor(pane) {
    this.pane = pane;
    this.store = pane.workbench.store;
    /** @type {Record<Edge, HTMLElement>[]} one pair a fragment, made as they are needed */
    this.pairs = [];
    /** @type {Drag | null} */
    this.drag = null;
    pane.watch(["active", "data", "selection", "picking"], () => this.place());
    const resized = new ResizeObserver(() => this.place());
    resized.observe(pane.textElement);
    const { signal } = pane.life;
    signal.addEventListener("abort", () => resized.disconnect());
    for (const name of ["keydown", "keyup"])
      window.addEventListener(name, (event) => this.#key(/** @type {KeyboardEvent} */ (event)), {
        signal,
        capture: true,
      });
  }

  /** Puts the handles at the ends of the active span's fragments, or away. */
  place() {
    const span = this.#span;
    const shown =
      span && !this.store.selection && !this.store.picking && !whyNoChange(this.store, span) ? span : null;
    const parts = shown ? shown.fragments : [];
    const selected = selectedFragment(this.store);
    while (this.pairs.length < Math.min(parts.length, MOST)) this.pairs.push(this.#pair(this.pairs.length));
    this.pairs.forEach((pair, position) => {
      for (const edge of EDGES) {
        const held = this.drag?.position === position && this.drag.edge === edge;
        // While one end is dragged, only that one shows: the others may be about to go.
        const part = held ? this.drag?.part : this.drag ? undefined : parts[position];
        this.#put(pair[edge], part && placeOf(this.pane, part, edge), edge);
        pair[edge].dataset.label = shown?.label;
        pair[edge].classList.toggle("selected", selected === position);
      }
    });
  }

  /**
   * @param {HTMLElement} handle
   * @param {{x: number, top: number, height: number} | null | undefined} place
   * @param {Edge} edge
   */
  #put(handle, place, edge) {
    handle.hidden = !place;
    if (!place) return;
    const origin = this.pane.body.getBoundingClientRect();
    handle.style.left = `${place.x - origin.left}px`;
    handle.style.top = `${place.top - origin.top}px`;
    handle.style.height = `${place.height}px`;
    handle.classList.toggle("flipped", edge === "start" && place.top < origin.top + 20);
  }

  /** @returns {Span | null} */
  get #span() {
    const span = this.store.activeSpan;
    return span?.article === this.pane.article ? span : null;
  }

  /** @param {number} position */
  #pair(position) {
    const pair = { start: this.#handle(position, "start"), end: this.#handle(position, "end") };
    this.pane.overlay?.append(pair.start, pair.end);
    return pair;
  }

  /**
   * @param {number} position
   * @param {Edge} edge
   */
  #handle(position, edge) {
    const knob = h("span", { class: "knob" });
    const handle = h("div", { class: `grip ${edge}`, hidden: true, "aria-hidden": "true" }, knob);
    knob.addEventListener("pointerdown", (event) => {
      const span = this.#span;
      if (!span || event.button !== 0) return;
      event.preventDefault();
      knob.setPointerCapture(event.pointerId);
      this.drag = new Drag(this.pane, span, position, edge);
      if (span.fragments.length > 1) this.store.set({ part: position });
    });
    knob.addEventListener("pointermove", (event) => {
      if (knob.hasPointerCapture(event.pointerId)) this.drag?.moveTo(event);
    });
    knob.addEventListener("pointerup", () => this.#release());
    knob.addEventListener("pointercancel", () => this.#leave());
    knob.addEventListener("lostpointercapture", () => this.#leave());
    return handle;
  }

  #release() {
    const { drag } = this;
    const fragments = this.store.reshaping;
    this.#leave();
    const span = this.#span;
    if (!drag || !fragments || span?.id !== drag.span.id) return;
    if (JSON.stringify(fragments) !== JSON.stringify(span.fragments))
      reshape(this.pane.workbench, span, fragments, `dragging ${performance.now()} ${drag.edge}`);
  }

  /** Ends the drag and leaves the span as it is. */
  #leave() {
    if (!this.drag) return;
    this.drag.stop();
    this.drag = null;
    this.store.set({ reshaping: null });
    this.place();
  }

  /**
   * While one drags, Escape gives up and Alt makes exact, also where the hand rests.
   * @param {KeyboardEvent} event
   */
  #key(event) {
    if (!this.drag) return;
    if (event.key === "Alt") {
      this.drag.exact = event.type === "keydown";
      this.drag.show();
    } else if (event.key === "Escape") {
      this.#leave();
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
