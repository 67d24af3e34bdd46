// @ts-check
/** Making elements. Text is always text: nothing here parses HTML. */

import { LABEL_NAMES } from "../model/vocabulary.js";
import { locale } from "../text/gettext.js";
import { isolated } from "../text/isolation.js";

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * An element. Attributes beginning with `on` are listeners; true sets an empty attribute, and false,
 * null or undefined none. What stands in a `bdi` moves nothing around it.
 * @template {keyof HTMLElementTagNameMap | `${string}-${string}`} T
 * @param {T} tag
 * @param {Attributes | null} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {T extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[T] : HTMLElement}
 */
export function h(tag, attributes, ...children) {
  const element = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, String(value));
  }
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    const words = typeof child === "number" ? String(child) : child;
    element.append(tag === "bdi" && typeof words === "string" ? isolated(words) : words);
  }
  return element;
}

/**
 * A button. Where it is made anew, its key is what the focus finds it by.
 * @param {Child | Child[]} words
 * @param {() => void} act
 * @param {Attributes & {key?: string}} [attributes]
 */
export function button(words, act, { key, ...attributes } = {}) {
  return h("button", { type: "button", "data-key": key, onclick: () => act(), ...attributes }, words);
}

/**
 * Gives an element other children. Those that look the same stay: a button must not vanish between the
 * press and the release of the mouse because something elsewhere changed. So what a listener does must
 * hang on ids and on the state of the moment, not on the state it was made in. The focus stays on what
 * has the same key.
 * @param {HTMLElement} element
 * @param {(Node | string | null | false)[]} children
 */
export function refill(element, children) {
  const focused = element.contains(document.activeElement) ? document.activeElement : null;
  const key = focused instanceof HTMLElement ? focused.dataset.key : undefined;
  const next = children
    .filter((child) => child !== null && child !== false)
    .map((child) => (typeof child === "string" ? new Text(child) : child));
  while (element.childNodes.length > next.length) element.lastChild?.remove();
  next.forEach((node, position) => {
    const present = element.childNodes[position];
    if (!present) element.append(node);
    else if (!present.isEqualNode(node)) present.replaceWith(node);
  });
  if (!key || !focused || element.contains(focused)) return;
  const heir = element.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (heir instanceof HTMLElement) heir.focus({ preventScroll: true });
}

/**
 * Keys as they stand on the keyboard.
 * @param {...string} keys
 */
export function kbd(...keys) {
  return keys.map((key) => h("kbd", { "aria-hidden": "true" }, key));
}

/**
 * The name of a label, in its colour.
 * @param {import("../model/types.js").Label} label
 */
export function labelled(label) {
  return h("span", { class: "label", "data-label": label }, LABEL_NAMES[label]);
}

/**
 * A time as people say it.
 * @param {string} at
 */
export function timeWords(at) {
  const then = new Date(at);
  const today = new Date().toDateString() === then.toDateString();
  const time = then.toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
  const day = then.toLocaleDateString(locale(), {
    day: "numeric",
    month: "short",
    year: then.getFullYear() === new Date().getFullYear() ? undefined : "numeric",
  });
  return h("time", { datetime: at, title: then.toLocaleString(locale()) }, today ? time : `${day}, ${time}`);
}
