// @ts-check
/**
 * What the workbench knows: articles with their spans, links and verdicts, and where the person is.
 * State flows one way: an action changes the store, the store tells those who watch.
 *
 * Of each object there are two states: as the server confirmed it, and as it is shown, which is the
 * confirmed one with the changes under way applied.
 */

import { applied } from "./changes.js";
import { Comments } from "./comments.js";
import { spansOf } from "../text/columns.js";
import { OffsetMap } from "../text/offsets.js";
import { Segments } from "../text/segments.js";
import { SpanIndex } from "../text/span-index.js";
import { sentencesOf } from "../text/stepping.js";

/** @typedef {import("./types.js").Annotations} Annotations */
/** @typedef {import("./types.js").Span} Span */
/** @typedef {import("./types.js").Link} Link */
/** @typedef {import("./types.js").Verdict} Verdict */
/** @typedef {import("./types.js").Far} Far */
/** @typedef {import("./types.js").Desk} Desk */
/** @typedef {import("./types.js").Topic} Topic */
/** @typedef {import("./types.js").Wake} Wake */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./changes.js").Kind} Kind */
/** @typedef {import("./changes.js").Change} Change */

/** @type {Record<string, Topic>} what else than its own name a value is watched by */
const TOPICS = { beside: "evidence", hovered: "hover", reshaping: "active", part: "active" };

