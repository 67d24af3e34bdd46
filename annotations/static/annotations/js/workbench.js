// @ts-check
/** The workbench starts here: fetch the article, then bring the page's elements to life. */

import { person, Problem } from "./api.js";
import { activate } from "./actions/moving.js";
import { showComment } from "./actions/talking.js";
import { openBeside } from "./actions/searching.js";
import { Bench } from "./workbench-controller.js";
import { BenchElement } from "./elements/bench-element.js";
import { ELEMENTS } from "./elements/all.js";
import { listenToKeys } from "./keyboard/keyboard.js";
import { Keeping } from "./outbox/keeping.js";
import { listenToOthers } from "./live/live.js";

const panes = /** @type {HTMLElement} */ (document.querySelector(".panes"));
const article = panes.dataset.article ?? "";
const keeping = new Keeping(Number(person), article);
const bench = new Bench(article, keeping);
BenchElement.bench = bench;

try {
  await Promise.all([bench.fetchArticle(article), bench.takeUp()]);
  for (const [name, element] of ELEMENTS) customElements.define(name, element);
  bench.askAgain();
  listenToKeys(bench);
  await goWhereAddressSays();
  keepAddress(bench);
  listenToOthers(bench);
  document.documentElement.dataset.ready = "true";
  if (bench.outbox.broken) bench.sayBroken();
} catch (error) {
  const words =
    error instanceof Problem
      ? error.words
      : CSS.highlights
        ? "The annotations could not be fetched. Reload the page to try again."
        : "This browser cannot paint marks on a text. A current one can.";
  panes.prepend(
    Object.assign(document.createElement("p"), {
      className: "load-failure",
      role: "alert",
      textContent: words,
    }),
  );
  throw error;
}

window.addEventListener("online", () => bench.outbox.retry());
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") bench.say("keep-now");
  else if (bench.outbox.state === "offline") bench.outbox.retry();
});
window.addEventListener("beforeunload", (event) => {
  const { isKept } = bench;
  bench.say("keep-now");
  if (!isKept) event.preventDefault();
});
keeping.database.addEventListener("lost", () => void bench.outbox.restore());
bench.addEventListener("leave", (event) => {
  location.assign(/** @type {CustomEvent} */ (event).detail.address);
});

/** `?span=` or `#span-` chooses a span, `?evidence=` opens an article beside. */
async function goWhereAddressSays() {
  const { searchParams, hash } = new URL(location.href);
  const beside = searchParams.get("evidence");
  const span = searchParams.get("span") ?? hash.match(/^#span-(.+)$/)?.[1] ?? null;
  if (beside && beside !== bench.store.main) await openBeside(bench, beside);
  if (span && bench.store.shown.span.has(span)) activate(bench, span);
  const comment = searchParams.get("comment");
  if (comment) await bench.talked.then(() => showComment(bench, comment));
}

/**
 * Keeps the address of the page true, so that a reload or a shared link comes back to the same span
 * and the same article beside; and its title, which names the span one is at.
 * @param {import("./workbench-controller.js").Bench} bench
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
