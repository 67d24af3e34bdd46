// @ts-check
/**
 * Words that were typed and that no change holds yet, kept at every key press, so that a reload, a
 * crash or a form that closes underneath takes none of them. One's own only, by the name of the field they
 * stand in.
 */

import { livingSittings } from "./tabs.js";

/** @typedef {{user: number, name: string, value: any, sitting: string}} Draft */

/** The drafts of one person. What is asked for is answered at once; writing follows. */
export class Drafts {
  /**
   * @param {import("./database.js").Database | null} [database] without one they last as long as the page
   * @param {number} [user]
   */
  constructor(database = null, user = 0) {
    this.database = database;
    this.user = user;
    this.sitting = "";
    /** @type {Map<string, any>} */
    this.values = new Map();
    /** @type {Set<string>} names of what is not written yet */
    this.unwritten = new Set();
    /** @type {Promise<void> | null} */
    this.writing = null;
  }

  /** Whether everything that was typed outlives this page. */
  get isWritten() {
    return Boolean(this.database) && !this.unwritten.size;
  }

  get isEmpty() {
    return !this.values.size;
  }

  /**
   * Takes up what was left: by this tab before, or by one that is gone. What another tab is just
   * writing stays with that one.
   * @param {string} sitting
   */
  async open(sitting) {
    this.sitting = sitting;
    const others = await livingSittings();
    others.delete(sitting);
    for (const draft of await this.#read()) {
      if (!others.has(draft.sitting) && !this.values.has(draft.name)) this.values.set(draft.name, draft.value);
    }
  }

  /**
   * Keeps what is typed now.
   * @param {string} name such as `rationale on <claim>`
   * @param {any} value plain values only
   */
  keep(name, value) {
    this.values.set(name, value);
    this.#write(name);
  }

  /**
   * What was typed; null where there is nothing. It stays kept until it is dropped.
   * @param {string} name
   * @returns {any}
   */
  take(name) {
    return this.values.get(name) ?? null;
  }

  /**
   * Forgets it: a change holds it now, or nobody wants it.
   * @param {string} name
   */
  drop(name) {
    if (this.values.delete(name)) this.#write(name);
  }

  /** @param {string} name */
  #write(name) {
    this.unwritten.add(name);
    this.writing ??= this.#writeAll();
  }

  async #writeAll() {
    while (this.unwritten.size && this.database) {
      const names = [...this.unwritten];
      this.unwritten.clear();
      try {
        await this.#store(names);
      } catch {
        // Kept by the page alone from now on; it says so.
        this.database = null;
      }
    }
    this.writing = null;
  }

  /** @param {string[]} names */
  async #store(names) {
    await this.database?.run("drafts", "readwrite", (store) => {
      for (const name of names) {
        const value = this.values.get(name);
        if (value === undefined) store.delete([this.user, name]);
        else store.put({ user: this.user, name, value, sitting: this.sitting });
      }
      store.transaction.commit();
    });
  }

  /** @returns {Promise<Draft[]>} */
  async #read() {
    try {
      return await /** @type {import("./database.js").Database} */ (this.database).run(
        "drafts",
        "readonly",
        (store, done) => {
          const request = store.index("user").getAll(this.user);
          request.onsuccess = () => done(request.result);
        },
      );
    } catch {
      this.database = null;
      return [];
    }
  }
}