/** The one state of the page. */
export class Store {
  /**
   * @param {(kind: Kind, id: string) => Change[]} pendingOn
   */
  constructor(pendingOn) {
    this.pendingOn = pendingOn;
    /** @type {Map<string, Desk>} */
    this.desks = new Map();
    /** @type {Record<Kind, Map<string, any>>} */
    this.confirmed = { span: new Map(), link: new Map(), verdict: new Map(), comment: new Map() };
    /** @type {{span: Map<string, Span>, link: Map<string, Link>, verdict: Map<string, Verdict>, comment: Map<string, import("./types.js").Comment>}} */
    this.shown = { span: new Map(), link: new Map(), verdict: new Map(), comment: new Map() };
    this.comments = new Comments(this.shown.comment);
    /** @type {Map<string, Far>} ends of links that lie in articles not open here */
    this.far = new Map();
    /** @type {import("./types.js").Person} */
    this.me = { id: 0, name: "" };
    /** @type {import("./types.js").Project | null} */
    this.project = null;

    /** The article of the page, and the one in the middle. */
    this.main = "";
    /** @type {string | null} */
    this.beside = null;
    /** @type {string | null} the span one works on */
    this.active = null;
    /** @type {number | null} the fragment of it that is in hand, null for the whole; see actions/reshaping.js */
    this.part = null;
    /** @type {import("./types.js").Selected | null} selected text */
    this.selection = null;
    /** @type {{article: string, point: number}} from where the keys move on */
    this.caret = { article: "", point: 0 };
    /** @type {import("./types.js").Picking | null} */
    this.picking = null;
    /** @type {string | null} a span one might pick */
    this.candidate = null;
    /** @type {string | null} the span under the pointer, or whose link is */
    this.hovered = null;
    /** @type {import("./types.js").Fragment[] | null} the active span's while one of its ends is dragged */
    this.reshaping = null;
    /** @type {"span" | "list"} */
    this.view = "list";

    /** @type {{topics: Set<Topic>, wake: Wake}[]} */
    this.watchers = [];
    /** @type {Set<Topic>} */
    this.changed = new Set();
    /** @type {Set<string>} ids of the spans that changed since the watchers were last told */
    this.changedSpans = new Set();
    /** @type {Map<string, Set<string>>} links at each span */
    this.linksAt = new Map();
    /** @type {Map<string, string>} the verdict on each claim */
    this.verdicts = new Map();
    this.around = { me: this.me, words: this.#words.bind(this) };
  }

  /**
   * Calls `wake` once after anything of these topics changed, however much did.
   * @param {Topic[]} topics
   * @param {Wake} wake
   * @param {AbortSignal} signal
   */
  watch(topics, wake, signal) {
    const watcher = { topics: new Set(topics), wake };
    this.watchers.push(watcher);
    signal.addEventListener("abort", () => {
      this.watchers = this.watchers.filter((other) => other !== watcher);
    });
  }

  /**
   * Changes where the person is: what is active, selected, picked, open.
   * @param {Partial<Pick<Store, "active" | "part" | "selection" | "caret" | "picking" | "candidate" | "view" | "beside" | "hovered" | "reshaping">>} values
   */
  set(values) {
    for (const [name, value] of Object.entries(values)) {
      if (/** @type {any} */ (this)[name] === value) continue;
      /** @type {any} */ (this)[name] = value;
      this.touch(TOPICS[name] ?? /** @type {Topic} */ (name));
    }
  }

  /** @param {Topic} topic */
  touch(topic) {
    if (!this.changed.size) queueMicrotask(() => this.#tell());
    this.changed.add(topic);
  }

  /**
   * Takes in all that the server says about an article, or about a window of one that is known already:
   * then only what touches the window is put in place of what touched it.
   * @param {Annotations} answer
   */
  load(answer) {
    const { article, window } = answer;
    this.me = this.around.me = { id: answer.me.id, name: answer.me.name };
    this.project = answer.project;
    const known = this.desks.get(article.id);
    if (window && !known) throw new Error("A window into an article that is not open.");
    const desk = this.#deskFor(answer, known);
    this.desks.set(article.id, desk);
    for (const link of answer.links) this.learnEnds(link);
    const within = (/** @type {string} */ id) => {
      const span = this.confirmed.span.get(id);
      return (
        (span?.article ?? this.articleOf(id)) === article.id &&
        (!window || (span && span.start < window.to && window.from < span.end))
      );
    };
    const links = [...this.confirmed.link.values()].filter(({ source, target }) => within(source) || within(target));
    const verdicts = [...this.confirmed.verdict.values()].filter(({ claim }) => within(claim));
    const spans = [...this.confirmed.span.values()].filter(({ id }) => within(id));
    this.#replaceSpans(
      desk,
      spans,
      Array.isArray(answer.spans) ? answer.spans : spansOf(answer.spans, article.id, desk.offsets),
    );
    this.#replace("link", links, answer.links);
    this.#replace("verdict", verdicts, answer.verdicts);
    this.touch("article");
  }

  /**
   * Notes what the server says of a link's ends.
   * @param {Link} link
   */
  learnEnds(link) {
    if (link.source_span) this.far.set(link.source, link.source_span);
    if (link.target_span) this.far.set(link.target, link.target_span);
  }

  /**
   * Takes in all that is said on an article.
   * @param {string} article
   * @param {import("./types.js").Comment[]} comments
   */
  loadComments(article, comments) {
    const known = [...this.confirmed.comment.values()].filter((comment) => comment.article === article);
    this.#replace("comment", known, comments);
  }

  /**
   * The server confirmed an object, or (null) that it is gone.
   * @param {Kind} kind
   * @param {string} id
   * @param {any} object
   */
  confirm(kind, id, object) {
    if (object) this.confirmed[kind].set(id, object);
    else this.confirmed[kind].delete(id);
    this.refold(kind, id);
  }

  /**
   * Works out anew how an object shows.
   * @param {Kind} kind
   * @param {string} id
   */
  refold(kind, id) {
    let object = this.confirmed[kind].get(id) ?? null;
    for (const change of this.pendingOn(kind, id)) object = applied(object, change, this.around);
    /** @type {Map<string, any>} */
    const shown = this.shown[kind];
    const before = shown.get(id);
    if (object) shown.set(id, object);
    else shown.delete(id);
    if (kind === "span") this.#indexSpan(before, object);
    if (kind === "link") this.#indexLink(before, object);
    if (kind === "verdict") this.#indexVerdict(before, object);
    if (kind === "comment") this.comments.index(before, object);
    this.touch("data");
  }

  /**
   * The article that a span lies in, as far as it is known.
   * @param {string} span
   * @returns {string | undefined}
   */
  articleOf(span) {
    return (
      this.confirmed.span.get(span)?.article ??
      this.shown.span.get(span)?.article ??
      this.far.get(span)?.article.id
    );
  }

  /** @param {string} id */
  desk(id) {
    return this.desks.get(id) ?? null;
  }

  /** @returns {Span | null} */
  get activeSpan() {
    return this.active ? (this.shown.span.get(this.active) ?? null) : null;
  }

  /**
   * The links of a span whose other end still stands too.
   * @param {string} span
   * @returns {Link[]}
   */
  linksOf(span) {
    return [...(this.linksAt.get(span) ?? [])]
      .map((id) => /** @type {Link} */ (this.shown.link.get(id)))
      .filter((link) => this.stands(link.source) && this.stands(link.target));
  }

  /**
   * The links of an article: those with an end in it, whose other end still stands too.
   * @param {string} article
   * @returns {Link[]}
   */
  linksOn(article) {
    return [...this.shown.link.values()].filter(
      ({ source, target }) =>
        (this.articleOf(source) === article || this.articleOf(target) === article) &&
        this.stands(source) &&
        this.stands(target),
    );
  }

  /** @param {string} span */
  stands(span) {
    if (this.shown.span.has(span)) return true;
    const far = this.far.get(span);
    return Boolean(far) && !this.desks.has(far?.article.id ?? "");
  }

  /**
   * What a span is called on this page; those of the article beside get a b.
   * @param {string} id
   * @returns {string}
   */
  nameOf(id) {
    const article = this.shown.span.get(id)?.article;
    const name = (article && this.desks.get(article)?.index.nameOf(id)) || "";
    return name && article !== this.main ? `${name}b` : name;
  }

  /** @param {string} claim */
  verdictOn(claim) {
    return this.shown.verdict.get(this.verdicts.get(claim) ?? "") ?? null;
  }

  /**
   * @param {string} article
   * @param {number} start
   * @param {number} end
   */
  #words(article, start, end) {
    return this.desks.get(article)?.offsets.slice(start, end) ?? "";
  }

