// @ts-check
import { button, h } from "../dom.js";

/** @typedef {import("./panel-part.js").PanelPart} PanelPart */
/** @typedef {HTMLTextAreaElement | HTMLInputElement} Field */
/** @typedef {{text: string, over: string}} Words what was typed, over which stored words */

const PAUSE = 700;

/**
 * Keeps what is typed in a field: as a draft at every key press, and as a change at each pause, when the
 * field is left, and before anything that depends on it. Until then the page does not call itself saved.
 * @param {PanelPart} part
 * @param {Field} field
 * @param {(value: string) => unknown} keep answers false where it cannot be stored now; then the draft stays
 * @param {string} [name] of the draft; without one there is none
 * @returns {(stored: string) => void} shows what is stored, but never under one's hands; the first time, what was
 *   typed here before and not stored comes back
 */
export function keepAsTyped(part, field, keep, name = "") {
  const { bench } = part;
  let over = field.value;
  let isNew = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const keepNow = () => {
    clearTimeout(soon);
    if (!bench.unkept.delete(field)) return;
    const { value } = field;
    if (keep(value) !== false) void dropOnceKept(part, name, value);
    bench.store.touch("saving");
  };
  const typed = () => {
    if (name) bench.drafts.keep(name, { text: field.value, over });
    bench.unkept.add(field);
    bench.store.touch("saving");
    clearTimeout(soon);
    soon = setTimeout(keepNow, PAUSE);
  };
  field.addEventListener("input", typed);
  field.addEventListener("change", keepNow);
  field.addEventListener("blur", keepNow);
  part.hear("keep-now", keepNow);
  part.life.signal.addEventListener("abort", keepNow);

  return (stored) => {
    if (document.activeElement !== field && !bench.unkept.has(field)) field.value = stored;
    if (!bench.unkept.has(field)) over = stored;
    if (!isNew) return;
    isNew = false;
    const put = (/** @type {string} */ text) => {
      field.value = text;
      typed();
    };
    const words = /** @type {Words | null} */ (bench.drafts.take(name));
    if (!words || words.text === stored) bench.drafts.drop(name);
    else if (words.over === stored && !field.readOnly) put(words.text);
    else field.after(keptWords(part, name, field.readOnly ? null : put) ?? "");
  };
}

/**
 * Offers what was typed and could not be stored: to be used, where that is possible now, copied or dropped.
 * @param {PanelPart} part
 * @param {string} name
 * @param {((text: string) => void) | null} [use]
 * @returns {HTMLElement | null} null where nothing is kept
 */
export function keptWords(part, name, use = null) {
  const { bench } = part;
  const words = /** @type {Words | null} */ (bench.drafts.take(name));
  if (!words?.text.trim()) return null;
  const drop = () => {
    bench.drafts.drop(name);
    box.remove();
  };
  const take = () => {
    box.remove();
    use?.(words.text);
  };
  const copy = async () => {
    await navigator.clipboard?.writeText(words.text);
    bench.announce("Copied.");
  };
  const box = h(
    "div",
    { class: "kept-words", role: "group", "aria-label": "Words that are not stored" },
    h("p", { class: "soft" }, "You typed this, and it is not stored:"),
    h("blockquote", { dir: "auto" }, words.text),
    use && button("Use it", take, { class: "small" }),
    !use && button("Copy", () => void copy(), { class: "small" }),
    button("Drop", drop, { class: "quiet small danger" }),
  );
  return box;
}

/**
 * @param {PanelPart} part
 * @param {string} name
 * @param {string} value
 */
async function dropOnceKept({ bench }, name, value) {
  await bench.outbox.written();
  if (bench.drafts.take(name)?.text === value) bench.drafts.drop(name);
}
