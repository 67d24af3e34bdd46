// @ts-check
import { gettext, inList, interpolate } from "../text/gettext.js";
import { WorkbenchElement } from "./workbench-element.js";
import { h } from "./dom.js";

/** @typedef {import("../model/types.js").Person} Person */

/** Who else has this article open; nothing while one is alone. */
export class WhoIsHere extends WorkbenchElement {
  begin() {
    /** @type {Person[]} */
    this.others = [];
    this.hidden = true;
    this.count = h("summary", null);
    this.list = h("ul", null);
    this.replaceChildren(
      h("details", { class: "menu" }, this.count, h("div", { class: "menu-sheet here" }, this.list)),
    );
    this.hear("presence", ({ people }) => this.#show(people));
  }

  /** @param {Person[]} people */
  #show(people) {
    const { me } = this.workbench.store;
    const others = people.filter((person) => person.id !== me.id);
    const known = new Set(this.others?.map((person) => person.id));
    const come = others.filter((person) => !known.has(person.id));
    if (!come.length && others.length === known.size) return;
    this.others = others;
    this.hidden = !others.length;
    const names = others.map((person) => h("li", null, h("bdi", null, person.name)));
    this.list?.replaceChildren(h("li", null, gettext("You")), ...names);
    const count = others.length + 1;
    const words = interpolate(gettext("%(count)s here"), { count });
    this.count?.replaceChildren(h("span", { class: "heads", "aria-hidden": "true" }), words);
    const spoken = { count, names: others.map((person) => person.name).join(", ") };
    this.count?.setAttribute("aria-label", interpolate(gettext("%(count)s here: you, %(names)s"), spoken));
    const arrived = inList(come.map((person) => person.name));
    if (come.length) this.workbench.announce(interpolate(gettext("Also here: %(names)s."), { names: arrived }));
  }
}
