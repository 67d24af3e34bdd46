// @ts-check
/** What the keys depend on, worked out from the store and the focus. */

import { whyNoChange, whyNoMarking, whyNoWorkOn } from "../model/rights.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
/** @typedef {import("./conditions.js").Situation} Situation */

/**
 * @param {Workbench} workbench
 * @param {Element | null} [focused]
 * @returns {Situation}
 */
export function situationOf({ store }, focused = document.activeElement) {
  const span = store.activeSpan;
  const judged = span?.label === "claim" ? span : null;
  return {
    picking: store.picking !== null,
    selecting: store.selection !== null,
    label: span?.label ?? null,
    canMark: !whyNoMarking(store, store.selection?.article ?? store.main),
    canChange: Boolean(span) && !whyNoChange(store, /** @type {NonNullable<typeof span>} */ (span)),
    canLink:
      Boolean(span) &&
      (judged ? !whyNoWorkOn(store, judged, "link") : Boolean(store.desk(span?.article ?? "")?.can.link)),
    canJudge:
      Boolean(judged) && !whyNoWorkOn(store, /** @type {NonNullable<typeof judged>} */ (judged), "verdict"),
    canComment: Boolean(store.desk(span?.article ?? store.main)?.can.comment),
    inVerdict: Boolean(focused?.closest("verdict-form")),
    parts: span?.fragments.length ?? 0,
    stacked: stackedWith(store, span).length > 1,
  };
}

/**
 * The spans that share text with a span, itself among them.
 * @param {import("../model/store.js").Store} store
 * @param {import("../model/types.js").Span | null} span
 */
export function stackedWith(store, span) {
  return span ? (store.desk(span.article)?.index.touching(span.start, span.end) ?? []) : [];
}
