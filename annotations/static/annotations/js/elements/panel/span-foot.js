// @ts-check
import { relabel, removeActive, setNote, whatGoesWith } from "../../actions/marking.js";
import { whyNoChange } from "../../model/rights.js";
import { LABELS, WITH_ARTICLE } from "../../model/vocabulary.js";
import { button, h, refill } from "../dom.js";
import { keepAsTyped } from "./keeping.js";
import { PanelPart } from "./panel-part.js";

/** @typedef {import("../../model/types.js").Span} Span */

/** A note on the span, its history, another label, and its deletion, which says what goes with it. */
export class SpanFoot extends PanelPart {
  begin() {
    this.watch(["data", "article"], () => this.#show());
    this.#show();
  }

  #show() {
    const { span, bench } = this;
    if (!span) return;
    const why = whyNoChange(bench.store, span);
    const { note, fill, buttons } = this.parts ?? this.#build();
    note.hidden = Boolean(why) && !span.note;
    note.readOnly = Boolean(why);
    fill(span.note);
    refill(buttons, [this.#history(span), ...(why ? [] : this.#changes(span))]);
  }

  #build() {
    const note = h("textarea", { rows: 1, class: "bare", "aria-label": "Note", placeholder: "Note" });
    const keep = (/** @type {string} */ words) => this.span !== null && setNote(this.bench, this.span, words);
    const fill = keepAsTyped(this, note, keep, `note on ${this.spanId}`);
    this.parts = { note, fill, buttons: h("div", { class: "foot-buttons" }) };
    this.replaceChildren(note, this.parts.buttons);
    return this.parts;
  }

  /** @param {Span} span */
  #history({ id }) {
    const open = () =>
      this.bench.say("open-history", { kind: "span", id, title: `History of ${this.store.nameOf(id)}` });
    return button("History", open, { class: "quiet small", key: "history" });
  }

  /** @param {Span} span */
  #changes(span) {
    const more = whatGoesWith(this.bench, span);
    const labels = LABELS.filter((label) => label !== span.label).map((label) =>
      button(
        `Make it ${WITH_ARTICLE[label]}`,
        () => this.span && relabel(this.bench, this.span, label),
        {
          class: "quiet small",
          key: label,
        },
      ),
    );
    const remove = button(more ? `Delete with ${more}` : "Delete", () => removeActive(this.bench), {
      class: "quiet small danger",
      key: "delete",
    });
    return [...labels, remove];
  }
}
