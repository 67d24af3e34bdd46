// @ts-check
/** One article as a text that can be marked; the pane that scrolls it. */

import { AnchoredText } from "../../text/anchoring.js";
import { renderParagraphs } from "../../text/paragraphs.js";
import { BenchElement } from "../bench-element.js";
import { h } from "../dom.js";
import { listenForGestures } from "./gestures.js";
import { Grips } from "./grips.js";
import { Hints } from "./hints.js";
import { MarkBar } from "./mark-bar.js";
import { Marks } from "./marks.js";
import { metadata } from "./metadata.js";

/** @typedef {import("../../types.js").Fragment} Fragment */

/** `<article-pane article="id">`; the server may have written its header and paragraphs already. */
export class ArticlePane extends BenchElement {
  /** @type {AnchoredText} set when the article is drawn */
  text = /** @type {any} */ (null);

  /** @returns {string} */
  get article() {
    return this.getAttribute("article") ?? "";
  }

  begin() {
    const desk = this.bench.store.desk(this.article);
    if (!desk) return;
    this.#draw(desk);
    this.bench.panes.set(this.article, this);
    new Marks(this);
    this.overlay = h("div", { class: "text-overlay" });
    this.body.append(this.overlay);
    new Grips(this);
    new Hints(this);
    new MarkBar(this);
    listenForGestures(this);
    this.watch(["data", "article"], () => this.#describe());
    this.#describe();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    if (this.bench.panes.get(this.article) === this) this.bench.panes.delete(this.article);
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
    const place = this.text.range(start, Math.max(end, start)).getBoundingClientRect();
    const pane = this.getBoundingClientRect();
    const room = Math.min(72, pane.height / 6);
    const above = place.top - pane.top - room;
    const below = place.bottom - pane.bottom + room;
    if (above >= 0 && below <= 0) return;
    const fits = place.height < pane.height - 2 * room;
    const distance = above < 0 || !fits ? above : below;
    // A far way at once: watching a text fly by helps nobody.
    const still =
      matchMedia("(prefers-reduced-motion: reduce)").matches || Math.abs(distance) > 2 * pane.height;
    this.scrollBy({ top: distance, behavior: still ? "instant" : "smooth" });
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
   * The lines that a stretch takes on the screen, in reading order.
   * @param {readonly Fragment[]} fragments
   * @returns {DOMRect[]}
   */
  linesOf(fragments) {
    return fragments
      .flatMap(({ start, end }) => [...this.text.range(start, end).getClientRects()])
      .filter((box) => box.width > 0.5);
  }

  /** @param {import("../../types.js").Desk} desk */
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
    const desk = this.bench.store.desk(this.article);
    if (!desk) return;
    const line = /** @type {HTMLElement} */ (this.querySelector(".metadata"));
    const words = metadata(desk, this.article === this.bench.store.main);
    if (line.textContent !== words) line.textContent = words;
  }
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
