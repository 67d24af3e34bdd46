// @ts-check
import { capsOfRow, wordsOf } from "../../keyboard/reading.js";
import { ROWS } from "../../keyboard/own-shortcuts.js";
import { situationOf } from "../../keyboard/situation.js";
import { gettext } from "../../text/gettext.js";
import { WorkbenchElement } from "../workbench-element.js";
import { h, kbd } from "../dom.js";

/** What the mouse does. */
function gestures() {
  return [
    { gesture: gettext("Drag, double-click"), words: gettext("Select whole words") },
    { gesture: gettext("Triple-click, quadruple-click"), words: gettext("Select a sentence, a paragraph") },
    { gesture: gettext("Alt + drag"), words: gettext("Select exact characters") },
    { gesture: gettext("Ctrl + drag"), words: gettext("Add text to the active span") },
    { gesture: gettext("Drag an end"), words: gettext("Move it by words, with Alt by characters; Esc cancels") },
    { gesture: gettext("Click"), words: gettext("Select a span; where spans overlap, choose from a list") },
  ];
}

/** The list of all keyboard shortcuts, from the table that the keyboard uses. */
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
        h("h2", { id: "keys-title" }, gettext("Keyboard shortcuts")),
        h("a", { href: "/account/keys/" }, gettext("Change")),
        h(
          "button",
          { type: "button", class: "quiet", onclick: () => this.dialog?.close() },
          gettext("Close"),
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
          h("h3", { class: "overline" }, gettext("Mouse")),
          h(
            "dl",
            null,
            gestures().map(({ gesture, words }) =>
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
        shown.length ? shown.map((key) => h("kbd", null, key)) : gettext("None"),
      ),
      h("dd", null, wordsOf(row, now)),
    );
  }
}
