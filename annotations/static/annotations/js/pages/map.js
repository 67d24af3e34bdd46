// @ts-check
// The evidence map at work. Without this program every span is a plain link, and every curve is drawn in full.

import { actionOf, writeCaps } from "../keyboard/own-shortcuts.js";
import { isTyping } from "../keyboard/typing.js";
import { ColumnChoice } from "./map/columns.js";
import { PrintedMap } from "./map/printing.js";
import { Sight } from "./map/sight.js";
import { stripFor } from "./map/strip.js";
import { alongLink, within } from "./map/walking.js";

/**
 * @typedef {import("../model/vocabulary.js").Label} Label
 * @typedef {{article: string, label: Label, quote: string, words?: string, verdict?: string,
 *   x?: number, y?: number, column?: number}} MapSpan a far end outside the map has no place
 * @typedef {{title: string, outlet: string, on: string}} MapArticle
 * @typedef {[source: string, target: string, relation: string]} MapLink
 * @typedef {{articles: Record<string, MapArticle>, spans: Record<string, MapSpan>, links: MapLink[]}} MapData
 */

/**
 * Where the keys lead that belong to a span with the focus.
 * @type {Record<string, (spans: SVGAElement[], data: MapData, id: string) => string | undefined>}
 */
const ON_SPANS = {
  ArrowDown: (spans, _, id) => within(spans, id, 1),
  ArrowUp: (spans, _, id) => within(spans, id, -1),
  Home: (spans, _, id) => within(spans, id, Number.NEGATIVE_INFINITY),
  End: (spans, _, id) => within(spans, id, Number.POSITIVE_INFINITY),
  ArrowLeft: (_, data, id) => alongLink(data, id, -1),
  ArrowRight: (_, data, id) => alongLink(data, id, 1),
};

/** @param {KeyboardEvent} event */
function plain(event) {
  return !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
}

class EvidenceMap extends HTMLElement {
  /** @type {AbortController | null} */
  #leaving = null;
  /** @type {SVGAElement[]} */
  #spans = [];
  /** @type {Map<string, SVGAElement>} */
  #byId = new Map();
  /** @type {Map<string, Element[]>} the curves of each span */
  #curves = new Map();
  /** @type {MapData} */
  #data = { articles: {}, spans: {}, links: [] };
  /** @type {string | null} */
  #chosen = null;
  /** @type {string | null} */
  #pointed = null;
  /** @type {Element[]} */
  #lit = [];
  /** @type {SVGAElement | null} where the Tab key stops */
  #stop = null;

