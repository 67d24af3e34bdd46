// @ts-check
/**
 * Why something cannot be done just now, in words, or null where it can. The server decides; this
 * only keeps the page from offering what it would refuse.
 */

import { gettext, interpolate } from "../text/gettext.js";
import { isolated } from "../text/isolation.js";

/** @typedef {import("./store.js").Store} Store */
/** @typedef {import("./types.js").Span} Span */
/** @typedef {import("./types.js").Verdict} Verdict */

/** @type {Record<import("./types.js").MarkRefused, () => string>} */
const MARK_REFUSED = {
  "pass-submitted": () =>
    gettext("You have submitted this article, so your spans and the links between them are locked. Reopen it to make changes."),
  "pass-opened": () =>
    gettext("You and another annotator have submitted this article and can see each other's work. Only a manager can reopen it."),
  "article-full": () => gettext("This article already has enough annotators."),
  archived: () =>
    gettext("The article or its project is archived, so it can't be changed. A manager can restore it."),
};

/**
 * @param {Store} store
 * @param {string} article
 * @param {import("./types.js").Right} right
 */
export function may(store, article, right) {
  return Boolean(store.desk(article)?.can[right]);
}

/**
 * @param {Store} store
 * @param {string} article
 * @returns {string | null}
 */
export function whyNoMarking(store, article) {
  if (may(store, article, "mark")) return null;
  return whyClosed(store, article) ?? gettext("Only annotators can add or change spans.");
}

/**
 * Why nothing is marked here now by somebody whose role allows it.
 * @param {Store} store
 * @param {string} article
 * @returns {string | null}
 */
export function whyClosed(store, article) {
  const refused = store.desk(article)?.markRefused;
  return refused ? MARK_REFUSED[refused]() : null;
}

/**
 * @param {Store} store
 * @param {string} article
 */
function isArchived(store, article) {
  return Boolean(store.project?.archived || store.desk(article)?.article.archived);
}

/**
 * Why a link between these spans is neither made, changed nor removed: both lie in one submitted pass.
 * @param {Store} store
 * @param {string} source
 * @param {string} target
 * @returns {string | null}
 */
export function whyNoLinkBetween(store, source, target) {
  const [one, other] = [store.shown.span.get(source), store.shown.span.get(target)];
  if (!one || !other || one.article !== other.article) return null;
  const mine = one.annotator.id === store.me.id && other.annotator.id === store.me.id;
  const locked = store.desk(one.article)?.markRefused?.startsWith("pass-");
  return mine && locked ? whyClosed(store, one.article) : null;
}

/**
 * @param {Store} store
 * @param {Span} span
 * @returns {string | null}
 */
export function whyNoChange(store, span) {
  const marking = whyNoMarking(store, span.article);
  if (marking) return marking;
  if (!isInOwn("annotate", store, span) && !isInOwn("adjudicate", store, span)) {
    return span.annotator.id === store.me.id
      ? gettext("Your role in this project no longer allows you to change this span.")
      : interpolate(gettext("Only %(name)s, who made this span, can change it."), { name: isolated(span.annotator.name) });
  }
  const holding = heldBy(store, span.id);
  if (!holding) return null;
  if (holding.claim === span.id) return reviewWords(holding);
  const text =
    holding.state === "submitted"
      ? gettext("This span is evidence for %(claim)s, whose verdict is under review. Withdraw it first.")
      : gettext("This span is evidence for %(claim)s, whose verdict is approved. A reviewer must reopen it first.");
  return interpolate(text, { claim: store.nameOf(holding.claim) || gettext("a claim") });
}

/**
 * Whether a span is in the reader's own pass as an annotator, or in an adjudication that they do as a reviewer or manager.
 * @param {"annotate" | "adjudicate"} kind
 * @param {Store} store
 * @param {Span} span
 */
