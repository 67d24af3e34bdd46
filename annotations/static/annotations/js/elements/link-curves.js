// @ts-check
import { WorkbenchElement } from "./workbench-element.js";

/** @typedef {import("../model/types.js").Link} Link */
/** @typedef {import("../model/types.js").Span} Span */
/** @typedef {{x: number, y: number, article: string, inside: boolean, left: number, right: number}} Anchor */

const SVG = "http://www.w3.org/2000/svg";

/** The links of the active span as curves between the passages, across the panes. */
export class LinkCurves extends WorkbenchElement {
  begin() {
    this.drawing = document.createElementNS(SVG, "svg");
    this.replaceChildren(this.drawing);
    this.watch(["active", "data", "evidence", "hover", "selection"], () => this.#soon());
    const { signal } = this.life;
    document.addEventListener("scroll", () => this.#soon(), { signal, capture: true, passive: true });
    const sized = new ResizeObserver(() => this.#soon());
    sized.observe(document.body);
    signal.addEventListener("abort", () => sized.disconnect());
    this.#soon();
  }

  /** Draws before the next frame, once, however much changed. */
  #soon() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.#draw();
    });
  }

  #draw() {
    const { store } = this.workbench;
    const span = store.activeSpan;
    const curves = span
      ? store.linksOf(span.id).flatMap((link, position) => this.#curve(link, span, position))
      : [];
    this.drawing?.replaceChildren(...curves);
  }

  /**
   * @param {Link} link
   * @param {Span} span
   * @param {number} position among the span's links, so that no two curves lie on one another
   * @returns {SVGElement[]}
   */
  #curve(link, span, position) {
    const { store } = this.workbench;
    const other = store.shown.span.get(link.source === span.id ? link.target : link.source);
    const crossing = other?.article !== span.article;
    const from = other && this.#anchor(span, crossing);
    const to = other && this.#anchor(other, crossing);
    if (!from || !to || (!from.inside && !to.inside)) return [];
    const path = document.createElementNS(SVG, "path");
    path.setAttribute(
      "d",
      from.article === to.article ? around(from, to, position) : across(from, to, position),
    );
    path.setAttribute("class", `link-curve${store.hovered === other.id ? " hovered" : ""}`);
    path.dataset.relation = link.relation;
    if (!to.inside) return [path];
    const dot = document.createElementNS(SVG, "circle");
    dot.setAttribute("cx", String(to.x));
    dot.setAttribute("cy", String(to.y));
    dot.setAttribute("r", "3.5");
    dot.setAttribute("class", "link-curve-end");
    dot.dataset.relation = link.relation;
    return [path, dot];
  }

  /**
   * Where a curve meets a span: at the end of its first line; in the pane beside at its beginning, when it
   * comes from the other one.
   * @param {Span} span
   * @param {boolean} crossing
   * @returns {Anchor | null}
   */
  #anchor(span, crossing) {
    const pane = this.workbench.panes.get(span.article);
    const line = pane?.linesOf([span.fragments[0]])[0];
    if (!pane || !line) return null;
    const frame = pane.getBoundingClientRect();
    const text = pane.textElement.getBoundingClientRect();
    // Between the lines, where no underline runs.
    const y = line.bottom + 3;
    const x = crossing && span.article !== this.workbench.store.main ? line.left : line.right;
    const inside = y > frame.top && y < frame.bottom;
    return {
      x,
      y: Math.max(frame.top, Math.min(y, frame.bottom)),
      article: span.article,
      inside,
      left: text.left,
      right: text.right,
    };
  }
}

/**
 * A curve that goes round the text on its outer side. Within the column it keeps between the lines.
 * @param {Anchor} from
 * @param {Anchor} to
 * @param {number} position
 */
function around(from, to, position) {
  const bulge = Math.min(14 + Math.abs(to.y - from.y) / 14, 40) + (position % 4) * 4;
  const side = Math.max(from.right, from.x, to.x) + bulge;
  const [start, end] = [Math.max(from.x, from.right - 10), Math.max(to.x, to.right - 10)];
  return `M${from.x} ${from.y} H${start} C${side} ${from.y} ${side} ${to.y} ${end} ${to.y} ${to.inside ? `H${to.x}` : ""}`;
}

/**
 * A curve from one pane to the other, which keeps to the gutter between the texts.
 * @param {Anchor} from
 * @param {Anchor} to
 * @param {number} position
 */
function across(from, to, position) {
  const rightwards = from.left < to.left;
  const [here, there] = rightwards
    ? [Math.max(from.x, from.right - 10), to.left]
    : [from.left, Math.max(to.x, to.right - 10)];
  const gutter = (here + there) / 2 + ((position % 4) - 1.5) * 5;
  return `M${from.x} ${from.y} H${here} C${gutter} ${from.y} ${gutter} ${to.y} ${there} ${to.y} ${to.inside ? `H${to.x}` : ""}`;
}
