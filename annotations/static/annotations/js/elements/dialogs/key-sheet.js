// @ts-check
import { capsOfRow, wordsOf } from "../../keyboard/reading.js";
import { GESTURES, KEYS } from "../../keyboard/shortcuts.js";
import { situationOf } from "../../keyboard/situation.js";
import { BenchElement } from "../bench-element.js";
import { h, kbd } from "../dom.js";

/** The sheet of all keys, written from the table that the keys are read from. */
export class KeySheet extends BenchElement {
  begin() {
    this.dialog = h("dialog", { class: "sheet-of-keys", "aria-labelledby": "keys-title" });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog?.close());
    this.replaceChildren(this.dialog);
    this.hear("go", ({ to }) => to === "showKeys" && this.#open());
  }

  #open() {
    const now = situationOf(this.bench, null);
    const groups = [...new Set(KEYS.map((row) => row.group))];
    this.dialog?.replaceChildren(
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id: "keys-title" }, "Keys"),
        h("a", { href: "/account/keys/", class: "change-keys" }, "Change them"),
        h(
          "button",
          { type: "button", class: "quiet", onclick: () => this.dialog?.close() },
          "Close",
          kbd("Esc"),
        ),
      ),
      h(
        "div",
        { class: "key-groups" },
        groups.map((group) =>
          h(
            "section",
            null,
            h("h3", { class: "overline" }, group),
            h(
              "dl",
              null,
              KEYS.filter((row) => row.group === group).map((row) => this.#row(row, now)),
            ),
          ),
        ),
        h(
          "section",
          null,
          h("h3", { class: "overline" }, "Mouse"),
          h(
            "dl",
            null,
            GESTURES.map(({ gesture, words }) =>
              h("div", null, h("dt", null, gesture), h("dd", null, words)),
            ),
          ),
        ),
      ),
    );
    this.dialog?.showModal();
  }

  /**
   * @param {import("../../keyboard/shortcuts.js").Row} row
   * @param {import("../../keyboard/shortcuts.js").Situation} now
   */
  #row(row, now) {
    const shown = capsOfRow(row, this.bench.store.project?.scale.length ?? row.does.length);
    return h(
      "div",
      null,
      h(
        "dt",
        null,
        shown.length ? shown.map((key) => h("kbd", null, key)) : "no key",
      ),
      h("dd", null, wordsOf(row, now)),
    );
  }
}
