// @ts-check
/** Whether one types: then letters are letters. */

/**
 * Whether what has the focus takes letters for itself.
 * @param {EventTarget | null} target
 */
export function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement &&
    !["radio", "checkbox", "button", "submit", "range"].includes(target.type)
  );
}

/**
 * Whether a key can do something else while one types: it neither writes nor moves what writes.
 * @param {string} key
 */
export function sparesWriting(key) {
  if (/(?:^|\+)(?:F\d+|Escape)$/.test(key)) return true;
  return key.startsWith("Ctrl+") && !/(?:Arrow\w+|Backspace|Delete|Insert|Home|End|Page\w+)$/.test(key);
}