  connectedCallback() {
    const map = this.querySelector(".map");
    const data = this.querySelector("#map-data");
    if (!map || !data?.textContent) return;
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#data = JSON.parse(data.textContent);
    this.#spans = Array.from(map.querySelectorAll("a[data-span]"));
    this.#byId = new Map(this.#spans.map((span) => [span.dataset.span ?? "", span]));
    for (const curve of map.querySelectorAll(".curve")) this.#fileCurve(/** @type {SVGElement} */ (curve));
    // One stop for the Tab key: a thousand spans are walked by n, p and the arrows.
    for (const span of this.#spans) span.setAttribute("tabindex", "-1");
    this.#stop = this.#spans[0] ?? null;
    this.#stop?.setAttribute("tabindex", "0");
    map.addEventListener("pointerover", (event) => this.#point(this.#spanAt(event)), { signal });
    map.addEventListener("pointerleave", () => this.#point(null), { signal });
    map.addEventListener("click", (event) => this.#onClick(/** @type {MouseEvent} */ (event)), { signal });
    map.addEventListener("focusin", (event) => this.#onFocus(event), { signal });
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.querySelector(".map-strip")?.addEventListener("click", (event) => this.#onStrip(event), { signal });
    new Sight(/** @type {HTMLElement} */ (this.querySelector(".map-frame")), this.#data, signal);
    new PrintedMap(this, this.#data, signal);
    this.#goto(location.hash.match(/^#span-(.+)$/)?.[1] ?? null);
  }

  disconnectedCallback() {
    this.#leaving?.abort();
  }

  /** @param {SVGElement} curve */
  #fileCurve(curve) {
    for (const end of [curve.dataset.from ?? "", curve.dataset.to ?? ""]) {
      const known = this.#curves.get(end);
      if (known) known.push(curve);
      else this.#curves.set(end, [curve]);
    }
  }

  /**
   * @param {Event} event
   * @returns {string | null}
   */
  #spanAt(event) {
    const span = event.target instanceof Element ? event.target.closest("a[data-span]") : null;
    return span instanceof SVGElement ? (span.dataset.span ?? null) : null;
  }

  /** The first click reads a span, the second opens it; a click with a modifier is the browser's. @param {MouseEvent} event */
  #onClick(event) {
    const id = this.#spanAt(event);
    if (!id || event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.detail > 1) {
      location.assign(this.#byId.get(id)?.getAttribute("href") ?? location.href);
      return;
    }
    event.preventDefault();
    this.#goto(id);
  }

  /** @param {Event} event */
  #onStrip(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-goto], [data-close]") : null;
    if (!(button instanceof HTMLElement)) return;
    if ("close" in button.dataset) this.#letGo();
    else this.#goto(button.dataset.goto ?? null);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (isTyping(event.target)) return;
    const here = this.#spanAt(event);
    if (event.key === "Escape") {
      if (this.#chosen && !document.querySelector("details.menu[open]")) this.#letGo();
      return;
    }
    const action = actionOf(event);
    const by = action === "nextMark" ? 1 : action === "previousMark" ? -1 : 0;
    const onward = by ? this.#step(here, by) : here && plain(event) ? ON_SPANS[event.key]?.(this.#spans, this.#data, here) : null;
    if (!onward) return;
    event.preventDefault();
    this.#goto(onward);
  }

  /**
   * From the span with the focus, or from the one that is selected; at the ends round to the other one.
   * @param {string | null} here
   * @param {number} by
   */
  #step(here, by) {
    const from = this.#spans.findIndex((span) => span.dataset.span === (here ?? this.#chosen));
    if (from < 0) return this.#spans.at(by > 0 ? 0 : -1)?.dataset.span;
    return this.#spans[(from + by + this.#spans.length) % this.#spans.length]?.dataset.span;
  }

  /** @param {Event} event */
  #onFocus(event) {
    const id = this.#spanAt(event);
    this.#choose(id);
    // By Tab the browser scrolls it in, and knows nothing of the headings that cover the top of the frame.
    const span = id ? this.#byId.get(id) : null;
    if (span?.matches(":focus-visible")) requestAnimationFrame(() => this.#intoSight(span));
  }

  /** Focuses a span, which selects it, and brings it into sight. @param {string | null} id */
  #goto(id) {
    const span = id ? this.#byId.get(id) : null;
    if (!span) return;
    this.#stop?.setAttribute("tabindex", "-1");
    this.#stop = span;
    span.setAttribute("tabindex", "0");
    span.focus({ preventScroll: true });
    this.#choose(id);
    this.#intoSight(span);
  }

  #letGo() {
    const span = this.#chosen ? this.#byId.get(this.#chosen) : null;
    const inStrip = document.activeElement?.closest(".map-strip");
    this.#choose(null);
    if (inStrip) span?.focus({ preventScroll: true });
    else span?.blur();
    if (inStrip) this.#choose(null);
  }

  /** @param {string | null} id */
  #point(id) {
    if (id === this.#pointed) return;
    this.#pointed = id;
    this.#light();
  }

  /** @param {string | null} id */
  #choose(id) {
    if (id === this.#chosen) return;
    this.#chosen = id;
    this.#light();
    const strip = /** @type {HTMLElement | null} */ (this.querySelector(".map-strip"));
    if (strip) {
      strip.hidden = !id;
      strip.replaceChildren(...(id ? stripFor(this.#data, id) : []));
      strip.scrollTop = 0;
    }
    const address = new URL(location.href);
    address.hash = id ? `span-${id}` : "";
    history.replaceState(history.state, "", address);
  }

  /** The marked span, its far ends and the curves between them stand out; everything else steps back. */
  #light() {
    const id = this.#pointed ?? this.#chosen;
    for (const element of this.#lit) element.classList.remove("chosen", "far");
    this.#lit = [];
    const raised = this.querySelector(".raised");
    this.querySelector(".curves")?.append(...(raised?.childNodes ?? []));
    this.querySelector(".map")?.classList.toggle("has-chosen", id !== null);
    if (!id) return;
    const curves = this.#curves.get(id) ?? [];
    for (const curve of curves) curve.classList.add("chosen");
    raised?.append(...curves);
    const span = this.#byId.get(id);
    span?.classList.add("chosen");
    const far = this.#data.links
      .filter(([source, target]) => source === id || target === id)
      .flatMap(([source, target]) => this.#byId.get(source === id ? target : source) ?? []);
    for (const one of far) one.classList.add("far");
    this.#lit = [...curves, ...far, ...(span ? [span] : [])];
  }

  /** Scrolls as little as it takes; the headings cover the top of the frame. @param {SVGAElement} span */
  #intoSight(span) {
    const frame = /** @type {HTMLElement} */ (this.querySelector(".map-frame"));
    const heads = this.querySelector(".map-heads")?.getBoundingClientRect().height ?? 0;
    const [box, view] = [span.getBoundingClientRect(), frame.getBoundingClientRect()];
    const beyond = (/** @type {number} */ low, /** @type {number} */ high, /** @type {number} */ from, /** @type {number} */ to) =>
      low < from ? low - from : high > to ? Math.min(high - to, low - from) : 0;
    frame.scrollBy({
      left: beyond(box.left, box.right, view.left + 40, view.left + frame.clientWidth - 16),
      top: beyond(box.top, box.bottom, view.top + heads + 16, view.top + frame.clientHeight - 16),
    });
    if (view.height > innerHeight || frame.scrollHeight === frame.clientHeight) span.scrollIntoView({ block: "nearest" });
  }
}

writeCaps(document);
customElements.define("map-columns", ColumnChoice);
customElements.define("evidence-map", EvidenceMap);
