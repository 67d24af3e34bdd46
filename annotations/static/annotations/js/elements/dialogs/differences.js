// @ts-check
/** What differs between two states of one thing, in words that a person can read. */

/** @typedef {{name: string, from: string, to: string}} Difference */
/** @typedef {import("../../types.js").Project} Project */

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
  "approved_at",
  "annotator",
  "author",
  "reviewer",
  "same_source",
  "source_span",
  "target_span",
  "returned_reason",
]);

/** @type {Record<string, string>} */
const NAMES = { quote: "words", evidence_sets: "evidence sets" };

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
        name: NAMES[name] ?? name,
        from: inWords(name, before[name], project),
        to: inWords(name, after[name], project),
      },
    ];
  });
}

/**
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 * @param {import("../../types.js").Label} label
 * @param {Project | null} project
 * @returns {Difference[]}
 */
function fieldDifferences(before, after, label, project) {
  const fields = project?.label_fields[label] ?? [];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => {
      const field = fields.find((one) => one.key === key);
      const say = (/** @type {any} */ value) =>
        field?.choices?.find((choice) => choice.key === value)?.name ?? inWords(key, value, project);
      return { name: field?.name ?? key, from: say(before[key]), to: say(after[key]) };
    });
}

/**
 * @param {string} name
 * @param {any} value
 * @param {Project | null} project
 * @returns {string}
 */
function inWords(name, value, project) {
  if (value === null || value === undefined || value === "") return "";
  if (name === "rating") return project?.scale.find((rating) => rating.key === value)?.name ?? String(value);
  if (name === "evidence_sets") return `${value.length} ${value.length === 1 ? "set" : "sets"}`;
  if (typeof value === "object") return value.quote ? `“${value.quote}”` : JSON.stringify(value);
  return String(value);
}
