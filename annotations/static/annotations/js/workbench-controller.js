// @ts-check
/**
 * The workbench without its looks: store, outbox and undo put together. Actions speak to it, elements
 * watch its store and hear what it says.
 *
 * It dispatches `toast`, `announce`, `conflict`, `open-dialog` and `leave`.
 */

import { call, person, Problem, Unreachable, withQuery } from "./api.js";
import { again, inverse } from "./model/changes.js";
import { reason, send, versionOf } from "./outbox/delivery.js";
import { Drafts } from "./outbox/drafts.js";
import { Outbox } from "./outbox/outbox.js";
import { Store } from "./model/store.js";
import { gettext, interpolate } from "./text/gettext.js";
import { UndoStack } from "./undo.js";
import { uuid7 } from "./uuid.js";

/** @typedef {import("./model/changes.js").Step} Step */
/** @typedef {import("./model/changes.js").Change} Change */
/** @typedef {{words: string, kind: "done" | "refusal" | "hint", action?: {words: string, run: () => void}}} Toast */


/** One article being worked on, with the one beside it. */
export class Workbench extends EventTarget {
  /**
   * @param {string} article
   * @param {import("./outbox/keeping.js").Keeping | null} [keeping] where work is kept; without it, in memory
   */
  constructor(article, keeping = null) {
    super();
    this.keeping = keeping;
    this.outbox = new Outbox({ send, versionOf, journal: keeping?.journal, tabs: keeping?.tabs });
    /** Text that is not part of a change yet. */
    this.drafts = keeping?.drafts ?? new Drafts();
    this.store = new Store((kind, id) => this.outbox.pendingOn(kind, id));
    this.store.main = article;
    this.undo = new UndoStack(keeping?.acts);
    /** @type {Set<object>} fields in which something is typed that no change holds yet */
    this.unsavedFields = new Set();
    /** How many changes were confirmed so far. */
    this.moves = 0;
    /** @type {Map<string, import("./elements/text/article-pane.js").ArticlePane>} */
    this.panes = new Map();
    this.#listen("state", () => this.store.touch("saving"));
    this.#listen("changed", ({ touched }) => this.#refold(touched));
    this.#listen("settled", (outcome) => this.#settled(outcome));
    this.#listen("refused", (outcome) => this.#refused(outcome));
    this.#listen("conflict", (outcome) => this.#forestalled(outcome));
    this.#listen("broken", () => this.sayBroken());
    /** Resolves when what is said on the articles is there. */
    this.commentsLoaded = Promise.resolve();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.refreshing = undefined;
    /** @type {(import("./model/types.js").Place | null)[]} what is to be fetched again; null for everything */
    this.stale = [];
  }

  /** Takes up what was kept before, and sends what waits. */
  async takeUp() {
    const [acts] = await Promise.all([this.keeping?.open() ?? [], this.outbox.open()]);
    this.undo.takeUp(acts);
  }

  /**
   * Fetches an article and puts it into the store. An answer that was overtaken by the confirmation of a
   * change is asked for again: it may not know of that change.
   * @param {string} id
   * @param {{from: number, to: number}} [window] code points, to fetch only what touches them
   */
  async fetchArticle(id, window) {
    const path = withQuery(`articles/${id}/annotations/`, { spans: "columns", ...window });
    for (;;) {
      const before = this.moves;
      const answer = await call("GET", path);
      // What one person may read must not show on the page of another.
      if (person && String(answer.me.id) !== person)
        throw new Problem(401, {
          detail: gettext("Someone else is now signed in on this browser. Sign in again, or reload the page as them."),
        });
      if (this.moves === before) {
        this.store.load(answer);
        this.#refold(this.outbox.queue);
        this.say("loaded", { article: id, point: answer.events_after, whole: !window });
        if (answer.me.can.comment && !window) this.commentsLoaded = this.#fetchComments(id);
        return;
      }
      await this.outbox.settled();
    }
  }

  /**
   * Fetches the comments on an article. Without an answer the page works on without them.
   * @param {string} id
   */
  async #fetchComments(id) {
    const before = this.moves;
    /** @type {import("./model/types.js").Comment[]} */
    const comments = [];
    try {
      for (let path = `articles/${id}/comments/?limit=500`; path; ) {
        const page = await call("GET", path);
        comments.push(...page.results);
        path = page.next?.split("/api/v1/")[1] ?? "";
      }
    } catch (error) {
      if (error instanceof Problem || error instanceof Unreachable) return;
      throw error;
    }
    if (this.moves === before) this.store.loadComments(id, comments);
    else await this.outbox.settled().then(() => this.#fetchComments(id));
    this.#refold(this.outbox.queue);
  }

