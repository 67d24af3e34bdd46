// @ts-check
/**
 * The body of an article as paragraphs: one <p> a line, each with one text node that holds the line
 * and its line end. So the text of the element is the body, character for character, and an offset
 * in the one is an offset in the other.
 */

/**
 * Fills an element with the paragraphs of a body, unless the server already wrote exactly them.
 * @param {HTMLElement} into
 * @param {string} body
 */
export function renderParagraphs(into, body) {
  if (isRendering(into, body)) return;
  const made = document.createDocumentFragment();
  for (const line of linesOf(body)) {
    const paragraph = document.createElement("p");
    paragraph.dir = "auto";
    if (!line.trim()) paragraph.className = "blank";
    paragraph.append(line);
    made.append(paragraph);
  }
  into.replaceChildren(made);
}

/**
 * A body cut after each line end; nothing is lost.
 * @param {string} body
 * @returns {string[]}
 */
export function linesOf(body) {
  return body.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/**
 * Whether an element already shows a body in the form this module makes.
 * @param {HTMLElement} element
 * @param {string} body
 */
function isRendering(element, body) {
  if (element.textContent !== body) return false;
  return [...element.childNodes].every(
    (node) => node.nodeName === "P" && node.childNodes.length === 1 && node.firstChild?.nodeType === 3,
  );
}
