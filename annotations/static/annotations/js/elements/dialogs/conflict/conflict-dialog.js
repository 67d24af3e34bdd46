// @ts-check
import { WorkbenchElement } from "../../workbench-element.js";
import { button, h } from "../../dom.js";
import { Choices } from "./choices.js";
import { clashes, decided } from "./clash.js";

/** @typedef {import("../../../model/changes.js").Change} Change */
/** @typedef {import("./clash.js").Row} Row */

/** @type {Record<string, {did: string, anyway: string}>} changes that are taken or left whole */
const WHOLE = {
  delete: { did: "You deleted", anyway: "Delete all the same" },
  submit: { did: "You submitted", anyway: "Submit all the same" },
  withdraw: { did: "You withdrew", anyway: "Withdraw all the same" },
};

/** Two people changed the same thing: the later one sees both, and chooses. Until then nothing is lost. */
export class ConflictDialog extends WorkbenchElement {
  begin() {
    this.dialog = h("dialog", {
      class: "conflict",
      "aria-labelledby": "conflict-title",
      "aria-describedby": "conflict-words",
    });
    // Escape puts the choice off, no more: the change stays here, and the indicator says so.
    this.replaceChildren(this.dialog);
    this.hear("conflict", () => queueMicrotask(() => this.#next()));
    this.hear("show-conflicts", () => this.#next());
    this.watch(["saving"], () => this.#closeIfDecided());
    /** @type {Change | null} */
    this.change = null;
  }

  /** The first change that waits for a choice, and what is there now, as far as that is known. */
  #waiting() {
    const change = this.workbench.outbox.queue.find((one) => one.aside);
    if (!change) return null;
    const known = this.workbench.store.confirmed[change.kind].get(change.id);
    const told = change.aside?.current;
    return { change, current: known && known.version > told.version ? known : told };
  }

  #next() {
    const waiting = this.#waiting();
    if (!waiting || this.dialog?.open) return;
    const { change, current } = waiting;
    const { outbox, store } = this.workbench;
    const rows = clashes(outbox.pendingOn(change.kind, change.id), current, store);
    const whole = WHOLE[change.verb];
    if (!whole && !rows.length) {
      // Both did the very same.
      this.#takeTheirs(change, current);
      return;
    }
    this.change = change;
    this.dialog?.replaceChildren(
      h("h2", { id: "conflict-title" }, "Somebody else changed this meanwhile"),
      ...(whole ? this.#askWhole(change, current, whole) : this.#askFieldByField(change, current, rows)),
    );
    this.dialog?.showModal();
  }

  /**
   * @param {Change} change
   * @param {any} current
   * @param {{did: string, anyway: string}} words
   */
  #askWhole(change, current, { did, anyway }) {
    const { project } = this.workbench.store;
    const rating = project?.scale.find(({ key }) => key === current.rating)?.name;
    const stands = [current.quote, current.relation, rating, current.rationale, current.text, current.note];
    return [
      h(
        "p",
        { id: "conflict-words" },
        `${did} `,
        this.#thing(change, current),
        "; somebody else changed it. This is how it stands now:",
      ),
      h("blockquote", { class: "quote" }, h("bdi", null, stands.filter(Boolean).join(" · "))),
      this.#buttons(
        button("Take theirs", () => this.#takeTheirs(change, current)),
        button(anyway, () => this.#keep(change, current, change.body), { class: "primary" }),
      ),
    ];
  }

  /**
   * @param {Change} change
   * @param {any} current
   * @param {Row[]} rows
   */
  #askFieldByField(change, current, rows) {
    const choices = new Choices(rows);
    const mine = rows.map((row) => row.mine);
    const save = () => this.#decide(change, current, decided(rows, choices.values, current));
    return [
      h(
        "p",
        { id: "conflict-words" },
        "Both of you changed ",
        this.#thing(change, current),
        ". Choose for each field, or write a text anew from both.",
      ),
      choices.table,
      this.#buttons(
        button("Take theirs", () => this.#takeTheirs(change, current)),
        button("Keep mine", () => this.#decide(change, current, decided(rows, mine, current))),
        button("Save what is chosen", save, { class: "primary" }),
      ),
    ];
  }

  /** @param {HTMLElement[]} buttons */
  #buttons(...buttons) {
    const soft = h("span", { class: "soft later" }, "Escape puts it off.");
    return h("div", { class: "dialog-buttons" }, soft, buttons);
  }

  /**
   * @param {Change} change
   * @param {any} current
   */
  #thing({ kind }, current) {
    return kind === "span" ? h("bdi", null, `“${current.quote}”`) : `this ${kind}`;
  }

  /**
   * @param {Change} change
   * @param {any} current
   * @param {Record<string, any> | null} body what is left of the change
   */
  #decide(change, current, body) {
    if (!body) {
      this.#takeTheirs(change, current);
      return;
    }
    const { outbox } = this.workbench;
    // What was changed on top of it is part of what was chosen.
    const later = outbox
      .pendingOn(change.kind, change.id)
      .filter((one) => one.key !== change.key && one.verb === "change");
    if (later.length) outbox.drop(later.map(({ key }) => key));
    this.#keep(change, current, body);
  }

  /**
   * @param {Change} change
   * @param {any} current
   * @param {Record<string, any> | undefined} body
   */
  #keep(change, current, body) {
    this.workbench.outbox.keepMine({ ...change, body }, current.version);
    this.#close(change, current, "Sent as you chose.");
  }

  /**
   * @param {Change} change
   * @param {any} current
   */
  #takeTheirs(change, current) {
    const { outbox, undo } = this.workbench;
    undo.drop(outbox.pendingOn(change.kind, change.id).flatMap((one) => one.entries));
    outbox.takeTheirs(change);
    this.#close(change, current, "Theirs is taken.");
  }

  /**
   * @param {Change} change
   * @param {any} current
   * @param {string} words
   */
  #close(change, current, words) {
    this.workbench.store.confirm(change.kind, change.id, current);
    this.workbench.announce(words);
    this.change = null;
    this.dialog?.close();
    this.#next();
  }

  /** Another tab may have chosen. */
  #closeIfDecided() {
    const { change } = this;
    if (!change || !this.dialog?.open) return;
    if (this.workbench.outbox.queue.some((one) => one.key === change.key && one.aside)) return;
    this.change = null;
    this.dialog.close();
    this.#next();
  }
}
