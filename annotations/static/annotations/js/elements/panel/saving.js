// @ts-check
import { gettext } from "../../text/gettext.js";
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
export function saveAsTyped(part, field, keep, name = "") {
  const { workbench } = part;
  let over = field.value;
  let isNew = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const keepNow = () => {
    clearTimeout(soon);
    if (!workbench.unsavedFields.delete(field)) return;
    const { value } = field;
    if (keep(value) !== false) void dropOnceStored(part, name, value);
    workbench.store.touch("saving");
  };
  const typed = () => {
    if (name) workbench.drafts.keep(name, { text: field.value, over });
    workbench.unsavedFields.add(field);
    workbench.store.touch("saving");
    clearTimeout(soon);
    soon = setTimeout(keepNow, PAUSE);
  };
  field.addEventListener("input", typed);
  field.addEventListener("change", keepNow);
  field.addEventListener("blur", keepNow);
  part.hear("keep-now", keepNow);
  part.life.signal.addEventListener("abort", keepNow);

  return (stored) => {
    if (document.activeElement !== field && !workbench.unsavedFields.has(field)) field.value = stored;
    if (!workbench.unsavedFields.has(field)) over = stored;
    if (!isNew) return;
    isNew = false;
    const put = (/** @type {string} */ text) => {
      field.value = text;
      typed();
    };
    const words = /** @type {Words | null} */ (workbench.drafts.take(name));
    if (!words || words.text === stored) workbench.drafts.drop(name);
    else if (words.over === stored && !field.readOnly) put(words.text);
    else field.after(draftOffer(part, name, field.readOnly ? null : put) ?? "");
  };
}

/**
 * Offers what was typed and could not be stored: to be used, where that is possible now, copied or dropped.
 * @param {PanelPart} part
 * @param {string} name
 * @param {((text: string) => void) | null} [use]
 * @returns {HTMLElement | null} null where nothing is kept
 */
export function draftOffer(part, name, use = null) {
  const { workbench } = part;
  const words = /** @type {Words | null} */ (workbench.drafts.take(name));
  if (!words?.text.trim()) return null;
  const drop = () => {
    workbench.drafts.drop(name);
    box.remove();
  };
  const take = () => {
    box.remove();
    use?.(words.text);
  };
  const copy = async () => {
    await navigator.clipboard?.writeText(words.text);
    workbench.announce(gettext("Copied."));
  };
  const box = h(
    "div",
    { class: "draft-offer", role: "group", "aria-label": gettext("Unsaved text") },
    h("p", { class: "soft" }, gettext("You typed this, but it isn't saved:")),
    h("blockquote", { dir: "auto" }, words.text),
    use && button(gettext("Use"), take, { class: "small" }),
    !use && button(gettext("Copy"), () => void copy(), { class: "small" }),
    button(gettext("Discard"), drop, { class: "quiet small danger" }),
  );
  return box;
}

/**
 * @param {PanelPart} part
 * @param {string} name
 * @param {string} value
 */
async function dropOnceStored({ workbench }, name, value) {
  await workbench.outbox.written();
  if (workbench.drafts.take(name)?.text === value) workbench.drafts.drop(name);
}
