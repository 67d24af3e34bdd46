// @ts-check
// The editors of label fields and scale: rows are moved, marked as removed, and added.

class RowEditor extends HTMLElement {
  /** @type {AbortController | null} */
  #leaving = null;

  connectedCallback() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    for (const moves of this.querySelectorAll("[data-moves]")) /** @type {HTMLElement} */ (moves).hidden = false;
    for (const row of this.#rows) this.#showChoices(row);
    for (const row of this.#rows) row.hidden = row.classList.contains("new") && !row.querySelector(".field-error");
    if (this.#add) this.#add.hidden = false;
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("change", (event) => this.#onChange(event), { signal });
    this.addEventListener("input", (event) => this.#onInput(event), { signal });
  }

  disconnectedCallback() {
    this.#leaving?.abort();
  }

  /** @returns {HTMLElement[]} */
  get #rows() {
    return Array.from(this.querySelectorAll(".editor-row"));
  }

  /** @returns {HTMLElement | null} */
  get #add() {
    return this.querySelector("[data-add]");
  }

  /** Shows the blank row. */
  #addRow() {
    const row = this.#rows.findLast((one) => one.classList.contains("new"));
    if (!row) return;
    row.hidden = false;
    const name = row.querySelector('input[name$="-name"]');
    if (name instanceof HTMLElement) name.focus();
  }

  /** @param {Event} event */
  #rowOf(event) {
    const row = event.target instanceof Element ? event.target.closest(".editor-row") : null;
    return row instanceof HTMLElement ? row : null;
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    if (event.target === this.#add) this.#addRow();
    const button = event.target instanceof Element ? event.target.closest("[data-move]") : null;
    const row = this.#rowOf(event);
    if (!(button instanceof HTMLElement) || !row) return;
    if (button.dataset.move === "up") row.previousElementSibling?.before(row);
    else if (!row.nextElementSibling?.hasAttribute("hidden")) row.nextElementSibling?.after(row);
    button.focus();
  }

  /** @param {Event} event */
  #onChange(event) {
    const row = this.#rowOf(event);
    if (!row) return;
    const removed = row.querySelector('input[type="checkbox"][name$="-remove"]');
    row.classList.toggle("going", removed instanceof HTMLInputElement && removed.checked);
    this.#showChoices(row);
  }

  /** The last row is the blank one; after something is entered, another is added. @param {Event} event */
  #onInput(event) {
    const row = this.#rowOf(event);
    if (!row?.classList.contains("new") || row.dataset.used) return;
    row.dataset.used = "yes";
    const fresh = /** @type {HTMLElement} */ (row.cloneNode(true));
    delete fresh.dataset.used;
    fresh.hidden = true;
    this.#renumber(fresh, Math.max(...this.#rows.map((one) => Number(one.dataset.row))) + 1);
    row.after(fresh);
    this.#showChoices(fresh);
  }

  /**
   * @param {HTMLElement} row
   * @param {number} number
   */
  #renumber(row, number) {
    const old = `-${row.dataset.row}-`;
    row.dataset.row = String(number);
    for (const element of row.querySelectorAll("[id], [name], [for]")) {
      for (const attribute of ["id", "name", "for"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace(old, `-${number}-`));
      }
      if (element instanceof HTMLInputElement) element.value = element.type === "hidden" ? String(number) : "";
      if (element instanceof HTMLTextAreaElement) element.value = "";
    }
  }

  /** Only one kind of field has choices. @param {HTMLElement} row */
  #showChoices(row) {
    const kind = row.querySelector('select[name$="-kind"]');
    const choices = row.querySelector(".choices-field");
    if (kind instanceof HTMLSelectElement && choices instanceof HTMLElement) choices.hidden = kind.value !== "choice";
  }
}

customElements.define("row-editor", RowEditor);
