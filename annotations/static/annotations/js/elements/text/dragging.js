// @ts-check
/** One drag of a fragment's end, from press to release: where the end would be now, and the pane's own scrolling. */

import { withPart } from "../../text/fragments.js";
import { unitNear } from "./edges.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */
/** @typedef {import("../../model/types.js").Span} Span */
/** @typedef {import("./edges.js").Edge} Edge */

/** Pixels from the pane's edge at which it begins to scroll, and how many of them a frame at most. */
const MARGIN = 40;
const FASTEST = 18;

/** A drag under way. */
export class Drag {
  /**
   * @param {ArticlePane} pane
   * @param {Span} span
   * @param {number} position of the fragment
   * @param {Edge} edge
   */
  constructor(pane, span, position, edge) {
    this.pane = pane;
    this.span = span;
    this.position = position;
    this.edge = edge;
    /** What the fragment would be. */
    this.part = span.fragments[position];
    this.at = { x: 0, y: 0 };
    this.exact = false;
    this.frame = requestAnimationFrame(() => this.#scroll());
  }

  /**
   * @param {PointerEvent} event
   */
  moveTo({ clientX, clientY, altKey }) {
    this.at = { x: clientX, y: clientY };
    this.exact = altKey;
    this.show();
  }

  /** Shows the span as it would be with the end where the pointer is. */
  show() {
    const part = this.#under();
    if (!part) return;
    this.part = part;
    const { fragments } = withPart(this.span.fragments, this.position, part);
    this.pane.workbench.store.set({ reshaping: fragments });
  }

  /** Ends the drag. */
  stop() {
    cancelAnimationFrame(this.frame);
  }

  /**
   * The fragment with its edge under the pointer: whole words without the space around them, or whole
   * characters where it is to be exact. At least one stays.
   */
  #under() {
    const { offsets, segments } = this.pane.text;
    const pointed = this.#unit();
    if (pointed === null) return null;
    const { start, end } = this.span.fragments[this.position];
    const [first, last] = [offsets.toUnit(start), offsets.toUnit(end)];
    const kept = this.edge === "start" ? { start: pointed, end: last } : { start: first, end: pointed };
    const found =
      kept.start >= kept.end
        ? segments.graphemeAt(this.edge === "start" ? last - 1 : first)
        : this.exact
          ? kept
          : (segments.trim(kept) ?? segments.graphemeAt(this.edge === "start" ? last - 1 : first));
    const grown = this.exact ? segments.snapToGraphemes(found) : segments.snapToWords(found);
    if (!grown) return null;
    return this.edge === "start"
      ? { start: offsets.toPoint(grown.start), end }
      : { start, end: offsets.toPoint(grown.end) };
  }

  /** The unit that the pointer is nearest to, on the page as it shows. */
  #unit() {
    const { pane, at } = this;
    const [text, shown] = [pane.textElement.getBoundingClientRect(), pane.getBoundingClientRect()];
    const x = Math.min(Math.max(at.x, text.left + 1), text.right - 1);
    const y = Math.min(Math.max(at.y, text.top + 2, shown.top + 2), text.bottom - 2, shown.bottom - 2);
    // The handle lies in the way of the letters.
    pane.overlay?.classList.add("untouchable");
    const unit = unitNear(pane, x, y);
    pane.overlay?.classList.remove("untouchable");
    return unit;
  }

  #scroll() {
    const { pane, at } = this;
    const shown = pane.getBoundingClientRect();
    const beyond = Math.min(0, at.y - shown.top - MARGIN) + Math.max(0, at.y - shown.bottom + MARGIN);
    if (beyond && at.y) {
      const before = pane.scrollTop;
      pane.scrollTop += Math.sign(beyond) * Math.min(FASTEST, 2 + Math.abs(beyond) / 3);
      if (pane.scrollTop !== before) this.show();
    }
    this.frame = requestAnimationFrame(() => this.#scroll());
  }
}
