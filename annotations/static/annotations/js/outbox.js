// @ts-check
/**
 * Changes on their way to the server: sent one after another in the order they were made, sent again
 * with growing pauses while nothing answers, and never sent twice at once.
 *
 * A change that the server refuses leaves the queue with those that hang on it; one that somebody
 * else forestalled (412) is set aside until a person has chosen. Neither holds up the others.
 * The journal keeps what has not been confirmed; here it lives in memory.
 */

import { Problem, Unreachable } from "./api.js";

/** @typedef {import("./changes.js").Change} Change */
/** @typedef {"saved" | "saving" | "offline" | "signed-out" | "conflict"} SaveState */
/** @typedef {{add: (change: Change) => void, remove: (key: string) => void}} Journal */

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/** @type {Journal} */
const IN_MEMORY = { add() {}, remove() {} };

/** The queue. Dispatches `state`, `settled`, `refused` and `conflict`. */
export class Outbox extends EventTarget {
  /**
   * @param {object} parts
   * @param {(change: Change) => Promise<any>} parts.send
   * @param {Journal} [parts.journal]
   */
  constructor({ send, journal = IN_MEMORY }) {
    super();
    this.send = send;
    this.journal = journal;
    /** @type {Change[]} */
    this.queue = [];
    /** @type {Set<string>} keys of changes set aside until a person chose */
    this.aside = new Set();
    /** @type {Change | null} */
    this.sending = null;
    this.pause = 0;
    this.signedOut = false;
    /** @type {(() => void) | null} */
    this.wake = null;
  }

  /** @returns {SaveState} */
  get state() {
    if (this.signedOut) return "signed-out";
    if (!this.queue.length) return "saved";
    if (this.pause) return "offline";
    return this.queue.length === this.aside.size ? "conflict" : "saving";
  }

  /**
   * Queues a change. A change of an object that still waits to be changed joins that one.
   * @param {Change} change
   */
  put(change) {
    const last = this.queue.at(-1);
    if (last && last !== this.sending && joins(last, change) && !this.aside.has(last.key)) {
      last.body = { ...last.body, ...change.body };
      last.entries.push(...change.entries);
      this.journal.add(last);
    } else {
      this.queue.push(change);
      this.journal.add(change);
    }
    this.#tell("state");
    void this.#drain();
  }

  /**
   * The changes of one object that the server has not confirmed, in order.
   * @param {string} kind
   * @param {string} id
   * @returns {Change[]}
   */
  pendingOn(kind, id) {
    return this.queue.filter((change) => change.kind === kind && change.id === id);
  }

  /** Tries again at once: the network is back, or somebody signed in. */
  retry() {
    this.signedOut = false;
    this.wake?.();
    void this.#drain();
  }

  /**
   * A person chose their own change over the one that came first.
   * @param {Change} change
   * @param {number} version of what is there now
   */
  keepMine(change, version) {
    change.base = version;
    this.aside.delete(change.key);
    this.retry();
  }

  /**
   * A person chose what is there; this change and later ones of the same object go.
   * @param {Change} change
   */
  takeTheirs(change) {
    this.#leave(this.pendingOn(change.kind, change.id));
    this.#tell("state");
  }

  /** Resolves when nothing is under way any more. */
  async settled() {
    while (this.queue.length > this.aside.size) {
      await new Promise((resolve) => this.addEventListener("state", resolve, { once: true }));
    }
  }

  async #drain() {
    if (this.sending || this.signedOut) return;
    for (let change = this.#next(); change; change = this.#next()) {
      this.sending = change;
      this.#tell("state");
      const outcome = await this.#attempt(change);
      this.sending = null;
      if (outcome === "signed-out") break;
    }
    this.#tell("state");
  }

  /** @returns {Change | undefined} the first change whose object does not wait for a person */
  #next() {
    const held = new Set(this.queue.filter((change) => this.aside.has(change.key)).map(objectOf));
    return this.queue.find((change) => !held.has(objectOf(change)));
  }

  /** @param {Change} change */
  async #attempt(change) {
    try {
      const object = await this.send(change);
      this.pause = 0;
      this.#leave([change]);
      this.#tell("settled", { change, object });
      return "settled";
    } catch (error) {
      if (error instanceof Unreachable || (error instanceof Problem && passes(error.status))) {
        await this.#rest(error instanceof Problem ? error.retryAfter : null);
        return "again";
      }
      if (!(error instanceof Problem)) throw error;
      this.pause = 0;
      if (error.status === 401) {
        this.signedOut = true;
        return "signed-out";
      }
      if (error.status === 412) {
        this.aside.add(change.key);
        this.#tell("conflict", { change, current: error.current });
      } else {
        const dropped = this.#hangingOn(change);
        this.#leave(dropped);
        this.#tell("refused", { change, dropped, problem: error });
      }
      return "refused";
    }
  }

  /** @param {number | null} seconds that the server asked for */
  async #rest(seconds) {
    this.pause = Math.min(this.pause ? this.pause * 2 : FIRST_PAUSE, LONGEST_PAUSE);
    this.#tell("state");
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, seconds ? seconds * 1000 : this.pause);
      this.wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
    this.wake = null;
  }

  /**
   * A change, and where it would have created something, the later ones that need it.
   * @param {Change} change
   * @returns {Change[]}
   */
  #hangingOn(change) {
    if (change.verb !== "create" && change.verb !== "restore") return [change];
    const missing = new Set([change.id]);
    return this.queue.filter((other) => {
      const needs =
        other.id === change.id ||
        [other.body?.source, other.body?.target, other.body?.claim].some((id) => missing.has(id));
      if (needs) missing.add(other.id);
      return needs;
    });
  }

  /** @param {Change[]} gone */
  #leave(gone) {
    this.queue = this.queue.filter((change) => !gone.includes(change));
    for (const change of gone) {
      this.aside.delete(change.key);
      this.journal.remove(change.key);
    }
  }

  /**
   * @param {string} name
   * @param {object} [detail]
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {number} status */
function passes(status) {
  return status === 429 || status === 408 || status >= 502;
}

/** @param {Change} change */
function objectOf(change) {
  return `${change.kind} ${change.id}`;
}

/**
 * @param {Change} last
 * @param {Change} change
 */
function joins(last, change) {
  return (
    last.verb === "change" && change.verb === "change" && last.kind === change.kind && last.id === change.id
  );
}
