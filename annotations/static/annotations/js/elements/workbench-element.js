// @ts-check
/** What all elements of the workbench share: the workbench, and a life from connect to disconnect. */

import { refill } from "./dom.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */

/** A custom element in light DOM that watches the workbench. */
export class WorkbenchElement extends HTMLElement {
  /** @type {Workbench} set once, before any element is defined */
  static workbench;

  /** @type {AbortController} ends everything this element listens to */
  life = new AbortController();

  /** @returns {Workbench} */
  get workbench() {
    return WorkbenchElement.workbench;
  }

  connectedCallback() {
    this.life = new AbortController();
    this.begin();
  }

  disconnectedCallback() {
    this.life.abort();
  }

  /** What an element does once it is on the page. */
  begin() {}

  /**
   * @param {import("../model/types.js").Topic[]} topics
   * @param {import("../model/types.js").Wake} wake
   */
  watch(topics, wake) {
    this.workbench.store.watch(topics, wake, this.life.signal);
  }

  /**
   * Listens to what the workbench says.
   * @param {string} name
   * @param {(detail: any) => void} hear
   */
  hear(name, hear) {
    const listener = (/** @type {Event} */ event) => hear(/** @type {CustomEvent} */ (event).detail);
    this.workbench.addEventListener(name, listener, { signal: this.life.signal });
  }

  /**
   * Shows other children, leaving the focus where it was: on what has the same data-key.
   * @param {...(Node | string | null | false)} children
   */
  redraw(...children) {
    refill(this, children);
  }
}
