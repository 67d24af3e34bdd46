// @ts-check
/** Comments: said, answered, reworded, deleted, resolved. */

import { call, Problem, Unreachable } from "../api.js";
import { countWords } from "../model/comments.js";
import { uuid7 } from "../uuid.js";
import { short } from "./spans.js";

/** @typedef {import("../workbench-controller.js").Workbench} Workbench */
/** @typedef {import("../model/types.js").Comment} Comment */
/** @typedef {import("../model/types.js").CommentTarget} CommentTarget */

/** Code points of a comment. */
const LONGEST = 10_000;

/**
 * Says something about something, or answers in a thread.
 * @param {Workbench} workbench
 * @param {{kind: CommentTarget, id: string}} on
 * @param {string} text
 * @param {string | null} thread the first comment of the thread that it answers in
 * @returns {string | null} the new comment's id, null where nothing was said
 */
export function say(workbench, on, text, thread) {
  const words = fit(workbench, text);
  if (!words) return null;
  const id = uuid7();
  const body = { on: { [on.kind]: on.id }, text: words, ...(thread ? { reply_to: thread } : {}) };
  const did = `${thread ? "answered" : "commented"}: ${short(words)}`;
  workbench.commit([{ kind: "comment", id, verb: "create", body }], { words: did, focus: workbench.store.active });
  workbench.announce(thread ? "Answer added." : "Comment added.");
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
    const about = { words: `reworded a comment: ${short(words)}`, focus: workbench.store.active };
    workbench.commit([{ kind: "comment", id, verb: "change", body: { text: words } }], about);
    workbench.announce("Comment changed.");
  }
  return true;
}

/**
 * @param {Workbench} workbench
 * @param {Comment} comment
 * @param {number} replies how many go with it
 */
export function removeComment(workbench, comment, replies) {
  workbench.commit([{ kind: "comment", id: comment.id, verb: "delete" }], {
    words: `deleted a comment: ${short(comment.text)}`,
    focus: workbench.store.active,
  });
  const more = replies ? ` with ${replies === 1 ? "its answer" : `${replies} answers`}` : "";
  const undo = { words: "Undo", run: () => workbench.undoLast() };
  workbench.toast(`Deleted the comment${more}.`, { kind: "done", action: undo });
}

/**
 * @param {Workbench} workbench
 * @param {Comment} first
 */
export function resolve(workbench, first) {
  const resolved = !first.resolved;
  workbench.commit([{ kind: "comment", id: first.id, verb: "change", body: { resolved } }], {
    words: `${resolved ? "resolved" : "reopened"} a thread: ${short(first.text)}`,
    focus: workbench.store.active,
  });
  workbench.announce(resolved ? "Thread resolved." : "Thread open again.");
}

/**
 * What a button says that leads to the comments on something.
 * @param {Workbench} workbench
 * @param {CommentTarget} kind
 * @param {string} id
 */
export function commentsButtonText({ store }, kind, id) {
  const count = store.comments.countOn(kind, id);
  return count ? countWords(count) : "Comment";
}

/**
 * Goes to a comment that somebody was told of, who has read it with that.
 * @param {Workbench} workbench
 * @param {string} id
 */
export function showComment(workbench, id) {
  const comment = workbench.store.shown.comment.get(id);
  if (!comment) {
    workbench.toast("This comment is gone.", { kind: "hint" });
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
  if (!words) workbench.toast("Write something first.", { kind: "refusal" });
  else if (length > LONGEST)
    workbench.toast(
      `A comment has at most ${LONGEST.toLocaleString("en-GB")} characters; this one has ${length}.`,
      {
        kind: "refusal",
      },
    );
  else return words;
  return "";
}
