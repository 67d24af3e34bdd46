// @ts-check
import { WorkbenchElement } from "../../workbench-element.js";
import { gettext, interpolateParts } from "../../../text/gettext.js";
import { button, h } from "../../dom.js";
import { Choices } from "./choices.js";
import { clashes, decided } from "./clash.js";

/** @typedef {import("../../../model/changes.js").Change} Change */
/** @typedef {import("./clash.js").Row} Row */

/** @type {Record<string, {did: () => string, anyway: () => string}>} changes that are sent or dropped as a whole */
const WHOLE = {
  delete: {
    did: () => gettext("You deleted %(object)s, but it was changed by someone else. It now reads:"),
    anyway: () => gettext("Delete anyway"),
  },
  submit: {
    did: () => gettext("You submitted %(object)s, but it was changed by someone else. It now reads:"),
    anyway: () => gettext("Submit anyway"),
  },
  withdraw: {
    did: () => gettext("You withdrew %(object)s, but it was changed by someone else. It now reads:"),
    anyway: () => gettext("Withdraw anyway"),
  },
};

/** Things that have no text of their own to name them by. */
const OBJECTS = {
  link: () => gettext("this link"),
  verdict: () => gettext("this verdict"),
  comment: () => gettext("this comment"),
};

/** Two people changed the same thing: the later one sees both versions, and chooses. Until then both are kept. */
export class ConflictDialog extends WorkbenchElement {
  begin() {
    this.dialog = h("dialog", {
      class: "conflict",
      "aria-labelledby": "conflict-title",
      "aria-describedby": "conflict-words",
    });
    // Escape only postpones the choice: the change stays here, and the save state says so.
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
      // Both made the same change.
      this.#takeTheirs(change, current);
      return;
    }
    this.change = change;
    this.dialog?.replaceChildren(
      h("h2", { id: "conflict-title" }, gettext("This was changed by someone else")),
      ...(whole ? this.#askWhole(change, current, whole) : this.#askFieldByField(change, current, rows)),
    );
    this.dialog?.showModal();
  }

  /**
   * @param {Change} change
   * @param {any} current
   * @param {{did: () => string, anyway: () => string}} words
   */
  #askWhole(change, current, { did, anyway }) {
    const { project } = this.workbench.store;
    const rating = project?.scale.find(({ key }) => key === current.rating)?.name;
    const stands = [current.quote, current.relation, rating, current.rationale, current.text, current.note];
    return [
      h(
        "p",
        { id: "conflict-words" },
        interpolateParts(did(), { object: this.#thing(change, current) }),
      ),
      h("blockquote", { class: "quote" }, h("bdi", null, stands.filter(Boolean).join(" · "))),
      this.#buttons(
        button(gettext("Keep theirs"), () => this.#takeTheirs(change, current)),
        button(anyway(), () => this.#keep(change, current, change.body), { class: "primary" }),
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
        interpolateParts(
          gettext("You and someone else changed %(object)s. Choose a version of each field, or edit the text."),
          { object: this.#thing(change, current) },
        ),
      ),
      choices.table,
      this.#buttons(
        button(gettext("Keep theirs"), () => this.#takeTheirs(change, current)),
        button(gettext("Keep mine"), () => this.#decide(change, current, decided(rows, mine, current))),
        button(gettext("Save choices"), save, { class: "primary" }),
      ),
    ];
  }

  /** @param {HTMLElement[]} buttons */
  #buttons(...buttons) {
    const soft = h("span", { class: "soft later" }, gettext("Press Escape to decide later."));
    return h("div", { class: "dialog-buttons" }, soft, buttons);
  }

  /**
   * @param {Change} change
   * @param {any} current
   */
  #thing({ kind }, current) {
    return kind === "span" ? h("bdi", null, `“${current.quote}”`) : OBJECTS[kind]();
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
    this.#close(change, current, gettext("Your choice was saved."));
  }

  /**
   * @param {Change} change
   * @param {any} current
   */
  #takeTheirs(change, current) {
    const { outbox, undo } = this.workbench;
    undo.drop(outbox.pendingOn(change.kind, change.id).flatMap((one) => one.entries));
    outbox.takeTheirs(change);
    this.#close(change, current, gettext("Their version was kept."));
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
