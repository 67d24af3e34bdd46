// @ts-check
/** The three labels beside text that the mouse selected, so that labelling needs no keyboard. */

import { setLabel } from "../../actions/spans.js";
import { joinSelection } from "../../actions/reshaping.js";
import { whyNoChange, whyNoMarking } from "../../model/rights.js";
import { LABEL_NAMES, LABELS } from "../../model/vocabulary.js";
import { capsOf, labelAction } from "../../keyboard/own-shortcuts.js";
import { gettext, interpolate } from "../../text/gettext.js";
import { h, kbd } from "../dom.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */

/** A small bar in the overlay of a pane. */
export class LabelBar {
  /** @param {ArticlePane} pane */
  constructor(pane) {
    this.pane = pane;
    this.store = pane.workbench.store;
    this.join = h(
      "button",
      {
        type: "button",
        class: "quiet join",
        hidden: true,
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => joinSelection(pane.workbench),
      },
      h("span", null),
      kbd(...capsOf("joinSelection")),
    );
    this.bar = h(
      "div",
      { class: "label-bar", hidden: true, role: "toolbar", "aria-label": gettext("Label the selection") },
      LABELS.map((label) =>
        h(
          "button",
          {
            type: "button",
            class: "quiet",
            "data-label": label,
            // The selection must survive the press.
            onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
            onclick: () => setLabel(pane.workbench, label),
          },
          LABEL_NAMES[label],
          kbd(...capsOf(labelAction(label))),
        ),
      ),
    );
    this.bar.append(this.join);
    pane.overlay?.append(this.bar);
    pane.watch(["selection", "picking"], () => this.#place());
  }

  #place() {
    const { selection, picking } = this.store;
    const here = selection?.article === this.pane.article ? selection : null;
    const shown = Boolean(here?.byPointer) && !picking && !whyNoMarking(this.store, this.pane.article);
    this.bar.hidden = !shown;
    if (!shown || !here) return;
    this.#offerJoining();
    const lines = this.pane.linesOf([here]);
    const last = lines.at(-1);
    if (!last) return;
    const origin = this.pane.body.getBoundingClientRect();
    const pane = this.pane.getBoundingClientRect();
    const { width, height } = this.bar.getBoundingClientRect();
    const left = Math.min(Math.max(last.right - width / 2, pane.left + 8), pane.right - width - 16);
    // A finger's own handles hang below the words.
    const gap = matchMedia("(pointer: coarse)").matches ? 26 : 6;
    const below = last.bottom + height + gap + 6 < pane.bottom;
    this.bar.style.left = `${left - origin.left}px`;
    this.bar.style.top = `${(below ? last.bottom + gap : lines[0].top - height - gap) - origin.top}px`;
  }

  /** The way to a span in several fragments without holding a key. */
  #offerJoining() {
    const span = this.store.activeSpan;
    this.join.hidden = span?.article !== this.pane.article || Boolean(whyNoChange(this.store, span));
    if (!span) return;
    const words = interpolate(gettext("Add to %(name)s"), { name: this.store.nameOf(span.id) });
    /** @type {Element} */ (this.join.firstChild).textContent = words;
  }
}
