// @ts-check
/**
 * The spans of one text in reading order, and which of them lie at a place.
 *
 * Spans overlap as they like. Each gets a nest level, the smallest that no span it overlaps has, so
 * that stacked marks can be told apart. Offsets are code points. Look-ups at a place touch one
 * bucket, so they cost the same in a text of twenty thousand spans as in one of ten.
 */

import { LABELS } from "../model/vocabulary.js";

/** @typedef {import("../model/types.js").Span} Span */
/** @typedef {import("../model/types.js").Label} Label */

/** @type {Record<string, Label>} */
const BY_INITIAL = Object.fromEntries(LABELS.map((label) => [label[0], label]));

const BUCKET = 512;

/**
 * Reading order: earlier first, the longer of two that begin together first.
 * @param {Span} a
 * @param {Span} b
 */
function inReadingOrder(a, b) {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Spans of one text, sorted and findable. */
export class SpanIndex {
  constructor() {
    /** @type {Span[]} in reading order; read, do not change */
    this.ordered = [];
    /** @type {Record<Label, Span[]>} those of each label, in reading order; read, do not change */
    this.labelled = { claim: [], attribution: [], fact: [] };
    /** @type {Map<string, Span>} */
    this.byId = new Map();
    /** @type {Map<string, number>} */
    this.levels = new Map();
    /** @type {Map<number, Set<Span>>} */
    this.buckets = new Map();
  }

  /**
   * Takes many spans at once into an empty index.
   * @param {Iterable<Span>} spans
   */
  fill(spans) {
    this.ordered = [...spans].sort(inReadingOrder);
    for (const span of this.ordered) {
      this.byId.set(span.id, span);
      this.labelled[span.label].push(span);
      this.#place(span);
    }
  }

  /**
   * Adds a span, or puts it in place of its earlier state.
   * @param {Span} span
   */
  put(span) {
    const before = this.byId.get(span.id);
    if (before && before.start === span.start && before.end === span.end && before.label === span.label) {
      for (const spans of [this.ordered, this.labelled[span.label]]) spans[positionIn(spans, before)] = span;
      for (const bucket of this.#bucketsOf(before)) {
        bucket.delete(before);
        bucket.add(span);
      }
    } else {
      if (before) this.remove(span.id);
      for (const spans of [this.ordered, this.labelled[span.label]])
        spans.splice(positionIn(spans, span), 0, span);
      this.#place(span);
    }
    this.byId.set(span.id, span);
  }

  /** @param {string} id */
  remove(id) {
    const span = this.byId.get(id);
    if (!span) return;
    for (const spans of [this.ordered, this.labelled[span.label]]) spans.splice(positionIn(spans, span), 1);
    for (const bucket of this.#bucketsOf(span)) bucket.delete(span);
    this.byId.delete(id);
    this.levels.delete(id);
  }

  /**
   * Spans whose fragments cover an offset, the innermost first.
   * @param {number} point
   * @returns {Span[]}
   */
  at(point) {
    return [...(this.buckets.get(Math.floor(point / BUCKET)) ?? [])]
      .filter((span) => span.fragments.some((part) => part.start <= point && point < part.end))
      .sort((a, b) => a.end - a.start - (b.end - b.start) || inReadingOrder(a, b));
  }

  /**
   * Spans that share at least one character with a stretch, in reading order.
   * @param {number} start
   * @param {number} end
   * @returns {Span[]}
   */
  touching(start, end) {
    /** @type {Set<Span>} */
    const found = new Set();
    for (let bucket = Math.floor(start / BUCKET); bucket * BUCKET < end; bucket += 1) {
      for (const span of this.buckets.get(bucket) ?? []) {
        if (span.start < end && start < span.end) found.add(span);
      }
    }
    return [...found].sort(inReadingOrder);
  }

  /**
   * The span after (or before) another one; from none, the first at or after (before) an offset.
   * @param {string | null} id
   * @param {number} point
   * @param {1 | -1} step
   * @returns {Span | null}
   */
  neighbour(id, point, step) {
    const from = id ? this.byId.get(id) : null;
    if (from) return this.ordered[positionIn(this.ordered, from) + step] ?? null;
    let low = 0;
    let high = this.ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.ordered[middle].start < point) low = middle + 1;
      else high = middle;
    }
    return this.ordered[step === 1 ? low : low - 1] ?? null;
  }

  /**
   * What a span is called on this page: c4 is the fourth claim in reading order.
   * @param {string} id
   * @returns {string}
   */
  nameOf(id) {
    const span = this.byId.get(id);
    return span ? span.label[0] + (positionIn(this.labelled[span.label], span) + 1) : "";
  }

  /** @param {string} name */
  withName(name) {
    const label = BY_INITIAL[name[0]];
    return (label && this.labelled[label][Number(name.slice(1)) - 1]) ?? null;
  }

  /**
   * Where a span stands among all in reading order, or would stand.
   * @param {Span} span
   */
  positionOf(span) {
    return positionIn(this.ordered, span);
  }

  /** @param {Span} span */
  #place(span) {
    const buckets = this.#bucketsOf(span);
    /** @type {Set<number | undefined>} */
    const taken = new Set();
    for (const bucket of buckets)
      for (const other of bucket)
        if (other.start < span.end && span.start < other.end) taken.add(this.levels.get(other.id));
    let level = 0;
    while (taken.has(level)) level += 1;
    this.levels.set(span.id, level);
    for (const bucket of buckets) bucket.add(span);
  }

  /**
   * @param {Span} span
   * @returns {Set<Span>[]}
   */
  #bucketsOf(span) {
    const found = [];
    for (let key = Math.floor(span.start / BUCKET); key * BUCKET < span.end; key += 1) {
      const bucket = this.buckets.get(key) ?? new Set();
      this.buckets.set(key, bucket);
      found.push(bucket);
    }
    return found;
  }
}

/**
 * Where a span stands in a list in reading order, or would stand.
 * @param {Span[]} spans
 * @param {Span} span
 */
function positionIn(spans, span) {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (inReadingOrder(spans[middle], span) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
