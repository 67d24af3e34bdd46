// @ts-check
import { pickSpan } from "../../actions/linking.js";
import { activate } from "../../actions/moving.js";
import { whyClosed } from "../../model/rights.js";
import { countWords } from "../../model/comments.js";
import { WorkbenchElement } from "../workbench-element.js";
import { capsOf } from "../../keyboard/own-shortcuts.js";
import { LABEL_NOUNS, VERDICT_STATES } from "../../model/vocabulary.js";
import { gettext, interpolate, interpolateParts, ngettext } from "../../text/gettext.js";
import { button, h, kbd, labelled, refill } from "../dom.js";
import { LongList } from "./long-list.js";

/** @typedef {import("../../model/types.js").Span} Span */

/** All spans in reading order, also for those who do not see them in the text. */
export class SpanList extends WorkbenchElement {
  /** @type {Map<string, {part: HTMLElement, list: LongList<Span>}>} one for each article */
  lists = new Map();

  begin() {
    this.watch(["data", "article", "evidence", "active", "picking"], () => this.#soon());
    this.addEventListener("keydown", (event) => this.#walk(event), { signal: this.life.signal });
    this.#show();
  }

  /** A new span makes the panel show it instead, and then nobody needs the list drawn again. */
  #soon() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      if (this.isConnected) this.#show();
    });
  }

  #show() {
    const { store } = this.workbench;
    const active = store.activeSpan;
    // One stop for Tab; the arrows go on from there.
    this.stop = active ?? store.desk(store.main)?.index.ordered[0] ?? null;
    const closed = whyClosed(store, store.main);
    const toSpan = () => store.set({ view: "span" });
    const back =
      active && button(`‹ ${store.nameOf(active.id)}`, toSpan, { class: "quiet small list-back", key: "back" });
    const focused = this.contains(document.activeElement) ? document.activeElement : null;
    const key = focused instanceof HTMLElement ? focused.dataset.key : undefined;
    this.redraw(
      h("div", { class: "span-line" }, h("h2", { class: "list-title", tabindex: -1 }, gettext("All spans")), back),
      closed ? h("p", { class: "standing" }, closed) : null,
      ...this.#articles.map((article) => this.#list(article)),
      this.#advice(),
    );
    if (key && focused && !this.contains(focused)) this.#focus(key);
  }

  get #articles() {
    const { store } = this.workbench;
    return store.beside ? [store.main, store.beside] : [store.main];
  }

  /** @param {string} article */
  #list(article) {
    const { store } = this.workbench;
    const desk = store.desk(article);
    const spans = desk?.index.ordered ?? [];
    const title =
      article === store.main
        ? null
        : h(
            "h3",
            { class: "overline" },
            interpolateParts(gettext("Second article: %(title)s"), { title: h("bdi", null, desk?.article.title ?? "") }),
          );
    const { part, list } = this.lists.get(article) ?? {
      part: h("div", { class: "list-part" }),
      list: new LongList((/** @type {Span} */ span, place) => this.#item(span, place), this.life),
    };
    this.lists.set(article, { part, list });
    list.show(spans, this.stop?.article === article ? desk?.index.positionOf(this.stop) : undefined);
    // The same elements stay where they are, with the focus that may be in them.
    refill(part, [title, spans.length ? list.element : h("p", { class: "soft none" }, gettext("No spans yet."))]);
    return part;
  }

  /**
   * @param {Span} span
   * @param {{"aria-posinset": number, "aria-setsize": number} | null} place
   */
  #item(span, place) {
    const { store } = this.workbench;
    const verdict = span.label === "claim" ? store.verdictOn(span.id) : null;
    const rating = store.project?.scale.find((one) => one.key === verdict?.rating)?.name ?? gettext("no rating");
    const links = store.linksOf(span.id).length;
    const state = verdict && VERDICT_STATES[verdict.state].name.toLocaleLowerCase();
    const comments =
      store.comments.countOn("span", span.id) + (verdict ? store.comments.countOn("verdict", verdict.id) : 0);
    const about = {
      type: "button",
      class: "quiet listed",
      tabindex: span.id === this.stop?.id ? 0 : -1,
      "data-key": span.id,
      "aria-current": store.active === span.id ? "true" : null,
      onclick: () => (store.picking ? pickSpan(this.workbench, span.id) : activate(this.workbench, span.id)),
      onpointerenter: () => store.set({ hovered: span.id }),
      onpointerleave: () => store.set({ hovered: null }),
    };
    return h(
      "li",
      place,
      h(
        "button",
        about,
        h("span", { class: "listed-name", "data-label": span.label }, store.nameOf(span.id)),
        h("span", { class: "visually-hidden" }, `${LABEL_NOUNS[span.label]}: `),
        h("bdi", { class: "listed-quote", lang: store.desk(span.article)?.article.language }, span.quote),
        h(
          "span",
          { class: "listed-more" },
          [
            links ? interpolate(ngettext("%(count)s link", "%(count)s links", links), { count: links }) : "",
            state ? `${rating}, ${state}` : "",
            comments ? countWords(comments) : "",
          ]
            .filter(Boolean)
            .join(" · "),
        ),
      ),
    );
  }

  #advice() {
    const { store } = this.workbench;
    if (!store.desk(store.main)?.can.mark || (store.desk(store.main)?.index.ordered.length ?? 0) > 3)
      return null;
    const text = gettext(
      "Select text with the mouse, or a sentence with %(sentence)s. Then press %(keyClaim)s for %(claim)s, %(keyAttribution)s for %(attribution)s or %(keyFact)s for %(fact)s.",
    );
    const parts = interpolateParts(text, {
      sentence: kbd(...capsOf("nextSentence")),
      keyClaim: kbd(...capsOf("markClaim")),
      claim: labelled("claim"),
      keyAttribution: kbd(...capsOf("markAttribution")),
      attribution: labelled("attribution"),
      keyFact: kbd(...capsOf("markFact")),
      fact: labelled("fact"),
    });
    return h("p", { class: "advice soft" }, parts);
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement?.closest("button.listed"));
    const spans = this.#articles.flatMap((article) => this.workbench.store.desk(article)?.index.ordered ?? []);
    const at = focused ? spans.findIndex((span) => span.id === focused.dataset.key) : -1;
    const goal = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: spans.length - 1 }[event.key];
    if (at < 0 || goal === undefined) return;
    event.preventDefault();
    if (spans[goal]) this.#focus(spans[goal].id);
  }

  /** @param {string} id of a span, wherever in the list it stands */
  #focus(id) {
    const span = this.workbench.store.shown.span.get(id);
    const index = span && this.workbench.store.desk(span.article)?.index;
    if (!span || !index) return;
    this.lists.get(span.article)?.list.draw(index.positionOf(span));
    const listed = this.querySelector(`[data-key="${CSS.escape(id)}"]`);
    if (listed instanceof HTMLElement) listed.focus();
  }
}
