// @ts-check
import { gettext, interpolate, ngettext } from "../text/gettext.js";
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
    const refused = outbox.refused.filter((change) => change.refused?.because === change.key).length;
    const words = this.#words(state, outbox.count, refused);
    const shown = `${state} ${words} ${refused}`;
    if (this.dataset.shown === shown) return;
    Object.assign(this.dataset, { state, shown, broken: outbox.broken });
    const more = state !== "refused" && outbox.refused.length > 0;
    this.redraw(
      h("span", { class: "dot", "aria-hidden": "true" }),
      h("span", null, words),
      this.#wayOut(state),
      more && button(rejectedText(refused), () => this.workbench.say("show-refused"), { class: "quiet", key: "more" }),
    );
  }

  /**
   * @param {import("../outbox/outbox.js").SaveState} state
   * @param {number} count how many changes are not sent yet
   * @param {number} refused how many were refused
   */
  #words(state, count, refused) {
    const { broken } = this.workbench.outbox;
    const words = TEXTS[state](state === "refused" ? refused : count);
    if (!broken) return words;
    return interpolate(gettext("%(state)s · Can't save offline"), { state: words });
  }

  /**
   * What a person can do about it.
   * @param {import("../outbox/outbox.js").SaveState} state
   */
  #wayOut(state) {
    const ways = /** @type {Record<string, [string, string]>} */ ({
      "signed-out": [gettext("Sign in"), "sign-in"],
      conflict: [gettext("Review"), "show-conflicts"],
      refused: [gettext("Review"), "show-refused"],
    });
    if (!ways[state]) return null;
    const [words, say] = ways[state];
    return button(words, () => this.workbench.say(say), { class: "quiet", key: say });
  }
}

/** @type {Record<import("../outbox/outbox.js").SaveState, (count: number) => string>} */
const TEXTS = {
  saved: () => gettext("Saved"),
  saving: () => gettext("Saving…"),
  offline: (count) =>
    interpolate(ngettext("Offline, %(count)s unsent change", "Offline, %(count)s unsent changes", count), { count }),
  conflict: (count) => interpolate(ngettext("%(count)s conflict", "%(count)s conflicts", count), { count }),
  "signed-out": (count) =>
    interpolate(ngettext("Signed out, %(count)s unsent change", "Signed out, %(count)s unsent changes", count), { count }),
  refused: rejectedText,
};

/** @param {number} count */
function rejectedText(count) {
  return interpolate(ngettext("%(count)s rejected change", "%(count)s rejected changes", count), { count });
}
