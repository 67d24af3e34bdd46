// @ts-check
import { startLink } from "../../../actions/linking.js";
import { capsOf } from "../../../keyboard/own-shortcuts.js";
import { h, kbd } from "../../dom.js";

/** How each side is written in short. */
export const SIGNS = { corroborates: "+", contradicts: "−" };

/**
 * The two buttons that begin a piece of evidence.
 * @param {import("../../../workbench-controller.js").Bench} bench
 */
export function beginnings(bench) {
  /** @param {"corroborates" | "contradicts"} side */
  const begin = (side) =>
    h(
      "button",
      {
        type: "button",
        class: `quiet small begin ${side}`,
        "data-key": side,
        onclick: () => startLink(bench, side),
      },
      kbd(...capsOf(side)),
      side,
    );
  return h("span", null, begin("corroborates"), begin("contradicts"));
}
