// @ts-check
/** @typedef {import("../workbench-controller.js").Workbench} Workbench */

/**
 * Carries the focus from pane to pane: the article, the one beside or its search, the panel.
 * @param {Workbench} workbench
 * @param {1 | -1} step
 */
export function goToPane({ store, panes }, step) {
  const beside = store.beside
    ? panes.get(store.beside)?.textElement
    : document.querySelector("evidence-pane input");
  const panel = document.querySelector(
    "span-panel :is(.span-title, button.listed[tabindex='0'], .list-title)",
  );
  const stops = [panes.get(store.main)?.textElement, beside, panel];
  const here = ["article-pane", "evidence-pane", "span-panel"].findIndex((pane) =>
    document.querySelector(`.panes > ${pane}`)?.contains(document.activeElement),
  );
  const goal = stops.at((here + step + stops.length) % stops.length);
  if (!(goal instanceof HTMLElement)) return;
  goal.focus();
  const article = goal.closest("article-pane")?.getAttribute("article");
  if (article && store.caret.article !== article) store.set({ caret: { article, point: 0 } });
}
