// @ts-check

/** @typedef {import("../map.js").MapData} MapData */
/** @typedef {{curve: Element, ends: [import("../map.js").MapSpan, import("../map.js").MapSpan], seen: string}} Watched */

/** After so many milliseconds without scrolling the curves are looked at: to paint them anew in every frame would jerk. */
const REST = 120;

/** Draws in full the curves whose both ends are in the frame, faintly those with one end there, and no others. */
export class Sight {
  /**
   * @param {HTMLElement} frame
   * @param {MapData} data
   * @param {AbortSignal} signal
   */
  constructor(frame, data, signal) {
    this.frame = frame;
    this.map = /** @type {SVGSVGElement} */ (frame.querySelector(".map"));
    /** @type {Watched[]} */
    this.watched = Array.from(/** @type {NodeListOf<SVGElement>} */ (this.map.querySelectorAll(".curve")), (curve) => ({
      curve,
      ends: [data.spans[curve.dataset.from ?? ""], data.spans[curve.dataset.to ?? ""]],
      seen: "",
    }));
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.waiting = undefined;
    frame.addEventListener("scroll", () => this.#soon(), { signal, passive: true });
    const sized = new ResizeObserver(() => this.#soon());
    sized.observe(frame);
    signal.addEventListener("abort", () => sized.disconnect());
    this.#look();
  }

  #soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#look(), REST);
  }

  #look() {
    const scale = this.map.getBoundingClientRect().width / this.map.viewBox.baseVal.width || 1;
    const view = this.frame.getBoundingClientRect();
    const box = this.map.getBoundingClientRect();
    const [left, top] = [(view.left - box.left) / scale, (view.top - box.top) / scale];
    const [right, bottom] = [left + view.width / scale, top + view.height / scale];
    for (const one of this.watched) {
      const inside = one.ends.filter(
        ({ x = 0, y = 0 }) => x >= left - 20 && x <= right && y >= top && y <= bottom,
      ).length;
      const seen = ["none", "half", "near"][inside];
      if (seen === one.seen) continue;
      if (one.seen) one.curve.classList.remove(one.seen);
      one.curve.classList.add(seen);
      one.seen = seen;
    }
    this.map.classList.add("looked");
  }
}
