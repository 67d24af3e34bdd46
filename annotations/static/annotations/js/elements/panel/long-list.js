// @ts-check
/**
 * A list of any length. It stands in groups; where there are many, only the groups near the screen hold
 * their items, and the others keep their room free. Each item says which of how many it is.
 */

import { h, refill } from "../dom.js";

/** How many items a group has, and how many items are few enough to be all there. */
const GROUP = 60;
const FEW = 300;

/** What an item takes until one was measured, in rem. */
const GUESS = 2.9;

/** @template Thing */
export class LongList {
  /**
   * @param {(thing: Thing, place: {"aria-posinset": number, "aria-setsize": number} | null) => HTMLElement} item makes the
   *   <li> of a thing
   * @param {AbortController} life when it ends, so does the list
   */
  constructor(item, life) {
    this.item = item;
    this.element = h("div", { class: "long-list" });
    /** @type {Thing[]} */
    this.things = [];
    /** @type {Set<Element>} groups near the screen */
    this.near = new Set();
    /** @type {number | undefined} the position that must be there, since Tab stops at it */
    this.stop = undefined;
    const margins = /** @type {IntersectionObserverInit} */ ({ scrollMargin: "100% 0px" });
    this.watcher = new IntersectionObserver((seen) => this.#seen(seen), margins);
    life.signal.addEventListener("abort", () => this.watcher.disconnect());
  }

  /**
   * Shows these things.
   * @param {Thing[]} things
   * @param {number} [stop]
   */
  show(things, stop) {
    this.things = things;
    this.stop = stop;
    const many = Math.max(1, Math.ceil(things.length / GROUP));
    while (this.groups.length > many) {
      const last = this.groups[this.groups.length - 1];
      this.watcher.unobserve(last);
      this.near.delete(last);
      last.remove();
    }
    while (this.groups.length < many) {
      const group = h("ol", { role: "list", class: "span-items" });
      this.element.append(group);
      this.watcher.observe(group);
    }
    for (const [number, group] of this.groups.entries()) this.#fill(group, number);
  }

  /**
   * Makes sure that an item is there, and its neighbours.
   * @param {number} position
   */
  draw(position) {
    for (const at of [position - 1, position, position + 1]) {
      const number = Math.floor(at / GROUP);
      const group = this.groups[number];
      if (group && !group.childElementCount) {
        this.near.add(group);
        this.#fill(group, number);
      }
    }
  }

  /** @returns {HTMLElement[]} */
  get groups() {
    return /** @type {HTMLElement[]} */ ([...this.element.children]);
  }

  /** @param {IntersectionObserverEntry[]} seen */
  #seen(seen) {
    for (const { target, isIntersecting, boundingClientRect } of seen) {
      if (isIntersecting) this.near.add(target);
      // What has no size is not on the page at the moment.
      else if (boundingClientRect.width) this.near.delete(target);
      const group = /** @type {HTMLElement} */ (target);
      this.#fill(group, this.groups.indexOf(group));
    }
  }

  /**
   * Gives a group its items, or keeps their room.
   * @param {HTMLElement} group
   * @param {number} number which one it is
   */
  #fill(group, number) {
    const { things, stop } = this;
    const first = number * GROUP;
    const mine = things.slice(first, first + GROUP);
    const few = things.length <= FEW;
    const holdsStop = stop !== undefined && Math.floor(stop / GROUP) === number;
    if (few || holdsStop || this.near.has(group) || group.contains(document.activeElement)) {
      const place = (/** @type {number} */ at) =>
        few ? null : { "aria-posinset": first + at + 1, "aria-setsize": things.length };
      refill(
        group,
        mine.map((thing, at) => this.item(thing, place(at))),
      );
      group.style.blockSize = "";
      group.removeAttribute("aria-hidden");
    } else {
      const height = group.childElementCount ? `${group.offsetHeight}px` : group.style.blockSize;
      group.replaceChildren();
      group.style.blockSize = height || `${mine.length * GUESS}rem`;
      group.setAttribute("aria-hidden", "true");
    }
  }
}
