// @ts-check
import { confirmPick, missingEnd, prompt } from "../../actions/linking.js";
import { letGo } from "../../actions/moving.js";
import { WorkbenchElement } from "../workbench-element.js";
import { capsOf } from "../../keyboard/own-shortcuts.js";
import { button, h, kbd } from "../dom.js";

/** While a link is being made: what to pick, what was typed so far, and the way out. */
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
        " Click a span or select text in either pane, or type a span’s number.",
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

  /** The words that would be picked now. */
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
    const pick = button(["Pick it ", ...kbd(...capsOf("confirmPick"))], () => confirmPick(workbench), {
      class: "primary",
      key: "pick",
    });
    const leave = button(["Leave it ", ...kbd(...capsOf("letGo"))], () => letGo(workbench), { key: "leave" });
    return ready ? [pick, leave] : [leave];
  }
}