function isInOwn(kind, store, span) {
  if (span.annotator.id !== store.me.id) return false;
  // Annotators submit verdicts, reviewers and managers review them: so these rights tell the roles.
  if (!may(store, span.article, kind === "annotate" ? "submit" : "review")) return false;
  const assignment = store.desk(span.article)?.assignment;
  // A span that is not sent yet goes to the assignment that the server told, or to a pass that begins with it.
  const told = assignment && (span.assignment ?? assignment.id) === assignment.id;
  // One has at most two: what is not in the one that the server told is in the other.
  const other = assignment?.kind === "annotate" ? "adjudicate" : "annotate";
  return kind === (told ? assignment.kind : other);
}

/**
 * @param {Store} store
 * @param {string} article
 * @returns {string | null}
 */
export function whyNoLinking(store, article) {
  return may(store, article, "link") ? null : gettext("Only annotators can link spans.");
}

/**
 * @param {Store} store
 * @param {Span} claim the claim that a link would end at, or a verdict be about
 * @param {"link" | "verdict"} right
 * @returns {string | null}
 */
export function whyNoWorkOn(store, claim, right) {
  if (!may(store, claim.article, right)) {
    return right === "link" ? gettext("Only annotators can link spans.") : gettext("Only annotators can write verdicts.");
  }
  const verdict = store.verdictOn(claim.id);
  // A review that has begun is brought to its end.
  const goesOn = verdict && (right === "verdict" || verdict.returned_reason);
  if (!goesOn && isArchived(store, claim.article)) return MARK_REFUSED.archived();
  const independent = store.project?.mode === "independent";
  const holds = verdict && holderOf(verdict).id === store.me.id;
  if (independent && right === "verdict" && verdict && !holds) {
    const text = gettext("In an independent project, only %(name)s can change this verdict.");
    return interpolate(text, { name: isolated(holderOf(verdict).name) });
  }
  if (!isInOwn("adjudicate", store, claim)) {
    if (!may(store, claim.article, "submit")) return gettext("You can only work on the claims of your own adjudication.");
    if (independent && claim.annotator.id !== store.me.id && !holds) {
      return gettext("In an independent project, you can only work on your own claims and verdicts handed over to you.");
    }
  }
  return verdict && isHeld(verdict) ? reviewWords(verdict) : null;
}

/**
 * Why somebody does not submit a verdict, nor withdraw it, whatever its state.
 * @param {Store} store
 * @param {Verdict} verdict
 * @param {string} article the claim's
 * @returns {string | null}
 */
export function whyNoSubmitting(store, verdict, article) {
  if (!may(store, article, "submit")) return gettext("Only annotators can submit verdicts.");
  const holder = holderOf(verdict);
  if (holder.id === store.me.id) return null;
  const text =
    holder.id === verdict.author.id
      ? gettext("Only %(name)s, who wrote this verdict, can submit it.")
      : gettext("Only %(name)s, who is responsible for this verdict, can submit it.");
  return interpolate(text, { name: isolated(holder.name) });
}

/**
 * Who works on a verdict: its author, unless it was handed over.
 * @param {Verdict} verdict
 */
export function holderOf(verdict) {
  // What this browser kept before there were holders names none.
  return verdict.holder ?? verdict.author;
}

/**
 * The submitted or approved verdict that locks a span.
 * @param {Store} store
 * @param {string} span
 * @returns {Verdict | null}
 */
function heldBy(store, span) {
  const claims = store
    .linksOf(span)
    .filter((link) => link.source === span)
    .map((link) => link.target);
  for (const claim of [span, ...claims]) {
    const verdict = store.verdictOn(claim);
    if (verdict && isHeld(verdict)) return verdict;
  }
  return null;
}

/** @param {Verdict} verdict */
export function isHeld(verdict) {
  return verdict.state === "submitted" || verdict.state === "approved";
}

/** @param {Verdict} verdict */
function reviewWords(verdict) {
  return verdict.state === "submitted"
    ? gettext("This verdict is under review, so its claim and evidence are locked. Withdraw it first.")
    : gettext("This verdict is approved, so its claim and evidence are locked. A reviewer can reopen it.");
}
