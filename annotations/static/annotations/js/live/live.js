// @ts-check
/** What others do and who is here, for as long as the page is open. */

import { Arrivals } from "./arrivals.js";
import { Stream } from "./stream.js";

/**
 * @param {import("../workbench-controller.js").Bench} bench
 */
export function listenToOthers(bench) {
  const { store } = bench;
  const stream = new Stream();
  const arrivals = new Arrivals(bench);
  const follow = () => stream.follow([store.main, store.beside ?? []].flat());
  on(stream, "change", (arrival) => arrivals.take(arrival));
  on(stream, "presence", ({ people }) => bench.say("presence", { people }));
  on(stream, "reset", () => {
    arrivals.forget();
    bench.refreshSoon();
  });
  on(bench, "loaded", ({ article, point, whole }) => stream.loaded(article, point, whole));
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
