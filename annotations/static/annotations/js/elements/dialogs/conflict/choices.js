// @ts-check
import { h } from "../../dom.js";

/** @typedef {import("./clash.js").Row} Row */

/** What clashes as a table, in which each field is chosen by itself and a text can be put together anew. */
export class Choices {
  /** @param {Row[]} rows */
  constructor(rows) {
    this.rows = rows;
    /** @type {(() => any)[]} */
    this.readers = [];
    const heads = ["Theirs", "Mine"].map((words) => h("th", { scope: "col" }, words));
    this.table = h(
      "table",
      null,
      h("thead", null, h("tr", null, h("th", { scope: "col" }, "Field"), heads)),
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
    const theirs = this.#radio(name, "theirs", `${row.name}, theirs: ${row.words.theirs || "nothing"}`);
    const mine = this.#radio(name, "mine", `${row.name}, mine: ${row.words.mine || "nothing"}`);
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
    const edit = this.#radio(name, "edit", `${row.name}: written anew`);
    const words = h("textarea", { rows: 3, dir: "auto", "aria-label": `${row.name}, written anew` });
    words.value = String(row.mine ?? "");
    const choose = () => {
      edit.checked = true;
    };
    words.addEventListener("input", choose);
    edit.addEventListener("change", () => words.focus());
    this.readers.push(() => (edit.checked ? words.value : theirs.checked ? row.theirs : row.mine));
    const anew = h("td", { colspan: 2 }, h("label", null, edit, "Edit"), words);
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
