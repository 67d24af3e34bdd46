// @ts-check
// Buttons that copy a text of the page. They show only where the browser lets a page copy.
import { gettext } from "../text/gettext.js";

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!(button instanceof HTMLButtonElement) || !navigator.clipboard) continue;
  const words = document.getElementById(button.dataset.copy ?? "");
  const name = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words?.textContent?.trim() ?? "");
      button.textContent = gettext("Copied");
    } catch {
      button.textContent = gettext("Couldn't copy");
    }
    setTimeout(() => {
      button.textContent = name;
    }, 2000);
  });
}
