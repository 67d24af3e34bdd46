// @ts-check
/**
 * What this page knows of the journal: read at once, written behind. All tabs of a person keep such a
 * ledger of the one journal, and tell one another when to look again.
 */

import { MemoryJournal } from "./journal.js";
import * as rules from "./queue.js";
import { LoneTab } from "./tabs.js";

/** @typedef {import("../model/changes.js").Change} Change */
/** @typedef {import("./journal.js").Journal} Journal */
/** @typedef {(queue: Change[]) => import("./queue.js").Edit} Decide */

/** The ledger. Dispatches `state`, `changed` (with the changes that came or went) and `broken`. */
export class Ledger extends EventTarget {
  /**
   * @param {Journal} [journal]
   * @param {import("./tabs.js").Tabs} [tabs]
   */
  constructor(journal = new MemoryJournal(), tabs = new LoneTab()) {
    super();
    this.journal = journal;
    this.tabs = tabs;
    /** @type {Change[]} what the journal holds */
    this.stored = [];
    /** @type {Change[]} what was put here and is not in the journal yet */
    this.unwritten = [];
    /** @type {Map<string, Change[]>} the unconfirmed changes of each object */
    this.pending = new Map();
    /** Whether only this page's memory holds what is on its way. */
    this.broken = false;
    /** @type {Promise<void> | null} */
    this.writing = null;
    /** @type {Promise<void> | null} */
    this.reading = null;
    /** @type {Promise<void> | null} */
    this.following = null;
  }

  /** The changes that are on their way or wait for a choice, in order. */
  get queue() {
    return [...this.stored.filter((change) => !change.refused), ...this.unwritten];
  }

  /** The changes that were refused, and those that hang on them. */
  get refused() {
    return this.stored.filter((change) => change.refused);
  }

  /** How many changes are kept and wait, to a person. One that is not in the journal yet could still be lost. */
  get count() {
    return rules.countOf(this.stored.filter((change) => !change.refused));
  }

  /**
   * The changes of one object that the server has not confirmed, in order.
   * @param {string} kind
   * @param {string} id
   * @returns {Change[]}
   */
  pendingOn(kind, id) {
    return this.pending.get(`${kind} ${id}`) ?? [];
  }

  /**
   * Takes in a change: it shows at once, and is kept as soon as can be.
   * @param {Change} change
   */
  put(change) {
    this.unwritten.push(change);
    this.#index();
    this.tell("state");
    this.writing ??= this.#write();
  }

  /** Resolves when everything that was done here is in the journal. */
  async written() {
    while (this.writing) await this.writing;
  }

  /** Reads what was kept: by this page before it was loaded anew, by another tab, in an earlier sitting. */
  async open() {
    await this.look();
  }

  /** The browser lost what it kept: it gets back what this page still knows. */
  async restore() {
    const known = [...this.stored];
    await this.guarded(async (journal) => {
      const present = new Set((await journal.read()).map((change) => change.key));
      const lost = known.filter((change) => !present.has(change.key));
      await journal.append(lost.map(({ seq: _, ...change }) => change));
    });
    await this.look();
  }

  /**
   * Looks what other tabs have done. A look that is under way may have missed it, so another one follows.
   * @returns {Promise<void>}
   */
  look() {
    if (!this.reading) {
      const read = this.guarded(async (journal) => this.take(await journal.read()));
      this.reading = read.finally(() => {
        this.reading = null;
      });
      return this.reading;
    }
    this.following ??= this.reading.then(() => {
      this.following = null;
      return this.look();
    });
    return this.following;
  }

  /**
   * @param {Decide} decide
   * @protected
   */
  async edit(decide) {
    await this.guarded(async (journal) => this.take(await journal.edit(decide)));
  }

  /**
   * What follows once something new is kept.
   * @protected
   */
  added() {}

  /**
   * Works with the journal. Where the browser keeps nothing (any more), this page's memory stands in.
   * @param {(journal: Journal) => Promise<void>} work
   * @protected
   */
  async guarded(work) {
    const { journal } = this;
    try {
      await work(journal);
    } catch (error) {
      if (journal instanceof MemoryJournal) throw error;
      if (!this.broken) {
        this.broken = true;
        this.journal = new MemoryJournal(this.stored, journal);
        this.tell("broken", { error });
      }
      await work(this.journal);
    }
  }

  /**
   * @param {Change[]} stored what the journal holds now
   * @protected
   */
  take(stored) {
    const before = new Map(this.stored.map((change) => [change.key, change]));
    this.stored = stored;
    this.#index();
    const touched = stored.filter((change) => {
      const known = before.get(change.key);
      before.delete(change.key);
      return !known || Boolean(known.refused) !== Boolean(change.refused);
    });
    touched.push(...before.values());
    if (touched.length) this.tell("changed", { touched });
    this.tell("state");
  }

  /**
   * @param {string} name
   * @param {object} [detail]
   * @protected
   */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  async #write() {
    // What is done in one go is kept in one go.
    await null;
    while (this.unwritten.length) {
      const batch = [...this.unwritten];
      await this.guarded((journal) => journal.append(batch));
      const known = new Set(this.stored.map((change) => change.key));
      this.take([...this.stored, ...batch.filter((change) => !known.has(change.key))]);
    }
    this.writing = null;
    this.tabs.tell({ what: "changed" });
    this.added();
  }

  #index() {
    const written = new Set(this.stored.map((change) => change.key));
    this.unwritten = this.unwritten.filter((change) => !written.has(change.key));
    this.pending = Map.groupBy(this.queue, rules.objectOf);
  }
}
