// @ts-check
/**
 * Keeps the painted marks of one pane true: spans, the active one, the selection, what one might pick.
 *
 * Of a long text only the parts near the screen are painted, since every painted range costs the browser
 * something at every change of any. What scrolls into view is painted in the same frame.
 */

import { clearFirstSpans, labelHighlight, Painter } from "../../text/painting.js";
import { partsOf } from "../../text/paragraphs.js";

/** @typedef {import("./article-pane.js").ArticlePane} ArticlePane */
/** @typedef {import("../../model/types.js").Span} Span */
/** @typedef {import("../../model/types.js").Fragment} Fragment */

/** The painted side of an article pane. */
export class SpanHighlights {
  /** @param {ArticlePane} pane */
  constructor(pane) {
    this.pane = pane;
    this.store = pane.workbench.store;
    this.painter = new Painter(pane.text);
    this.parts = partsOf(pane.textElement);
    /** @type {Fragment} the stretch of the text that is painted */
    this.near = { start: 0, end: 0 };
    this.waiting = 0;
    this.#paintNear();
    this.#paintMoment();
    if (pane.article === this.store.main) clearFirstSpans();
    const { signal } = pane.life;
    pane.watch(["data"], (spans) => this.#repaint(spans));
    pane.watch(["active", "selection", "candidate", "picking", "hover", "data"], () => this.#paintMoment());
    pane.addEventListener("scroll", () => this.#paintNear(), { signal, passive: true });
    // A part may also come near because the window or what lies above it changed its size.
    pane.textElement.addEventListener("contentvisibilityautostatechange", () => this.#soon(), { signal });
    signal.addEventListener("abort", () => this.painter.clear());
  }

  get #index() {
    return /** @type {import("../../model/types.js").Desk} */ (this.store.desk(this.pane.article)).index;
  }

  /** Once a frame, however many parts came near or went. */
  #soon() {
    this.waiting ||= requestAnimationFrame(() => {
      this.waiting = 0;
      if (!this.pane.life.signal.aborted) this.#paintNear();
    });
  }

  #paintNear() {
    const [before, now] = [this.near, this.#stretchNear()];
    if (before.start === now.start && before.end === now.end) return;
    this.near = now;
    for (const span of this.#index.touching(before.start, before.end)) {
      if (!touches(span, now)) this.painter.hide(span.id);
    }
    const arriving = touches(before, now)
      ? [
          { start: now.start, end: before.start },
          { start: before.end, end: now.end },
        ]
      : [now];
    for (const { start, end } of arriving) {
      for (const span of this.#index.touching(start, end)) this.#paintSpan(span);
    }
  }

  /**
   * The parts that lie within half a screen of the screen.
   * @returns {Fragment}
   */
  #stretchNear() {
    const { parts } = this;
    const { text } = this.pane;
    if (parts.length < 2) return { start: 0, end: text.offsets.length };
    const pane = this.pane.getBoundingClientRect();
    const [top, bottom] = [pane.top - pane.height / 2, pane.bottom + pane.height / 2];
    let first = 0;
    let high = parts.length - 1;
    while (first < high) {
      const middle = (first + high) >>> 1;
      if (parts[middle].getBoundingClientRect().bottom < top) first = middle + 1;
      else high = middle;
    }
    let last = first;
    while (last + 1 < parts.length && parts[last + 1].getBoundingClientRect().top < bottom) last += 1;
    return { start: text.pointOf(parts[first]), end: text.pointOf(parts[last + 1]) };
  }

  /** @param {Set<string>} spans */
  #repaint(spans) {
    for (const id of spans) {
      const span = this.#index.byId.get(id);
      if (span && touches(span, this.near)) this.#paintSpan(span);
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
   * @param {Fragment[] | null} [instead] fragments to show in place of its own
   */
  #paintOne(key, id, name, instead = null) {
    const span = id ? this.#index.byId.get(id) : null;
    if (span) this.painter.show(key, name(span), instead ?? span.fragments);
    else this.painter.hide(key);
  }
}

/**
 * Whether two stretches share a character.
 * @param {Fragment} one
 * @param {Fragment} other
 */
function touches(one, other) {
  return one.start < other.end && other.start < one.end;
}
