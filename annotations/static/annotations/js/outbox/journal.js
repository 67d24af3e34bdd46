// @ts-check
/**
 * Where changes are kept from the moment they are made until the server has confirmed them. Every
 * edit of the journal is one transaction, which no other tab can come between.
 */

import { edited } from "./queue.js";

/** @typedef {import("../model/changes.js").Change} Change */
/** @typedef {import("./queue.js").Edit} Edit */
/**
 * @typedef {object} Journal
 * @property {() => Promise<Change[]>} read all there are, in the order they were made
 * @property {(changes: Change[]) => Promise<void>} append numbers them, in one go
 * @property {(decide: (queue: Change[]) => Edit) => Promise<Change[]>} edit answers what is there afterwards
 */

/** @implements {Journal} */
export class BrowserJournal {
  /**
   * @param {import("./database.js").Database} database
   * @param {number} user whose changes; nobody else's are ever read here
   */
  constructor(database, user) {
    this.database = database;
    this.user = user;
  }

  /** @returns {Promise<Change[]>} */
  read() {
    return this.database.run("changes", "readonly", (store, done) => this.#all(store, done));
  }

  /**
   * @param {Change[]} changes
   * @returns {Promise<void>}
   */
  append(changes) {
    const add = (/** @type {IDBObjectStore} */ store) => {
      for (const change of changes) {
        const request = store.add({ ...change, user: this.user });
        request.onsuccess = () => {
          change.seq = Number(request.result);
        };
      }
      // Without waiting for the answers, so that it holds even where the page is gone in a moment.
      store.transaction.commit();
    };
    // On the disk before it counts as kept: half a millisecond that nobody waits for.
    return this.database.run("changes", "readwrite", add, { durability: "strict" });
  }

  /**
   * @param {(queue: Change[]) => Edit} decide
   * @returns {Promise<Change[]>}
   */
  edit(decide) {
    return this.database.run("changes", "readwrite", (store, done) =>
      this.#all(store, (queue) => {
        const edit = decide(queue);
        for (const change of edit.remove ?? []) store.delete(/** @type {number} */ (change.seq));
        for (const change of edit.put ?? []) store.put(change);
        done(edited(queue, edit));
      }),
    );
  }

  /**
   * @param {IDBObjectStore} store
   * @param {(queue: Change[]) => void} then
   */
  #all(store, then) {
    const request = store.index("user").getAll(this.user);
    // An index holds what has one key in the order of the store's own: as it was made.
    request.onsuccess = () => then(request.result);
  }
}

/**
 * The page's own memory, for when the browser keeps nothing.
 * @implements {Journal}
 */
export class MemoryJournal {
  /**
   * @param {Change[]} [queue] what is there already
   * @param {Journal | null} [failed] the journal that this one stands in for
   */
  constructor(queue = [], failed = null) {
    this.queue = queue;
    this.failed = failed;
    this.last = queue.at(-1)?.seq ?? 0;
  }

  async read() {
    return this.queue;
  }

  /** @param {Change[]} changes */
  async append(changes) {
    for (const change of changes) {
      this.last += 1;
      change.seq = this.last;
    }
    this.queue = [...this.queue, ...changes];
  }

  /** @param {(queue: Change[]) => Edit} decide */
  async edit(decide) {
    const edit = decide(this.queue);
    this.queue = edited(this.queue, edit);
    const gone = new Set(edit.remove?.map((change) => change.key));
    // A store that takes in nothing more may still let go of something.
    if (gone.size)
      this.failed?.edit((stored) => ({ remove: stored.filter(({ key }) => gone.has(key)) })).catch(() => {});
    return this.queue;
  }
}
