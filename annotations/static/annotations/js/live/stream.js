// @ts-check
/**
 * The stream of events of the article of the page and of the one beside it: one connection, for browsers
 * keep six to a server and fetching needs some of them. A page that nobody sees lets go of it, and goes
 * on where it was once it is seen again.
 */

import { meet } from "./points.js";

/** @typedef {"change" | "presence" | "reset"} Kind */

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 60_000;

/** The server says something every 15 seconds. */
const LONGEST_SILENCE = 45_000;

/** How long a page stays connected that nobody sees. */
const UNSEEN = 8000;

/** Dispatches `change`, `presence` and `reset` with what the server says. */
export class Stream extends EventTarget {
  constructor() {
    super();
    /** @type {string[]} the article of the page, and the one beside */
    this.articles = [];
    /** @type {Map<string, string>} up to where each article on the page is known */
    this.points = new Map();
    /** @type {EventSource | null} */
    this.source = null;
    this.pause = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.unseen = undefined;
    document.addEventListener("visibilitychange", () => this.#seen());
    window.addEventListener("pagehide", () => this.#close());
    window.addEventListener("pageshow", (event) => event.persisted && this.#open());
    window.addEventListener("online", () => this.#open());
  }

  /**
   * Listens to these articles from now on.
   * @param {string[]} articles
   */
  follow(articles) {
    if (articles.join() === this.articles.join()) return;
    this.articles = articles;
    this.#open();
  }

  /**
   * An article was fetched; what happened after this point is news. The answer may be older than what
   * was heard meanwhile, then it is heard again. Where only a window was fetched, what happened elsewhere
   * is as old as before.
   * @param {string} article
   * @param {string} point
   * @param {boolean} [whole]
   */
  loaded(article, point, whole = true) {
    const known = this.points.get(article);
    this.points.set(article, whole || !known ? point : meet(known, point));
    const listening = this.source && this.articles.includes(article);
    if (listening && (!known || meet(known, point) !== known)) this.#open();
  }

  #seen() {
    clearTimeout(this.unseen);
    if (document.hidden) this.unseen = setTimeout(() => this.#close(), UNSEEN);
    else if (!this.source) this.#open();
  }

  #close() {
    clearTimeout(this.later);
    this.source?.close();
    this.source = null;
  }

  #open() {
    this.#close();
    const [main, beside] = this.articles;
    if (!main || document.hidden) return;
    const query = new URLSearchParams();
    const points = this.articles.flatMap((article) => this.points.get(article) ?? []);
    if (points.length) query.set("after", points.reduce(meet));
    if (beside) query.set("also", beside);
    const source = new EventSource(`/api/v1/articles/${main}/events/?${query}`);
    this.source = source;
    for (const kind of /** @type {Kind[]} */ (["change", "presence", "reset"]))
      source.addEventListener(kind, (event) => this.source === source && this.#hear(kind, event));
    source.addEventListener("open", () => this.#soon(LONGEST_SILENCE));
    source.addEventListener("error", () => this.source === source && this.#fail());
    this.#soon(LONGEST_SILENCE);
  }

  /**
   * @param {Kind} kind
   * @param {MessageEvent} event
   */
  #hear(kind, event) {
    this.pause = 0;
    this.#soon(LONGEST_SILENCE);
    this.dispatchEvent(new CustomEvent(kind, { detail: JSON.parse(event.data) }));
    if (!event.lastEventId) return;
    for (const article of this.articles) this.points.set(article, event.lastEventId);
  }

  /** The browser connects again by itself, unless the server refused. */
  #fail() {
    if (this.source?.readyState !== EventSource.CLOSED) return;
    this.pause = Math.min(this.pause ? this.pause * 2 : FIRST_PAUSE, LONGEST_PAUSE);
    this.#soon(this.pause);
  }

  /** @param {number} pause after which to connect anew, unless something is heard before */
  #soon(pause) {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.#open(), pause);
  }
}
