// @ts-check
import { gettext, interpolate } from "../../../text/gettext.js";
import { h } from "../../dom.js";

/** @typedef {import("./clash.js").Row} Row */

/** The conflicting fields as a table, in which each is chosen by itself and texts can be edited. */
export class Choices {
  /** @param {Row[]} rows */
  constructor(rows) {
    this.rows = rows;
    /** @type {(() => any)[]} */
    this.readers = [];
    const heads = [gettext("Theirs"), gettext("Mine")].map((words) => h("th", { scope: "col" }, words));
    this.table = h(
      "table",
      null,
      h("thead", null, h("tr", null, h("th", { scope: "col" }, gettext("Field")), heads)),
      h(
        "tbody",
        null,
        rows.flatMap((row, position) => this.#row(row, position)),
      ),
    );
  }

  /** What is chosen, for each row. */
  get values() {
    return this.readers.map((read) => read());
  }

  /**
   * @param {Row} row
   * @param {number} position
   */
  #row(row, position) {
    const name = `choice-${position}`;
    const none = gettext("empty");
    const field = row.name;
    const theirs = this.#radio(
      name,
      "theirs",
      interpolate(gettext("%(field)s, theirs: %(value)s"), { field, value: row.words.theirs || none }),
    );
    const mine = this.#radio(
      name,
      "mine",
      interpolate(gettext("%(field)s, mine: %(value)s"), { field, value: row.words.mine || none }),
    );
    mine.checked = true;
    const cells = [
      h("th", { scope: "row" }, row.name),
      h("td", null, h("label", null, theirs, h("bdi", null, row.words.theirs || "–"))),
      h("td", null, h("label", null, mine, h("bdi", null, row.words.mine || "–"))),
    ];
    if (!row.written) {
      this.readers.push(() => (theirs.checked ? row.theirs : row.mine));
      return [h("tr", null, cells)];
    }
    const edited = interpolate(gettext("%(field)s, edited"), { field });
    const edit = this.#radio(name, "edit", edited);
    const words = h("textarea", { rows: 3, dir: "auto", "aria-label": edited });
    words.value = String(row.mine ?? "");
    const choose = () => {
      edit.checked = true;
    };
    words.addEventListener("input", choose);
    edit.addEventListener("change", () => words.focus());
    this.readers.push(() => (edit.checked ? words.value : theirs.checked ? row.theirs : row.mine));
    const anew = h("td", { colspan: 2 }, h("label", null, edit, gettext("Edit")), words);
    return [h("tr", null, cells), h("tr", { class: "edit" }, h("td", null), anew)];
  }

  /**
   * @param {string} name
   * @param {string} value
   * @param {string} label
   */
  #radio(name, value, label) {
    return h("input", { type: "radio", name, value, "aria-label": label });
  }
}
