// @ts-check
import { h } from "../../elements/dom.js";
import { LABEL_NAMES, MEANINGS, RELATIONS } from "../../model/vocabulary.js";

/** @typedef {import("../map.js").MapData} MapData */
/** @typedef {import("../map.js").MapSpan} MapSpan */

/** What the links of a span are called from its side: coming in, and going out. */
const CALLED = [true, false].flatMap((comes) =>
  RELATIONS.map((relation) => {
    const { sign, coming, going } = MEANINGS[relation];
    return { relation, comes, words: `${sign} ${comes ? coming : going}` };
  }),
);

/**
 * The reading strip for a span: its words and where they stand, and what it is linked to.
 * @param {MapData} data
 * @param {string} id
 * @returns {HTMLElement[]}
 */
export function stripFor(data, id) {
  const span = data.spans[id];
  return [
    h("div", { class: "strip-body" }, about(data, id, span), sides(data, id, span)),
  ];
}

/**
 * @param {MapData} data
 * @param {string} id
 * @param {MapSpan} span
 */
function about(data, id, span) {
  return h(
    "div",
    null,
    h(
      "div",
      { class: "strip-head" },
      h("span", { class: "label", "data-label": span.label }, LABEL_NAMES[span.label]),
      span.verdict ? h("strong", null, span.verdict) : null,
      h("button", { type: "button", class: "quiet", "data-close": "" }, "Let go"),
    ),
    span.words ? h("p", { class: "words", dir: "auto" }, h("strong", null, span.words)) : null,
    h("blockquote", { dir: "auto" }, `“${span.quote}”`),
    h("p", { class: "fine" }, place(data, span)),
    h(
      "p",
      { class: "strip-ways" },
      h("a", { href: `/articles/${span.article}/?span=${id}` }, "Open in the workbench"),
      span.label === "claim" ? h("a", { href: `/claims/${id}/` }, "The claim’s own page") : null,
    ),
  );
}

/**
 * @param {MapData} data
 * @param {string} id
 * @param {MapSpan} span
 */
function sides(data, id, span) {
  const groups = CALLED.map(({ relation, comes, words }) => ({
    relation,
    words,
    ends: data.links.filter((link) => link[2] === relation && link[comes ? 1 : 0] === id).map((link) => link[comes ? 0 : 1]),
  })).filter(({ ends }) => ends.length);
  if (!groups.length) return h("p", { class: "soft" }, "Nothing is linked to it.");
  return h(
    "div",
    { class: "strip-sides" },
    ...groups.map(({ relation, words, ends }) =>
      h(
        "section",
        { class: "side" },
        h("h2", { "data-relation": relation }, `${words} · ${ends.length}`),
        h("ul", null, ...ends.map((end) => farEnd(data, id, span, end))),
      ),
    ),
  );
}

/**
 * @param {MapData} data
 * @param {string} id
 * @param {MapSpan} span
 * @param {string} end
 */
function farEnd(data, id, span, end) {
  const far = data.spans[end];
  const across = far.article !== span.article;
  const words = `“${far.quote}”`;
  return h(
    "li",
    null,
    far.column === undefined
      ? h("span", { class: "far-end", dir: "auto" }, words)
      : h("button", { type: "button", class: "far-end", dir: "auto", "data-goto": end }, words),
    h(
      "div",
      { class: "fine" },
      across ? place(data, far) : "the same article",
      far.column === undefined ? " · not on the map as it is drawn" : "",
      " · ",
      h(
        "a",
        { href: `/articles/${span.article}/?span=${id}${across ? `&evidence=${far.article}` : ""}` },
        across ? "open both" : "open",
      ),
    ),
  );
}

/**
 * @param {MapData} data
 * @param {MapSpan} span
 */
function place(data, { article }) {
  const { title, outlet, on } = data.articles[article];
  return h("span", null, h("bdi", null, outlet || title), on ? `, ${on}` : "");
}
