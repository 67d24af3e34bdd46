// @ts-check
import { capsOf } from "../keyboard/own-shortcuts.js";
import { footerRows } from "../keyboard/reading.js";
import { situationOf } from "../keyboard/situation.js";
import { carryOut } from "../keyboard/commands.js";
import { WorkbenchElement } from "./workbench-element.js";
import { gettext, interpolate, ngettext } from "../text/gettext.js";
import { h, kbd } from "./dom.js";

/** The footer: the keys that do something now, each to be pressed here too, and the figures of the article. */
export class KeyBar extends WorkbenchElement {
  begin() {
    this.keys = h("div", { class: "key-row", role: "toolbar", "aria-label": gettext("Keyboard shortcuts") });
    this.counts = h("p", { class: "counts" });
    this.replaceChildren(
      this.keys,
      this.#hint({ keys: capsOf("showKeys"), actions: ["showKeys"], words: gettext("All shortcuts") }),
      this.counts,
    );
    this.watch(["data", "active", "selection", "picking", "article", "evidence"], () => this.#show());
    const { signal } = this.life;
    document.addEventListener("focusin", () => this.#show(), { signal });
    this.#show();
  }

  #show() {
    const rows = footerRows(situationOf(this.workbench), this.workbench.store.project?.scale.length ?? 9);
    const shown = JSON.stringify(rows);
    if (shown !== this.dataset.shown && !this.keys?.contains(document.activeElement)) {
      this.dataset.shown = shown;
      this.keys?.replaceChildren(...rows.map((row) => this.#hint(row)));
    }
    // Counting can wait until what was done is painted.
    clearTimeout(this.counting);
    this.counting = setTimeout(() => {
      if (this.counts) this.counts.textContent = this.#figures();
    }, 60);
  }

  /** @param {ReturnType<typeof footerRows>[number]} row */
  #hint({ keys, actions, words }) {
    const act = () => carryOut(this.workbench, actions[0]);
    return h(
      "button",
      {
        type: "button",
        class: "hint-key",
        tabindex: -1,
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: act,
      },
      kbd(...keys),
      words,
    );
  }

  #figures() {
    const { store } = this.workbench;
    const index = store.desk(store.main)?.index;
    const claims = index?.labelled.claim ?? [];
    const links = store.linksOn(store.main);
    const restating = new Set(links.filter((link) => link.relation === "restates").map((link) => link.source));
    const decided = claims.filter((claim) => {
      const verdict = store.verdictOn(claim.id);
      return verdict && verdict.state !== "draft" && verdict.state !== "returned";
    });
    const due = claims.filter((claim) => !restating.has(claim.id));
    const spans = index?.ordered.length ?? 0;
    return [
      interpolate(ngettext("%(count)s span", "%(count)s spans", spans), { count: spans }),
      interpolate(ngettext("%(count)s link", "%(count)s links", links.length), { count: links.length }),
      interpolate(ngettext("%(done)s of %(count)s claim decided", "%(done)s of %(count)s claims decided", due.length), {
        done: decided.length,
        count: due.length,
      }),
    ].join(" · ");
  }
}
