// @ts-check
/**
 * What others did, shown where it belongs. Nothing that somebody is writing is touched: what concerns an object
 * in whose field one types waits until that is kept, so that what is typed is compared with what it was
 * written on, and both are shown where they clash.
 */

import { isTyping } from "../keyboard/typing.js";
import { gettext, inList, interpolate, ngettext } from "../text/gettext.js";
import { isolated } from "../text/isolation.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
/** @typedef {import("../model/changes.js").Kind} Kind */

/**
 * @typedef {object} Arrival
 * @property {Kind} kind
 * @property {string} id
 * @property {"created" | "updated" | "deleted"} what
 * @property {number | null} version
 * @property {import("../model/types.js").Person | null} by
 * @property {any} object null where it is gone
 */

const MEANWHILE = 4000;

/** Takes in arrivals. */
export class Arrivals {
  /** @param {Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    /** @type {Map<string, Arrival>} what waits for somebody to have finished writing */
    this.held = new Map();
    /** @type {Arrival[]} what was not spoken of yet */
    this.unsaid = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.speaking = undefined;
    const { signal } = new AbortController();
    workbench.store.watch(["saving"], () => this.#release(), signal);
    // The focus has gone where it goes by then.
    document.addEventListener("focusout", () => setTimeout(() => this.#release()));
  }

  /** @param {Arrival} arrival */
  take(arrival) {
    if (!(arrival.kind in this.workbench.store.confirmed)) return;
    const key = `${arrival.kind} ${arrival.id}`;
    if (arrival.object && this.#isWrittenOn(arrival)) this.held.set(key, arrival);
    else {
      this.held.delete(key);
      this.#apply(arrival);
    }
  }

  /** Nothing waits any more: everything is fetched again. */
  forget() {
    this.held.clear();
  }

  #release() {
    for (const [key, arrival] of [...this.held]) {
      if (this.#isWrittenOn(arrival)) continue;
      this.held.delete(key);
      this.#apply(arrival);
    }
  }

  /** @param {Arrival} arrival */
  #apply(arrival) {
    const { store } = this.workbench;
    const { kind, id, object } = arrival;
    const known = store.confirmed[kind].get(id);
    if (!object) {
      if (known || store.shown[kind].has(id)) this.#remove(arrival);
      return;
    }
    if (known && known.version > object.version) return;
    if (known && JSON.stringify(known) === JSON.stringify(object)) return;
    if (kind === "link") store.learnEnds(object);
    store.confirm(kind, id, object);
    this.#sayLater(arrival);
  }

  /** @param {Arrival} arrival */
  #remove(arrival) {
    const { workbench } = this;
    const { store } = workbench;
    const { kind, id } = arrival;
    const own = arrival.by?.id === store.me.id;
    const active = kind === "span" && store.active === id;
    const concerned =
      active || (kind === "verdict" && store.active && store.verdictOn(store.active)?.id === id);
    // What is typed becomes a change, which the server will refuse and which is kept and shown with the reason.
    if (concerned && !own) workbench.say("keep-now");
    const unsent = concerned && workbench.outbox.pendingOn(kind, id).length > 0;
    store.confirm(kind, id, null);
    if (active && !store.activeSpan) store.set({ active: null });
    this.#sayLater(arrival);
    if (!concerned || own || !arrival.by) return;
    const text =
      kind === "span"
        ? gettext("%(name)s deleted the span you were working on.")
        : gettext("%(name)s deleted the verdict you were working on.");
    const told = interpolate(text, { name: isolated(arrival.by.name) });
    const kept = gettext("Your text is kept.");
    workbench.toast(unsent ? `${told} ${kept}` : told, { kind: "refusal" });
  }

  /**
   * Whether somebody here writes in a field of this object.
   * @param {Arrival} arrival
   */
  #isWrittenOn({ kind, id, object }) {
    const { workbench } = this;
    const fields = [...workbench.unsavedFields, isTyping(document.activeElement) && document.activeElement];
    const spans = fields.flatMap((field) =>
      field instanceof Element ? (field.closest("[span]")?.getAttribute("span") ?? []) : [],
    );
    if (kind === "span") return spans.includes(id);
    return kind === "verdict" && spans.includes(object.claim);
  }

  /**
   * One sentence after a while for whatever many things others did: a screen reader is not to be interrupted all the time.
   * @param {Arrival} arrival
   */
  #sayLater(arrival) {
    if (!arrival.by || arrival.by.id === this.workbench.store.me.id) return;
    this.unsaid.push(arrival);
    this.speaking ??= setTimeout(() => this.#sayNow(), MEANWHILE);
  }

  #sayNow() {
    const names = [...new Set(this.unsaid.map(({ by }) => by?.name ?? ""))];
    const count = new Set(this.unsaid.map(({ kind, id }) => `${kind} ${id}`)).size;
    this.unsaid = [];
    this.speaking = undefined;
    const people = ngettext("%(count)s person", "%(count)s people", names.length);
    const who = names.length > 2 ? interpolate(people, { count: names.length }) : inList(names);
    const told = ngettext("%(who)s made %(count)s change here.", "%(who)s made %(count)s changes here.", count);
    this.workbench.announce(interpolate(told, { who, count }));
  }
}
