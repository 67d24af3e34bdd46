// @ts-check
import { reword, say } from "../../../actions/commenting.js";
import { gettext, interpolate } from "../../../text/gettext.js";
import { isolated } from "../../../text/isolation.js";
import { button, h, kbd } from "../../dom.js";
import { Naming } from "./naming.js";

/** @typedef {import("../../../model/types.js").Comment} Comment */
/** @typedef {{does: "new"} | {does: "answer", to: Comment} | {does: "edit", comment: Comment}} Task */

/** @type {Map<string, object>} what stands for text that is typed and not sent, by where */
const unsent = new Map();

/** Where one writes about one thing: a new comment, a reply, or an edit of one's own. */
export class CommentBox {
  /** @param {import("./comment-threads.js").CommentThreads} about */
  constructor(about) {
    this.about = about;
    /** @type {Task} */
    this.task = { does: "new" };
    this.label = h("label", { class: "box-label" });
    this.field = h("textarea", {
      rows: 2,
      dir: "auto",
      maxlength: 20_000,
      id: `box-${about.kind}-${about.thing}`,
    });
    this.label.htmlFor = this.field.id;
    const { workbench } = about;
    this.naming = new Naming(
      this.field,
      () => ({ project: workbench.store.project?.slug ?? "", me: workbench.store.me.id }),
      (told) => workbench.announce(told),
    );
    this.does = h("span", null);
    this.send = button([this.does, ...kbd("Ctrl", "Enter")], () => this.#send(), { class: "small primary" });
    this.cancel = button(gettext("Cancel"), () => this.#rest(), { class: "small quiet" });
    this.element = h(
      "div",
      { class: "comment-box" },
      this.label,
      this.field,
      this.naming.list,
      h("div", { class: "box-buttons" }, this.send, this.cancel),
    );
    this.field.addEventListener("input", () => this.#keep());
    this.field.addEventListener("keydown", (event) => this.#press(event));
    this.begin({ does: "new" });
  }

  /**
   * Starts something else; what was typed for it before is restored.
   * @param {Task} task
   */
  begin(task) {
    this.task = task;
    const author = task.does === "answer" ? isolated(task.to.author.name) : "";
    const words = {
      new: gettext("New comment"),
      answer: interpolate(gettext("Reply to %(name)s"), { name: author }),
      edit: gettext("Edit comment"),
    };
    this.label.textContent = words[task.does];
    this.does.textContent = { new: gettext("Comment"), answer: gettext("Reply"), edit: gettext("Save") }[task.does];
    this.cancel.hidden = task.does === "new";
    const typed = this.about.workbench.drafts.take(this.#place);
    this.field.value = typed ?? (task.does === "edit" ? task.comment.text : "");
  }

  focus() {
    this.field.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  /** The name under which the browser keeps what is typed. */
  get #place() {
    const { task } = this;
    const on = task.does === "new" ? "" : ` in ${task.does === "answer" ? task.to.thread : task.comment.id}`;
    return `${task.does} comment on ${this.about.kind} ${this.about.thing}${on}`;
  }

  #keep() {
    const { workbench } = this.about;
    const place = this.#place;
    if (!this.field.value.trim()) return this.#forget();
    const words = unsent.get(place) ?? {};
    unsent.set(place, words);
    workbench.drafts.keep(place, this.field.value);
    // The page says that something is not sent yet.
    workbench.unsavedFields.add(words);
    workbench.store.touch("saving");
  }

  #forget() {
    const { workbench } = this.about;
    const words = unsent.get(this.#place);
    if (words) workbench.unsavedFields.delete(words);
    unsent.delete(this.#place);
    workbench.drafts.drop(this.#place);
    workbench.store.touch("saving");
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    if (event.isComposing) return;
    if (this.naming.takes(event)) event.preventDefault();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.task.does !== "new") {
      event.preventDefault();
      this.#rest();
    }
  }

  #send() {
    const { task, about, field } = this;
    const { workbench } = about;
    const on = { kind: about.kind, id: about.thing };
    const sent =
      task.does === "edit"
        ? reword(workbench, task.comment.id, field.value)
        : say(workbench, on, field.value, task.does === "answer" ? task.to.thread : null) !== null;
    if (sent) this.#rest();
    else field.focus();
  }

  /** Back to a new comment. */
  #rest() {
    this.#forget();
    this.begin({ does: "new" });
    this.field.focus();
  }
}