  /**
   * Fetches what is on the page again, soon: something changed that other answers depend on.
   * @param {import("./model/types.js").Place | null} [place] where, if nothing but what touches it can be concerned
   */
  refreshSoon(place = null) {
    this.stale.push(place);
    clearTimeout(this.refreshing);
    this.refreshing = setTimeout(() => void this.#refresh(), 400);
  }

  /** Whether the server has everything that was done and typed here. */
  get isSaved() {
    return this.outbox.state === "saved" && !this.unsavedFields.size;
  }

  /** Whether everything that was done and typed here outlives this page. */
  get isStored() {
    const { outbox } = this;
    const written = !outbox.broken && !outbox.unwritten.length;
    return this.drafts.isWritten ? written || this.isSaved : this.isSaved && this.drafts.isEmpty;
  }

  /**
   * Does something: shows it at once, sends it, and notes how to take it back.
   * @param {Step[]} steps
   * @param {{words: string, run?: string, focus?: string | null}} about
   */
  commit(steps, { words, run, focus = null }) {
    const act = {
      id: uuid7(),
      words,
      run,
      focus,
      back: /** @type {Step[]} */ ([]),
      again: /** @type {Step[]} */ ([]),
    };
    for (const step of steps) {
      const before = this.store.shown[step.kind].get(step.id) ?? null;
      act.back.unshift(inverse(step, before));
      this.#put(step, act);
      act.again.push(again(step, this.store.shown[step.kind].get(step.id) ?? null));
    }
    this.undo.record(act);
  }

  undoLast() {
    this.#replay(this.undo.undo(), "back", gettext("Undone: %(act)s."), gettext("Nothing to undo."));
  }

  redoLast() {
    this.#replay(this.undo.redo(), "again", gettext("Redone: %(act)s."), gettext("Nothing to redo."));
  }

  /**
   * Says something that stays readable for a moment.
   * @param {string} words
   * @param {Omit<Toast, "words">} [about]
   */
  toast(words, about = { kind: "hint" }) {
    this.say("toast", { words, ...about });
  }

  /**
   * Says something to those who listen rather than look.
   * @param {string} words
   */
  announce(words) {
    this.say("announce", { words });
  }

  /** Asks once more about what waits for a choice since before this page was loaded. */
  askAgain() {
    for (const change of this.outbox.stored)
      if (change.aside) this.say("conflict", { change, current: change.aside.current });
  }

  /** Says that work is stored nowhere but on this page. */
  sayBroken() {
    const words = gettext(
      "This browser can't save your work offline: it is in private mode, or its storage is full or was cleared. Keep this page open until it says “Saved”.",
    );
    this.toast(words, { kind: "refusal" });
  }

  /**
   * @param {string} name
   * @param {object} [detail]
   */
  say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /**
   * @param {import("./undo.js").Act | null} act
   * @param {"back" | "again"} way
   * @param {string} done
   * @param {string} nothing
   */
  #replay(act, way, done, nothing) {
    if (!act) {
      this.announce(nothing);
      return;
    }
    for (const step of act[way]) this.#put(step, act);
    if (act.focus && this.store.shown.span.has(act.focus)) this.store.set({ active: act.focus, view: "span" });
    else if (act.focus) this.store.set({ active: null });
    this.toast(interpolate(done, { act: act.words }), { kind: "done" });
  }

  /**
   * @param {Step} step
   * @param {{id: string, words: string}} act
   */
  #put(step, { id, words }) {
    const waiting = this.outbox.pendingOn(step.kind, step.id).length > 0;
    const base = waiting ? null : (this.store.confirmed[step.kind].get(step.id)?.version ?? null);
    const before = this.store.shown[step.kind].get(step.id) ?? null;
    const was = step.verb === "change" ? inverse(step, before).body : undefined;
    const about = { words, was, article: this.store.main };
    this.outbox.put({ ...step, key: uuid7(), base, entries: [id], ...about });
    this.store.refold(step.kind, step.id);
  }

  /**
   * @param {string} name
   * @param {(detail: any) => void} hear
   */
  #listen(name, hear) {
    this.outbox.addEventListener(name, (event) => hear(/** @type {CustomEvent} */ (event).detail));
  }

  /**
   * Shows anew what changes are about.
   * @param {readonly Change[]} changes
   */
  #refold(changes) {
    for (const { kind, id } of changes) this.store.refold(kind, id);
    if (this.store.active && !this.store.activeSpan) this.store.set({ active: null });
  }

  /** @param {{change: Change, current: any}} outcome */
  #forestalled(outcome) {
    const { change, current } = outcome;
    // Only its author rewords a comment, and to resolve it twice is to resolve it: there is nothing to choose.
    if (change.kind === "comment" && current) this.outbox.keepMine(change, current.version);
    else this.say("conflict", outcome);
  }

  /** @param {{change: Change, object: any}} outcome */
  #settled({ change, object }) {
    this.moves += 1;
    // What others did since may have been heard of before this answer came.
    const known = this.store.confirmed[change.kind].get(change.id);
    const place = change.kind === "span" ? (object ?? known) : null;
    if (!object || !known || known.version <= object.version)
      this.store.confirm(change.kind, change.id, object);
    if (change.verb === "restore" || change.verb === "delete") this.refreshSoon(place);
  }

  /** @param {{change: Change, dropped: Change[], problem: import("./model/changes.js").Refusal}} outcome */
  #refused({ dropped, problem }) {
    this.undo.drop(dropped.flatMap((change) => change.entries));
    const look = { words: gettext("Review"), run: () => this.say("show-refused") };
    this.toast(reason(problem), { kind: "refusal", action: dropped.length ? look : undefined });
    if (problem.status === 404 || problem.status === 409) this.refreshSoon();
  }

  async #refresh() {
    await this.outbox.settled();
    const stale = this.stale;
    this.stale = [];
    try {
      for (const id of this.store.desks.keys()) {
        const places = stale.filter((place) => place?.article === id);
        const window = {
          from: Math.min(...places.map((place) => place?.start ?? 0)),
          to: Math.max(...places.map((place) => place?.end ?? 0)),
        };
        if (stale.includes(null)) await this.fetchArticle(id);
        else if (places.length) await this.fetchArticle(id, window);
      }
    } catch (error) {
      // What is on the page stays; the next change that meets the server says what is wrong.
      if (!(error instanceof Error)) throw error;
    }
  }
}
