// @ts-check
/** The line under an article's title. */

import { isolated } from "../../text/isolation.js";

/**
 * @param {import("../../model/types.js").Desk} desk
 * @param {boolean} whole with figures, for the article of the page
 * @returns {string}
 */
export function metadata({ article, index }, whole) {
  const parts = [isolated(article.outlet ?? ""), isolated(article.author ?? ""), article.published_on && dateWords(article.published_on)];
  if (whole)
    parts.push(languageName(article.language), `${article.length.toLocaleString("en-GB")} characters`);
  const labelled = Object.entries(index.labelled)
    .map(([label, { length }]) => /** @type {const} */ ([label, length]))
    .filter(([, count]) => count)
    .map(([label, count]) => `${count.toLocaleString("en-GB")} ${label}${count === 1 ? "" : "s"}`);
  return [...parts.filter(Boolean), labelled.join(", ") || "nothing marked yet"].join(" · ");
}

/** @param {string} date */
function dateWords(date) {
  return new Date(`${date}T12:00:00`).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

/** @param {string | null} language */
function languageName(language) {
  if (!language) return null;
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(language) ?? null;
  } catch {
    return language;
  }
}
