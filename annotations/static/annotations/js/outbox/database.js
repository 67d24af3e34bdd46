// @ts-check
/**
 * The browser's own store, in promises: one IndexedDB for everybody who signs in on this browser. What
 * it holds always says whose it is.
 */

const NAME = "factcheck";

/** How long to wait for a store that another page may be holding back. */
const PATIENCE = 4000;

/**
 * From each version of the store to the next. A step that people's browsers have taken is never
 * changed: to change the store, add a step.
 * @type {((database: IDBDatabase) => void)[]}
 */
const STEPS = [
  (database) => {
    database.createObjectStore("changes", { keyPath: "seq", autoIncrement: true }).createIndex("user", "user");
    database.createObjectStore("drafts", { keyPath: ["user", "name"] }).createIndex("user", "user");
    database.createObjectStore("acts", { keyPath: "id" }).createIndex("sitting", ["user", "sitting", "article"]);
  },
];

/** @typedef {"changes" | "drafts" | "acts"} StoreName */

/**
 * The open store. Dispatches `lost` when somebody emptied it while the page stands, so that the page can
 * put back what it still knows.
 */
export class Database extends EventTarget {
  /** @type {Promise<IDBDatabase> | null} */
  #open = null;

  /**
   * Does something in one transaction and answers what `work` hands to `done`, once it is stored.
   * @template T
   * @param {StoreName} name
   * @param {IDBTransactionMode} mode
   * @param {(store: IDBObjectStore, done: (value: T) => void) => void} work
   * @param {IDBTransactionOptions} [options]
   * @returns {Promise<T>}
   */
  async run(name, mode, work, options) {
    const database = await this.#connected();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(name, mode, options);
      /** @type {any} */
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = () => reject(transaction.error ?? new Error("The browser took the change back."));
      work(transaction.objectStore(name), (value) => {
        result = value;
      });
    });
  }

  /** @returns {Promise<IDBDatabase>} */
  #connected() {
    this.#open ??= opened().then(
      (database) => {
        database.onversionchange = ({ newVersion }) => {
          // Another page wants to upgrade or delete the store; holding on would hold it up.
          database.close();
          this.#closed(newVersion === null);
        };
        // The browser took the store away, as when somebody clears what sites have kept.
        database.onclose = () => this.#closed(true);
        return database;
      },
      (error) => {
        this.#open = null;
        throw error;
      },
    );
    return this.#open;
  }

  /** @param {boolean} lost */
  #closed(lost) {
    this.#open = null;
    if (lost) this.dispatchEvent(new Event("lost"));
  }
}

/** @returns {Promise<IDBDatabase>} */
function opened() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, STEPS.length);
    const late = setTimeout(() => reject(new Error("The browser’s store does not answer.")), PATIENCE);
    request.onupgradeneeded = ({ oldVersion }) => {
      for (const step of STEPS.slice(oldVersion)) step(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(request.result);
    for (const end of ["success", "error"]) request.addEventListener(end, () => clearTimeout(late));
  });
}
