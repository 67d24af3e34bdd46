// @ts-check
/** Comments: said, answered, reworded, deleted, resolved. */

import { call, Problem, Unreachable } from "../api.js";
import { countWords } from "../model/comments.js";
import { uuid7 } from "../uuid.js";
import { short } from "./marking.js";

/** @typedef {import("../workbench-controller.js").Bench} Bench */
/** @typedef {import("../model/types.js").Comment} Comment */
/** @typedef {import("../model/types.js").TalkedOf} TalkedOf */

/** Code points of a comment. */
const LONGEST = 10_000;

/**
 * Says something about something, or answers in a thread.
 * @param {Bench} bench
 * @param {{kind: TalkedOf, id: string}} on
 * @param {string} text
 * @param {string | null} thread the first comment of the thread that it answers in
 * @returns {string | null} the new comment's id, null where nothing was said
 */
export function say(bench, on, text, thread) {
  const words = fit(bench, text);
  if (!words) return null;
  const id = uuid7();
  const body = { on: { [on.kind]: on.id }, text: words, ...(thread ? { reply_to: thread } : {}) };
  const did = `${thread ? "answered" : "commented"}: ${short(words)}`;
  bench.commit([{ kind: "comment", id, verb: "create", body }], { words: did, focus: bench.store.active });
  bench.announce(thread ? "Answer added." : "Comment added.");
  return id;
}

/**
 * @param {Bench} bench
 * @param {string} id
 * @param {string} text
 * @returns {boolean} whether it was kept
 */
export function reword(bench, id, text) {
  const words = fit(bench, text);
  if (!words) return false;
  if (bench.store.shown.comment.get(id)?.text !== words) {
    const about = { words: `reworded a comment: ${short(words)}`, focus: bench.store.active };
    bench.commit([{ kind: "comment", id, verb: "change", body: { text: words } }], about);
    bench.announce("Comment changed.");
  }
  return true;
}

/**
 * @param {Bench} bench
 * @param {Comment} comment
 * @param {number} replies how many go with it
 */
export function removeComment(bench, comment, replies) {
  bench.commit([{ kind: "comment", id: comment.id, verb: "delete" }], {
    words: `deleted a comment: ${short(comment.text)}`,
    focus: bench.store.active,
  });
  const more = replies ? ` with ${replies === 1 ? "its answer" : `${replies} answers`}` : "";
  const undo = { words: "Undo", run: () => bench.undoLast() };
  bench.toast(`Deleted the comment${more}.`, { kind: "done", action: undo });
}

/**
 * @param {Bench} bench
 * @param {Comment} first
 */
export function resolve(bench, first) {
  const resolved = !first.resolved;
  bench.commit([{ kind: "comment", id: first.id, verb: "change", body: { resolved } }], {
    words: `${resolved ? "resolved" : "reopened"} a thread: ${short(first.text)}`,
    focus: bench.store.active,
  });
  bench.announce(resolved ? "Thread resolved." : "Thread open again.");
}

/**
 * What a button says that leads to the comments on something.
 * @param {Bench} bench
 * @param {TalkedOf} kind
 * @param {string} id
 */
export function talkWords({ store }, kind, id) {
  const count = store.talk.countOn(kind, id);
  return count ? countWords(count) : "Comment";
}

/**
 * Goes to a comment that somebody was told of, who has read it with that.
 * @param {Bench} bench
 * @param {string} id
 */
export function showComment(bench, id) {
  const comment = bench.store.shown.comment.get(id);
  if (!comment) {
    bench.toast("This comment is gone.", { kind: "hint" });
    return;
  }
  const [[kind, thing]] = Object.entries(comment.on);
  if (kind === "article") bench.store.set({ view: "list" });
  // The panel comes with the next look at the store.
  queueMicrotask(() => bench.say("talk", { kind, id: thing, comment: id, write: false }));
  call("POST", "me/inbox/read/", { body: { comments: [id] } }).catch((error) => {
    if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
  });
}

/**
 * @param {Bench} bench
 * @param {string} text
 */
function fit(bench, text) {
  const words = text.trim();
  const length = [...words].length;
  if (!words) bench.toast("Write something first.", { kind: "refusal" });
  else if (length > LONGEST)
    bench.toast(
      `A comment has at most ${LONGEST.toLocaleString("en-GB")} characters; this one has ${length}.`,
      {
        kind: "refusal",
      },
    );
  else return words;
  return "";
}
