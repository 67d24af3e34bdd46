// @ts-check
import { pickSpan } from "../../actions/linking.js";
import { activate } from "../../actions/moving.js";
import { countWords } from "../../talk.js";
import { BenchElement } from "../bench-element.js";
import { capsOf } from "../../hands/own-keys.js";
import { badge, button, h, kbd } from "../dom.js";

/** @typedef {import("../../types.js").Span} Span */

/** How many spans a list shows at once; more come as one asks. */
const STEP = 300;

/** All spans in reading order: the text's marks for those who do not see them, and a way about for everybody. */
export class SpanList extends BenchElement {
  most = STEP;

  begin() {
    this.watch(["data", "article", "evidence", "active", "picking"], () => this.#show());
    this.addEventListener("keydown", (event) => this.#walk(event), { signal: this.life.signal });
    this.#show();
  }

  #show() {
    const { store } = this.bench;
    const active = store.activeSpan;
    // One stop for Tab; the arrows go on from there.
    this.stop = active?.id ?? store.desk(store.main)?.index.ordered[0]?.id;
    const toSpan = () => store.set({ view: "span" });
    const back =
      active && button(`‹ ${store.nameOf(active.id)}`, toSpan, { class: "quiet small back", key: "back" });
    const lists = [store.main, store.beside].flatMap((article) => (article ? [this.#list(article)] : []));
    this.redraw(
      h("div", { class: "span-line" }, h("h2", { class: "list-title", tabindex: -1 }, "All spans"), back),
      ...lists,
      this.#advice(),
    );
  }

  /** @param {string} article */
  #list(article) {
    const { store } = this.bench;
    const desk = store.desk(article);
    const spans = desk?.index.ordered ?? [];
    const title =
      article === store.main
        ? null
        : h("h3", { class: "overline" }, "Beside: ", h("bdi", null, desk?.article.title ?? ""));
    const more =
      spans.length > this.most
        ? button(`Show more of ${spans.length}`, () => this.#more(), { class: "quiet small", key: "more" })
        : null;
    const items = spans.slice(0, this.most).map((span) => h("li", null, this.#item(span)));
    return h(
      "div",
      { class: "list-part" },
      title,
      spans.length
        ? h("ol", { role: "list", class: "span-items" }, items)
        : h("p", { class: "soft none" }, "Nothing is marked yet."),
      more,
    );
  }

  /** @param {Span} span */
  #item(span) {
    const { store } = this.bench;
    const verdict = span.label === "claim" ? store.verdictOn(span.id) : null;
    const rating = verdict ? store.project?.scale.find((one) => one.key === verdict.rating)?.name : null;
    const links = store.linksOf(span.id).length;
    const said =
      store.talk.countOn("span", span.id) + (verdict ? store.talk.countOn("verdict", verdict.id) : 0);
    const about = {
      type: "button",
      class: "quiet listed",
      tabindex: span.id === this.stop ? 0 : -1,
      "data-key": span.id,
      "aria-current": store.active === span.id ? "true" : null,
      onclick: () => (store.picking ? pickSpan(this.bench, span.id) : activate(this.bench, span.id)),
      onpointerenter: () => store.set({ hovered: span.id }),
      onpointerleave: () => store.set({ hovered: null }),
    };
    return h(
      "button",
      about,
      h("span", { class: `listed-name ${span.label}` }, store.nameOf(span.id)),
      h("span", { class: "visually-hidden" }, `${span.label}: `),
      h("bdi", { class: "listed-quote" }, span.quote),
      h(
        "span",
        { class: "listed-more" },
        [
          links ? `${links} ${links === 1 ? "link" : "links"}` : "",
          verdict ? `${rating ?? "no rating"}, ${verdict.state}` : "",
          said ? countWords(said) : "",
        ]
          .filter(Boolean)
          .join(" · "),
      ),
    );
  }

  #more() {
    this.most += STEP * 3;
    this.#show();
  }

  #advice() {
    const { store } = this.bench;
    if (!store.desk(store.main)?.can.mark || (store.desk(store.main)?.index.ordered.length ?? 0) > 3)
      return null;
    return h(
      "p",
      { class: "advice soft" },
      "Select a passage with the mouse, or press ",
      kbd(...capsOf("nextSentence")),
      " for a sentence. Then ",
      kbd(...capsOf("markClaim")),
      " makes it a ",
      badge("claim"),
      ", ",
      kbd(...capsOf("markAttribution")),
      " an ",
      badge("attribution"),
      ", ",
      kbd(...capsOf("markFact")),
      " a ",
      badge("fact"),
      ".",
    );
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const stops = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("button.listed")]);
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const goal = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (at < 0 || goal === undefined) return;
    event.preventDefault();
    stops[goal]?.focus();
  }
}
