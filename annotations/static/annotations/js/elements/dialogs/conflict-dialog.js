// @ts-check
import { applied, rebased } from "../../changes.js";
import { BenchElement } from "../bench-element.js";
import { h } from "../dom.js";
import { differences } from "./differences.js";

/** @typedef {import("../../changes.js").Change} Change */
/** @typedef {{change: Change, current: any}} Conflict */

/** Two people changed the same thing: the later one sees both, and chooses. Until then nothing is lost. */
export class ConflictDialog extends BenchElement {
  begin() {
    /** @type {Conflict[]} */
    this.waiting = [];
    this.dialog = h("dialog", { class: "conflict", "aria-labelledby": "conflict-title" });
    // Escape puts the choice off, no more: the change stays here, and the indicator says so.
    this.replaceChildren(this.dialog);
    this.hear("conflict", (/** @type {Conflict} */ conflict) => {
      const { change, current } = conflict;
      change.body = rebased(change, this.bench.store.confirmed[change.kind].get(change.id), current);
      this.waiting.push(conflict);
      if (!this.dialog?.open) this.#next();
    });
    this.hear("show-conflicts", () => !this.dialog?.open && this.#next());
  }

  #next() {
    const conflict = this.waiting[0];
    if (!conflict || this.dialog?.open) return;
    const { change, current } = conflict;
    const { store } = this.bench;
    const mine = this.bench.outbox
      .pendingOn(change.kind, change.id)
      .reduce((object, one) => applied(object, one, store.around), current);
    const deletes = mine === null;
    const rows = deletes ? [] : differences(current, mine, store.project);
    if (!deletes && !rows.length) {
      this.#choose(conflict, "theirs");
      return;
    }
    const thing =
      change.kind === "verdict"
        ? "this verdict"
        : change.kind === "link"
          ? "this link"
          : `“${current.quote}”`;
    this.dialog?.replaceChildren(
      h("h2", { id: "conflict-title" }, "Somebody else changed this meanwhile"),
      h(
        "p",
        null,
        deletes ? "You deleted " : "Both of you changed ",
        h("bdi", null, thing),
        deletes ? "; somebody else changed it. This is how it stands now:" : ".",
      ),
      deletes
        ? h("blockquote", { class: "quote" }, current.quote ?? current.rationale ?? current.relation)
        : this.#table(rows),
      h(
        "div",
        { class: "dialog-buttons" },
        h("button", { type: "button", onclick: () => this.#choose(conflict, "theirs") }, "Take theirs"),
        h(
          "button",
          { type: "button", class: "primary", onclick: () => this.#choose(conflict, "mine") },
          deletes ? "Delete all the same" : "Keep mine",
        ),
      ),
    );
    this.dialog?.showModal();
  }

  /** @param {import("./differences.js").Difference[]} rows */
  #table(rows) {
    return h(
      "table",
      null,
      h(
        "thead",
        null,
        h("tr", null, h("td"), h("th", { scope: "col" }, "Theirs"), h("th", { scope: "col" }, "Mine")),
      ),
      h(
        "tbody",
        null,
        rows.map(({ name, from, to }) =>
          h(
            "tr",
            null,
            h("th", { scope: "row" }, name),
            h("td", null, h("bdi", null, from || "–")),
            h("td", null, h("bdi", null, to || "–")),
          ),
        ),
      ),
    );
  }

  /**
   * @param {Conflict} conflict
   * @param {"mine" | "theirs"} whose
   */
  #choose({ change, current }, whose) {
    this.waiting.shift();
    const { outbox, store, undo } = this.bench;
    if (whose === "mine") {
      outbox.keepMine(change, current.version);
    } else {
      undo.drop(outbox.pendingOn(change.kind, change.id).flatMap((one) => one.entries));
      outbox.takeTheirs(change);
    }
    store.confirm(change.kind, change.id, current);
    this.bench.announce(whose === "mine" ? "Yours is kept." : "Theirs is taken.");
    this.dialog?.close();
    this.#next();
  }
}
