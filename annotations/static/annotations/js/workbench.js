// @ts-check
/** The workbench starts here: fetch the article, then bring the page's elements to life. */

import { person, Problem } from "./api.js";
import { activate } from "./actions/moving.js";
import { showComment } from "./actions/commenting.js";
import { openBeside } from "./actions/searching.js";
import { Workbench } from "./workbench-controller.js";
import { WorkbenchElement } from "./elements/workbench-element.js";
import { ELEMENTS } from "./elements/all.js";
import { listenToKeys } from "./keyboard/keyboard.js";
import { gettext } from "./text/gettext.js";
import { Keeping } from "./outbox/keeping.js";
import { listenToOthers } from "./live/live.js";

const panes = /** @type {HTMLElement} */ (document.querySelector(".panes"));
const article = panes.dataset.article ?? "";
const keeping = new Keeping(Number(person), article);
const workbench = new Workbench(article, keeping);
WorkbenchElement.workbench = workbench;

try {
  await Promise.all([workbench.fetchArticle(article), workbench.takeUp()]);
  for (const [name, element] of ELEMENTS) customElements.define(name, element);
  workbench.askAgain();
  listenToKeys(workbench);
  await goWhereAddressSays();
  keepAddress(workbench);
  listenToOthers(workbench);
  document.documentElement.dataset.ready = "true";
  if (workbench.outbox.broken) workbench.sayBroken();
} catch (error) {
  const words =
    error instanceof Problem
      ? error.words
      : CSS.highlights
        ? gettext("The annotations couldn't be loaded. Reload the page to try again.")
        : gettext("This browser can't show annotations. Use a current version.");
  panes.prepend(
    Object.assign(document.createElement("p"), {
      className: "load-failure",
      role: "alert",
      textContent: words,
    }),
  );
  throw error;
}

window.addEventListener("online", () => workbench.outbox.retry());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") workbench.say("keep-now");
  else if (workbench.outbox.state === "offline") workbench.outbox.retry();
});
window.addEventListener("beforeunload", (event) => {
  const { isStored } = workbench;
  workbench.say("keep-now");
  if (!isStored) event.preventDefault();
});
keeping.database.addEventListener("lost", () => void workbench.outbox.restore());
workbench.addEventListener("leave", (event) => {
  location.assign(/** @type {CustomEvent} */ (event).detail.address);
});

/** `?span=` or `#span-` chooses a span, `?evidence=` opens an article beside. */
async function goWhereAddressSays() {
  const { searchParams, hash } = new URL(location.href);
  const beside = searchParams.get("evidence");
  const span = searchParams.get("span") ?? hash.match(/^#span-(.+)$/)?.[1] ?? null;
  if (beside && beside !== workbench.store.main) await openBeside(workbench, beside);
  if (span && workbench.store.shown.span.has(span)) activate(workbench, span);
  const comment = searchParams.get("comment");
  if (comment) await workbench.commentsLoaded.then(() => showComment(workbench, comment));
}

/**
 * Keeps the address of the page true, so that a reload or a shared link comes back to the same span
 * and the same article beside; and its title, which names the span one is at.
 * @param {import("./workbench-controller.js").Workbench} workbench
 */
function keepAddress({ store }) {
  const forever = new AbortController();
  const title = document.title;
  const tell = () => {
    document.title = store.active ? `${store.nameOf(store.active)} · ${title}` : title;
  };
  tell();
  store.watch(["active", "data"], tell, forever.signal);
  store.watch(
    ["active", "evidence"],
    () => {
      const address = new URL(location.href);
      address.hash = "";
      address.searchParams.delete("comment");
      for (const [name, value] of [
        ["span", store.active],
        ["evidence", store.beside],
      ]) {
        if (value) address.searchParams.set(/** @type {string} */ (name), value);
        else address.searchParams.delete(/** @type {string} */ (name));
      }
      if (address.href !== location.href) history.replaceState(history.state, "", address);
    },
    forever.signal,
  );
}
