// @ts-check
/**
 * Changes on their way to the server. Each goes into the journal before it is sent and leaves it once the
 * server has confirmed it; they are sent one after another in the order they were made, again with
 * growing pauses while nothing answers, by one tab at a time, whichever tab made them.
 *
 * What the server refuses for good stays, with those that hang on it, until a person corrects or drops
 * it; what somebody else forestalled (412) waits until a person has chosen. Neither holds up the others.
 */

import { Problem, Unreachable } from "../api.js";
import { isDone } from "../model/changes.js";
import { Ledger } from "./ledger.js";
import * as rules from "./queue.js";

/** @typedef {import("../model/changes.js").Change} Change */
/** @typedef {"saved" | "saving" | "offline" | "signed-out" | "conflict" | "refused"} SaveState */

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/** The queue. Dispatches `settled`, `refused` and `conflict`, whichever tab met with them. */
export class Outbox extends Ledger {
  /**
   * @param {object} parts
   * @param {(change: Change) => Promise<any>} parts.send
   * @param {(change: Change) => Promise<number | null>} [parts.versionOf] asks the server for an object's version
   * @param {import("./journal.js").Journal} [parts.journal]
   * @param {import("./tabs.js").Tabs} [parts.tabs]
   */
  constructor({ send, versionOf = async () => null, journal, tabs }) {
    super(journal, tabs);
    this.send = send;
    this.versionOf = versionOf;
    /** @type {Map<string, number>} the versions that confirmed changes brought */
    this.versions = new Map();
    this.pause = 0;
    this.resting = false;
    this.signedOut = false;
    /** Whether it is another tab that sends, and gets no answer. */
    this.offlineElsewhere = false;
    /** @type {(() => void) | null} */
    this.wake = null;
    this.draining = false;
    this.due = false;
    this.tabs.hear((message) => this.#hear(message));
  }

  /** @returns {SaveState} */
  get state() {
    const { queue } = this;
    if (this.signedOut) return "signed-out";
    if (!queue.length) return this.refused.length ? "refused" : "saved";
    if (this.pause || this.offlineElsewhere) return "offline";
    return this.writing || rules.nextOf(queue) ? "saving" : "conflict";
  }

  /** Reads what was kept, and goes on sending it. */
  async open() {
    await super.open();
    this.tabs.tell({ what: "here" });
    this.#drain();
  }

  /** Tries again at once: the network is back, or somebody signed in. */
  retry() {
    this.#goOn();
    this.tabs.tell({ what: "retry" });
  }

  /**
   * A person chose their own change over the one that came first.
   * @param {Change} change as it is to be sent
   * @param {number} version of what is there now
   */
  keepMine(change, version) {
    void this.#decide((queue) => rules.chosen(queue, change, version));
  }

  /**
   * A person chose what is there; this change and later ones of the same object go.
   * @param {Change} change
   */
  takeTheirs(change) {
    this.drop(this.pendingOn(change.kind, change.id).map((one) => one.key));
  }

  /**
   * Takes back what the server does not have, with what hangs on it.
   * @param {string[]} keys
   */
  drop(keys) {
    void this.#decide((queue) => rules.dropped(queue, keys));
  }

  /**
   * Sends a refused change once more, with what hangs on it.
   * @param {string} key
   * @param {Record<string, any> | undefined} body as corrected
   */
  sendAgain(key, body) {
    void this.#decide((queue) => rules.sentAgain(queue, key, body));
  }

  /** Resolves when nothing is under way any more: all is confirmed, or waits for a person or for an answer. */
  async settled() {
    const rests = () => this.signedOut || this.resting || this.offlineElsewhere;
    while (this.writing || (!rests() && rules.nextOf(this.queue))) {
      await new Promise((resolve) => this.addEventListener("state", resolve, { once: true }));
    }
  }

  /** @protected */
  added() {
    this.tell("state");
    this.#drain();
  }

  #drain() {
    this.due = true;
    if (!this.draining) void this.#sendAll();
  }

  async #sendAll() {
    this.draining = true;
    try {
      while (this.due && !this.signedOut) {
        this.due = false;
        if (rules.nextOf(this.stored)) await this.tabs.alone(() => this.#sendInOrder());
      }
    } finally {
      this.draining = false;
      this.tell("state");
    }
  }

