// @ts-check
/** Names of members offered while one types an @. */

import { call } from "../../../api.js";
import { COMMENTERS } from "../../../model/vocabulary.js";
import { gettext, interpolate, ngettext } from "../../../text/gettext.js";
import { h } from "../../dom.js";

/** @typedef {{id: number, name: string, written: string}} Named a member, and how to write them so that nobody else is meant */

const MOST = 6;

/** @type {Map<string, Promise<Named[]>>} by project */
const known = new Map();

let lists = 0;

/** A list below a field, from which a name is picked by keyboard or pointer. */
export class Naming {
  /**
   * @param {HTMLTextAreaElement} field
   * @param {() => {project: string, me: number}} around the project's slug, and who writes
   * @param {(words: string) => void} announce
   */
  constructor(field, around, announce) {
    lists += 1;
    this.field = field;
    this.around = around;
    this.announce = announce;
    this.list = h("ul", {
      class: "names",
      role: "listbox",
      id: `names-${lists}`,
      "aria-label": gettext("Members"),
      hidden: true,
    });
    /** @type {Named[]} */
    this.found = [];
    this.at = 0;
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", this.list.id);
    field.addEventListener("input", () => void this.#look());
    field.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was for the list
   */
  takes(event) {
    if (!this.isOpen) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.#point((this.at + step + this.found.length) % this.found.length);
    else if (event.key === "Enter" || event.key === "Tab") this.#pick(this.found[this.at]);
    else if (event.key === "Escape") this.close();
    else return false;
    return true;
  }

  close() {
    this.list.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  async #look() {
    const typed = this.#typed();
    if (typed === null) return this.close();
    const { project, me } = this.around();
    const people = await membersOf(project);
    if (this.#typed() !== typed) return;
    const words = typed.toLocaleLowerCase();
    this.found = people
      .filter(({ id, name }) => id !== me && fits(name.toLocaleLowerCase(), words))
      .slice(0, MOST);
    if (!this.found.length) return this.close();
    this.list.replaceChildren(...this.found.map((one, index) => this.#option(one, index)));
    if (!this.isOpen) {
      const count = this.found.length;
      const told = ngettext(
        "%(count)s member found. Press Enter to mention them.",
        "%(count)s members found. Use the arrow keys to choose and press Enter to mention one.",
        count,
      );
      this.announce(interpolate(told, { count }));
    }
    this.list.hidden = false;
    this.#point(0);
  }

  /** What stands between an @ and the caret; null where there is none. */
  #typed() {
    const { value, selectionStart, selectionEnd } = this.field;
    if (selectionStart !== selectionEnd) return null;
    return value.slice(0, selectionStart).match(/(?:^|[^\p{L}\p{N}_@])@([^\n@]{0,60})$/u)?.[1] ?? null;
  }

  /**
   * @param {Named} one
   * @param {number} index
   */
  #option(one, index) {
    return h(
      "li",
      {
        role: "option",
        id: `${this.list.id}-${index}`,
        // The field keeps the focus.
        onpointerdown: (event) => event.preventDefault(),
        onclick: () => this.#pick(one),
      },
      h("bdi", null, one.written),
    );
  }

  /** @param {number} index */
  #point(index) {
    this.at = index;
    [...this.list.children].forEach((option, position) => {
      option.setAttribute("aria-selected", String(position === index));
    });
    this.field.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
  }

  /** @param {Named} one */
  #pick(one) {
    const { field } = this;
    const start = field.selectionStart - (this.#typed()?.length ?? 0);
    field.setRangeText(`${one.written} `, start, field.selectionStart, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }
}

/**
 * @param {string} name in small letters
 * @param {string} typed in small letters
 */
function fits(name, typed) {
  return (
    name !== typed && (name.startsWith(typed) || name.split(/\s+/).some((word) => word.startsWith(typed)))
  );
}

/**
 * The members who can be named: those who comment themselves. Without an answer there are none to offer.
 * @param {string} project
 * @returns {Promise<Named[]>}
 */
function membersOf(project) {
  const asked = known.get(project) ?? fetchMembers(project);
  known.set(project, asked);
  return asked.catch(() => {
    known.delete(project);
    return [];
  });
}

/**
 * @param {string} project
 * @returns {Promise<Named[]>}
 */
async function fetchMembers(project) {
  /** @type {{id: number, name: string}[]} */
  const people = [];
  for (let path = `projects/${project}/members/?limit=500`; path; ) {
    const page = await call("GET", path);
    for (const { user, roles } of page.results)
      if (COMMENTERS.some((role) => roles.includes(role))) people.push(user);
    path = page.next?.split("/api/v1/")[1] ?? "";
  }
  const alike = Map.groupBy(people, ({ name }) => name.toLocaleLowerCase());
  return people.map(({ id, name }) => ({
    id,
    name,
    written: (alike.get(name.toLocaleLowerCase())?.length ?? 0) > 1 ? `${name}#${id}` : name,
  }));
}
