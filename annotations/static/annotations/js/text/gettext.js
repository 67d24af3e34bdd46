// @ts-check
/**
 * Texts in the language of the page. Django's JavaScriptCatalog puts the translations into `globalThis.django`; without
 * it, which English does not need, the text stays as it is written. Texts are literals where they are used, so that
 * extraction finds them, and are looked up when they are shown: a module may be loaded before the catalogue is there.
 */

/**
 * @typedef {object} Catalogue
 * @property {(text: string) => string} gettext
 * @property {(singular: string, plural: string, count: number) => string} ngettext
 * @property {(context: string, text: string) => string} pgettext
 */

/** @returns {Partial<Catalogue>} */
function catalogue() {
  return /** @type {any} */ (globalThis).django ?? {};
}

/**
 * A text in the language of the page.
 * @param {string} text
 * @returns {string}
 */
export function gettext(text) {
  return catalogue().gettext?.(text) ?? text;
}

/**
 * The text for a number of things.
 * @param {string} singular
 * @param {string} plural
 * @param {number} count
 * @returns {string}
 */
export function ngettext(singular, plural, count) {
  return catalogue().ngettext?.(singular, plural, count) ?? (count === 1 ? singular : plural);
}

/**
 * A text that means different things in different contexts.
 * @param {string} context
 * @param {string} text
 * @returns {string}
 */
export function pgettext(context, text) {
  return catalogue().pgettext?.(context, text) ?? text;
}

/**
 * A text with values in place of its `%(name)s`.
 * @param {string} text
 * @param {Record<string, string | number>} values numbers get thousands separators
 * @returns {string}
 */
export function interpolate(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => shown(values[name]));
}

/**
 * The same with elements among the values: the parts of the text in their order.
 * @template Part
 * @param {string} text
 * @param {Record<string, string | number | Part | Part[]>} values
 * @returns {(string | Part)[]}
 */
export function interpolateParts(text, values) {
  return text.split(/%\((\w+)\)s/g).flatMap((part, position) => {
    const value = position % 2 ? values[part] : part;
    return typeof value === "number" ? shown(value) : value;
  });
}

/** The language of dates and numbers, as a BCP 47 tag. English dates are written 29 Nov 2026. */
export function locale() {
  const language = globalThis.document?.documentElement.lang || "en";
  return language === "en" ? "en-GB" : language;
}

/**
 * Several things in one text: "1 link, 2 comments and a verdict".
 * @param {readonly string[]} things
 */
export function inList(things) {
  return new Intl.ListFormat(locale(), { type: "conjunction" }).format(things);
}

/** @param {string | number} value */
function shown(value) {
  return typeof value === "number" ? value.toLocaleString(locale()) : value;
}
