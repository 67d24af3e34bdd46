// @ts-check
import { adjust, selectedFragment, removePart, takePart } from "../../actions/reshaping.js";
import { whyNoChange } from "../../model/rights.js";
import { gettext, interpolate } from "../../text/gettext.js";
import { button, h } from "../dom.js";
import { PanelPart } from "./panel-part.js";

/** What the buttons do that move the ends of a span. */
const STEPS = {
  "start-left": () => gettext("Move the start left by a character"),
  "start-right": () => gettext("Move the start right by a character"),
  "end-left": () => gettext("Move the end left by a character"),
  "end-right": () => gettext("Move the end right by a character"),
};

/** How many characters of a fragment its button shows. */
const SHOWN = 60;

/** The fragments of a span, to select or remove; and buttons that move its ends, for touch screens. */
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
      { class: "parts-of-span", "aria-label": gettext("Fragments") },
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
            "aria-label": interpolate(gettext("Remove fragment %(number)s"), { number: position + 1 }),
          }),
        );
      }),
    );
  }

  /**
   * A second press deselects the fragment.
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
        "aria-label": STEPS[`${edge}-${side}`](),
      });
    return h(
      "p",
      { class: "end-steps" },
      gettext("Start"),
      step("start", "left", "‹"),
      step("start", "right", "›"),
      gettext("End"),
      step("end", "left", "‹"),
      step("end", "right", "›"),
    );
  }
}
