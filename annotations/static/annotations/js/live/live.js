// @ts-check
/** What others do and who is here, for as long as the page is open. */

import { Arrivals } from "./arrivals.js";
import { Stream } from "./stream.js";

/**
 * @param {import("../workbench-controller.js").Workbench} workbench
 */
export function listenToOthers(workbench) {
  const { store } = workbench;
  const stream = new Stream();
  const arrivals = new Arrivals(workbench);
  const follow = () => stream.follow([store.main, store.beside ?? []].flat());
  on(stream, "change", (arrival) => arrivals.take(arrival));
  on(stream, "presence", ({ people }) => workbench.say("presence", { people }));
  on(stream, "reset", () => {
    arrivals.forget();
    workbench.refreshSoon();
  });
  on(workbench, "loaded", ({ article, point, whole }) => stream.loaded(article, point, whole));
  for (const [article, { point }] of store.desks) if (point) stream.loaded(article, point);
  store.watch(["evidence"], follow, new AbortController().signal);
  follow();
}

/**
 * @param {EventTarget} target
 * @param {string} name
 * @param {(detail: any) => void} hear
 */
function on(target, name, hear) {
  target.addEventListener(name, (event) => hear(/** @type {CustomEvent} */ (event).detail));
}
