// @ts-check
/**
 * Labels, relations and field kinds as annotations/vocabulary.py declares them; a test holds the two together.
 *
 * @typedef {typeof LABELS[number]} Label
 * @typedef {typeof FIELD_KINDS[number]} FieldKind
 * @typedef {keyof typeof table} Relation
 * @typedef {typeof EVIDENCE[number]} Side
 *
 * @typedef {object} Meaning the labels that a relation joins, and how the workbench speaks of it
 * @property {readonly Label[]} sources
 * @property {readonly Label[]} targets
 * @property {string} sign
 * @property {string} name
 * @property {string} named what such a link is called
 * @property {boolean} gathers whether a span that can be its target asks for a source, rather than the reverse
 * @property {string} askSource what one selects next where the source is missing
 * @property {string} askTarget the same for the target
 * @property {string} coming heading over what links to a span with this relation
 * @property {string} going heading over what a span links to
 */

import { gettext, ngettext } from "../text/gettext.js";

export const LABELS = /** @type {const} */ (["claim", "attribution", "fact"]);

/** @type {Record<Label, string>} */
export const LABEL_NAMES = {
  get claim() {
    return gettext("Claim");
  },
  get attribution() {
    return gettext("Attribution");
  },
  get fact() {
    return gettext("Fact");
  },
};

/** Labels within a sentence. @type {Record<Label, string>} */
export const LABEL_NOUNS = {
  get claim() {
    return gettext("claim");
  },
  get attribution() {
    return gettext("attribution");
  },
  get fact() {
    return gettext("fact");
  },
};

/** Texts for a number of spans with a label. @type {Record<Label, (count: number) => string>} */
export const LABEL_COUNTS = {
  claim: (count) => ngettext("%(count)s claim", "%(count)s claims", count),
  attribution: (count) => ngettext("%(count)s attribution", "%(count)s attributions", count),
  fact: (count) => ngettext("%(count)s fact", "%(count)s facts", count),
};

export const FIELD_KINDS = /** @type {const} */ (["text", "choice", "number", "flag", "date", "passage"]);

/** The roles that read and write comments, and can be named in them. */
export const COMMENTERS = ["annotator", "reviewer", "manager"];

const table = /** @satisfies {Record<string, Meaning>} */ ({
  corroborates: {
    sources: LABELS,
    targets: ["claim"],
    sign: "+",
    gathers: true,
    get name() {
      return gettext("corroborates");
    },
    get named() {
      return gettext("corroborating evidence");
    },
    get askSource() {
      return gettext("Select the evidence that corroborates the claim.");
    },
    get askTarget() {
      return gettext("Select the claim that this corroborates.");
    },
    get coming() {
      return gettext("Corroborated by");
    },
    get going() {
      return gettext("Corroborates");
    },
  },
  contradicts: {
    sources: LABELS,
    targets: ["claim"],
    sign: "−",
    gathers: true,
    get name() {
      return gettext("contradicts");
    },
    get named() {
      return gettext("contradicting evidence");
    },
    get askSource() {
      return gettext("Select the evidence that contradicts the claim.");
    },
    get askTarget() {
      return gettext("Select the claim that this contradicts.");
    },
    get coming() {
      return gettext("Contradicted by");
    },
    get going() {
      return gettext("Contradicts");
    },
  },
  attributes: {
    sources: ["attribution"],
    targets: ["claim", "fact"],
    sign: "“",
    gathers: true,
    get name() {
      return gettext("attributes");
    },
    get named() {
      return gettext("an attribution");
    },
    get askSource() {
      return gettext("Select the source of the statement.");
    },
    get askTarget() {
      return gettext("Select the statement that this attributes.");
    },
    get coming() {
      return gettext("Said by");
    },
    get going() {
      return gettext("Attributes");
    },
  },
  restates: {
    sources: ["claim"],
    targets: ["claim"],
    sign: "=",
    gathers: false,
    get name() {
      return gettext("restates");
    },
    get named() {
      return gettext("a restated claim");
    },
    get askSource() {
      return gettext("Select the claim that restates this one.");
    },
    get askTarget() {
      return gettext("Select the original claim.");
    },
    get coming() {
      return gettext("Restated by");
    },
    get going() {
      return gettext("Restates");
    },
  },
});

/** @type {Record<Relation, Meaning>} */
export const MEANINGS = table;
export const RELATIONS = /** @type {Relation[]} */ (Object.keys(table));

/** Tone and name of each state of a verdict, as in BADGES of annotations/web/wording.py. */
export const VERDICT_STATES = {
  draft: {
    tone: "idle",
    get name() {
      return gettext("Draft");
    },
  },
  submitted: {
    tone: "busy",
    get name() {
      return gettext("Submitted");
    },
  },
  returned: {
    tone: "bad",
    get name() {
      return gettext("Returned");
    },
  },
  approved: {
    tone: "good",
    get name() {
      return gettext("Approved");
    },
  },
};

/** The relations that are evidence for or against a claim. */
export const EVIDENCE = /** @type {const} */ (["corroborates", "contradicts"]);

/** What a rating can need, and the evidence that it then needs. @type {Record<string, readonly Side[]>} */
export const NEEDED = { corroborating: [EVIDENCE[0]], contradicting: [EVIDENCE[1]], both: EVIDENCE };

/**
 * @param {Relation} relation
 * @returns {relation is Side}
 */
export function isEvidence(relation) {
  return EVIDENCE.some((side) => side === relation);
}

/** @param {Side} side */
export function otherSide(side) {
  return EVIDENCE[1 - EVIDENCE.indexOf(side)];
}
