// @ts-check
/**
 * Sources of spans, and how independent the evidence on a claim is. The rules are those of
 * annotations/evidence/sources.py; here they hold for what is not stored yet, too.
 */

import { interpolate, ngettext } from "../text/gettext.js";
import { isEvidence } from "./vocabulary.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types.js").Link} Link */
/** @typedef {import("./types.js").Span} Span */
/** @typedef {import("./types.js").Far} Far */
/** @typedef {import("./types.js").SaidBy} SaidBy */

/**
 * @typedef {object} End one end of a link, wherever it lies
 * @property {string} id
 * @property {import("./types.js").Label} label
 * @property {string} quote
 * @property {number} start
 * @property {number} end
 * @property {import("./types.js").FarArticle} article
 * @property {boolean} open whether its article is on the page
 *
 * @typedef {{link: Link, end: End, saidBy: SaidBy[], more: number, sameSource: boolean}} Piece a piece of evidence, with how many further attributions it has
 * @typedef {{count: number, sources: number, independent: number}} Weight
 */

/**
 * What is known of a span, from its article where that is open, else from a link to it.
 * @param {Store} store
 * @param {string} id
 * @returns {End | null}
 */
export function endOf(store, id) {
  const span = store.shown.span.get(id);
  if (!span) {
    const far = store.far.get(id);
    return far ? { ...far, open: false } : null;
  }
  const article = store.desk(span.article)?.article;
  const about = { id: span.article, title: article?.title ?? "", outlet: article?.outlet ?? null };
  return {
    id,
    label: span.label,
    quote: span.quote,
    start: span.start,
    end: span.end,
    article: about,
    open: true,
  };
}

/**
 * The attributions of a span. An attribution speaks for itself.
 * @param {Store} store
 * @param {string} id
 * @returns {SaidBy[]}
 */
export function saidBy(store, id) {
  const span = store.shown.span.get(id);
  if (!span) return store.far.get(id)?.said_by ?? [];
  const attributing = store.linksOf(id).filter((link) => link.relation === "attributes" && link.target === id);
  const said = attributing.flatMap((link) => speaking(store, link.source));
  return span.label === "attribution" ? [...said, ...speaking(store, id)] : said;
}

/**
 * How many attributions of a span the server has not told: it tells the first ones of spans in other articles.
 * @param {Store} store
 * @param {string} id
 */
function untold(store, id) {
  const far = store.shown.span.has(id) ? undefined : store.far.get(id);
  return far ? Math.max((far.said_by_count ?? 0) - far.said_by.length, 0) : 0;
}

/**
 * @param {Store} store
 * @param {string} attribution
 * @returns {SaidBy[]}
 */
function speaking(store, attribution) {
  const span = store.shown.span.get(attribution);
  if (!span) return (store.far.get(attribution)?.said_by ?? []).filter((said) => said.span === attribution);
  return [{ span: attribution, source_name: sourceName(span), stance: String(span.fields.stance ?? "") }];
}

/**
 * Whom an attribution names: the name that was entered, else the words of the passage, else its own.
 * @param {Span} span
 */
export function sourceName(span) {
  const passage = span.fields.source;
  const words = passage && typeof passage === "object" ? passage.quote : "";
  return String(span.fields.source_name ?? "").trim() || words.trim() || span.quote;
}

/**
 * The sources, in a form in which the same name compares equal.
 * @param {SaidBy[]} sayings
 */
function names(sayings) {
  return new Set(sayings.map((said) => compared(said.source_name)));
}

/**
 * A name in the form in which the same name compares equal, however it is spaced, composed or capitalised.
 * @param {string} name
 */
export function compared(name) {
  const gaps = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
  const words = name.split(gaps).filter(Boolean).join(" ");
  return words.normalize("NFC").toLowerCase().replaceAll("ς", "σ").normalize("NFC");
}

/**
 * The evidence on a claim, oldest first.
 * @param {Store} store
 * @param {string} claim
 * @returns {Piece[]}
 */
export function evidenceOn(store, claim) {
  const claimed = names(saidBy(store, claim));
  return store
    .linksOf(claim)
    .filter((link) => link.target === claim && isEvidence(link.relation))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((link) => {
      const end = endOf(store, link.source);
      if (!end) return [];
      const said = saidBy(store, link.source);
      const more = untold(store, link.source);
      // Where the server told only the first attributions, it has compared all of them.
      const byServer = (more > 0 || untold(store, claim) > 0) && link.same_source;
      const sameSource = byServer || [...names(said)].some((name) => claimed.has(name));
      return [{ link, end, saidBy: said, more, sameSource }];
    });
}

/**
 * How much evidence one side has: links, distinct sources, and those that are not the claim's own.
 * Evidence without a named source counts as its article's own.
 * @param {Store} store
 * @param {string} claim
 * @param {Piece[]} pieces
 * @returns {Weight}
 */
export function weigh(store, claim, pieces) {
  const claimed = names(saidBy(store, claim));
  const sources = new Set(
    pieces.flatMap((piece) => {
      const named = [...names(piece.saidBy)];
      return named.length ? named : [`article ${piece.end.article.id}`];
    }),
  );
  const independent = [...sources].filter((name) => !claimed.has(name)).length;
  return { count: pieces.length, sources: sources.size, independent };
}

/**
 * A weight as a text: "2, from 2 sources, 1 independent".
 * @param {Weight} weight
 */
export function weightInWords({ count, sources, independent }) {
  if (!count) return "0";
  const text = independent
    ? ngettext(
        "%(count)s, from %(sources)s source, %(independent)s independent",
        "%(count)s, from %(sources)s sources, %(independent)s independent",
        sources,
      )
    : ngettext(
        "%(count)s, from %(sources)s source, not independent",
        "%(count)s, from %(sources)s sources, none independent",
        sources,
      );
  return interpolate(text, { count, sources, independent });
}
