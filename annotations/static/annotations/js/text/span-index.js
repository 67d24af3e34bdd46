// @ts-check
/**
 * The spans of one text in reading order, and which of them lie at a place.
 *
 * Spans overlap as they like. Each gets a nest level, the smallest that no span it overlaps has, so
 * that stacked marks can be told apart. Offsets are code points. Look-ups at a place touch one
 * bucket, so they cost the same in a text of twenty thousand spans as in one of ten.
 */

/** @typedef {import("../types.js").Span} Span */

const BUCKET = 512;

/**
 * Reading order: earlier first, the longer of two that begin together first.
 * @param {Span} a
 * @param {Span} b
 */
export function inReadingOrder(a, b) {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Spans of one text, sorted and findable. */
export class SpanIndex {
  constructor() {
    /** @type {Span[]} in reading order; read, do not change */
    this.ordered = [];
    /** @type {Map<string, Span>} */
    this.byId = new Map();
    /** @type {Map<string, number>} */
    this.levels = new Map();
    /** @type {Map<number, Set<Span>>} */
    this.buckets = new Map();
    /** @type {Map<string, string> | null} */
    this.named = null;
  }

  /**
   * Takes many spans at once into an empty index.
   * @param {Iterable<Span>} spans
   */
  fill(spans) {
    this.ordered = [...spans].sort(inReadingOrder);
    for (const span of this.ordered) {
      this.byId.set(span.id, span);
      this.#place(span);
    }
    this.named = null;
  }

  /**
   * Adds a span, or puts it in place of its earlier state.
   * @param {Span} span
   */
  put(span) {
    const before = this.byId.get(span.id);
    if (before && before.start === span.start && before.end === span.end) {
      this.ordered[this.#positionOf(before)] = span;
      for (const bucket of this.#bucketsOf(before)) {
        bucket.delete(before);
        bucket.add(span);
      }
    } else {
      if (before) this.remove(span.id);
      this.ordered.splice(this.#positionOf(span), 0, span);
      this.#place(span);
    }
    this.byId.set(span.id, span);
    this.named = null;
  }

  /** @param {string} id */
  remove(id) {
    const span = this.byId.get(id);
    if (!span) return;
    this.ordered.splice(this.#positionOf(span), 1);
    for (const bucket of this.#bucketsOf(span)) bucket.delete(span);
    this.byId.delete(id);
    this.levels.delete(id);
    this.named = null;
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
    if (from) return this.ordered[this.#positionOf(from) + step] ?? null;
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
    if (!this.named) {
      this.named = new Map();
      const counts = { claim: 0, attribution: 0, fact: 0 };
      for (const span of this.ordered) {
        counts[span.label] += 1;
        this.named.set(span.id, span.label[0] + counts[span.label]);
      }
    }
    return this.named.get(id) ?? "";
  }

  /** @param {string} name */
  withName(name) {
    return this.ordered.find((span) => this.nameOf(span.id) === name) ?? null;
  }

  /** @param {Span} span */
  #place(span) {
    const taken = new Set(this.touching(span.start, span.end).map((other) => this.levels.get(other.id)));
    let level = 0;
    while (taken.has(level)) level += 1;
    this.levels.set(span.id, level);
    for (const bucket of this.#bucketsOf(span)) bucket.add(span);
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

  /**
   * Where a span stands in reading order, or would stand.
   * @param {Span} span
   */
  #positionOf(span) {
    let low = 0;
    let high = this.ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (inReadingOrder(this.ordered[middle], span) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
