// @ts-check
/** @typedef {import("./panel-part.js").PanelPart} PanelPart */

const PAUSE = 700;

/**
 * Keeps what is typed in a field: at each pause, when the field is left, and before anything that
 * depends on it. Until then the page does not call itself saved.
 * @param {PanelPart} part
 * @param {HTMLTextAreaElement | HTMLInputElement} field
 * @param {(value: string) => void} keep
 * @returns {() => boolean} whether something is typed that is not kept yet
 */
export function keepAsTyped(part, field, keep) {
  const { bench } = part;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const keepNow = () => {
    clearTimeout(soon);
    if (!bench.unkept.delete(field)) return;
    keep(field.value);
    bench.store.touch("saving");
  };
  field.addEventListener("input", () => {
    bench.unkept.add(field);
    bench.store.touch("saving");
    clearTimeout(soon);
    soon = setTimeout(keepNow, PAUSE);
  });
  field.addEventListener("change", keepNow);
  field.addEventListener("blur", keepNow);
  part.hear("keep-now", keepNow);
  part.life.signal.addEventListener("abort", keepNow);
  return () => bench.unkept.has(field);
}
