// @ts-check
import { reopenArticle, submitArticle } from "../actions/handing-in.js";
import { may } from "../model/rights.js";
import { BenchElement } from "./bench-element.js";
import { h } from "./dom.js";

/** Hands the article in and goes on to the next, or takes it up again. */
export class SubmitArticle extends BenchElement {
  begin() {
    this.watch(["article"], () => this.#show());
    this.#show();
  }

  #show() {
    const { store } = this.bench;
    const desk = store.desk(store.main);
    if (!desk || !may(store, store.main, "submit")) {
      this.redraw();
    } else if (desk.assignment?.state === "submitted") {
      this.redraw(
        h("span", { class: "handed-in" }, "Submitted"),
        desk.markRefused === "pass-opened" ? null : this.#button("reopen", "", "Reopen", reopenArticle),
        this.#next(desk),
      );
    } else if (desk.markRefused && !desk.assignment) {
      this.redraw(h("span", { class: "handed-in" }, desk.markRefused === "archived" ? "Archived" : "Enough annotators"), this.#next(desk));
    } else {
      this.redraw(this.#button("submit", "primary", "Submit article", submitArticle));
    }
  }

  /** @param {import("../model/types.js").Desk} desk */
  #next(desk) {
    return desk.next
      ? h("a", { class: "button primary", href: `/articles/${desk.next}/` }, "Next article")
      : h("span", { class: "handed-in" }, "All done");
  }

  /**
   * @param {string} key
   * @param {string} kind
   * @param {string} words
   * @param {(bench: import("../workbench-controller.js").Bench) => Promise<void>} act
   */
  #button(key, kind, words, act) {
    const button = h("button", { type: "button", class: kind, "data-key": key }, words);
    button.addEventListener("click", async () => {
      button.disabled = true;
      await act(this.bench);
      button.disabled = false;
    });
    return button;
  }
}
