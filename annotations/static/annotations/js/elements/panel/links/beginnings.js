// @ts-check
import { startLink } from "../../../actions/linking.js";
import { capsOf } from "../../../keyboard/own-shortcuts.js";
import { EVIDENCE, MEANINGS } from "../../../model/vocabulary.js";
import { h, kbd } from "../../dom.js";

/**
 * The two buttons that add evidence.
 * @param {import("../../../workbench-controller.js").Workbench} workbench
 */
export function beginnings(workbench) {
  /** @param {import("../../../model/vocabulary.js").Side} side */
  const begin = (side) =>
    h(
      "button",
      {
        type: "button",
        class: "quiet small begin",
        "data-key": side,
        "data-relation": side,
        onclick: () => startLink(workbench, side),
      },
      kbd(...capsOf(side)),
      MEANINGS[side].name,
    );
  return h("span", null, ...EVIDENCE.map(begin));
}
