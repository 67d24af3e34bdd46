// @ts-check
/** Comments: written, replied to, edited, deleted, resolved. */

import { call, Problem, Unreachable } from "../api.js";
import { countWords } from "../model/comments.js";
import { gettext, interpolate, ngettext } from "../text/gettext.js";
import { uuid7 } from "../uuid.js";
import { short } from "./spans.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
/** @typedef {import("../model/types.js").Comment} Comment */
/** @typedef {import("../model/types.js").CommentTarget} CommentTarget */

/** Code points of a comment. */
const LONGEST = 10_000;

/**
 * Writes a comment on something, or a reply in a thread.
 * @param {Workbench} workbench
 * @param {{kind: CommentTarget, id: string}} on
 * @param {string} text
 * @param {string | null} thread the first comment of the thread that it replies in
 * @returns {string | null} the new comment's id, null where none was written
 */
export function say(workbench, on, text, thread) {
  const words = fit(workbench, text);
  if (!words) return null;
  const id = uuid7();
  const body = { on: { [on.kind]: on.id }, text: words, ...(thread ? { reply_to: thread } : {}) };
  const did = interpolate(thread ? gettext("replied: %(text)s") : gettext("commented: %(text)s"), { text: short(words) });
  workbench.commit([{ kind: "comment", id, verb: "create", body }], { words: did, focus: workbench.store.active });
  workbench.announce(thread ? gettext("Reply posted.") : gettext("Comment posted."));
  return id;
}

/**
 * @param {Workbench} workbench
 * @param {string} id
 * @param {string} text
 * @returns {boolean} whether it was kept
 */
export function reword(workbench, id, text) {
  const words = fit(workbench, text);
  if (!words) return false;
  if (workbench.store.shown.comment.get(id)?.text !== words) {
    const did = interpolate(gettext("edited a comment: %(text)s"), { text: short(words) });
    const about = { words: did, focus: workbench.store.active };
    workbench.commit([{ kind: "comment", id, verb: "change", body: { text: words } }], about);
    workbench.announce(gettext("Comment saved."));
  }
  return true;
}

/**
 * @param {Workbench} workbench
 * @param {Comment} comment
 * @param {number} replies how many are deleted with it
 */
export function removeComment(workbench, comment, replies) {
  workbench.commit([{ kind: "comment", id: comment.id, verb: "delete" }], {
    words: interpolate(gettext("deleted a comment: %(text)s"), { text: short(comment.text) }),
    focus: workbench.store.active,
  });
  const words = replies
    ? ngettext("Comment and %(count)s reply deleted.", "Comment and %(count)s replies deleted.", replies)
    : gettext("Comment deleted.");
  const undo = { words: gettext("Undo"), run: () => workbench.undoLast() };
  workbench.toast(interpolate(words, { count: replies }), { kind: "done", action: undo });
}

/**
 * @param {Workbench} workbench
 * @param {Comment} first
 */
export function resolve(workbench, first) {
  const resolved = !first.resolved;
  workbench.commit([{ kind: "comment", id: first.id, verb: "change", body: { resolved } }], {
    words: interpolate(resolved ? gettext("resolved a thread: %(text)s") : gettext("reopened a thread: %(text)s"), {
      text: short(first.text),
    }),
    focus: workbench.store.active,
  });
  workbench.announce(resolved ? gettext("Thread resolved.") : gettext("Thread reopened."));
}

/**
 * The text of a button that leads to the comments on something.
 * @param {Workbench} workbench
 * @param {CommentTarget} kind
 * @param {string} id
 */
export function commentsButtonText({ store }, kind, id) {
  const count = store.comments.countOn(kind, id);
  return count ? countWords(count) : gettext("Comment");
}

/**
 * Goes to a comment that somebody was notified of, which marks it as read.
 * @param {Workbench} workbench
 * @param {string} id
 */
export function showComment(workbench, id) {
  const comment = workbench.store.shown.comment.get(id);
  if (!comment) {
    workbench.toast(gettext("This comment has been deleted."), { kind: "hint" });
    return;
  }
  const [[kind, thing]] = Object.entries(comment.on);
  if (kind === "article") workbench.store.set({ view: "list" });
  // The panel comes with the next look at the store.
  queueMicrotask(() => workbench.say("comments", { kind, id: thing, comment: id, write: false }));
  call("POST", "me/inbox/read/", { body: { comments: [id] } }).catch((error) => {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
  });
}

/**
 * @param {Workbench} workbench
 * @param {string} text
 */
function fit(workbench, text) {
  const words = text.trim();
  const length = [...words].length;
  const tooLong = gettext("Enter a comment of up to %(most)s characters. This one has %(length)s.");
  if (!words) workbench.toast(gettext("Enter a comment."), { kind: "refusal" });
  else if (length > LONGEST) workbench.toast(interpolate(tooLong, { most: LONGEST, length }), { kind: "refusal" });
  else return words;
  return "";
}
