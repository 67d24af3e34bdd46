// @ts-check
/** The conditions that annotations/shortcuts.py names for its rows: when a shortcut works, and when the footer shows it. */

/**
 * @typedef {object} Situation what the shortcuts depend on
 * @property {boolean} picking a link is being made
 * @property {boolean} selecting text is selected
 * @property {import("../model/types.js").Label | null} label of the active span
 * @property {boolean} canMark here, with what is selected
 * @property {boolean} canChange the active span
 * @property {boolean} canLink to the active span
 * @property {boolean} canJudge the active claim
 * @property {boolean} canComment comment on what is here
 * @property {boolean} inVerdict the focus is in the verdict
 * @property {number} parts how many fragments the active span has
 * @property {boolean} stacked other spans lie over or under the active one
 */

/** @type {Record<string, (now: Situation) => boolean>} */
export const CONDITIONS = {
  reading: (now) => !now.picking && !now.inVerdict,
  picking: (now) => now.picking,
  notPicking: (now) => !now.picking,
  inVerdict: (now) => now.inVerdict,
  notInVerdict: (now) => !now.inVerdict,
  selecting: (now) => now.selecting,
  notSelecting: (now) => !now.selecting,
  selectionOrSpan: (now) => now.selecting || now.label !== null,
  selectingOrPicking: (now) => now.selecting || now.picking,
  searchable: (now) => !now.picking || !now.selecting,
  span: (now) => now.label !== null,
  noSpan: (now) => now.label === null,
  claim: (now) => now.label === "claim",
  notClaim: (now) => now.label !== "claim",
  attribution: (now) => now.label === "attribution",
  notAttribution: (now) => now.label !== "attribution",
  stacked: (now) => now.stacked,
  severalFragments: (now) => now.parts > 1,
  asClaim: (now) => mayBecome(now, "claim"),
  asAttribution: (now) => mayBecome(now, "attribution"),
  asFact: (now) => mayBecome(now, "fact"),
  mayMark: (now) => now.canMark,
  mayChange: (now) => now.canChange,
  mayLink: (now) => now.canLink,
  mayJudge: (now) => now.canJudge,
  mayComment: (now) => now.canComment,
};

/**
 * Whether all these conditions hold.
 * @param {string[]} conditions
 * @param {Situation} now
 */
export function hold(conditions, now) {
  return conditions.every((condition) => CONDITIONS[condition](now));
}

/**
 * Whether the selection, or else the active span, may get a label that it does not have.
 * @param {Situation} now
 * @param {import("../model/types.js").Label} label
 */
function mayBecome(now, label) {
  return now.selecting ? now.canMark : now.canChange && now.label !== label;
}
