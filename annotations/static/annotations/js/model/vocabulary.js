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
 * @property {string} named what such a link is called
 * @property {boolean} gathers whether a span that can be its target asks for a source, rather than the reverse
 * @property {string} askSource what one picks next where the source is missing
 * @property {string} askTarget the same for the target
 * @property {string} coming heading over what links to a span with this relation
 * @property {string} going heading over what a span links to
 */

export const LABELS = /** @type {const} */ (["claim", "attribution", "fact"]);

/** @type {Record<Label, string>} */
export const LABEL_NAMES = { claim: "Claim", attribution: "Attribution", fact: "Fact" };

/** @type {Record<Label, string>} */
export const WITH_ARTICLE = { claim: "a claim", attribution: "an attribution", fact: "a fact" };

export const FIELD_KINDS = /** @type {const} */ (["text", "choice", "number", "flag", "date", "passage"]);

/** The roles that read and write comments, and can be named in them. */
export const COMMENTERS = ["annotator", "reviewer", "manager"];

const table = /** @satisfies {Record<string, Meaning>} */ ({
  corroborates: {
    sources: LABELS,
    targets: ["claim"],
    sign: "+",
    named: "corroborating evidence",
    gathers: true,
    askSource: "Pick what corroborates the claim.",
    askTarget: "Pick the claim that this corroborates.",
    coming: "Corroborated by",
    going: "Corroborates",
  },
  contradicts: {
    sources: LABELS,
    targets: ["claim"],
    sign: "−",
    named: "contradicting evidence",
    gathers: true,
    askSource: "Pick what contradicts the claim.",
    askTarget: "Pick the claim that this contradicts.",
    coming: "Contradicted by",
    going: "Contradicts",
  },
  attributes: {
    sources: ["attribution"],
    targets: ["claim", "fact"],
    sign: "“",
    named: "an attribution",
    gathers: true,
    askSource: "Pick who says it.",
    askTarget: "Pick what is attributed.",
    coming: "Said by",
    going: "Says who claims",
  },
  restates: {
    sources: ["claim"],
    targets: ["claim"],
    sign: "=",
    named: "a restated claim",
    gathers: false,
    askSource: "Pick the claim that restates this one.",
    askTarget: "Pick the claim that this one restates.",
    coming: "Restated by",
    going: "Restates",
  },
});

/** @type {Record<Relation, Meaning>} */
export const MEANINGS = table;
export const RELATIONS = /** @type {Relation[]} */ (Object.keys(table));

/** The relations that bear on whether a claim is true. */
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
