// @ts-check
/**
 * The shapes that come from the API, and those the workbench itself keeps.
 *
 * @typedef {import("./vocabulary.js").Label} Label
 * @typedef {import("./vocabulary.js").Relation} Relation
 * @typedef {import("./vocabulary.js").FieldKind} FieldKind
 * @typedef {{start: number, end: number}} Fragment code points, end exclusive
 * @typedef {{id: number, name: string}} Person
 * @typedef {{start: number, end: number, quote: string}} Passage
 * @typedef {string | number | boolean | Passage | null} FieldValue
 *
 * @typedef {object} Span
 * @property {string} id
 * @property {string} article
 * @property {number | null} [assignment]
 * @property {Person} annotator
 * @property {Label} label
 * @property {number} start
 * @property {number} end
 * @property {Fragment[]} fragments
 * @property {string} quote
 * @property {Record<string, FieldValue>} fields
 * @property {string} note
 * @property {number} version
 * @property {string} created_at
 * @property {string} updated_at
 *
 * @typedef {{span: string, source_name: string, stance: string}} SaidBy
 * @typedef {{id: string, title: string, outlet: string | null, published_on?: string | null}} FarArticle
 *
 * @typedef {object} Far one end of a link as the server describes it, whatever article it is in
 * @property {string} id
 * @property {Label} label
 * @property {string} quote
 * @property {number} start
 * @property {number} end
 * @property {FarArticle} article
 * @property {SaidBy[]} said_by the first 100
 * @property {number} said_by_count
 *
 * @typedef {object} Link
 * @property {string} id
 * @property {string} source
 * @property {string} target
 * @property {Relation} relation
 * @property {string} note
 * @property {Person} author
 * @property {number} version
 * @property {boolean} same_source
 * @property {string} created_at
 * @property {string} updated_at
 * @property {Far} [source_span]
 * @property {Far} [target_span]
 *
 * @typedef {{question: string | null, answer: string | null, links: string[]}} EvidenceSet
 * @typedef {"draft" | "submitted" | "returned" | "approved"} VerdictState
 *
 * @typedef {object} Verdict
 * @property {string} id
 * @property {string} claim
 * @property {Person} author
 * @property {Person} [holder] who works on it; what was kept before there were holders has none
 * @property {string} rating
 * @property {string} rationale
 * @property {number | null} confidence
 * @property {VerdictState} state
 * @property {number} version
 * @property {EvidenceSet[]} evidence_sets
 * @property {string | null} submitted_at
 * @property {Person | null} reviewer
 * @property {string | null} approved_at
 * @property {"imported" | null} [approval] that an import brought the approval; what was kept before has none
 * @property {string} created_at
 * @property {string} updated_at
 * @property {string | null} returned_reason
 *
 * @typedef {"span" | "link" | "verdict" | "article"} CommentTarget what a comment can hang on
 * @typedef {object} Comment
 * @property {string} id
 * @property {string} [article]
 * @property {Partial<Record<CommentTarget, string>>} on exactly one of them
 * @property {string} thread the first comment of its thread, which may be itself
 * @property {Person} author
 * @property {string} text
 * @property {Person[]} mentions as they are written in the text
 * @property {boolean} resolved
 * @property {Person | null} resolved_by
 * @property {string | null} resolved_at
 * @property {number} version
 * @property {string} created_at
 * @property {string} updated_at
 *
 * @typedef {{key: string, name: string, kind: FieldKind, choices?: {key: string, name: string}[]}} LabelField
 * @typedef {object} Rating
 * @property {string} key
 * @property {string} name
 * @property {string} [meaning]
 * @property {string} [needs]
 * @property {number | null} [value]
 * @property {string} [colour]
 *
 * @typedef {object} Project
 * @property {string} slug
 * @property {string} name
 * @property {string} mode
 * @property {boolean} archived
 * @property {Record<Label, LabelField[]>} label_fields
 * @property {Rating[]} scale
 *
 * @typedef {object} Article
 * @property {string} id
 * @property {string} project
 * @property {string} title
 * @property {string | null} url
 * @property {string | null} outlet
 * @property {string | null} author
 * @property {string | null} published_on
 * @property {string | null} language
 * @property {string} direction
 * @property {number} length
 * @property {boolean} archived
 * @property {string} body
 *
 * @typedef {"mark" | "link" | "verdict" | "submit" | "review" | "comment" | "manage"} Right
 * @typedef {"pass-submitted" | "pass-opened" | "article-full" | "archived"} MarkRefused why nothing is marked here now, as the
 *   server would say, by somebody whose role allows it
 * @typedef {Person & {can: Record<Right, boolean>, mark_refused: MarkRefused | null}} Me
 * @typedef {{id: number, kind: string, state: "open" | "submitted", assignee: Person}} Assignment
 *
 * @typedef {object} Columns many spans, one list a property
 * @property {string[]} id
 * @property {Label[]} label
 * @property {[number, number][][]} fragments
 * @property {number[]} assignment
 * @property {number[]} annotator
 * @property {Record<string, FieldValue>[]} fields
 * @property {string[]} note
 * @property {number[]} version
 * @property {string[]} created_at
 * @property {string[]} updated_at
 * @property {Person[]} people
 *
 * @typedef {object} Annotations the answer of articles/{id}/annotations/
 * @property {Article} article without its body where there is a window
 * @property {{from: number, to: number}} [window] code points; only what touches them is answered
 * @property {Project} project
 * @property {Me} me
 * @property {Assignment | null} assignment
 * @property {[number, number][]} sentences
 * @property {Span[] | Columns} spans
 * @property {Link[]} links
 * @property {Verdict[]} verdicts
 * @property {string | null} next_article
 * @property {string} events_after where the stream of events goes on
 *
 * @typedef {object} Hit one result of the evidence search
 * @property {{id: string, title: string, outlet: string | null}} article
 * @property {number} start
 * @property {number} end
 * @property {string} text
 * @property {[number, number][]} marks
 *
 * @typedef {object} HistoryEvent
 * @property {string} at
 * @property {Person | null} by
 * @property {"created" | "updated" | "deleted"} what
 * @property {Record<string, unknown> | null} before
 * @property {Record<string, unknown> | null} after
 *
 * @typedef {{article: string, start: number, end: number}} Place code points in an article
 * @typedef {Place & {backward?: boolean, byPointer?: boolean}} Selected
 * @typedef {{relation: Relation, span: string, typed: string}} Picking a link being made, whose other end is missing
 * @typedef {"data" | "article" | "active" | "selection" | "picking" | "candidate" | "evidence" | "view" | "caret" |
 *   "saving" | "hover"} Topic what of the store may change
 * @typedef {(spans: Set<string>) => void} Wake told which spans changed
 *
 * @typedef {object} Desk one article and what stands on it
 * @property {Article} article
 * @property {Place[]} sentences
 * @property {Assignment | null} assignment
 * @property {Record<Right, boolean>} can
 * @property {MarkRefused | null} markRefused
 * @property {string | null} next the article to go on to
 * @property {string} point where the stream of events goes on from what was fetched
 * @property {import("../text/span-index.js").SpanIndex} index
 * @property {import("../text/offsets.js").OffsetMap} offsets
 * @property {import("../text/segments.js").Segments} segments
 */

export {};