  async #sendInOrder() {
    while (!this.signedOut) {
      await this.edit(rules.sending);
      const change = rules.nextOf(this.stored);
      if (!change) break;
      await this.#attempt(change);
    }
    this.offlineElsewhere = false;
  }

  /** @param {Change} change */
  async #attempt(change) {
    try {
      if (change.base === null && change.verb !== "create" && change.verb !== "restore")
        change.base = this.versions.get(rules.objectOf(change)) ?? (await this.versionOf(change));
      await this.#confirm(change, await this.send(change));
    } catch (error) {
      await this.#fail(change, error);
    }
  }

  /**
   * @param {Change} change
   * @param {any} answer what it came to
   */
  async #confirm(change, answer) {
    this.#weather(0);
    const detail = { change, object: change.verb === "delete" ? null : answer };
    // Shown as confirmed before it leaves the ledger, so that it never seems to be gone.
    this.#happened("settled", detail);
    await this.edit((queue) => rules.confirmed(queue, change, detail.object?.version ?? null));
    this.tabs.tell({ what: "settled", detail });
  }

  /**
   * @param {Change} change
   * @param {unknown} error
   */
  async #fail(change, error) {
    if (error instanceof Unreachable || (error instanceof Problem && passes(error.status))) {
      await this.#rest(error instanceof Problem ? error.retryAfter : null);
    } else if (!(error instanceof Problem)) {
      throw error;
    } else if (error.status === 401) {
      this.#weather(0, true);
    } else if (error.status === 404 && isDone(null, change)) {
      await this.#confirm(change, null);
    } else if (error.status === 412 && isDone(error.current, change)) {
      await this.#confirm(change, error.current);
    } else if (error.status === 412) {
      await this.#setAside(change, error.current);
    } else {
      await this.#giveUp(change, error);
    }
  }

  /**
   * @param {Change} change
   * @param {any} current
   */
  async #setAside(change, current) {
    this.#weather(0);
    await this.edit((queue) => rules.setAside(queue, change, current));
    const detail = { change: this.stored.find(({ key }) => key === change.key) ?? change, current };
    this.#happened("conflict", detail);
    this.tabs.tell({ what: "conflict", detail });
  }

  /**
   * @param {Change} change
   * @param {Problem} problem
   */
  async #giveUp(change, { status, slug, words }) {
    this.#weather(0);
    const why = { status, slug, words, because: change.key };
    await this.edit((queue) => rules.refused(queue, change, why));
    const group = this.refused.filter((one) => one.refused?.because === change.key);
    const detail = { change, dropped: group, problem: why };
    this.#happened("refused", detail);
    this.tabs.tell({ what: "refused", detail });
  }

  /** @param {number | null} seconds that the server asked for */
  async #rest(seconds) {
    this.resting = true;
    this.#weather(Math.min(this.pause ? this.pause * 2 : FIRST_PAUSE, LONGEST_PAUSE));
    await new Promise((resolve) => {
      // Not everybody at the same moment, once the server is back.
      const about = this.pause * (0.75 + Math.random() / 2);
      const timer = setTimeout(resolve, seconds ? seconds * 1000 : about);
      this.wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
    this.resting = false;
    this.wake = null;
  }

  /**
   * Whether answers come, said here and to the other tabs.
   * @param {number} pause
   * @param {boolean} [signedOut]
   */
  #weather(pause, signedOut = false) {
    const news = Boolean(this.pause) !== Boolean(pause) || this.signedOut !== signedOut;
    Object.assign(this, { pause, signedOut, offlineElsewhere: false });
    if (news) this.#tellWeather();
    this.tell("state");
  }

  #tellWeather() {
    this.tabs.tell({ what: "weather", offline: Boolean(this.pause), signedOut: this.signedOut });
  }

  #goOn() {
    Object.assign(this, { signedOut: false, offlineElsewhere: false, resting: false });
    this.wake?.();
    this.#drain();
    this.tell("state");
  }

  /** @param {any} message what another tab says */
  #hear(message) {
    switch (message.what) {
      case "weather":
        this.offlineElsewhere = message.offline;
        this.signedOut = message.signedOut;
        this.tell("state");
        break;
      case "retry":
        this.#goOn();
        break;
      case "here":
        if (this.pause || this.signedOut) this.#tellWeather();
        break;
      default:
        if (message.detail) this.#happened(message.what, message.detail);
        // Whatever another tab put there, it sends; unless it is gone by then.
        if (!this.broken) void this.look().then(() => this.#drain());
    }
  }

  /**
   * A decision of a person: it shows at once, then it is kept, and sending goes on.
   * @param {import("./ledger.js").Decide} decide
   */
  async #decide(decide) {
    this.take(rules.edited(this.stored, decide(this.stored)));
    await this.written();
    await this.edit(decide);
    this.tabs.tell({ what: "changed" });
    this.#goOn();
  }

  /**
   * @param {string} what
   * @param {any} detail
   */
  #happened(what, detail) {
    if (what === "settled" && detail.object?.version)
      this.versions.set(rules.objectOf(detail.change), detail.object.version);
    this.tell(what, detail);
  }
}

/** @param {number} status */
function passes(status) {
  return status === 429 || status === 408 || status >= 502;
}
