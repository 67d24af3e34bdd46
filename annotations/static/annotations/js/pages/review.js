// @ts-check
// The review screen: decisions by button or key, the way through the queue, a search for what was overlooked.
import { call, Problem, withQuery } from "../api.js";
import { actionOf, writeCaps } from "../keyboard/own-shortcuts.js";
import { isTyping } from "../keyboard/typing.js";
import { gettext, interpolate } from "../text/gettext.js";
import { isolated } from "../text/isolation.js";

const SAID = "factcheck.review.said";

/** What the steps are called once they are done. */
const DONE = {
  approve: () => gettext("Approved: “%(claim)s”"),
  return: () => gettext("Returned: “%(claim)s”"),
  reopen: () => gettext("Reopened: “%(claim)s”"),
};

/** @typedef {keyof typeof DONE} Step */

class ReviewDesk extends HTMLElement {
  /** @type {AbortController | null} */
  #leaving = null;
  #busy = false;

  connectedCallback() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    document.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.reason?.addEventListener("keydown", (event) => this.#onReasonKey(event), { signal });
    this.querySelector("[data-search]")?.addEventListener("submit", (event) => this.#onSearch(event), { signal });
    writeCaps(this);
    this.#tellWhatWasDone();
    this.querySelector('.queue-column [aria-current="true"]')?.scrollIntoView({ block: "nearest" });
  }

  disconnectedCallback() {
    this.#leaving?.abort();
  }

  /** @returns {HTMLTextAreaElement | null} */
  get reason() {
    return this.querySelector("#reason");
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-step]") : null;
    if (button instanceof HTMLElement) this.#decide(/** @type {Step} */ (button.dataset.step));
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") /** @type {HTMLElement} */ (event.target).blur();
      return;
    }
    const action = actionOf(event);
    const act = action && this.#acts[action];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** @type {Record<string, () => void>} */
  #acts = {
    approve: () => this.#press("approve"),
    giveReason: () => this.reason?.focus(),
    openClaim: () => this.#go(this.dataset.context),
    nextInQueue: () => this.#go(this.dataset.next),
    previousInQueue: () => this.#go(this.dataset.previous),
    searchOthers: () => /** @type {HTMLElement | null} */ (this.querySelector("#evidence-search"))?.focus(),
    showReviewKeys: () => /** @type {HTMLDialogElement | null} */ (this.querySelector(".key-sheet"))?.showModal(),
  };

  /** @param {KeyboardEvent} event */
  #onReasonKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#press(this.querySelector('[data-step="reopen"]') ? "reopen" : "return");
  }

  /** @param {Step} step */
  #press(step) {
    if (this.querySelector(`[data-step="${step}"]`)) this.#decide(step);
  }

  /** @param {Step} step */
  async #decide(step) {
    if (this.#busy) return;
    const reason = this.reason?.value.trim() ?? "";
    if (step !== "approve" && !reason) {
      this.#say(gettext("Enter a reason."));
      this.reason?.setAttribute("aria-invalid", "true");
      this.reason?.focus();
      return;
    }
    this.#busy = true;
    this.#say(gettext("Saving…"));
    try {
      await call("POST", `verdicts/${this.dataset.verdict}/${step}/`, {
        version: Number(this.dataset.version),
        body: step === "approve" ? {} : { reason },
      });
    } catch (error) {
      this.#busy = false;
      this.#refused(error);
      return;
    }
    const heading = this.querySelector("h1")?.textContent?.trim() ?? "";
    sessionStorage.setItem(SAID, interpolate(DONE[step](), { claim: isolated(heading) }));
    this.#go(step === "reopen" ? location.href : this.dataset.after);
  }

  /** @param {unknown} error */
  #refused(error) {
    if (!(error instanceof Error)) throw error;
    const unsaved = gettext("Your decision wasn't saved. Try again.");
    this.#say(error instanceof Problem ? error.words : `${error.message} ${unsaved}`);
    if (error instanceof Problem && error.status === 412) {
      const look = Object.assign(document.createElement("a"), { href: location.href, textContent: gettext("Reload") });
      this.querySelector("#decision-words")?.append(" ", look);
    }
  }

  /** @param {string} words */
  #say(words) {
    const place = this.querySelector("#decision-words");
    if (place) place.textContent = words;
  }

  #tellWhatWasDone() {
    const said = sessionStorage.getItem(SAID);
    if (!said) return;
    sessionStorage.removeItem(SAID);
    this.#say(said);
  }

  /** @param {string | undefined} address */
  #go(address) {
    if (!address) return;
    if (address === location.href) location.reload();
    else location.assign(address);
  }

  /** @param {Event} event */
  async #onSearch(event) {
    event.preventDefault();
    const input = /** @type {HTMLInputElement | null} */ (this.querySelector("#evidence-search"));
    const place = this.querySelector("[data-results]");
    const q = input?.value.trim();
    if (!q || !place) return;
    const path = withQuery(`projects/${this.dataset.project}/search/`, { q, not_article: this.dataset.article });
    try {
      const found = await call("GET", path, { signal: this.#leaving?.signal });
      place.replaceChildren(...(found.results.length ? found.results.map(resultElement) : [nothingFound(q)]));
      this.querySelector(".search")?.scrollIntoView({ block: "start" });
    } catch (error) {
      if (!(error instanceof Problem || error instanceof Error)) throw error;
      place.textContent = error instanceof Problem ? error.words : error.message;
    }
  }
}

/**
 * @typedef {{article: {id: string, title: string, outlet: string | null}, start: number, end: number, text: string,
 *   marks: [number, number][]}} Found
 * @param {Found} found
 */
function resultElement(found) {
  const item = document.createElement("article");
  item.className = "review-evidence";
  const words = Object.assign(document.createElement("p"), { className: "passage", dir: "auto" });
  const points = Array.from(found.text);
  let place = 0;
  for (const [start, end] of found.marks) {
    words.append(points.slice(place, start).join(""));
    words.append(Object.assign(document.createElement("mark"), { className: "found", textContent: points.slice(start, end).join("") }));
    place = end;
  }
  words.append(points.slice(place).join(""));
  const about = Object.assign(document.createElement("p"), { className: "fine" });
  const way = Object.assign(document.createElement("a"), {
    href: `/articles/${found.article.id}/?start=${found.start}&end=${found.end}`,
    textContent: gettext("open in context"),
  });
  about.append(`${isolated(found.article.outlet || found.article.title)} · `, way);
  item.append(words, about);
  return item;
}

/** @param {string} q */
function nothingFound(q) {
  return Object.assign(document.createElement("p"), {
    className: "fine review-nothing",
    textContent: interpolate(gettext("No results for “%(query)s”. Try fewer or other words."), { query: isolated(q) }),
  });
}

customElements.define("review-desk", ReviewDesk);
