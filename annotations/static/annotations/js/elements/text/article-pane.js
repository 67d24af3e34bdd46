// @ts-check
/** One article as a text that can be marked; the pane that scrolls it. */

import { AnchoredText } from "../../text/anchoring.js";
import { renderParagraphs } from "../../text/paragraphs.js";
import { WorkbenchElement } from "../workbench-element.js";
import { h } from "../dom.js";
import { listenForGestures } from "./gestures.js";
import { Grips } from "./grips.js";
import { Hints } from "./hints.js";
import { LabelBar } from "./label-bar.js";
import { SpanHighlights } from "./highlights.js";
import { metadata } from "./metadata.js";

/** @typedef {import("../../model/types.js").Fragment} Fragment */

/** Code points. To measure text is to lay it out, wherever it is. */
const LONGEST_MEASURED = 2_000;

/** `<article-pane article="id">`; the server may have written its header and paragraphs already. */
export class ArticlePane extends WorkbenchElement {
  /** @type {AnchoredText} set when the article is drawn */
  text = /** @type {any} */ (null);

  /** The frame in which a far place that was jumped to is looked at again. */
  settling = 0;

  /** @returns {string} */
  get article() {
    return this.getAttribute("article") ?? "";
  }

  begin() {
    const desk = this.workbench.store.desk(this.article);
    if (!desk) return;
    this.#draw(desk);
    this.workbench.panes.set(this.article, this);
    new SpanHighlights(this);
    this.overlay = h("div", { class: "text-overlay" });
    this.body.append(this.overlay);
    new Grips(this);
    new Hints(this);
    new LabelBar(this);
    listenForGestures(this);
    this.watch(["data", "article"], () => this.#describe());
    this.#describe();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.workbench.panes.get(this.article) === this) this.workbench.panes.delete(this.article);
  }

  /** The element that holds the paragraphs. */
  get textElement() {
    return /** @type {HTMLElement} */ (this.querySelector(".text"));
  }

  /** The element that the text and what floats over it are placed in. */
  get body() {
    return /** @type {HTMLElement} */ (this.querySelector(".text-body"));
  }

  /**
   * Scrolls a stretch of text into view, no further than it takes.
   * @param {Fragment} stretch
   */
  reveal({ start, end }) {
    // Where the panes stand under one another, this one may be out of sight.
    this.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const stretch = { start, end: Math.min(Math.max(end, start), start + LONGEST_MEASURED) };
    if (!this.#scrollTo(stretch)) return;
    // What lies between here and a far place has only a guessed height until it was on the screen.
    cancelAnimationFrame(this.settling);
    let turns = 3;
    const again = () => {
      this.settling = turns > 0 && this.#scrollTo(stretch) ? requestAnimationFrame(again) : 0;
      turns -= 1;
    };
    this.settling = requestAnimationFrame(again);
  }

  /**
   * @param {Fragment} stretch
   * @returns {boolean} whether it jumped, so that it may have missed
   */
  #scrollTo({ start, end }) {
    const place = this.text.range(start, end).getBoundingClientRect();
    const pane = this.getBoundingClientRect();
    const room = Math.min(72, pane.height / 6);
    const above = place.top - pane.top - room;
    const below = place.bottom - pane.bottom + room;
    if (above >= 0 && below <= 0) return false;
    const fits = place.height < pane.height - 2 * room;
    const distance = above < 0 || !fits ? above : below;
    if (!fits && Math.abs(distance) < 1) return false;
    // A far way at once: watching a text fly by helps nobody.
    const far = Math.abs(distance) > 2 * pane.height;
    const still = far || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scrollBy({ top: distance, behavior: still ? "instant" : "smooth" });
    return far;
  }

  /**
   * Makes a stretch the browser's own selection too, for copying and for screen readers.
   * @param {number} start
   * @param {number} end
   */
  selectText(start, end) {
    const range = this.text.range(start, end);
    getSelection()?.setBaseAndExtent(
      range.startContainer,
      range.startOffset,
      range.endContainer,
      range.endOffset,
    );
  }

  /** @param {number} point */
  directionAt(point) {
    return getComputedStyle(this.text.paragraphAt(point)).direction;
  }

  /**
   * The code point under a place on the screen, null where there is no text.
   * @param {number} x
   * @param {number} y
   * @param {{near?: boolean}} [how] near: the closest one, though the place may miss the letters
   * @returns {number | null}
   */
  pointAt(x, y, { near = false } = {}) {
    const caret = caretAt(x, y);
    if (!caret || !this.textElement.contains(caret.node)) return null;
    const unit = this.text.unitAt(caret.node, caret.offset);
    if (unit === null) return null;
    const point = this.text.offsets.toPoint(unit);
    if (near) return point;
    // The caret stands between two letters; the one that was hit is whose box holds the place.
    for (const start of [point, point - 1]) {
      if (start < 0 || start >= this.text.offsets.length) continue;
      const boxes = this.text.range(start, start + 1).getClientRects();
      if (
        [...boxes].some((box) => x >= box.left && x <= box.right && y >= box.top - 2 && y <= box.bottom + 2)
      )
        return start;
    }
    return null;
  }

  /**
   * The lines that a stretch takes on the screen, in reading order; of a very long one the first and the
   * last.
   * @param {readonly Fragment[]} fragments
   * @returns {DOMRect[]}
   */
  linesOf(fragments) {
    return fragments
      .flatMap(ends)
      .flatMap(({ start, end }) => [...this.text.range(start, end).getClientRects()])
      .filter((box) => box.width > 0.5);
  }

  /** @param {import("../../model/types.js").Desk} desk */
  #draw({ article }) {
    if (!this.querySelector(".text")) {
      this.append(
        h(
          "header",
          { class: "text-head" },
          h("h2", { dir: "auto" }, article.title),
          h("p", { class: "metadata" }),
        ),
        h("div", { class: "text-body" }, h("div", { class: "text", tabindex: 0, role: "group" })),
      );
    }
    const { textElement } = this;
    if (article.language) textElement.lang = article.language;
    if (article.direction === "rtl" || article.direction === "ltr") textElement.dir = article.direction;
    renderParagraphs(textElement, article.body);
    this.text = new AnchoredText(textElement, article.body, article.language ?? undefined);
  }

  #describe() {
    const desk = this.workbench.store.desk(this.article);
    if (!desk) return;
    const line = /** @type {HTMLElement} */ (this.querySelector(".metadata"));
    const words = metadata(desk, this.article === this.workbench.store.main);
    if (line.textContent !== words) line.textContent = words;
  }
}

/**
 * A stretch, or of a very long one its beginning and its end.
 * @param {Fragment} stretch
 * @returns {Fragment[]}
 */
function ends({ start, end }) {
  if (end - start <= 2 * LONGEST_MEASURED) return [{ start, end }];
  return [
    { start, end: start + LONGEST_MEASURED },
    { start: end - LONGEST_MEASURED, end },
  ];
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {{node: Node, offset: number} | null}
 */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
