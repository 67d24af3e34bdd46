// @ts-check
import { endOf } from "../../../model/evidence.js";
import { PanelPart } from "../panel-part.js";
import { gettext, interpolate } from "../../../text/gettext.js";
import { MEANINGS } from "../../../model/vocabulary.js";
import { h } from "../../dom.js";

/** @typedef {import("../../../model/types.js").CommentTarget} CommentTarget */
/** @typedef {{kind: CommentTarget, id: string, name: string}} Place */

/** @type {Record<import("../../../model/types.js").Label, () => string>} */
const SPAN_NAMES = {
  claim: () => gettext("the claim"),
  attribution: () => gettext("the attribution"),
  fact: () => gettext("the fact"),
};

/** The comments on the active span, its verdict and its links; or on the article. */
export class CommentsPart extends PanelPart {
  /** @type {Map<string, HTMLElement>} */
  places = new Map();
  /** @type {Set<string>} links that one wants to comment on */
  asked = new Set();

  begin() {
    this.section = h("section", { class: "comments", "aria-label": gettext("Comments") });
    this.replaceChildren(this.section);
    this.watch(["data", "article"], () => this.#show());
    this.hear("comments", (wanted) => this.#open(wanted));
    this.#show();
  }

  #show() {
    const { store, section } = this;
    const article = this.getAttribute("article") ?? this.span?.article ?? "";
    const wanted = store.desk(article)?.can.comment ? this.#wanted() : [];
    const kept = wanted.map((place) => this.#element(place));
    for (const child of [...(section?.children ?? [])])
      if (!kept.includes(/** @type {HTMLElement} */ (child))) child.remove();
    // Those that stay are never moved: what is typed in them keeps its focus.
    kept.forEach((element, position) => {
      const there = section?.children[position] ?? null;
      if (there !== element) section?.insertBefore(element, there);
    });
  }

  /** @returns {Place[]} */
  #wanted() {
    const { store, span } = this;
    const article = this.getAttribute("article");
    if (article) return [{ kind: "article", id: article, name: gettext("the article") }];
    if (!span) return [];
    const verdict = store.verdictOn(span.id);
    const links = store
      .linksOf(span.id)
      .filter((link) => this.asked.has(link.id) || store.comments.countOn("link", link.id) > 0);
    return [
      { kind: "span", id: span.id, name: SPAN_NAMES[span.label]() },
      ...(verdict ? [/** @type {Place} */ ({ kind: "verdict", id: verdict.id, name: gettext("the verdict") })] : []),
      ...links.map((link) => /** @type {Place} */ ({ kind: "link", id: link.id, name: this.#named(link) })),
    ];
  }

  /** @param {import("../../../model/types.js").Link} link */
  #named(link) {
    const end = endOf(this.store, link.source === this.spanId ? link.target : link.source);
    const quote = end?.quote ?? "";
    return interpolate(gettext("the link (%(relation)s) “%(quote)s”"), {
      relation: MEANINGS[link.relation].name,
      quote: quote.length > 40 ? `${quote.slice(0, 37).trimEnd()}…` : quote,
    });
  }

  /** @param {Place} place */
  #element({ kind, id, name }) {
    const key = `${kind} ${id}`;
    const element = this.places.get(key) ?? h("comment-threads", { kind, about: id, name });
    if (element.getAttribute("name") !== name) element.setAttribute("name", name);
    this.places.set(key, element);
    return element;
  }

  /** @param {{kind: CommentTarget, id: string, write?: boolean, comment?: string | null}} wanted */
  #open({ kind, id, ...how }) {
    if (kind === "link" && this.store.linksOf(this.spanId).some((link) => link.id === id)) this.asked.add(id);
    this.#show();
    const about = this.places.get(`${kind} ${id}`);
    if (about?.isConnected) /** @type {import("./comment-threads.js").CommentThreads} */ (about).open(how);
  }
}
