// @ts-check
/**
 * What was done in this sitting, to be undone and done again, across both panes. Acts are plain
 * values: which steps take them back, which do them again. They are kept as they change, so that a sitting
 * outlives the page.
 */

/** @typedef {import("./model/changes.js").Step} Step */

/**
 * @typedef {object} Act
 * @property {string} id
 * @property {string} words what was done, as in "marked c4"
 * @property {Step[]} back
 * @property {Step[]} again
 * @property {string} [run] acts in a row with the same run, such as typing in one field, are one act
 * @property {string | null} [focus] the span it was about
 * @property {number} [order] its place among the others
 * @property {boolean} [undone]
 *
 * @typedef {{put: (act: Act) => void, remove: (ids: readonly string[]) => void}} Keeper
 */

const MOST = 500;

/** @type {Keeper} */
const NOBODY = { put() {}, remove() {} };

/** Two piles of acts. */
export class UndoStack {
  /** @param {Keeper} [keeper] */
  constructor(keeper = NOBODY) {
    this.keeper = keeper;
    /** @type {Act[]} */
    this.done = [];
    /** @type {Act[]} the one undone last stands last */
    this.undone = [];
  }

  /**
   * Goes on with a sitting that was kept.
   * @param {Act[]} acts
   */
  takeUp(acts) {
    const inOrder = acts.map((act) => ({ ...act, run: undefined })).sort((a, b) => orderOf(a) - orderOf(b));
    this.done = inOrder.filter((act) => !act.undone);
    this.undone = inOrder.filter((act) => act.undone).reverse();
  }

  /**
   * Notes an act. Whatever had been undone can no longer be done again.
   * @param {Act} act
   */
  record(act) {
    this.keeper.remove(this.undone.map(({ id }) => id));
    this.undone = [];
    const last = this.done.at(-1);
    if (act.run && last?.run === act.run) {
      last.again = merged(last.again, act.again);
      last.back = merged(act.back, last.back);
      this.keeper.put(last);
      return;
    }
    act.order = orderOf(last) + 1;
    this.done.push(act);
    this.keeper.put(act);
    const oldest = this.done.length > MOST ? this.done.shift() : null;
    if (oldest) this.keeper.remove([oldest.id]);
  }

  /** @returns {Act | null} the act to take back */
  undo() {
    return this.#move(this.done, this.undone, true);
  }

  /** @returns {Act | null} the act to do again */
  redo() {
    return this.#move(this.undone, this.done, false);
  }

  /**
   * Forgets acts that the server refused: there is nothing to take back.
   * @param {readonly string[]} ids
   */
  drop(ids) {
    this.done = this.done.filter((act) => !ids.includes(act.id));
    this.undone = this.undone.filter((act) => !ids.includes(act.id));
    this.keeper.remove(ids);
  }

  /**
   * @param {Act[]} from
   * @param {Act[]} to
   * @param {boolean} undone
   */
  #move(from, to, undone) {
    const act = from.pop();
    if (!act) return null;
    act.undone = undone;
    to.push(act);
    this.keeper.put(act);
    return act;
  }

  /** Ends the present run, so that what comes next is an act of its own. */
  endRun() {
    const last = this.done.at(-1);
    if (last) last.run = undefined;
  }
}

/** @param {Act | undefined} act */
function orderOf(act) {
  return act?.order ?? 0;
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
