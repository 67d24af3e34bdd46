// @ts-check

/** The menu of articles: those that are chosen can be moved, and stand on the map in the menu's order. */
export class ColumnChoice extends HTMLElement {
  connectedCallback() {
    for (const moves of this.querySelectorAll(".moves")) /** @type {HTMLElement} */ (moves).hidden = false;
    this.addEventListener("click", (event) => this.#onClick(event));
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-move]") : null;
    const row = button?.closest("li");
    if (!(button instanceof HTMLElement) || !row) return;
    const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (button.dataset.move === "up") other.before(row);
    else other.after(row);
    button.focus();
    button.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
