// @ts-check
/**
 * The body of an article as paragraphs: one <p> a line, each with one text node that holds the line
 * and its line end. So the text of the element is the body, character for character, and an offset
 * in the one is an offset in the other.
 *
 * The paragraphs of a long text stand in stretches of some thousand characters, which the browser lays
 * out only when they come near the screen (text.css); and a line longer than a stretch goes on in
 * further paragraphs. The server does the same: annotations/web/text/paragraphs.py.
 */

import { wholeBefore } from "./clusters.js";

/** UTF-16 units; a text up to the first length stands in no stretches. */
const SHORT_TEXT = 30_000;
const STRETCH = 2_500;
const LONGEST = 4_000;

/**
 * Fills an element with the paragraphs of a body, unless the server already wrote exactly them.
 * @param {HTMLElement} into
 * @param {string} body
 */
export function renderParagraphs(into, body) {
  if (isRendering(into, body)) return;
  const stretches = stretchesOf(linesOf(body)).map((lines) => lines.map(paragraph));
  if (body.length <= SHORT_TEXT) into.replaceChildren(...stretches.flat());
  else into.replaceChildren(...stretches.map(stretch));
}

/**
 * A body cut after each line end, and a very long line within; nothing is lost.
 * @param {string} body
 * @returns {string[]}
 */
export function linesOf(body) {
  return (body.match(/[^\n]*\n|[^\n]+$/g) ?? []).flatMap(piecesOf);
}

/**
 * The parts of a rendered text that are laid out by themselves: its stretches, or where it is short the
 * whole of it.
 * @param {HTMLElement} text
 * @returns {HTMLElement[]}
 */
export function partsOf(text) {
  const parts = /** @type {HTMLElement[]} */ ([...text.children]);
  return parts[0]?.matches(".stretch") ? parts : [text];
}

/**
 * @param {string} line
 * @returns {string[]}
 */
function piecesOf(line) {
  const pieces = [];
  let rest = line;
  while (rest.length > LONGEST) {
    let cut = rest.lastIndexOf(" ", LONGEST - 1) + 1;
    if (cut < LONGEST / 2) cut = LONGEST;
    cut = wholeBefore(rest, cut) || LONGEST;
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return [...pieces, rest];
}

/**
 * @param {string[]} lines
 * @returns {string[][]}
 */
function stretchesOf(lines) {
  /** @type {string[][]} */
  const stretches = [];
  let length = STRETCH;
  for (const line of lines) {
    if (length >= STRETCH) {
      stretches.push([]);
      length = 0;
    }
    stretches[stretches.length - 1].push(line);
    length += line.length;
  }
  return stretches;
}

/** @param {string} line */
function paragraph(line) {
  const made = document.createElement("p");
  made.dir = "auto";
  if (!line.trim()) made.className = "blank";
  else if (!line.endsWith("\n")) made.className = "unfinished";
  made.append(line);
  return made;
}

/** @param {HTMLElement[]} paragraphs */
function stretch(paragraphs) {
  const made = document.createElement("div");
  made.className = "stretch";
  made.append(...paragraphs);
  return made;
}

/**
 * Whether an element already shows a body in the form this module makes.
 * @param {HTMLElement} element
 * @param {string} body
 */
function isRendering(element, body) {
  if (element.textContent !== body) return false;
  return partsOf(element).every((part) =>
    [...part.childNodes].every(
      (node) => node.nodeName === "P" && node.childNodes.length === 1 && node.firstChild?.nodeType === 3,
    ),
  );
}
