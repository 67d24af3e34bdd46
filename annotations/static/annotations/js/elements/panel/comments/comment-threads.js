// @ts-check
import { removeComment, resolve } from "../../../actions/commenting.js";
import { countWords } from "../../../model/comments.js";
import { WorkbenchElement } from "../../workbench-element.js";
import { button, h, kbd, refill, timeWords } from "../../dom.js";
import { CommentBox } from "./comment-box.js";
import { words } from "./words.js";

/** @typedef {import("../../../model/types.js").Comment} Comment */
/** @typedef {import("../../../model/comments.js").Thread} Thread */

/** The comments on one thing: a count until it is opened, then the threads and where to write. */
export class CommentThreads extends WorkbenchElement {
  /** @type {Set<string>} resolved threads that were unfolded */
  unfolded = new Set();

  get kind() {
    return /** @type {import("../../../model/types.js").CommentTarget} */ (this.getAttribute("kind"));
  }

  /** The id of what the comments hang on. */
  get thing() {
    return this.getAttribute("about") ?? "";
  }

  begin() {
    if (!this.toggle) this.#build();
    this.watch(["data", "article"], () => this.#show());
    this.#show();
  }

  #build() {
    this.toggle = h("button", { type: "button", class: "quiet comments-toggle", "aria-expanded": "false" });
    this.toggle.addEventListener("click", () => (this.isOpen ? this.close() : this.open()));
    this.threads = h("ol", { class: "threads", role: "list" });
    this.box = new CommentBox(this);
    this.body = h("div", { class: "comments-body", hidden: true }, this.threads, this.box.element);
    this.replaceChildren(this.toggle, this.body);
  }

  get isOpen() {
    return !this.body?.hidden;
  }

  close() {
    if (this.body) this.body.hidden = true;
    this.#show();
  }

  /** @param {{write?: boolean, comment?: string | null}} [how] with the focus in the box, or on a comment */
  open({ write = true, comment = null } = {}) {
    if (this.body) this.body.hidden = false;
    const first = comment && this.workbench.store.shown.comment.get(comment)?.thread;
    if (first) this.unfolded.add(first);
    this.#show();
    const place = comment && this.querySelector(`[data-comment="${CSS.escape(comment)}"]`);
    if (place instanceof HTMLElement) {
      place.focus();
      place.scrollIntoView({ block: "center" });
    } else if (write) this.box?.focus();
  }

  #show() {
    const { comments } = this.workbench.store;
    const threads = comments.threadsOn(this.kind, this.thing);
    const count = comments.countOn(this.kind, this.thing);
    const name = this.getAttribute("name") ?? "";
    const open = threads.filter(({ first }) => !first.resolved).length;
    const state = count && open < threads.length ? (open ? `${open} open` : "resolved") : "";
    if (this.toggle && this.threads) {
      this.toggle.setAttribute("aria-expanded", String(this.isOpen));
      refill(this.toggle, [
        h("span", null, count ? `${countWords(count)} on ${name}` : `Comment on ${name}`),
        state && h("span", { class: "soft" }, state),
        this.kind === "span" && !count && h("span", { class: "comments-key" }, ...kbd("m")),
      ]);
      refill(
        this.threads,
        threads.map((thread) => this.#thread(thread)),
      );
    }
  }

  /** @param {Thread} thread */
  #thread(thread) {
    const { first, replies } = thread;
    const said = [this.#comment(first, thread), ...replies.map((reply) => this.#comment(reply, null))];
    const buttons = h(
      "div",
      { class: "thread-buttons" },
      button("Answer", () => this.#begin(first.id, "answer"), {
        class: "quiet small",
        key: `answer ${first.id}`,
      }),
      button(first.resolved ? "Reopen" : "Resolve", () => this.#resolve(first.id), {
        class: "quiet small",
        key: `resolve ${first.id}`,
      }),
    );
    const list = h("ul", { role: "list" }, said);
    if (!first.resolved) return h("li", { class: "thread" }, list, buttons);
    const by = first.resolved_by ? ` by ${first.resolved_by.name}` : "";
    const about = {
      open: this.unfolded.has(first.id),
      ontoggle: (/** @type {Event} */ event) => this.#unfold(first.id, event),
    };
    return h(
      "li",
      { class: "thread resolved" },
      h(
        "details",
        about,
        h("summary", null, `Resolved${by}: `, h("bdi", null, brief(first.text))),
        list,
        buttons,
      ),
    );
  }

  /**
   * @param {Comment} comment
   * @param {Thread | null} begun the thread, where it is the first of one
   */
  #comment(comment, begun) {
    const mine = comment.author.id === this.workbench.store.me.id;
    const replies = begun?.replies.length ?? 0;
    const gone = replies ? `Delete with ${replies === 1 ? "its answer" : `${replies} answers`}` : "Delete";
    return h(
      "li",
      { class: "comment", tabindex: -1, "data-comment": comment.id },
      h(
        "p",
        { class: "comment-head" },
        h("strong", null, h("bdi", null, mine ? "You" : comment.author.name)),
        " ",
        h("span", { class: "soft" }, timeWords(comment.created_at)),
      ),
      words(comment),
      mine
        ? h(
            "div",
            { class: "comment-buttons" },
            button("Edit", () => this.#begin(comment.id, "edit"), {
              class: "quiet small",
              key: `edit ${comment.id}`,
            }),
            button(gone, () => this.#remove(comment.id), {
              class: "quiet small danger",
              key: `delete ${comment.id}`,
            }),
          )
        : null,
    );
  }

  /**
   * @param {string} id
   * @param {"answer" | "edit"} does
   */
  #begin(id, does) {
    const comment = this.workbench.store.shown.comment.get(id);
    if (!comment) return;
    this.box?.begin(does === "answer" ? { does, to: comment } : { does, comment });
    this.box?.focus();
  }

  /** @param {string} id */
  #remove(id) {
    const comment = this.workbench.store.shown.comment.get(id);
    const thread = this.workbench.store.comments
      .threadsOn(this.kind, this.thing)
      .find(({ first }) => first.id === id);
    if (comment) removeComment(this.workbench, comment, thread?.replies.length ?? 0);
    this.box?.focus();
  }

  /** @param {string} id */
  #resolve(id) {
    const first = this.workbench.store.shown.comment.get(id);
    if (first) resolve(this.workbench, first);
  }

  /**
   * @param {string} id
   * @param {Event} event
   */
  #unfold(id, event) {
    if (/** @type {HTMLDetailsElement} */ (event.target).open) this.unfolded.add(id);
    else this.unfolded.delete(id);
  }
}

/** @param {string} text */
function brief(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 57).trimEnd()}…` : line;
}
