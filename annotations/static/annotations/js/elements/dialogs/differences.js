// @ts-check
/** What differs between two states of one thing, as texts. */

import { LABEL_NAMES, MEANINGS } from "../../model/vocabulary.js";
import { gettext, interpolate, ngettext } from "../../text/gettext.js";

/** @typedef {{name: string, from: string, to: string}} Difference */
/** @typedef {import("../../model/types.js").Project} Project */

/** What changes by itself, or only repeats what another value says. */
const UNSAID = new Set([
  "id",
  "version",
  "updated_at",
  "created_at",
  "edited_by",
  "edited_by_id",
  "start",
  "end",
  "fragments",
  "assignment",
  "article",
  "state",
  "submitted_at",
  "approval",
  "approved_at",
  "annotator",
  "author",
  "holder",
  "reviewer",
  "same_source",
  "source_span",
  "target_span",
  "returned_reason",
]);

/** Names of values that everything of a kind has. @type {Record<string, () => string>} */
const NAMES = {
  quote: () => gettext("text"),
  fragments: () => gettext("text"),
  text: () => gettext("text"),
  label: () => gettext("label"),
  note: () => gettext("note"),
  relation: () => gettext("relation"),
  rating: () => gettext("rating"),
  rationale: () => gettext("rationale"),
  confidence: () => gettext("confidence"),
  evidence_sets: () => gettext("evidence sets"),
  resolved: () => gettext("resolved"),
};

/**
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 * @param {Project | null} project
 * @returns {Difference[]}
 */
export function differences(before, after, project) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !UNSAID.has(name),
  );
  return names.flatMap((name) => {
    if (name === "fields")
      return fieldDifferences(before.fields ?? {}, after.fields ?? {}, after.label ?? before.label, project);
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) return [];
    return [
      {
        name: nameOf(name),
        from: inWords(name, before[name], project),
        to: inWords(name, after[name], project),
      },
    ];
  });
}

/**
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 * @param {import("../../model/types.js").Label} label
 * @param {Project | null} project
 * @returns {Difference[]}
 */
function fieldDifferences(before, after, label, project) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => {
      const field = fieldOf(key, label, project);
      return {
        name: field?.name ?? key,
        from: fieldInWords(key, before[key], field, project),
        to: fieldInWords(key, after[key], field, project),
      };
    });
}

/** @param {string} name of a value that everything of a kind has */
export function nameOf(name) {
  return NAMES[name]?.() ?? name;
}

/**
 * @param {string} key
 * @param {import("../../model/types.js").Label} label
 * @param {Project | null} project
 */
export function fieldOf(key, label, project) {
  return project?.label_fields[label]?.find((one) => one.key === key);
}

/**
 * @param {string} key
 * @param {any} value
 * @param {import("../../model/types.js").LabelField | undefined} field
 * @param {Project | null} project
 */
export function fieldInWords(key, value, field, project) {
  return field?.choices?.find((choice) => choice.key === value)?.name ?? inWords(key, value, project);
}

/**
 * @param {string} name
 * @param {any} value
 * @param {Project | null} project
 * @returns {string}
 */
export function inWords(name, value, project) {
  if (value === null || value === undefined || value === "") return "";
  if (name === "rating") return project?.scale.find((rating) => rating.key === value)?.name ?? String(value);
  if (name === "label") return LABEL_NAMES[/** @type {import("../../model/types.js").Label} */ (value)];
  if (name === "relation") return MEANINGS[/** @type {import("../../model/types.js").Relation} */ (value)].name;
  if (name === "evidence_sets") {
    const count = value.length;
    return interpolate(ngettext("%(count)s set", "%(count)s sets", count), { count });
  }
  if (typeof value === "boolean") return value ? gettext("yes") : gettext("no");
  if (typeof value === "object") return value.quote ? `“${value.quote}”` : JSON.stringify(value);
  return String(value);
}
