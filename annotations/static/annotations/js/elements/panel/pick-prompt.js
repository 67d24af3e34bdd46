// @ts-check
import { confirmPick, missingEnd, prompt } from "../../actions/linking.js";
import { letGo } from "../../actions/moving.js";
import { gettext } from "../../text/gettext.js";
import { WorkbenchElement } from "../workbench-element.js";
import { capsOf } from "../../keyboard/own-shortcuts.js";
import { button, h, kbd } from "../dom.js";

/** While a link is being made: what to select, what was typed so far, and how to cancel. */
export class PickPrompt extends WorkbenchElement {
  begin() {
    this.watch(["picking", "candidate", "selection", "data"], () => this.#show());
    this.#show();
  }

  #show() {
    const { store } = this.workbench;
    const { picking } = store;
    const from = picking && store.shown.span.get(picking.span);
    const missing = from && missingEnd(picking.relation, from.label);
    this.hidden = !missing;
    document.body.classList.toggle("picking", Boolean(missing));
    if (!missing) {
      this.redraw();
      return;
    }
    const words = this.#choice();
    const name = store.candidate ? store.nameOf(store.candidate) : words ? "" : "…";
    this.dataset.relation = picking.relation;
    this.redraw(
      h(
        "p",
        { class: "pick-words" },
        h("strong", null, prompt(picking.relation, missing.end)),
        " ",
        gettext("Click a span or select text in either article, or type a span's number."),
      ),
      h(
        "p",
        { class: "pick-choice" },
        h("span", { class: "typed" }, picking.typed || name),
        " ",
        h("bdi", null, words),
      ),
      h("div", { class: "pick-buttons" }, this.#buttons(Boolean(words || picking.typed))),
    );
  }

  /** The text that would be selected now. */
  #choice() {
    const { store } = this.workbench;
    const chosen = store.candidate ? store.shown.span.get(store.candidate) : null;
    const place = store.selection;
    const words =
      chosen?.quote ?? (place && store.desk(place.article)?.offsets.slice(place.start, place.end));
    return words ? `“${words}”` : "";
  }

  /** @param {boolean} ready */
  #buttons(ready) {
    const { workbench } = this;
    const pick = button([gettext("Select"), " ", ...kbd(...capsOf("confirmPick"))], () => confirmPick(workbench), {
      class: "primary",
      key: "pick",
    });
    const leave = button([gettext("Cancel"), " ", ...kbd(...capsOf("letGo"))], () => letGo(workbench), { key: "leave" });
    return ready ? [pick, leave] : [leave];
  }
}
