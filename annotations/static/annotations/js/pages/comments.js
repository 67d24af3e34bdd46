// @ts-check
// Comments on a page that the server wrote: written, replied to, resolved. A comment shows as soon as it is stored.
import { call, Problem } from "../api.js";
import { h, timeWords } from "../elements/dom.js";
import { Naming } from "../elements/panel/comments/naming.js";
import { words } from "../elements/panel/comments/words.js";
import { gettext, interpolate, ngettext } from "../text/gettext.js";
import { isolated } from "../text/isolation.js";
import { uuid7 } from "../uuid.js";

/** @type {Record<string, (count: number) => string>} texts for a number of comments, by what they are about */
const COUNTED = {
  span: (count) => ngettext("%(count)s comment on the claim", "%(count)s comments on the claim", count),
  link: (count) => ngettext("%(count)s comment on this evidence", "%(count)s comments on this evidence", count),
  verdict: (count) => ngettext("%(count)s comment on the verdict", "%(count)s comments on the verdict", count),
};

class ReviewComments extends HTMLElement {
  /** @type {HTMLElement | null} the thread that is being replied to */
  #answered = null;
  /** @type {{text: string, id: string} | null} what was sent last: sent again it is the same comment */
  #sent = null;
  /** @type {Naming | null} */
  #naming = null;

  connectedCallback() {
    const naming = new Naming(
      this.field,
      () => ({ project: this.dataset.project ?? "", me: Number(this.dataset.me) }),
      (told) => this.#tell(told),
    );
    this.#naming = naming;
    this.querySelector(".names-place")?.replaceWith(naming.list);
    this.field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (naming.takes(event)) event.preventDefault();
      else if (event.key === "Enter" && (event.ctrlKey || event.metaKey))
        this.querySelector("form")?.requestSubmit();
    });
    this.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#say();
    });
    this.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
      if (button instanceof HTMLElement) this.#do(button.dataset.do ?? "", button.closest("[data-thread]"));
    });
  }

  /** @returns {HTMLTextAreaElement} */
  get field() {
    return /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
  }

  /**
   * @param {string} what
   * @param {Element | null} thread
   */
  #do(what, thread) {
    if (what === "resolve" && thread instanceof HTMLElement) void this.#resolve(thread);
    else this.#begin(what === "answer" && thread instanceof HTMLElement ? thread : null);
  }

  /** @param {HTMLElement | null} thread */
  #begin(thread) {
    this.#answered = thread;
    const label = /** @type {HTMLElement} */ (this.querySelector(".box-label"));
    const author = thread?.querySelector(".comment-head strong")?.textContent;
    label.textContent = thread
      ? interpolate(gettext("Reply to %(name)s"), { name: isolated(author ?? "") })
      : gettext("New comment");
    /** @type {HTMLElement} */ (this.querySelector("[data-do=rest]")).hidden = !thread;
    this.field.focus();
  }

  async #say() {
    const text = this.field.value.trim();
    if (!text) return this.#tell(gettext("Enter a comment."));
    const thread = this.#answered;
    if (this.#sent?.text !== text) this.#sent = { text, id: uuid7() };
    const body = {
      on: { [this.dataset.kind ?? ""]: this.dataset.about },
      text,
      ...(thread ? { reply_to: thread.dataset.thread } : {}),
    };
    const said = await this.#try(() => call("PUT", `comments/${this.#sent?.id}/`, { body }));
    if (!said) return;
    this.#sent = null;
    this.#naming?.close();
    this.field.value = "";
    if (thread) thread.querySelector("ul")?.append(commentElement(said));
    else this.querySelector(".threads")?.append(threadElement(said));
    const count = this.querySelectorAll(".comment").length;
    const summary = /** @type {HTMLElement} */ (this.querySelector("summary"));
    summary.textContent = interpolate(COUNTED[this.dataset.kind ?? ""](count), { count });
    this.#begin(null);
    this.#tell(gettext("Comment posted."));
  }

  /** @param {HTMLElement} thread */
  async #resolve(thread) {
    const resolved = !thread.classList.contains("resolved");
    const path = `comments/${thread.dataset.thread}/`;
    const first = await this.#try(async () => {
      const { version } = await call("GET", path);
      return call("PATCH", path, { version, body: { resolved } });
    });
    if (!first) return;
    thread.classList.toggle("resolved", first.resolved);
    const button = thread.querySelector("[data-do=resolve]");
    if (button) button.textContent = first.resolved ? gettext("Reopen") : gettext("Resolve");
    const resolver = thread.querySelector(".resolver");
    if (!resolver) return;
    resolver.textContent = first.resolved
      ? interpolate(gettext("Resolved by %(name)s"), { name: isolated(first.resolved_by.name) })
      : "";
  }

  /**
   * @param {() => Promise<any>} act
   * @returns {Promise<any>} null where it failed; then the error is shown
   */
  async #try(act) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const unsaved = gettext("Nothing was saved. Try again.");
      this.#tell(error instanceof Problem ? error.words : `${error.message} ${unsaved}`);
      return null;
    }
  }

  /** @param {string} told */
  #tell(told) {
    const place = this.querySelector("[role=status]");
    if (place) place.textContent = told;
  }
}

/** @param {import("../model/types.js").Comment} comment */
function commentElement(comment) {
  return h(
    "li",
    { class: "comment" },
    h(
      "p",
      { class: "comment-head" },
      h("strong", null, h("bdi", null, comment.author.name)),
      " ",
      h("span", { class: "soft" }, timeWords(comment.created_at)),
    ),
    words(comment),
  );
}

/** @param {import("../model/types.js").Comment} first */
function threadElement(first) {
  const act = { type: "button", class: "quiet small" };
  return h(
    "li",
    { class: "thread", "data-thread": first.id },
    h("ul", { role: "list" }, commentElement(first)),
    h(
      "div",
      { class: "thread-buttons" },
      h("button", { ...act, "data-do": "answer" }, gettext("Reply")),
      h("button", { ...act, "data-do": "resolve" }, gettext("Resolve")),
      h("span", { class: "fine resolver" }),
    ),
  );
}

customElements.define("review-comments", ReviewComments);
