// @ts-check
/**
 * Spans as the server sends many of them: one list a property, without what follows from the text. Here
 * they become the spans that everything else knows.
 */

/** @typedef {import("../model/types.js").Span} Span */
/** @typedef {import("../model/types.js").Columns} Columns */

/**
 * @param {Columns} columns
 * @param {string} article
 * @param {import("./offsets.js").OffsetMap} offsets of its text
 * @returns {Span[]} in reading order
 */
export function spansOf(columns, article, offsets) {
  const people = new Map(columns.people.map((person) => [person.id, person]));
  return columns.id.map((id, at) => {
    const pairs = columns.fragments[at];
    return {
      id,
      article,
      assignment: columns.assignment[at],
      annotator: /** @type {import("../model/types.js").Person} */ (people.get(columns.annotator[at])),
      label: columns.label[at],
      start: pairs[0][0],
      end: pairs[pairs.length - 1][1],
      fragments: pairs.map(([start, end]) => ({ start, end })),
      quote: pairs.map(([start, end]) => offsets.slice(start, end)).join(" … "),
      fields: columns.fields[at],
      note: columns.note[at],
      version: columns.version[at],
      created_at: columns.created_at[at],
      updated_at: columns.updated_at[at],
    };
  });
}
