// @ts-check
import { reopenArticle, submitArticle } from "../actions/submitting.js";
import { may } from "../model/rights.js";
import { gettext } from "../text/gettext.js";
import { WorkbenchElement } from "./workbench-element.js";
import { h } from "./dom.js";

/** Submits the article and goes on to the next, or reopens it. */
export class SubmitArticle extends WorkbenchElement {
  begin() {
    this.watch(["article"], () => this.#show());
    this.#show();
  }

  #show() {
    const { store } = this.workbench;
    const desk = store.desk(store.main);
    if (!desk || !may(store, store.main, "submit")) {
      this.redraw();
    } else if (desk.assignment?.state === "submitted") {
      this.redraw(
        h("span", { class: "submitted-note" }, gettext("Submitted")),
        desk.markRefused === "pass-opened" ? null : this.#button("reopen", "", gettext("Reopen"), reopenArticle),
        this.#next(desk),
      );
    } else if (desk.markRefused && !desk.assignment) {
      const note = desk.markRefused === "archived" ? gettext("Archived") : gettext("Enough annotators");
      this.redraw(h("span", { class: "submitted-note" }, note), this.#next(desk));
    } else {
      this.redraw(this.#button("submit", "primary", gettext("Submit article"), submitArticle));
    }
  }

  /** @param {import("../model/types.js").Desk} desk */
  #next(desk) {
    return desk.next
      ? h("a", { class: "button primary", href: `/articles/${desk.next}/` }, gettext("Next article"))
      : h("span", { class: "submitted-note" }, gettext("No more articles"));
  }

  /**
   * @param {string} key
   * @param {string} kind
   * @param {string} words
   * @param {(workbench: import("../workbench-controller.js").Workbench) => Promise<void>} act
   */
  #button(key, kind, words, act) {
    const button = h("button", { type: "button", class: kind, "data-key": key }, words);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await act(this.workbench);
      button.disabled = false;
    });
    return button;
  }
}
