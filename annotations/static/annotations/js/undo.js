// @ts-check
/**
 * What was done in this sitting, to be undone and done again, across both panes. Acts are plain
 * values: which steps take them back, which do them again.
 */

/** @typedef {import("./changes.js").Step} Step */

/**
 * @typedef {object} Act
 * @property {string} id
 * @property {string} words what was done, as in "marked c4"
 * @property {Step[]} back
 * @property {Step[]} again
 * @property {string} [run] acts in a row with the same run, such as typing in one field, are one act
 * @property {string | null} [focus] the span it was about
 */

const MOST = 500;

/** Two piles of acts. */
export class UndoStack {
  constructor() {
    /** @type {Act[]} */
    this.done = [];
    /** @type {Act[]} */
    this.undone = [];
  }

  /**
   * Notes an act. Whatever had been undone can no longer be done again.
   * @param {Act} act
   */
  record(act) {
    this.undone = [];
    const last = this.done.at(-1);
    if (act.run && last?.run === act.run) {
      last.again = merged(last.again, act.again);
      last.back = merged(act.back, last.back);
      return;
    }
    this.done.push(act);
    if (this.done.length > MOST) this.done.shift();
  }

  /** @returns {Act | null} the act to take back */
  undo() {
    const act = this.done.pop();
    if (act) this.undone.push(act);
    return act ?? null;
  }

  /** @returns {Act | null} the act to do again */
  redo() {
    const act = this.undone.pop();
    if (act) this.done.push(act);
    return act ?? null;
  }

  /**
   * Forgets acts that the server refused: there is nothing to take back.
   * @param {readonly string[]} ids
   */
  drop(ids) {
    this.done = this.done.filter((act) => !ids.includes(act.id));
    this.undone = this.undone.filter((act) => !ids.includes(act.id));
  }

  /** Ends the present run, so that what comes next is an act of its own. */
  endRun() {
    const last = this.done.at(-1);
    if (last) last.run = undefined;
  }
}

/**
 * Two lists of steps of one run: changes of the same object become one, where the later wins.
 * @param {Step[]} first
 * @param {Step[]} second
 * @returns {Step[]}
 */
function merged(first, second) {
  const all = [...first];
  for (const step of second) {
    const last = all.at(-1);
    if (last?.verb === "change" && step.verb === "change" && last.kind === step.kind && last.id === step.id) {
      all[all.length - 1] = { ...last, body: { ...last.body, ...step.body } };
    } else {
      all.push(step);
    }
  }
  return all;
}
