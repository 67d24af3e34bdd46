// @ts-check
import { isTyping } from "../../keyboard/typing.js";
import { WorkbenchElement } from "../workbench-element.js";
import { h } from "../dom.js";

/** @type {Record<import("../../model/types.js").Label, `${string}-${string}`[]>} what the panel holds, from top to bottom as the work goes */
const PARTS = {
  claim: [
    "span-head",
    "span-parts",
    "span-fields",
    "said-by",
    "evidence-list",
    "verdict-form",
    "served-claims",
    "comments-part",
    "span-foot",
  ],
  attribution: ["span-head", "span-parts", "span-fields", "said-by", "served-claims", "comments-part", "span-foot"],
  fact: ["span-head", "span-parts", "span-fields", "said-by", "served-claims", "comments-part", "span-foot"],
};

/** The pane on the right: the span one works on, or the list of all spans. */
export class SpanPanel extends WorkbenchElement {
  begin() {
    this.sheet = h("div", { class: "panel-sheet" });
    this.replaceChildren(this.sheet, h("pick-prompt", null));
    this.watch(["active", "view", "data"], () => this.#show());
    this.hear("go", ({ to }) => this.#go(to));
    this.#show();
  }

  #show() {
    const { store } = this.workbench;
    const span = store.view === "span" ? store.activeSpan : null;
    const shown = span ? `${span.id} ${span.label}` : "list";
    if (this.sheet?.dataset.shown === shown) return;
    const held = this.contains(document.activeElement);
    if (this.sheet) this.sheet.dataset.shown = shown;
    // Each part belongs to one span for its whole life, so that what is typed can never land on another.
    this.sheet?.replaceChildren(
      ...(span
        ? PARTS[span.label].map((part) => h(part, { span: span.id }))
        : [h("comments-part", { article: store.main }), h("span-list", null)]),
    );
    this.sheet?.scrollTo({ top: 0, behavior: "instant" });
    if (held && !isTyping(document.activeElement))
      this.#focusFirst(span ? ".span-title" : "span-list [tabindex='0']");
  }

  /** @param {string} to */
  #go(to) {
    if (to === "listSpans") {
      this.workbench.store.set({ view: "list" });
      // The list comes with the next look at the store.
      queueMicrotask(() => this.#focusFirst("span-list [tabindex='0']"));
    } else if (to === "editFields") {
      this.workbench.store.set({ view: "span" });
      queueMicrotask(() => this.#focusFirst("span-fields :is(input, textarea, select, button)"));
    } else if (to === "comment" && this.workbench.store.activeSpan) {
      this.workbench.store.set({ view: "span" });
      queueMicrotask(() => this.workbench.say("comments", { kind: "span", id: this.workbench.store.active }));
    } else if (to === "comment" || to === "commentsOnArticle") {
      this.workbench.store.set({ view: "list" });
      queueMicrotask(() => this.workbench.say("comments", { kind: "article", id: this.workbench.store.main }));
    }
  }

  /** @param {string} selector */
  #focusFirst(selector) {
    const first = this.querySelector(selector);
    if (first instanceof HTMLElement) first.focus();
  }
}
