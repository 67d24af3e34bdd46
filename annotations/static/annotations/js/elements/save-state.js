// @ts-check
import { WorkbenchElement } from "./workbench-element.js";
import { button, h } from "./dom.js";

/** Says whether the server has everything: it says saved only when the server said so. */
export class SaveState extends WorkbenchElement {
  begin() {
    this.watch(["saving"], () => this.#show());
    this.#show();
  }

  #show() {
    const { outbox, isSaved } = this.workbench;
    const state = outbox.state === "saved" && !isSaved ? "saving" : outbox.state;
    const refused = counted(outbox.refused.filter((change) => change.refused?.because === change.key).length);
    const words = this.#words(state, counted(outbox.count), refused);
    const shown = `${state} ${words} ${refused}`;
    if (this.dataset.shown === shown) return;
    Object.assign(this.dataset, { state, shown, broken: outbox.broken });
    const more = state !== "refused" && outbox.refused.length > 0;
    this.redraw(
      h("span", { class: "dot", "aria-hidden": "true" }),
      h("span", null, words),
      this.#wayOut(state),
      more && button(`${refused} refused`, () => this.workbench.say("show-refused"), { class: "quiet", key: "more" }),
    );
  }

  /**
   * @param {import("../outbox/outbox.js").SaveState} state
   * @param {string} waiting how many changes wait
   * @param {string} refused how many were refused
   */
  #words(state, waiting, refused) {
    const { broken } = this.workbench.outbox;
    const place = broken ? "only on this page" : "kept here";
    const nowhere = broken ? "; this browser keeps nothing" : "";
    return {
      saved: `saved${nowhere}`,
      saving: `saving${nowhere}`,
      offline: `offline, ${waiting} ${place}`,
      conflict: `${waiting} to decide on${nowhere}`,
      "signed-out": `signed out, ${waiting} ${place}`,
      refused: `${refused} refused${nowhere}`,
    }[state];
  }

  /**
   * What a person can do about it.
   * @param {import("../outbox/outbox.js").SaveState} state
   */
  #wayOut(state) {
    const ways = /** @type {Record<string, [string, string]>} */ ({
      "signed-out": ["Sign in", "sign-in"],
      conflict: ["Decide", "show-conflicts"],
      refused: ["See to it", "show-refused"],
    });
    if (!ways[state]) return null;
    const [words, say] = ways[state];
    return button(words, () => this.workbench.say(say), { class: "quiet", key: say });
  }
}

/** @param {number} count */
function counted(count) {
  return count === 1 ? "1 change" : `${count} changes`;
}
