// @ts-check
import { activate } from "../../../actions/moving.js";
import { reason } from "../../../outbox/delivery.js";
import { WorkbenchElement } from "../../workbench-element.js";
import { MEANINGS } from "../../../model/vocabulary.js";
import { gettext, inList, interpolate, ngettext } from "../../../text/gettext.js";
import { button, h } from "../../dom.js";
import { Correction } from "./correction.js";

/** @typedef {import("../../../model/changes.js").Change} Change */
/** @typedef {{change: Change, others: Change[]}} Group a rejected change and those that depend on it */

/** What a change is, where it creates something. */
const CREATED = {
  span: () => gettext("a span"),
  link: () => gettext("a link"),
  verdict: () => gettext("a verdict"),
  comment: () => gettext("a comment"),
};

/** What a change is, where it changes something. */
const CHANGED = {
  span: () => gettext("a change to a span"),
  link: () => gettext("a change to a link"),
  verdict: () => gettext("a change to a verdict"),
  comment: () => gettext("a change to a comment"),
};

/**
 * The changes that the server rejected for good, each with its reason: corrected and sent again, or
 * discarded. They stay here until somebody decides, also after a reload.
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
        h("h2", { id: "refused-title" }, gettext("Rejected changes")),
        button(gettext("Close"), () => this.dialog?.close(), { class: "quiet" }),
      ),
      h(
        "p",
        { class: "soft" },
        gettext("The server rejected these changes. They stay in this browser until you send them again or discard them."),
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
    const count = others.length;
    const withOthers = ngettext("Discard, with %(count)s more", "Discard, with %(count)s more", count);
    const drop = count ? interpolate(withOthers, { count }) : gettext("Discard");
    return h(
      "li",
      null,
      h("h3", null, h("bdi", null, titleOf(change))),
      h("p", { class: "complaint" }, reason(refusal)),
      correction.rows,
      others.length
        ? h(
            "p",
            { class: "soft" },
            interpolate(gettext("Depends on this: %(changes)s."), { changes: inList(others.map(kindOf)) }),
          )
        : null,
      h(
        "div",
        { class: "dialog-buttons" },
        button(drop, () => outbox.drop([change.key]), { class: "quiet danger" }),
        this.#wayTo(change),
        button(gettext("Send again"), () => outbox.sendAgain(change.key, correction.body), { class: "primary" }),
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
      return h("a", { class: "button", href: address }, gettext("Open"));
    }
    return button(gettext("Open"), () => this.#goTo(change, span));
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
      workbench.toast(gettext("This has been deleted."));
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
  if (verb !== "create") return CHANGED[kind]();
  if (!body?.relation) return CREATED[kind]();
  const { name } = MEANINGS[/** @type {import("../../../model/types.js").Relation} */ (body.relation)];
  return interpolate(gettext("a link (%(relation)s)"), { relation: name });
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
