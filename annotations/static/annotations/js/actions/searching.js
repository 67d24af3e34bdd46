// @ts-check
/** The second article: finding evidence in the other articles of the project, and opening one. */

import { call, Problem, Unreachable, withQuery } from "../api.js";
import { activate, select } from "./moving.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
/** @typedef {import("../model/types.js").Span} Span */
/** @typedef {import("../model/types.js").Hit} Hit */
/** @typedef {{id: string, title: string, outlet: string | null, published_on?: string | null}} Listed */

const MOST_WORDS = 8;

/** Words too common to find anything by. Only English ones: other languages are searched by their longer words. */
const COMMON = new Set(
  "about above after again also along among another been before being between both but could does during each from further had has have having her here him his how into its itself more most much must not now off once only other our out over own said same says she should some such than that the their them then there these they this those through under until upon was were what when where which while who whom whose why will with would you your".split(
    " ",
  ),
);

/**
 * What to search for to find evidence on a claim: its own significant words, in their order.
 * @param {Span} claim
 * @returns {string}
 */
export function tellingWords(claim) {
  const text = String(claim.fields.statement || claim.quote);
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu) ?? [];
  const telling = words.filter(
    (word) =>
      (word.length > 3 || /\d/.test(word) || /[^\p{ASCII}]/u.test(word)) && !COMMON.has(word.toLowerCase()),
  );
  return [...new Set(telling.length ? telling : words)].slice(0, MOST_WORDS).join(" ");
}

/**
 * Sentences of the other articles with these words, the best first.
 * @param {Workbench} workbench
 * @param {string} words
 * @param {AbortSignal} signal
 * @returns {Promise<Hit[]>}
 */
export async function search({ store }, words, signal) {
  const path = withQuery(`projects/${store.project?.slug}/search/`, { q: words, not_article: store.main });
  return (await call("GET", path, { signal })).results;
}

/**
 * The other articles of the project.
 * @param {Workbench} workbench
 * @param {AbortSignal} signal
 * @returns {Promise<Listed[]>}
 */
export async function otherArticles({ store }, signal) {
  const answer = await call("GET", withQuery(`projects/${store.project?.slug}/articles/`, { limit: 50 }), {
    signal,
  });
  return answer.results.filter((/** @type {Listed} */ article) => article.id !== store.main);
}

/**
 * Opens an article in the middle pane, at a span or a passage where one is given.
 * @param {Workbench} workbench
 * @param {string} article
 * @param {{span?: string, start?: number, end?: number}} [at]
 */
export async function openBeside(workbench, article, { span, start, end } = {}) {
  const { store } = workbench;
  try {
    if (!store.desk(article)) await workbench.fetchArticle(article);
  } catch (error) {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
    workbench.toast(error instanceof Problem ? error.words : error.message, { kind: "refusal" });
    return;
  }
  store.set({ beside: article });
  // The pane draws the article when it hears of it; only then is there something to show.
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const desk = store.desk(article);
  if (span) workbench.panes.get(article)?.reveal(store.shown.span.get(span) ?? { start: 0, end: 0 });
  else if (desk && start !== undefined && end !== undefined) select(workbench, desk, { start, end });
}

/**
 * Shows a span wherever it lies, opening its article beside where need be.
 * @param {Workbench} workbench
 * @param {{id: string, article: {id: string}}} end
 * @param {{activate?: boolean}} [how]
 */
export async function showEnd(workbench, end, how = {}) {
  if (end.article.id !== workbench.store.main && end.article.id !== workbench.store.beside) {
    await openBeside(workbench, end.article.id, { span: end.id });
  }
  const span = workbench.store.shown.span.get(end.id);
  if (!span) return;
  if (how.activate) activate(workbench, span.id);
  else workbench.panes.get(span.article)?.reveal(span);
}
