// @ts-check
import { h } from "../../elements/dom.js";
import { LABEL_NAMES, MEANINGS, RELATIONS } from "../../model/vocabulary.js";
import { gettext, interpolateParts } from "../../text/gettext.js";

/** @typedef {import("../map.js").MapData} MapData */
/** @typedef {import("../map.js").MapSpan} MapSpan */

/** The links of a span by relation: coming in, and going out. */
const WAYS = [true, false].flatMap((comes) => RELATIONS.map((relation) => ({ relation, comes })));

/**
 * The details of a span: its text and article, and what it is linked to.
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
      h("button", { type: "button", class: "quiet", "data-close": "" }, gettext("Close")),
    ),
    span.words ? h("p", { class: "words", dir: "auto" }, h("strong", null, span.words)) : null,
    h("blockquote", { dir: "auto" }, `“${span.quote}”`),
    h("p", { class: "fine" }, place(data, span)),
    h(
      "p",
      { class: "strip-ways" },
      h("a", { href: `/articles/${span.article}/?span=${id}` }, gettext("Open in workbench")),
      span.label === "claim" ? h("a", { href: `/claims/${id}/` }, gettext("View claim page")) : null,
    ),
  );
}

/**
 * @param {MapData} data
 * @param {string} id
 * @param {MapSpan} span
 */
function sides(data, id, span) {
  const groups = WAYS.map(({ relation, comes }) => ({
    relation,
    words: `${MEANINGS[relation].sign} ${comes ? MEANINGS[relation].coming : MEANINGS[relation].going}`,
    ends: data.links.filter((link) => link[2] === relation && link[comes ? 1 : 0] === id).map((link) => link[comes ? 0 : 1]),
  })).filter(({ ends }) => ends.length);
  if (!groups.length) return h("p", { class: "soft" }, gettext("No links."));
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
      across ? place(data, far) : gettext("same article"),
      far.column === undefined ? [" · ", gettext("not on this map")] : "",
      " · ",
      h(
        "a",
        { href: `/articles/${span.article}/?span=${id}${across ? `&evidence=${far.article}` : ""}` },
        across ? gettext("open both") : gettext("open"),
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
  const name = h("bdi", null, outlet || title);
  return h("span", null, on ? interpolateParts(gettext("%(name)s, %(date)s"), { name, date: on }) : name);
}
