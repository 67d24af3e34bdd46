// @ts-check
import { activate } from "../../../actions/moving.js";
import { reason } from "../../../outbox/delivery.js";
import { WorkbenchElement } from "../../workbench-element.js";
import { button, h } from "../../dom.js";
import { Correction } from "./correction.js";

/** @typedef {import("../../../model/changes.js").Change} Change */
/** @typedef {{change: Change, others: Change[]}} Group a refused change and those that hang on it */

const KINDS = { span: "a mark", link: "a link", verdict: "a verdict", comment: "a comment" };

/**
 * The changes that the server refused for good, each with its reason: corrected and sent again, or
 * dropped. They wait here until somebody decides, also after a reload.
 */
export class RefusedDialog extends WorkbenchElement {
  begin() {
    /** @type {Map<string, HTMLElement>} what is shown of each, so that nothing typed is lost */
    this.entries = new Map();
    this.list = h("ul", { class: "rejected-list" });
    this.dialog = h(
      "dialog",
      { class: "rejected", "aria-labelledby": "refused-title" },
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id: "refused-title" }, "Refused changes"),
        button("Close", () => this.dialog?.close(), { class: "quiet" }),
      ),
      h(
        "p",
        { class: "soft" },
        "The server did not take these. They stay in this browser until you send them again or drop them.",
      ),
      this.list,
    );
    this.replaceChildren(this.dialog);
    this.hear("show-refused", () => this.#open());
    this.watch(["saving", "article"], () => this.dialog?.open && this.#show());
  }

  #open() {
    this.#show();
    if (this.entries?.size && !this.dialog?.open) this.dialog?.showModal();
  }

  #show() {
    const groups = groupsOf(this.workbench.outbox.refused);
    const before = this.entries ?? new Map();
    this.entries = new Map(
      groups.map((group) => [keyOf(group), before.get(keyOf(group)) ?? this.#entry(group)]),
    );
    const wanted = [...this.entries.values()];
    for (const element of [...(this.list?.children ?? [])])
      if (!wanted.includes(/** @type {HTMLElement} */ (element))) element.remove();
    this.list?.append(...wanted.filter((element) => !element.isConnected));
    if (!groups.length) this.dialog?.close();
  }

  /** @param {Group} group */
  #entry({ change, others }) {
    const correction = new Correction(change, this.workbench.store);
    const { outbox } = this.workbench;
    const refusal = /** @type {import("../../../model/changes.js").Refusal} */ (change.refused);
    const more = others.length ? `Drop, with ${others.length} more` : "Drop";
    return h(
      "li",
      null,
      h("h3", null, h("bdi", null, titleOf(change))),
      h("p", { class: "complaint" }, reason(refusal)),
      correction.rows,
      others.length ? h("p", { class: "soft" }, `With it waits ${others.map(kindOf).join(", ")}.`) : null,
      h(
        "div",
        { class: "dialog-buttons" },
        button(more, () => outbox.drop([change.key]), { class: "quiet danger" }),
        this.#wayTo(change),
        button("Send again", () => outbox.sendAgain(change.key, correction.body), { class: "primary" }),
      ),
    );
  }

  /**
   * The way to what the change is about.
   * @param {Change} change
   */
  #wayTo(change) {
    const { store } = this.workbench;
    const { article = store.main } = change;
    const span = spanOf(change, store);
    if (article !== store.main) {
      const address = span ? `/articles/${article}/?span=${span}` : `/articles/${article}/`;
      return h("a", { class: "button", href: address }, "Open");
    }
    return button("Open", () => this.#goTo(change, span));
  }

  /**
   * @param {Change} change
   * @param {string | null} span
   */
  #goTo({ kind, body }, span) {
    const { workbench } = this;
    this.dialog?.close();
    if (span && workbench.store.shown.span.has(span)) {
      activate(workbench, span);
    } else if (kind === "span" && body?.fragments && workbench.store.desk(body.article)) {
      const { start, end } = body.fragments[0];
      workbench.store.set({ selection: { article: body.article, start, end } });
      workbench.panes.get(body.article)?.selectText(start, end);
      workbench.panes.get(body.article)?.reveal({ start, end });
    } else {
      workbench.toast("It is not here any more.");
    }
  }
}

/**
 * @param {Change[]} refused
 * @returns {Group[]}
 */
function groupsOf(refused) {
  return refused
    .filter((change) => change.refused?.because === change.key)
    .map((change) => ({
      change,
      others: refused.filter((other) => other !== change && other.refused?.because === change.key),
    }));
}

/** @param {Group} group */
function keyOf({ change, others }) {
  return [change.key, change.refused?.words, ...others.map((other) => other.key)].join(" ");
}

/** @param {Change} change */
function titleOf(change) {
  const words = change.words ?? kindOf(change);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {Change} change */
function kindOf({ kind, verb, body }) {
  const what = KINDS[kind];
  return verb === "create" ? `${what}${body?.relation ? ` (${body.relation})` : ""}` : `a change of ${what}`;
}

/**
 * The span that a change is about, where that is known.
 * @param {Change} change
 * @param {import("../../../model/store.js").Store} store
 * @returns {string | null}
 */
function spanOf({ kind, id, body }, store) {
  if (kind === "span") return id;
  const object = /** @type {any} */ (store.shown[kind]?.get(id));
  const on = body?.on?.span ?? object?.on?.span;
  return on ?? body?.claim ?? object?.claim ?? body?.target ?? object?.target ?? null;
}
