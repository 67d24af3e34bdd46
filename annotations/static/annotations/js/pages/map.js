// @ts-check
// The evidence map by keyboard: n and p go from mark to mark, Enter follows its link; a mark's own curves stand out.

import { actionOf, writeCaps } from "../hands/own-keys.js";
import { isTyping } from "../hands/typing.js";

const map = document.querySelector(".map");
/** @type {SVGAElement[]} */
const marks = map ? Array.from(map.querySelectorAll("a[data-mark]")) : [];

/** @param {SVGAElement | null} mark */
function choose(mark) {
  map?.classList.toggle("has-chosen", mark !== null);
  for (const other of marks) other.classList.toggle("chosen", other === mark);
  for (const curve of map?.querySelectorAll(".curve") ?? []) {
    const ends = curve.getAttribute("data-ends")?.split(" ") ?? [];
    curve.classList.toggle("chosen", mark !== null && ends.includes(mark.dataset.mark ?? ""));
  }
}

/** @param {number} by */
function step(by) {
  const here = marks.indexOf(/** @type {SVGAElement} */ (/** @type {unknown} */ (document.activeElement)));
  const next = marks[(here + by + marks.length) % marks.length] ?? null;
  const mark = here < 0 ? marks[by > 0 ? 0 : marks.length - 1] : next;
  mark?.focus();
  mark?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event.target)) return;
  const action = actionOf(event);
  if (action === "nextMark") step(1);
  else if (action === "previousMark") step(-1);
  else if (event.key === "Escape") /** @type {HTMLElement | null} */ (document.activeElement)?.blur();
  else return;
  event.preventDefault();
});

writeCaps(document);
for (const mark of marks) {
  mark.addEventListener("focus", () => choose(mark));
  mark.addEventListener("blur", () => choose(null));
  mark.addEventListener("pointerenter", () => choose(mark));
  mark.addEventListener("pointerleave", () => choose(marks.find((other) => other === document.activeElement) ?? null));
}