  /**
   * @param {Annotations} answer
   * @param {Desk | undefined} known
   * @returns {Desk}
   */
  #deskFor({ article, assignment, me, next_article, sentences, window, events_after }, known) {
    const about = { assignment, can: me.can, markRefused: me.mark_refused, next: next_article };
    if (known && window) return { ...known, ...about, article: { ...article, body: known.article.body } };
    const offsets = known?.offsets ?? new OffsetMap(article.body);
    const segments = known?.segments ?? new Segments(article.body, article.language ?? undefined);
    const found = sentences.length
      ? sentences.map(([start, end]) => ({ start, end }))
      : sentencesOf(segments, offsets);
    return {
      ...about,
      article,
      point: events_after,
      sentences: found.map((sentence) => ({ article: article.id, ...sentence })),
      index: known?.index ?? new SpanIndex(),
      offsets,
      segments,
    };
  }

  /**
   * Spans are many: those that are what they were cost nothing, and an empty desk takes all of them at once.
   * @param {Desk} desk
   * @param {Span[]} before
   * @param {Span[]} now
   */
  #replaceSpans(desk, before, now) {
    if (desk.index.ordered.length) {
      const changed = now.filter(({ id, version }) => this.confirmed.span.get(id)?.version !== version);
      const present = new Set(now.map(({ id }) => id));
      for (const { id } of before) if (!present.has(id)) this.confirm("span", id, null);
      for (const span of changed) this.confirm("span", span.id, span);
      return;
    }
    for (const span of now) {
      this.confirmed.span.set(span.id, span);
      this.shown.span.set(span.id, span);
      this.changedSpans.add(span.id);
    }
    desk.index.fill(now);
    for (const { id } of now) if (this.pendingOn("span", id).length) this.refold("span", id);
    this.touch("data");
  }

  /**
   * @param {Kind} kind
   * @param {{id: string}[]} before what is known of what the server would have named
   * @param {{id: string}[]} now
   */
  #replace(kind, before, now) {
    const present = new Set(now.map(({ id }) => id));
    for (const { id } of before) if (!present.has(id)) this.confirm(kind, id, null);
    for (const object of now) this.confirm(kind, object.id, object);
  }

  /**
   * @param {Span | undefined} before
   * @param {Span | null} after
   */
  #indexSpan(before, after) {
    if (before && !after) this.desks.get(before.article)?.index.remove(before.id);
    if (after) this.desks.get(after.article)?.index.put(after);
    const id = before?.id ?? after?.id;
    if (id) this.changedSpans.add(id);
  }

  /**
   * @param {Link | undefined} before
   * @param {Link | null} after
   */
  #indexLink(before, after) {
    for (const end of before ? [before.source, before.target] : [])
      this.linksAt.get(end)?.delete(/** @type {Link} */ (before).id);
    for (const end of after ? [after.source, after.target] : []) {
      const at = this.linksAt.get(end) ?? new Set();
      this.linksAt.set(end, at.add(/** @type {Link} */ (after).id));
    }
  }

  /**
   * @param {Verdict | undefined} before
   * @param {Verdict | null} after
   */
  #indexVerdict(before, after) {
    if (before) this.verdicts.delete(before.claim);
    if (after) this.verdicts.set(after.claim, after.id);
  }

  #tell() {
    const changed = this.changed;
    const spans = this.changedSpans;
    this.changed = new Set();
    this.changedSpans = new Set();
    for (const { topics, wake } of [...this.watchers]) {
      if ([...topics].some((topic) => changed.has(topic))) wake(spans);
    }
  }
}
