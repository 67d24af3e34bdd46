// @ts-check
/** Handing an article in, going on to the next, taking it up again. */

import { call, Problem, Unreachable } from "../api.js";

/** @typedef {import("../workbench-controller.js").Bench} Bench */

/**
 * Submits the article once everything is stored, and goes on.
 * @param {Bench} bench
 */
export async function submitArticle(bench) {
  await inOrder(bench, "submit", () => {
    const next = bench.store.desk(bench.store.main)?.next;
    if (next) bench.say("leave", { address: `/articles/${next}/` });
    else
      bench.toast("Article submitted. That was the last one that waits for you: all done.", { kind: "done" });
  });
}

/**
 * Takes a submitted article up again.
 * @param {Bench} bench
 */
export async function reopenArticle(bench) {
  await inOrder(bench, "reopen", () => bench.toast("The article is open again.", { kind: "done" }));
}

/**
 * @param {Bench} bench
 * @param {"submit" | "reopen"} what
 * @param {() => void} then
 */
async function inOrder(bench, what, then) {
  bench.say("keep-now");
  await bench.outbox.settled();
  if (bench.outbox.state !== "saved") {
    bench.toast("Some changes are not stored yet. See to them first.", { kind: "refusal" });
    return;
  }
  const article = bench.store.main;
  try {
    if (!bench.store.desk(article)?.assignment) await call("PUT", `articles/${article}/assignment/`);
    await call("POST", `articles/${article}/assignment/${what}/`);
    await bench.fetchArticle(article);
    then();
  } catch (error) {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    bench.toast(error instanceof Problem ? error.words : error.message, { kind: "refusal" });
    // Somebody else submitted the article, or took the last place, since this page was loaded.
    if (error instanceof Problem && error.status === 409) bench.refreshSoon();
  }
}
