// @ts-check
/** The three labels beside text that the mouse selected, so that marking needs no keyboard. */

import { markAs } from "../../actions/marking.js";
import { whyNoMarking } from "../../rights.js";
import { capsOf } from "../../hands/own-keys.js";
import { h, kbd } from "../dom.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */

/** @type {[import("../../types.js").Label, string][]} */
const LABELS = [
  ["claim", "markClaim"],
  ["attribution", "markAttribution"],
  ["fact", "markFact"],
];

/** A small bar in the overlay of a pane. */
export class MarkBar {
  /** @param {ArticlePane} pane */
  constructor(pane) {
    this.pane = pane;
    this.store = pane.bench.store;
    this.bar = h(
      "div",
      { class: "mark-bar", hidden: true, role: "toolbar", "aria-label": "Mark the selection" },
      LABELS.map(([label, action]) =>
        h(
          "button",
          {
            type: "button",
            class: `quiet ${label}`,
            // The selection must survive the press.
            onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
            onclick: () => markAs(pane.bench, label),
          },
          label.charAt(0).toUpperCase() + label.slice(1),
          kbd(...capsOf(action)),
        ),
      ),
    );
    pane.overlay?.append(this.bar);
    pane.watch(["selection", "picking"], () => this.#place());
  }

  #place() {
    const { selection, picking } = this.store;
    const here = selection?.article === this.pane.article ? selection : null;
    const shown = Boolean(here?.byPointer) && !picking && !whyNoMarking(this.store, this.pane.article);
    this.bar.hidden = !shown;
    if (!shown || !here) return;
    const lines = this.pane.linesOf([here]);
    const last = lines.at(-1);
    if (!last) return;
    const origin = this.pane.body.getBoundingClientRect();
    const pane = this.pane.getBoundingClientRect();
    const { width, height } = this.bar.getBoundingClientRect();
    const left = Math.min(Math.max(last.right - width / 2, pane.left + 8), pane.right - width - 16);
    const below = last.bottom + height + 12 < pane.bottom;
    this.bar.style.left = `${left - origin.left}px`;
    this.bar.style.top = `${(below ? last.bottom + 6 : lines[0].top - height - 6) - origin.top}px`;
  }
}
