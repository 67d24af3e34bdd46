// @ts-check
/**
 * The shortcuts of the screen and the keys that the person who looks at it has for them, as the server wrote them
 * into the page, and how keys are read and written. A key is written as in Ctrl+Shift+z.
 */

/**
 * @typedef {object} Row a line of the list of shortcuts, as annotations/shortcuts.py declares it
 * @property {string[]} actions what its keys do; `keysFor` says which keys these are
 * @property {string} words
 * @property {string} group
 * @property {string[]} when conditions under which they do it
 * @property {string[] | null} footer further ones under which the footer shows the row
 * @property {number} rank the lower, the further ahead in the footer, which has no room for all
 * @property {boolean} typing works while one types, too
 * @property {[string, string] | null} otherwise a condition, and other words while it holds
 */

/** @type {{single: boolean, keys: Record<string, string[]>, rows: Row[]}} */
const own = JSON.parse(
  document.getElementById("own-keys")?.textContent ?? '{"single":true,"keys":{},"rows":[]}',
);

/** The screen's shortcuts, in the order of the list. */
export const ROWS = own.rows;

const IS_MAC = /^(Mac|iP)/.test(navigator.platform);

/** @type {Record<string, string>} */
const CAPS = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Escape: "Esc",
  PageUp: "Page ↑",
  PageDown: "Page ↓",
  ...(IS_MAC ? { Ctrl: "⌘", Alt: "⌥", Shift: "⇧", Backspace: "⌫", Delete: "⌦", Enter: "↩" } : {}),
};

/** Whether keys of one character do anything (WCAG 2.1.4). */
export const singleKeys = own.single;

/**
 * The keys that do something now.
 * @param {string} action
 * @returns {string[]}
 */
export function keysFor(action) {
  return (own.keys[action] ?? []).filter((key) => own.single || !isCharacter(key));
}

/**
 * Whether a key types a character by itself.
 * @param {string} key
 */
export function isCharacter(key) {
  return /^(Shift\+)?.$/u.test(key);
}

/**
 * What a key does on a screen whose keys depend on nothing but whether one types; null where nothing.
 * @param {KeyboardEvent} event
 * @returns {string | null}
 */
export function actionOf(event) {
  if (isComposing(event)) return null;
  const key = notation(event);
  return Object.keys(own.keys).find((action) => keysFor(action).includes(key)) ?? null;
}

/**
 * Whether an input method is putting a character together; its keys are its own.
 * @param {KeyboardEvent} event
 */
export function isComposing(event) {
  // 229 is what a browser says of the key that begins or ends it.
  return event.isComposing || event.keyCode === 229;
}

/**
 * A key as the table writes it. Cmd counts as Ctrl. A letter is taken by its place where the keyboard is
 * set to another script, and where Alt makes another character of it.
 * @param {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"> & Partial<KeyboardEvent>} event
 * @returns {string}
 */
export function notation(event) {
  let key = event.key;
  // AltGr makes characters; a browser may tell it as Ctrl and Alt.
  const makes = Boolean(event.getModifierState?.("AltGraph"));
  const place = event.code?.match(/^(?:Key([A-Z])|Digit(\d))$/);
  if (place && !makes && (event.altKey || !/^[\x20-\x7e]$/.test(key)) && key.length <= 2)
    key = place[1]?.toLowerCase() ?? place[2];
  const isLetter = /^[a-z]$/i.test(key);
  if (isLetter) key = key.toLowerCase();
  const held = [
    (event.ctrlKey || event.metaKey) && !makes ? "Ctrl" : "",
    event.altKey && !makes ? "Alt" : "",
    event.shiftKey && (isLetter || key.length > 1) ? "Shift" : "",
  ];
  return [...held.filter(Boolean), key].join("+");
}

/**
 * A key as it stands on the keyboard.
 * @param {string} key
 */
export function keyCap(key) {
  const [, held = "", last = key] = key.match(/^((?:Ctrl\+|Alt\+|Shift\+)*)(.+)$/u) ?? [];
  return [...held.split("+").filter(Boolean), last].map((part) => CAPS[part] ?? part).join(" ");
}

/**
 * The action that gives a label.
 * @param {import("../model/types.js").Label} label
 */
export function labelAction(label) {
  return `mark${label.charAt(0).toUpperCase()}${label.slice(1)}`;
}

/**
 * The keys that do something, as they stand on the keyboard.
 * @param {string} action
 */
export function capsOf(action) {
  return keysFor(action).map(keyCap);
}

/**
 * Writes keys that the server wrote as they stand on this keyboard.
 * @param {ParentNode} within
 */
export function writeCaps(within) {
  for (const key of within.querySelectorAll("kbd[data-key]"))
    key.textContent = keyCap(/** @type {HTMLElement} */ (key).dataset.key ?? "");
}
