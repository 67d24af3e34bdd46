// @ts-check
import { gettext } from "../text/gettext.js";
import { WorkbenchElement } from "./workbench-element.js";
import { h } from "./dom.js";

const STAY = { done: 6000, hint: 6000, refusal: 12_000 };

/** Short messages at the foot of the text, and the live regions of screen readers. */
export class ToastShelf extends WorkbenchElement {
  begin() {
    this.shelf = h("div", { class: "toasts" });
    this.voice = h("p", { class: "visually-hidden", "aria-live": "polite" });
    this.alarm = h("p", { class: "visually-hidden", role: "alert" });
    this.replaceChildren(this.shelf, this.voice, this.alarm);
    this.hear("toast", (toast) => this.#show(toast));
    this.hear("announce", ({ words }) => this.#say(this.voice, words));
  }

  /** @param {import("../workbench-controller.js").Toast} toast */
  #show({ words, kind, action }) {
    const toast = h("div", { class: `toast ${kind}` }, h("p", null, words));
    const leave = () => toast.remove();
    if (action) {
      const act = () => {
        leave();
        action.run();
      };
      toast.append(h("button", { type: "button", class: "quiet", onclick: act }, action.words));
    }
    toast.append(
      h("button", { type: "button", class: "quiet close", "aria-label": gettext("Dismiss"), onclick: leave }, "×"),
    );
    while ((this.shelf?.childElementCount ?? 0) > 2) this.shelf?.firstElementChild?.remove();
    this.shelf?.append(toast);
    this.#say(kind === "refusal" ? this.alarm : this.voice, words);
    this.#leaveLater(toast, STAY[kind]);
  }

  /**
   * A message stays while one reads it: with the pointer or the focus on it.
   * @param {HTMLElement} toast
   * @param {number} after
   */
  #leaveLater(toast, after) {
    setTimeout(() => {
      if (toast.matches(":hover, :focus-within")) this.#leaveLater(toast, 1500);
      else toast.remove();
    }, after);
  }

  /**
   * @param {HTMLElement | undefined} where
   * @param {string} words
   */
  #say(where, words) {
    if (!where) return;
    // The same words again are said again only where the text changes.
    where.textContent = where.textContent === words ? `${words}\u00a0` : words;
  }
}
