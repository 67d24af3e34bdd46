// @ts-check
/** @typedef {import("../panel-part.js").PanelPart} PanelPart */

/**
 * Listeners for a link in the panel: resting on it, with the pointer or the focus, brings both of its
 * ends into view.
 * @param {PanelPart} part
 * @param {{id: string, article: {id: string}, start: number, end: number}} end
 */
export function resting(part, end) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const on = () => {
    part.store.set({ hovered: end.id });
    clearTimeout(soon);
    soon = setTimeout(() => {
      if (part.span) part.workbench.panes.get(part.span.article)?.reveal(part.span);
      // Within one article there may be no room for both; then the far end wins.
      part.workbench.panes.get(end.article.id)?.reveal(end);
    }, 180);
  };
  const off = () => {
    clearTimeout(soon);
    part.store.set({ hovered: null });
  };
  return { onpointerenter: on, onfocus: on, onpointerleave: off, onblur: off };
}
