// @ts-check
import { openBeside, otherArticles, search, tellingWords } from "../actions/searching.js";
import { Problem } from "../api.js";
import { WorkbenchElement } from "./workbench-element.js";
import { h } from "./dom.js";
import { gettext, interpolate, ngettext } from "../text/gettext.js";
import { isolated } from "../text/isolation.js";

/** @typedef {import("../model/types.js").Hit} Hit */

/** The pane in the middle: a search that starts from the claim's own words, and any other article, to be annotated and linked like the first. */
export class EvidencePane extends WorkbenchElement {
  begin() {
    this.field = h("input", {
      type: "search",
      "aria-label": gettext("Search the other articles"),
      placeholder: gettext("Search the other articles"),
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => (this.typed = Boolean(this.field?.value)),
    });
    const form = h(
      "form",
      { class: "evidence-search", role: "search" },
      this.field,
      h("button", { type: "submit" }, gettext("Search evidence")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#search();
    });
    this.place = h("div", { class: "evidence-place" });
    this.replaceChildren(form, this.place);
    this.typed = false;
    this.searched = "";
    this.watch(["active"], () => this.#suggest());
    this.watch(["evidence"], () => this.#show());
    this.hear("go", ({ to }) => to === "search" && this.#goToSearch());
    this.addEventListener("keydown", (event) => this.#walk(event), { signal: this.life.signal });
    this.#show();
  }

  /** Offers the words of the claim, unless other words were typed. */
  #suggest() {
    const span = this.workbench.store.activeSpan;
    if (!this.field || this.typed || span?.label !== "claim" || document.activeElement === this.field) return;
    this.field.value = tellingWords(span);
    if (!this.workbench.store.beside) this.#searchSoon();
  }

  #searchSoon() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => !this.workbench.store.beside && void this.#search(), 250);
  }

  #goToSearch() {
    this.field?.focus();
    this.field?.select();
    if (this.field?.value && this.field.value !== this.searched) void this.#search();
  }

  async #search() {
    const words = this.field?.value.trim() ?? "";
    clearTimeout(this.soon);
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    this.workbench.store.set({ beside: null });
    this.searched = words;
    // Old results must not be taken for new ones by somebody who is quick.
    this.place?.replaceChildren(h("p", { class: "no-results" }, words ? gettext("Searching…") : gettext("Loading…")));
    try {
      if (!words) await this.#listArticles(signal);
      else this.#showHits(await search(this.workbench, words, signal), signal);
    } catch (error) {
      if (signal.aborted) return;
      this.place?.replaceChildren(
        h(
          "p",
          { class: "no-results", role: "alert" },
          error instanceof Problem ? error.words : gettext("The search isn't available. Try again in a moment."),
        ),
      );
    }
  }

  #show() {
    const { beside } = this.workbench.store;
    if (!beside) {
      if (this.querySelector("article-pane")) void this.#search();
      else if (!this.place?.childElementCount) void this.#search();
      return;
    }
    if (this.querySelector("article-pane")?.getAttribute("article") === beside) return;
    // A list that is still on its way must not take the place of the article.
    this.request?.abort();
    clearTimeout(this.soon);
    const pane = h("article-pane", { article: beside, role: "region", "aria-label": gettext("Second article") });
    this.place?.replaceChildren(pane);
    const back = this.searched ? gettext("‹ Results") : gettext("‹ Articles");
    pane
      .querySelector(".text-head")
      ?.prepend(
        h(
          "button",
          { type: "button", class: "quiet evidence-back", onclick: () => this.workbench.store.set({ beside: null }) },
          back,
        ),
      );
  }

  /** @param {AbortSignal} signal */
  async #listArticles(signal) {
    const articles = await otherArticles(this.workbench, signal);
    signal.throwIfAborted();
    const list = articles.map((article) =>
      h(
        "li",
        null,
        h(
          "button",
          { type: "button", class: "quiet result", onclick: () => this.#open(article.id) },
          h("span", { class: "result-where" }, isolated(article.outlet || gettext("No outlet"))),
          h("bdi", { class: "result-title" }, article.title),
        ),
      ),
    );
    this.#list(gettext("Other articles in the project"), list, gettext("No other articles in this project yet."));
  }

  /**
   * @param {Hit[]} hits
   * @param {AbortSignal} signal
   */
  #showHits(hits, signal) {
    signal.throwIfAborted();
    const list = hits.map((hit) =>
      h(
        "li",
        null,
        h(
          "button",
          { type: "button", class: "quiet result", onclick: () => this.#open(hit.article.id, hit) },
          h("span", { class: "result-where" }, isolated(hit.article.outlet || hit.article.title)),
          h("bdi", { class: "result-words" }, ...marked(hit)),
        ),
      ),
    );
    const count = hits.length;
    this.#list(
      interpolate(ngettext("%(count)s passage", "%(count)s passages", count), { count }),
      list,
      gettext("No results. Try fewer or other words."),
    );
    const found = ngettext("%(count)s passage found.", "%(count)s passages found.", count);
    this.workbench.announce(count ? interpolate(found, { count }) : gettext("No results."));
  }

  /**
   * @param {string} title
   * @param {HTMLElement[]} items
   * @param {string} otherwise
   */
  #list(title, items, otherwise) {
    const words = items.length
      ? h("ul", { class: "results", role: "list" }, items)
      : h("p", { class: "no-results" }, otherwise);
    this.place?.replaceChildren(
      h("div", { class: "result-list" }, h("h2", { class: "overline" }, title), words),
    );
  }

  /**
   * @param {string} article
   * @param {{start?: number, end?: number}} [at]
   */
  async #open(article, at = {}) {
    await openBeside(this.workbench, article, at);
    this.workbench.store.set({ caret: { article, point: at.start ?? 0 } });
    this.workbench.panes.get(article)?.textElement.focus({ preventScroll: true });
  }

  /**
   * Up and down go from the field through the results.
   * @param {KeyboardEvent} event
   */
  #walk(event) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const stops = /** @type {HTMLElement[]} */ ([this.field, ...this.querySelectorAll(".result")]);
    const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (!step || at < 0) return;
    stops[at + step]?.focus();
    event.preventDefault();
  }
}

/**
 * The words of a hit with those that were looked for marked. The marks are code points.
 * @param {Hit} hit
 * @returns {(Node | string)[]}
 */
function marked({ text, marks }) {
  const characters = [...text];
  /** @type {(Node | string)[]} */
  const parts = [];
  let reached = 0;
  for (const [start, end] of marks) {
    parts.push(
      characters.slice(reached, start).join(""),
      h("mark", null, characters.slice(start, end).join("")),
    );
    reached = end;
  }
  return [...parts, characters.slice(reached).join("")];
}
