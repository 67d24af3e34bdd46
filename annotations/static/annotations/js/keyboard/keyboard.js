// @ts-check
/** The keyboard on the page: each key goes to what the table of keys says it does now. */

import { goToPane } from "./panes.js";
import { isComposing, notation } from "./own-shortcuts.js";
import { actionFor } from "./reading.js";
import { situationOf } from "./situation.js";
import { isTyping } from "./typing.js";
import { carryOut } from "./commands.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */

/**
 * @param {Workbench} workbench
 */
export function listenToKeys(workbench) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || isComposing(event) || document.querySelector("dialog[open]")) return;
    const key = notation(event);
    if (isTheirs(event.target, key)) return;
    const typing = isTyping(event.target);
    if (typing && key === "Escape") {
      /** @type {HTMLElement} */ (event.target).blur();
      workbench.panes
        .get(workbench.store.caret.article || workbench.store.main)
        ?.textElement.focus({ preventScroll: true });
      return;
    }
    const action = actionFor(key, situationOf(workbench), typing);
    if (!action) return;
    event.preventDefault();
    carryOut(workbench, action.does, action.key);
  });
  workbench.addEventListener("go", (event) => {
    const { to } = /** @type {CustomEvent} */ (event).detail;
    if (to === "nextPane") goToPane(workbench, 1);
    else if (to === "previousPane") goToPane(workbench, -1);
  });
}

/**
 * Whether what has the focus needs this key for itself.
 * @param {EventTarget | null} target
 * @param {string} key
 */
function isTheirs(target, key) {
  if (!(target instanceof Element)) return false;
  if (key === "Enter" || key === " ")
    return target.matches("button, a[href], summary, input, select, textarea");
  if (/^(Shift\+)?Arrow/.test(key))
    return target.matches("input, select, textarea, [role=listbox] *, [role=toolbar] *");
  return false;
}
