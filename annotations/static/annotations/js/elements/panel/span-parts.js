// @ts-check
import { adjust, selectedFragment, removePart, takePart } from "../../actions/reshaping.js";
import { whyNoChange } from "../../model/rights.js";
import { button, h } from "../dom.js";
import { PanelPart } from "./panel-part.js";

/** How much of a fragment stands on its button. */
const SHOWN = 60;

/** The fragments of a span, to take in hand or out; and for fingers, which hold no keys, the steps of its ends. */
export class SpanParts extends PanelPart {
  begin() {
    this.watch(["data", "active"], () => this.#show());
    this.#show();
  }

  #show() {
    const { span, store } = this;
    const fixed = !span || Boolean(whyNoChange(store, span));
    this.hidden = fixed;
    if (fixed) return;
    this.redraw(span.fragments.length > 1 ? this.#parts(span) : null, this.#steps());
  }

  /** @param {import("../../model/types.js").Span} span */
  #parts(span) {
    const selected = selectedFragment(this.store);
    return h(
      "ol",
      { class: "parts-of-span", "aria-label": "Fragments" },
      span.fragments.map(({ start, end }, position) => {
        const words = this.store.desk(span.article)?.offsets.slice(start, Math.min(end, start + SHOWN)) ?? "";
        const held = selected === position;
        return h(
          "li",
          null,
          button(
            h("bdi", null, end - start > SHOWN ? `${words} …` : words),
            () => this.#take(position),
            { class: "quiet small part", key: `part-${position}`, "aria-pressed": String(held) },
          ),
          button("×", () => removePart(this.workbench, position), {
            class: "quiet small drop",
            key: `drop-${position}`,
            "aria-label": `Take fragment ${position + 1} out`,
          }),
        );
      }),
    );
  }

  /**
   * A second press lets the fragment go.
   * @param {number} position
   */
  #take(position) {
    takePart(this.workbench, selectedFragment(this.store) === position ? null : position);
  }

  #steps() {
    /** @param {"start" | "end"} edge @param {"left" | "right"} side @param {string} sign */
    const step = (edge, side, sign) =>
      button(sign, () => adjust(this.workbench, edge, side, "character"), {
        class: "small",
        key: `${edge}-${side}`,
        "aria-label": `Move the ${edge} to the ${side} by a character`,
      });
    return h(
      "p",
      { class: "end-steps" },
      "Start",
      step("start", "left", "‹"),
      step("start", "right", "›"),
      "End",
      step("end", "left", "‹"),
      step("end", "right", "›"),
    );
  }
}
