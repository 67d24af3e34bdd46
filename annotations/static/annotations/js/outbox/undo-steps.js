// @ts-check
/** What was done in a sitting on an article, kept so that it can be undone after a reload, too. */

import { uuid7 } from "../uuid.js";

/** @typedef {import("../undo.js").Act} Act */

/** How long one may come back to a sitting. */
const DAYS = 3;

/** The acts of one person in one tab on one article. Where the browser keeps nothing, none are kept. */
export class Acts {
  /**
   * @param {import("./database.js").Database} database
   * @param {number} user
   * @param {string} article
   */
  constructor(database, user, article) {
    this.database = database;
    this.place = { user, article, sitting: "" };
  }

  /**
   * What was done so far, in its order.
   * @param {string} sitting
   * @returns {Promise<Act[]>}
   */
  async open(sitting) {
    this.place.sitting = sitting;
    const { user, article } = this.place;
    const old = IDBKeyRange.upperBound(uuid7(Date.now() - DAYS * 24 * 60 * 60 * 1000));
    try {
      return await this.database.run("acts", "readwrite", (store, done) => {
        // Their ids begin with the time they were made at.
        store.delete(old);
        const request = store.index("sitting").getAll([user, sitting, article]);
        request.onsuccess = () => done(request.result);
      });
    } catch {
      return [];
    }
  }

  /** @param {Act} act as it is now */
  put(act) {
    this.#edit((store) => store.put({ ...act, ...this.place }));
  }

  /** @param {readonly string[]} ids */
  remove(ids) {
    if (ids.length) this.#edit((store) => ids.map((id) => store.delete(id)));
  }

  /** @param {(store: IDBObjectStore) => unknown} edit */
  #edit(edit) {
    // Without it, undoing ends with the page: no reason to hold up anything.
    this.database
      .run("acts", "readwrite", (store) => {
        edit(store);
        store.transaction.commit();
      })
      .catch(() => {});
  }
}
