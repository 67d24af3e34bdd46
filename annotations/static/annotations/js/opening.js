// @ts-check
/**
 * What happens first: the marks that stand on the first screens are painted as soon as the text is there,
 * and only when that was on the screen the workbench is fetched, with its styles. So a person reads the marked text at
 * once, while some eighty modules and all annotations are still to come.
 *
 * The page brings these marks along. The workbench paints for itself and then takes them away.
 */

import { labelHighlight, highlight } from "./text/painting.js";

/** @typedef {[label: string, level: number, fragments: [number, number][]]} FirstMark code points */

/** @type {[Highlight, StaticRange][]} */
let painted = [];

/** The workbench has painted all that is near the screen. */
export function clearFirstMarks() {
  for (const [layer, range] of painted) layer.delete(range);
  painted = [];
}

if (document.readyState === "loading") document.addEventListener("readystatechange", open, { once: true });
else open();

function open() {
  const brought = document.getElementById("first-marks");
  const text = document.querySelector("article-pane .text");
  if (brought && text && CSS.highlights) paint(text, JSON.parse(brought.textContent ?? "[]"));
  // When the frame that shows them is out, which only the next one tells; a page that nobody sees has no frames.
  if (document.hidden) startWorkbench();
  else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(startWorkbench)));
}

async function startWorkbench() {
  const later = document.getElementById("later");
  if (later instanceof HTMLTemplateElement) document.head.append(later.content);
  try {
    await import("./workbench.js");
  } catch (error) {
    // What went wrong within it, it has said itself.
    if (document.querySelector(".load-failure")) throw error;
    const words = "The workbench could not be fetched. Reload the page to try again.";
    const said = { className: "load-failure", role: "alert", textContent: words };
    document.querySelector(".panes")?.prepend(Object.assign(document.createElement("p"), said));
  }
}

/**
 * @param {Element} text
 * @param {FirstMark[]} marks
 */
function paint(text, marks) {
  const end = Math.max(0, ...marks.flatMap(([, , fragments]) => fragments.map((fragment) => fragment[1])));
  const places = firstPlaces(text, end);
  for (const [label, level, fragments] of marks) {
    const layer = highlight(labelHighlight(label, level));
    for (const [from, to] of fragments) {
      const start = places[from];
      // The place after the last character: a line end belongs to its own paragraph.
      const last = places[to - 1];
      if (!start || !last) continue;
      const range = new StaticRange({
        startContainer: start.node,
        startOffset: start.unit,
        endContainer: last.node,
        endOffset: last.unit + last.units,
      });
      layer.add(range);
      painted.push([layer, range]);
    }
  }
}

/**
 * Where each of the first code points of a text stands.
 * @param {Element} text
 * @param {number} many
 */
function firstPlaces(text, many) {
  /** @type {{node: Text, unit: number, units: number}[]} */
  const places = [];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (places.length < many && walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    let unit = 0;
    for (const character of node.data) {
      places.push({ node, unit, units: character.length });
      unit += character.length;
    }
  }
  return places;
}
