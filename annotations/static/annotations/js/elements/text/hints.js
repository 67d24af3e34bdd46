// @ts-check
/** While a link is being made, the number of each span one might pick stands at its beginning. */

import { missingEnd } from "../../actions/linking.js";
import { h } from "../dom.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */

/** The numbers over the text of a pane. */
export class Hints {
  /** @param {ArticlePane} pane */
  constructor(pane) {
    this.pane = pane;
    this.store = pane.workbench.store;
    this.layer = h("div", { class: "hints", "aria-hidden": "true" });
    pane.overlay?.append(this.layer);
    pane.watch(["picking", "data", "candidate"], () => this.draw());
    pane.addEventListener("scroll", () => this.store.picking && this.draw(), {
      signal: pane.life.signal,
      passive: true,
    });
    this.draw();
  }

  /** Draws the numbers of the spans in view. */
  draw() {
    const { picking, candidate } = this.store;
    const from = picking && this.store.shown.span.get(picking.span);
    const missing = from && missingEnd(picking.relation, from.label);
    if (!missing) {
      this.layer.replaceChildren();
      return;
    }
    const pane = this.pane.getBoundingClientRect();
    const origin = this.pane.body.getBoundingClientRect();
    /** @type {HTMLElement[]} */
    const made = [];
    for (const span of this.#inView(pane)) {
      if (span.id === from.id || !missing.labels.includes(span.label)) continue;
      const box = this.pane.linesOf([{ start: span.start, end: span.start + 1 }])[0];
      if (!box) continue;
      const picked = span.id === candidate ? " picked" : "";
      const hint = h("span", { class: `hint${picked}`, "data-label": span.label }, this.store.nameOf(span.id));
      hint.style.left = `${box.left - origin.left}px`;
      hint.style.top = `${box.top - origin.top}px`;
      made.push(hint);
    }
    this.layer.replaceChildren(...made);
  }

  /**
   * Spans between the first and the last letter that show.
   * @param {DOMRect} pane
   */
  #inView(pane) {
    const index = this.store.desk(this.pane.article)?.index;
    const text = this.pane.textElement.getBoundingClientRect();
    const middle = text.left + text.width / 2;
    const first = this.pane.pointAt(middle, Math.max(pane.top, text.top) + 4, { near: true }) ?? 0;
    const last =
      this.pane.pointAt(middle, Math.min(pane.bottom, text.bottom) - 4, { near: true }) ??
      this.pane.text.offsets.length;
    return index?.touching(Math.max(0, first - 400), last + 400) ?? [];
  }
}
