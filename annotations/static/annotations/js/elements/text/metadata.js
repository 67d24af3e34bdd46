// @ts-check
/** The line under an article's title. */

import { LABEL_COUNTS } from "../../model/vocabulary.js";
import { gettext, interpolate, locale, ngettext } from "../../text/gettext.js";
import { isolated } from "../../text/isolation.js";

/** @typedef {import("../../model/types.js").Label} Label */

/**
 * @param {import("../../model/types.js").Desk} desk
 * @param {boolean} whole with figures, for the article of the page
 * @returns {string}
 */
export function metadata({ article, index }, whole) {
  const parts = [isolated(article.outlet ?? ""), isolated(article.author ?? ""), article.published_on && dateWords(article.published_on)];
  if (whole) {
    const count = article.length;
    const characters = interpolate(ngettext("%(count)s character", "%(count)s characters", count), { count });
    parts.push(languageName(article.language), characters);
  }
  const labelled = /** @type {[Label, any[]][]} */ (Object.entries(index.labelled))
    .filter(([, { length }]) => length)
    .map(([label, { length }]) => interpolate(LABEL_COUNTS[label](length), { count: length }));
  return [...parts.filter(Boolean), labelled.join(", ") || gettext("no spans yet")].join(" · ");
}

/** @param {string} date */
function dateWords(date) {
  return new Date(`${date}T12:00:00`).toLocaleDateString(locale(), {
    day: "numeric",
    month: "short",
    year: "numeric",
  });
}

/** @param {string | null} language */
function languageName(language) {
  if (!language) return null;
  try {
    return new Intl.DisplayNames(locale(), { type: "language" }).of(language) ?? null;
  } catch {
    return language;
  }
}
