// @ts-check
// The colour scheme a person chose: light, dark, or whatever the system says. This is a plain
// script, not a module, because it has to run before the first paint.
(() => {
  const KEY = "factcheck.scheme";

  /** @returns {string} */
  function chosen() {
    try {
      return localStorage.getItem(KEY) ?? "system";
    } catch {
      // Storage can be switched off altogether; then the system decides.
      return "system";
    }
  }

  /** @param {string} scheme */
  function apply(scheme) {
    if (scheme === "light" || scheme === "dark") {
      document.documentElement.dataset.scheme = scheme;
    } else {
      delete document.documentElement.dataset.scheme;
    }
    for (const button of document.querySelectorAll("[data-scheme-choice]")) {
      const own = /** @type {HTMLElement} */ (button).dataset.schemeChoice;
      button.setAttribute("aria-pressed", String(own === scheme));
    }
  }

  /** @param {string} scheme */
  function choose(scheme) {
    try {
      localStorage.setItem(KEY, scheme);
    } catch {
      // Nothing to keep it in: it holds for this page.
    }
    apply(scheme);
  }

  apply(chosen());
  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll(".scheme-switch")) {
      /** @type {HTMLElement} */ (group).hidden = false;
    }
    apply(chosen());
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-scheme-choice]") : null;
    if (button instanceof HTMLElement) choose(button.dataset.schemeChoice ?? "system");
  });
  addEventListener("storage", (event) => {
    if (event.key === KEY) apply(chosen());
  });
})();
