// @ts-check
/** Comments by the thing that they are about, in threads. */

import { interpolate, ngettext } from "../text/gettext.js";

/** @typedef {import("./types.js").Comment} Comment */
/** @typedef {import("./types.js").CommentTarget} CommentTarget */
/** @typedef {{first: Comment, replies: Comment[]}} Thread */

/** An index over the comments that show. */
export class Comments {
  /** @param {Map<string, Comment>} shown */
  constructor(shown) {
    this.shown = shown;
    /** @type {Map<string, Set<string>>} ids of comments by what they hang on */
    this.places = new Map();
  }

  /**
   * Notes that a comment came, changed or went. It never moves.
   * @param {Comment | undefined} before
   * @param {Comment | null} after
   */
  index(before, after) {
    const comment = after ?? before;
    if (!comment) return;
    const [[kind, id]] = Object.entries(comment.on);
    const place = `${kind} ${id}`;
    const here = this.places.get(place) ?? new Set();
    this.places.set(place, here);
    if (after) here.add(after.id);
    else here.delete(comment.id);
  }

  /**
   * The threads on something, the oldest first. Replies whose first comment is gone went with it.
   * @param {CommentTarget} kind
   * @param {string} id
   * @returns {Thread[]}
   */
  threadsOn(kind, id) {
    const comments = [...(this.places.get(`${kind} ${id}`) ?? [])]
      .map((key) => /** @type {Comment} */ (this.shown.get(key)))
      .sort((a, b) =>
        a.created_at < b.created_at || (a.created_at === b.created_at && a.id < b.id) ? -1 : 1,
      );
    return comments
      .filter((comment) => comment.thread === comment.id)
      .map((first) => ({
        first,
        replies: comments.filter((comment) => comment.thread === first.id && comment.id !== first.id),
      }));
  }

  /**
   * How many comments hang on something.
   * @param {CommentTarget} kind
   * @param {string} id
   */
  countOn(kind, id) {
    return this.threadsOn(kind, id).reduce((count, { replies }) => count + 1 + replies.length, 0);
  }
}

/** @param {number} count */
export function countWords(count) {
  return interpolate(ngettext("%(count)s comment", "%(count)s comments", count), { count });
}
