// @ts-check
import { capsOfRow, wordsOf } from "../../keyboard/reading.js";
import { ROWS } from "../../keyboard/own-shortcuts.js";
import { situationOf } from "../../keyboard/situation.js";
import { WorkbenchElement } from "../workbench-element.js";
import { h, kbd } from "../dom.js";

/** What the mouse does. */
const GESTURES = [
  { gesture: "drag, double-click", words: "select, in whole words" },
  { gesture: "click three or four times", words: "select the sentence, the paragraph" },
  { gesture: "Alt + drag", words: "select exact characters" },
  { gesture: "Ctrl + drag", words: "join a passage to the active span" },
  { gesture: "drag an end", words: "move it, with Alt by characters; Esc gives up" },
  { gesture: "click", words: "choose a span; where several are stacked, from a list" },
];

/** The sheet of all keys, written from the table that the keys are read from. */
export class KeySheet extends WorkbenchElement {
  begin() {
    this.dialog = h("dialog", { class: "sheet-of-keys", "aria-labelledby": "keys-title" });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog?.close());
    this.replaceChildren(this.dialog);
    this.hear("go", ({ to }) => to === "showKeys" && this.#open());
  }

  #open() {
    const now = situationOf(this.workbench, null);
    const groups = [...new Set(ROWS.map((row) => row.group))];
    this.dialog?.replaceChildren(
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id: "keys-title" }, "Keys"),
        h("a", { href: "/account/keys/" }, "Change them"),
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
              ROWS.filter((row) => row.group === group).map((row) => this.#row(row, now)),
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
   * @param {import("../../keyboard/own-shortcuts.js").Row} row
   * @param {import("../../keyboard/conditions.js").Situation} now
   */
  #row(row, now) {
    const shown = capsOfRow(row, this.workbench.store.project?.scale.length ?? row.actions.length);
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
