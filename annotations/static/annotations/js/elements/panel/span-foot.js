// @ts-check
import { relabel, removeActive, setNote, whatGoesWith } from "../../actions/spans.js";
import { whyNoChange } from "../../model/rights.js";
import { LABEL_NOUNS, LABELS } from "../../model/vocabulary.js";
import { gettext, interpolate } from "../../text/gettext.js";
import { button, h, refill } from "../dom.js";
import { saveAsTyped } from "./saving.js";
import { PanelPart } from "./panel-part.js";

/** @typedef {import("../../model/types.js").Span} Span */

/** A note on the span, its history, another label, and its deletion, which says what is deleted with it. */
export class SpanFoot extends PanelPart {
  begin() {
    this.watch(["data", "article"], () => this.#show());
    this.#show();
  }

  #show() {
    const { span, workbench } = this;
    if (!span) return;
    const why = whyNoChange(workbench.store, span);
    const { note, fill, buttons } = this.parts ?? this.#build();
    note.hidden = Boolean(why) && !span.note;
    note.readOnly = Boolean(why);
    fill(span.note);
    refill(buttons, [this.#history(span), ...(why ? [] : this.#changes(span))]);
  }

  #build() {
    const note = h("textarea", { rows: 1, class: "bare", "aria-label": gettext("Note"), placeholder: gettext("Note") });
    const keep = (/** @type {string} */ words) => this.span !== null && setNote(this.workbench, this.span, words);
    const fill = saveAsTyped(this, note, keep, `note on ${this.spanId}`);
    this.parts = { note, fill, buttons: h("div", { class: "foot-buttons" }) };
    this.replaceChildren(note, this.parts.buttons);
    return this.parts;
  }

  /** @param {Span} span */
  #history({ id }) {
    const open = () => {
      const title = interpolate(gettext("History of %(name)s"), { name: this.store.nameOf(id) });
      this.workbench.say("open-history", { kind: "span", id, title });
    };
    return button(gettext("History"), open, { class: "quiet small", key: "history" });
  }

  /** @param {Span} span */
  #changes(span) {
    const more = whatGoesWith(this.workbench, span);
    const labels = LABELS.filter((label) => label !== span.label).map((label) =>
      button(
        interpolate(gettext("Change to %(label)s"), { label: LABEL_NOUNS[label] }),
        () => this.span && relabel(this.workbench, this.span, label),
        {
          class: "quiet small",
          key: label,
        },
      ),
    );
    const words = more ? interpolate(gettext("Delete with %(others)s"), { others: more }) : gettext("Delete");
    const remove = button(words, () => removeActive(this.workbench), {
      class: "quiet small danger",
      key: "delete",
    });
    return [...labels, remove];
  }
}
