// @ts-check
/** Submitting an article, going on to the next one, reopening it. */

import { call, Problem, Unreachable } from "../api.js";
import { gettext } from "../text/gettext.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */

/**
 * Submits the article once everything is stored, and goes on.
 * @param {Workbench} workbench
 */
export async function submitArticle(workbench) {
  await inOrder(workbench, "submit", () => {
    const next = workbench.store.desk(workbench.store.main)?.next;
    if (next) workbench.say("leave", { address: `/articles/${next}/` });
    else workbench.toast(gettext("Article submitted. No more articles to annotate."), { kind: "done" });
  });
}

/**
 * Reopens a submitted article.
 * @param {Workbench} workbench
 */
export async function reopenArticle(workbench) {
  await inOrder(workbench, "reopen", () => workbench.toast(gettext("Article reopened."), { kind: "done" }));
}

/**
 * @param {Workbench} workbench
 * @param {"submit" | "reopen"} what
 * @param {() => void} then
 */
async function inOrder(workbench, what, then) {
  workbench.say("keep-now");
  await workbench.outbox.settled();
  if (workbench.outbox.state !== "saved") {
    workbench.toast(gettext("Some changes aren't saved yet. Review them first."), { kind: "refusal" });
    return;
  }
  const article = workbench.store.main;
  try {
    if (!workbench.store.desk(article)?.assignment) await call("PUT", `articles/${article}/assignment/`);
    await call("POST", `articles/${article}/assignment/${what}/`);
    await workbench.fetchArticle(article);
    then();
  } catch (error) {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    workbench.toast(error instanceof Problem ? error.words : error.message, { kind: "refusal" });
    // Somebody else submitted the article, or took the last place, since this page was loaded.
    if (error instanceof Problem && error.status === 409) workbench.refreshSoon();
  }
}
