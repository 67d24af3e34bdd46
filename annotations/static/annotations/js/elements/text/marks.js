// @ts-check
/** Keeps the painted marks of one pane true: spans, the active one, the selection, what one might pick. */

import { labelHighlight, Painter } from "../../text/painting.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */
/** @typedef {import("../../types.js").Span} Span */

/** The painted side of an article pane. */
export class Marks {
  /** @param {ArticlePane} pane */
  constructor(pane) {
    this.pane = pane;
    this.store = pane.bench.store;
    this.painter = new Painter(pane.text);
    for (const span of this.#index.ordered) this.#paintSpan(span);
    this.#paintMoment();
    pane.watch(["data"], (spans) => this.#repaint(spans));
    pane.watch(["active", "selection", "candidate", "picking", "hover", "data"], () => this.#paintMoment());
    pane.life.signal.addEventListener("abort", () => this.painter.clear());
  }

  get #index() {
    return /** @type {import("../../types.js").Desk} */ (this.store.desk(this.pane.article)).index;
  }

  /** @param {Set<string>} spans */
  #repaint(spans) {
    for (const id of spans) {
      const span = this.#index.byId.get(id);
      if (span) this.#paintSpan(span);
      else this.painter.hide(id);
    }
  }

  /** @param {Span} span */
  #paintSpan(span) {
    this.painter.show(
      span.id,
      labelHighlight(span.label, this.#index.levels.get(span.id) ?? 0),
      span.fragments,
    );
  }

  #paintMoment() {
    const { active, candidate, hovered, selection, reshaping } = this.store;
    this.#paintOne("active", active, (span) => `active-${span.label}`, reshaping);
    this.#paintOne("candidate", candidate, () => "candidate");
    this.#paintOne("hover", hovered === active ? null : hovered, () => "hover");
    if (selection?.article === this.pane.article) this.painter.show("selection", "selection", [selection]);
    else this.painter.hide("selection");
  }

  /**
   * @param {string} key
   * @param {string | null} id
   * @param {(span: Span) => string} name
   * @param {import("../../types.js").Fragment[] | null} [instead] fragments to show in place of its own
   */
  #paintOne(key, id, name, instead = null) {
    const span = id ? this.#index.byId.get(id) : null;
    if (span) this.painter.show(key, name(span), instead ?? span.fragments);
    else this.painter.hide(key);
  }
}
