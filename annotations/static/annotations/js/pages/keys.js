// @ts-check
// The page of one's own keyboard shortcuts: pressing a key assigns it.
import { call, Problem } from "../api.js";
import { gettext, interpolate } from "../text/gettext.js";
import { keyCap, notation, writeCaps } from "../keyboard/own-shortcuts.js";

/** @typedef {Record<string, string | null>} Own */

const HELD = ["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Dead", "Process", "Unidentified"];

class KeyEditor extends HTMLElement {
  /** @type {AbortController} */
  #life = new AbortController();
  /** @type {{own: Own, starting: Record<string, string[]>}} */
  #table = { own: {}, starting: {} };
  /** @type {HTMLElement | null} the row that waits for its key */
  #waiting = null;

  connectedCallback() {
    this.#life = new AbortController();
    const { signal } = this.#life;
    this.#table = JSON.parse(document.getElementById("key-table")?.textContent ?? "{}");
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("change", (event) => this.#onChange(event), { signal });
    this.addEventListener("keydown", (event) => this.#onKey(event), { signal, capture: true });
    this.addEventListener("focusout", () => this.#wait(null), { signal });
    writeCaps(this);
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    if (!button) return;
    if (button.matches("[data-reset-all]")) {
      void this.#keep({}, gettext("All shortcuts were reset."));
      return;
    }
    const row = /** @type {HTMLElement} */ (button.closest(".shortcut-row"));
    if (button.matches("[data-change]")) this.#wait(row);
    else if (button.matches("[data-none]")) void this.#put(row, null);
    else void this.#put(row, undefined);
  }

  /** @param {Event} event */
  async #onChange(event) {
    const box = /** @type {HTMLInputElement} */ (event.target);
    try {
      await call("PATCH", "me/", { body: { single_keys: box.checked } });
      this.#say(
        box.checked ? gettext("Single-key shortcuts are enabled.") : gettext("Single-key shortcuts are disabled."),
      );
    } catch (error) {
      box.checked = !box.checked;
      this.#say(wordsOf(error));
    }
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const row = this.#waiting;
    if (!row || HELD.includes(event.key)) return;
    if (event.key === "Tab") {
      this.#wait(null);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const action = row.dataset.action ?? "";
    const key = notation(event);
    this.#wait(null);
    // Escape cancels, except for the action that Escape itself did before.
    if (key === "Escape" && !this.#table.starting[action].includes(key)) this.#say(gettext("Nothing was changed."));
    else void this.#put(row, key);
  }

  /** @param {HTMLElement | null} row */
  #wait(row) {
    // Not every browser gives the focus to a button that is clicked, and losing it ends the wait.
    /** @type {HTMLElement | null | undefined} */ (row?.querySelector("[data-change]"))?.focus();
    const before = this.#waiting?.querySelector("[data-change]");
    if (before) before.textContent = gettext("Change");
    this.#waiting = row;
    const button = row?.querySelector("[data-change]");
    if (!button) return;
    button.textContent = gettext("Press a key…");
    this.#say(gettext("Press the new key, or Tab or Escape to cancel."));
  }

  /**
   * @param {HTMLElement} row
   * @param {string | null | undefined} key undefined: the one it starts with
   */
  async #put(row, key) {
    const { [row.dataset.action ?? ""]: _, ...others } = this.#table.own;
    const own = key === undefined ? others : { ...others, [row.dataset.action ?? ""]: key };
    const action = row.querySelector(".key-words")?.textContent ?? "";
    const text =
      key === undefined
        ? gettext("%(action)s: reset.")
        : key === null
          ? gettext("%(action)s: no key.")
          : gettext("%(action)s: %(key)s.");
    await this.#keep(own, interpolate(text, { action, key: key ? keyCap(key) : "" }), row);
  }

  /**
   * @param {Own} own
   * @param {string} said
   * @param {HTMLElement} [row] where a refusal is shown
   */
  async #keep(own, said, row) {
    for (const error of this.querySelectorAll(".field-error")) /** @type {HTMLElement} */ (error).hidden = true;
    try {
      const me = await call("PATCH", "me/", { body: { keys: own } });
      this.#table.own = me.keys;
      for (const each of this.querySelectorAll(".shortcut-row")) this.#show(/** @type {HTMLElement} */ (each));
      this.#say(said);
    } catch (error) {
      const words = wordsOf(error);
      this.#say(words);
      const place = /** @type {HTMLElement | null | undefined} */ (row?.querySelector(".field-error"));
      if (!place) return;
      place.textContent = words;
      place.hidden = false;
    }
  }

  /** @param {HTMLElement} row */
  #show(row) {
    const action = row.dataset.action ?? "";
    const { own, starting } = this.#table;
    const keys = action in own ? [own[action]].filter((key) => key !== null) : starting[action];
    const caps = keys.map((key) => Object.assign(document.createElement("kbd"), { textContent: keyCap(key) }));
    const none = Object.assign(document.createElement("i"), { textContent: gettext("None") });
    row.querySelector(".key-caps")?.replaceChildren(...(caps.length ? caps : [none]));
    this.#offer(row, "[data-none]", caps.length > 0);
    this.#offer(row, "[data-reset]", action in own);
  }

  /**
   * Shows a button or takes it away; the focus does not go with it.
   * @param {HTMLElement} row
   * @param {string} which
   * @param {boolean} shown
   */
  #offer(row, which, shown) {
    const button = /** @type {HTMLElement} */ (row.querySelector(which));
    if (!shown && button === document.activeElement)
      /** @type {HTMLElement} */ (row.querySelector("[data-change]")).focus();
    button.hidden = !shown;
  }

  /** @param {string} words */
  #say(words) {
    const place = this.querySelector(".keys-said");
    if (place) place.textContent = words;
  }
}

/** @param {unknown} error */
function wordsOf(error) {
  if (error instanceof Problem) return error.errors.map((one) => one.detail).join(" ") || error.words;
  const unchanged = gettext("Nothing was changed. Try again.");
  if (error instanceof Error) return `${error.message} ${unchanged}`;
  throw error;
}

customElements.define("key-editor", KeyEditor);
