// @ts-check
// On paper the map is cut into sheets of a few columns, never through the words of a span.

/** @typedef {import("../map.js").MapData} MapData */

const SVG = "http://www.w3.org/2000/svg";
const LINE = 18;
const HEADS = 58;
const COLUMNS_A_SHEET = 3;
/** Lines below a cut for the words of spans that begin above it. */
const BELOW = 3;
/** Height to width of what a landscape sheet of A3 or A4 holds below the page's heading. */
const SHEET = 0.58;

/** @typedef {{left: number, top: number, width: number, height: number}} Cut */

/** Lays the map out on sheets just before it is printed, and takes them away afterwards. */
export class PrintedMap {
  /**
   * @param {HTMLElement} element
   * @param {MapData} data
   * @param {AbortSignal} signal
   */
  constructor(element, data, signal) {
    this.element = element;
    this.data = data;
    window.addEventListener("beforeprint", () => this.#cut(), { signal });
    window.addEventListener("afterprint", () => this.#mend(), { signal });
    const print = matchMedia("print");
    print.addEventListener("change", () => (print.matches ? this.#cut() : this.#mend()), { signal });
    if (print.matches) this.#cut();
  }

  #mend() {
    for (const slice of this.element.querySelectorAll(".map-slice")) slice.remove();
    this.element.classList.remove("sliced");
  }

  #cut() {
    this.#mend();
    const map = /** @type {SVGSVGElement} */ (this.element.querySelector(".map"));
    const sheets = cuts(map).flatMap((cut) => this.#sheet(map, cut) ?? []);
    this.element.append(...sheets);
    this.element.classList.add("sliced");
  }

  /**
   * @param {SVGSVGElement} map
   * @param {Cut} cut
   * @returns {SVGSVGElement | null} a sheet with its headings, or null where it would be blank
   */
  #sheet(map, cut) {
    const spans = Array.from(/** @type {NodeListOf<SVGElement>} */ (map.querySelectorAll(".map-span"))).filter((span) => {
      const { x = 0, y = 0 } = this.data.spans[span.dataset.span ?? ""];
      return x >= cut.left && x < cut.left + cut.width && y >= cut.top && y < cut.top + cut.height;
    });
    if (!spans.length) return null;
    const curves = Array.from(/** @type {NodeListOf<SVGElement>} */ (map.querySelectorAll(".curve"))).filter((curve) =>
      this.#crosses(curve, cut),
    );
    const height = cut.height + BELOW * LINE;
    const sheet = drawing(`${cut.left} 0 ${cut.width} ${height + HEADS}`);
    sheet.setAttribute("class", "map-heads map map-slice");
    for (const head of this.element.querySelectorAll(".map-heads:not(.map-slice) .head")) {
      const x = Number(head.querySelector(".map-title")?.getAttribute("x"));
      if (x >= cut.left && x < cut.left + cut.width) sheet.append(head.cloneNode(true));
    }
    const body = drawing(`${cut.left} ${cut.top} ${cut.width} ${height}`);
    for (const [name, value] of Object.entries({ x: cut.left, y: HEADS, width: cut.width, height })) {
      body.setAttribute(name, String(value));
    }
    body.append(...[...curves, ...spans].map((one) => one.cloneNode(true)));
    sheet.append(body);
    return sheet;
  }

  /**
   * @param {SVGElement} curve
   * @param {Cut} cut
   */
  #crosses(curve, cut) {
    const ends = [this.data.spans[curve.dataset.from ?? ""], this.data.spans[curve.dataset.to ?? ""]];
    const [xs, ys] = [ends.map(({ x = 0 }) => x), ends.map(({ y = 0 }) => y)];
    return (
      Math.max(...xs) >= cut.left - 60 &&
      Math.min(...xs) <= cut.left + cut.width &&
      Math.max(...ys) >= cut.top &&
      Math.min(...ys) <= cut.top + cut.height
    );
  }
}

/**
 * Sheets from left to right, and from top to bottom within these.
 * @param {SVGSVGElement} map
 * @returns {Cut[]}
 */
function cuts(map) {
  const columns = Array.from(/** @type {NodeListOf<SVGElement>} */ (map.querySelectorAll(".column")));
  const lefts = columns.map((column) => Number(column.dataset.left));
  const { width: whole, height: full } = map.viewBox.baseVal;
  const many = "many" in map.dataset;
  const each = many ? COLUMNS_A_SHEET : columns.length;
  const width = many ? each * (lefts[1] - lefts[0]) : whole;
  const height = Math.floor((width * SHEET - HEADS) / LINE - BELOW) * LINE;
  const found = [];
  for (let first = 0; first < columns.length; first += each) {
    const left = many ? lefts[first] : 0;
    for (let top = 0; top < full; top += height) found.push({ left, top, width, height });
  }
  return found;
}

/** @param {string} viewBox */
function drawing(viewBox) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", viewBox);
  return svg;
}
