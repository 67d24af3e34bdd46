// @ts-check
import { h } from "../../dom.js";

/**
 * The text of a comment, with the names of those who are mentioned set off. Text is always text.
 * @param {import("../../../model/types.js").Comment} comment
 */
export function words({ text, mentions }) {
  const names = mentions.map(({ name }) => `@${name}`).sort((a, b) => b.length - a.length);
  /** @type {(string | Node)[]} */
  const parts = [];
  let rest = text;
  while (rest) {
    const next = names
      .map((name) => ({ name, at: rest.indexOf(name) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    if (!next) break;
    parts.push(rest.slice(0, next.at), h("span", { class: "mention" }, next.name));
    rest = rest.slice(next.at + next.name.length);
  }
  return h("p", { class: "comment-words", dir: "auto" }, ...parts, rest);
}
