// @ts-check
// What every page has: menus that close on Escape and on a click elsewhere, and a question before anything that
// can't be undone.
import { gettext } from "../text/gettext.js";

/** @returns {NodeListOf<HTMLDetailsElement>} */
function openMenus() {
  return document.querySelectorAll("details.menu[open]");
}

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!(event.target instanceof Node) || !menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
});

/**
 * Asks in a dialog and answers whether the person meant it.
 *
 * @param {string} question what will happen
 * @param {string} verb the text of the button
 * @returns {Promise<boolean>}
 */
function ask(question, verb) {
  const dialog = document.createElement("dialog");
  dialog.className = "question";
  const form = document.createElement("form");
  form.method = "dialog";
  const words = document.createElement("p");
  words.id = "question-words";
  words.textContent = question;
  dialog.setAttribute("aria-labelledby", words.id);
  const yes = Object.assign(document.createElement("button"), { value: "yes", textContent: verb });
  yes.classList.add("danger");
  const no = Object.assign(document.createElement("button"), { value: "no", textContent: gettext("Cancel") });
  no.autofocus = true;
  const row = document.createElement("div");
  row.className = "form-actions";
  row.append(yes, no);
  form.append(words, row);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "yes");
      dialog.remove();
    });
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  const submitter = event.submitter instanceof HTMLElement ? event.submitter : null;
  const question = submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || form.dataset.confirmed === "yes") return;
  event.preventDefault();
  if (await ask(question, submitter?.textContent?.trim() || gettext("Continue"))) {
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => print());
}
