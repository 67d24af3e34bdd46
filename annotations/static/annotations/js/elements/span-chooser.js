// @ts-check
import { pickSpan } from "../actions/linking.js";
import { activate } from "../actions/moving.js";
import { stackedWith } from "../keyboard/situation.js";
import { interpolate, ngettext } from "../text/gettext.js";
import { WorkbenchElement } from "./workbench-element.js";
import { h, kbd, labelled } from "./dom.js";

/** Where spans are stacked: a list of them to choose from, the innermost first. */
export class SpanChooser extends WorkbenchElement {
  begin() {
    this.popover = "manual";
    this.hear("choose", (choice) => this.#open(choice));
    this.hear("close-chooser", () => this.#close());
    this.hear("go", ({ to }) => to === "chooseStacked" && this.#openForActive());
    const { signal } = this.life;
    this.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.addEventListener(
      "focusout",
      (event) => {
        if (!(event.relatedTarget instanceof Node) || !this.contains(event.relatedTarget)) this.#close();
      },
      { signal },
    );
    document.addEventListener("scroll", (event) => event.target !== this && this.#close(), {
      signal,
      capture: true,
    });
  }

  #openForActive() {
    const span = this.workbench.store.activeSpan;
    const pane = span && this.workbench.panes.get(span.article);
    const line = span && pane?.linesOf(span.fragments)[0];
    if (!line) return;
    this.#open({
      spans: stackedWith(this.workbench.store, span).map((other) => other.id),
      x: line.left,
      y: line.bottom,
    });
  }

  /** @param {{spans: string[], x: number, y: number}} choice */
  #open({ spans, x, y }) {
    const { store } = this.workbench;
    this.returnTo = document.activeElement;
    const items = spans.flatMap((id, position) => {
      const span = store.shown.span.get(id);
      if (!span) return [];
      const about = {
        type: "button",
        class: "quiet stacked",
        "data-span": id,
        onclick: () => this.#choose(id),
        onpointerenter: () => store.set({ hovered: id }),
        onfocus: () => store.set({ hovered: id }),
      };
      return [
        h(
          "li",
          null,
          h(
            "button",
            about,
            kbd(String(position + 1)),
            labelled(span.label),
            h("span", { class: "stacked-name" }, store.nameOf(id)),
            h("bdi", { class: "stacked-quote" }, span.quote),
          ),
        ),
      ];
    });
    const count = items.length;
    this.replaceChildren(
      h("p", { class: "overline" }, interpolate(ngettext("%(count)s span here", "%(count)s spans here", count), { count })),
      h("ul", { role: "list" }, items),
    );
    this.showPopover();
    const { width, height } = this.getBoundingClientRect();
    this.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
    this.style.top = `${y + 14 + height < innerHeight ? y + 14 : Math.max(8, y - height - 14)}px`;
    this.querySelector("button")?.focus({ preventScroll: true });
    const told = ngettext("%(count)s span here. Select one.", "%(count)s spans here. Select one.", count);
    this.workbench.announce(interpolate(told, { count }));
  }

  /** @param {string} id */
  #choose(id) {
    this.#close();
    if (this.workbench.store.picking) pickSpan(this.workbench, id);
    else activate(this.workbench, id, { reveal: false });
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const buttons = [...this.querySelectorAll("button")];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      buttons.at((at + (event.key === "ArrowDown" ? 1 : -1)) % buttons.length)?.focus();
    } else if (/^[1-9]$/.test(event.key)) {
      buttons[Number(event.key) - 1]?.click();
    } else if (event.key === "Escape") {
      this.#close();
    } else {
      // Enter and Space press the button; every other key waits until one has chosen.
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #close() {
    if (!this.matches(":popover-open")) return;
    const held = this.contains(document.activeElement);
    this.hidePopover();
    this.workbench.store.set({ hovered: null });
    if (held && this.returnTo instanceof HTMLElement) this.returnTo.focus({ preventScroll: true });
  }
}
