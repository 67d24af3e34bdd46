// @ts-check
import { BenchElement } from "./bench-element.js";
import { h } from "./dom.js";

/** Says whether the server has everything: it says saved only when the server said so. */
export class SaveState extends BenchElement {
  begin() {
    this.watch(["saving"], () => this.#show());
    this.#show();
  }

  #show() {
    const { count } = this.bench.outbox;
    const state =
      this.bench.outbox.state === "saved" && !this.bench.isSaved ? "saving" : this.bench.outbox.state;
    const many = count === 1 ? "1 change" : `${count} changes`;
    const words = {
      saved: "saved",
      saving: "saving",
      offline: `offline, ${many} kept here`,
      conflict: `${many} to decide on`,
      refused: `${this.bench.outbox.refused.length} refused`,
      "signed-out": `signed out, ${many} kept here`,
    }[state];
    if (this.dataset.state === state && this.textContent === words) return;
    this.dataset.state = state;
    this.replaceChildren(h("span", { class: "dot", "aria-hidden": "true" }), h("span", null, words));
    const way = this.#wayOut(state);
    if (way) this.append(" ", way);
  }

  /**
   * What a person can do about it.
   * @param {import("../outbox.js").SaveState} state
   */
  #wayOut(state) {
    // Signed in in another tab, one comes back and everything is sent.
    if (state === "signed-out") return h("a", { href: "/accounts/login/", target: "_blank" }, "Sign in");
    if (state !== "conflict") return null;
    const decide = () => this.bench.say("show-conflicts");
    return h("button", { type: "button", class: "quiet", onclick: decide }, "Decide");
  }
}
