// @ts-check
import { removeComment, resolve } from "../../../actions/commenting.js";

import { capsOf } from "../../../keyboard/own-shortcuts.js";
import { WorkbenchElement } from "../../workbench-element.js";
import { gettext, interpolate, interpolateParts, ngettext } from "../../../text/gettext.js";
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
    const subject = this.getAttribute("name") ?? "";
    const counted = ngettext("%(count)s comment on %(subject)s", "%(count)s comments on %(subject)s", count);
    const title = interpolate(count ? counted : gettext("Comment on %(subject)s"), { subject, count });
    const open = threads.filter(({ first }) => !first.resolved).length;
    const partly = interpolate(ngettext("%(count)s open", "%(count)s open", open), { count: open });
    const state = count && open < threads.length ? (open ? partly : gettext("resolved")) : "";
    if (this.toggle && this.threads) {
      this.toggle.setAttribute("aria-expanded", String(this.isOpen));
      refill(this.toggle, [
        h("span", null, title),
        state && h("span", { class: "soft" }, state),
        this.kind === "span" && !count && h("span", { class: "comments-key" }, ...kbd(...capsOf("comment"))),
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
      button(gettext("Reply"), () => this.#begin(first.id, "answer"), {
        class: "quiet small",
        key: `answer ${first.id}`,
      }),
      button(first.resolved ? gettext("Reopen") : gettext("Resolve"), () => this.#resolve(first.id), {
        class: "quiet small",
        key: `resolve ${first.id}`,
      }),
    );
    const list = h("ul", { role: "list" }, said);
    if (!first.resolved) return h("li", { class: "thread" }, list, buttons);
    const text = first.resolved_by ? gettext("Resolved by %(name)s: %(text)s") : gettext("Resolved: %(text)s");
    const summary = interpolateParts(text, {
      name: h("bdi", null, first.resolved_by?.name ?? ""),
      text: h("bdi", null, brief(first.text)),
    });
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
        h("summary", null, summary),
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
    const withReplies = ngettext("Delete with %(count)s reply", "Delete with %(count)s replies", replies);
    const gone = replies ? interpolate(withReplies, { count: replies }) : gettext("Delete");
    return h(
      "li",
      { class: "comment", tabindex: -1, "data-comment": comment.id },
      h(
        "p",
        { class: "comment-head" },
        h("strong", null, h("bdi", null, mine ? gettext("You") : comment.author.name)),
        " ",
        h("span", { class: "soft" }, timeWords(comment.created_at)),
      ),
      words(comment),
      mine
        ? h(
            "div",
            { class: "comment-buttons" },
            button(gettext("Edit"), () => this.#begin(comment.id, "edit"), {
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
