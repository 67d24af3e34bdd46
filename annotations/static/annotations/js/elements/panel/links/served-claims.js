// @ts-check
import { showEnd } from "../../../actions/searching.js";
import { endOf } from "../../../model/evidence.js";
import { isEvidence, MEANINGS } from "../../../model/vocabulary.js";
import { gettext } from "../../../text/gettext.js";
import { h } from "../../dom.js";
import { beginnings } from "./beginnings.js";
import { PanelPart } from "../panel-part.js";
import { resting } from "./resting.js";

/** @typedef {import("../../../model/types.js").Link} Link */

/** The claims that a span is evidence for or against. */
export class ServedClaims extends PanelPart {
  begin() {
    this.watch(["data", "article"], () => this.#show());
    this.#show();
  }

  #show() {
    const { span, store } = this;
    if (!span) return;
    const links = store.linksOf(span.id).filter((link) => link.source === span.id && isEvidence(link.relation));
    const free = span.label !== "claim" && Boolean(store.desk(span.article)?.can.link);
    this.hidden = !links.length && !free;
    this.redraw(
      h(
        "section",
        { "aria-label": gettext("Used as evidence") },
        h(
          "header",
          { class: "part-head" },
          h("h3", { class: "overline" }, gettext("As evidence")),
          free ? beginnings(this.workbench) : null,
        ),
        links.length
          ? h(
              "ul",
              { role: "list", class: "pieces" },
              links.map((link) => this.#claim(link)),
            )
          : h("p", { class: "soft none" }, gettext("Not used as evidence yet.")),
      ),
    );
  }

  /** @param {Link} link */
  #claim(link) {
    const end = endOf(this.store, link.target);
    if (!end) return null;
    return h(
      "li",
      { class: "piece", "data-relation": link.relation },
      h(
        "button",
        {
          type: "button",
          class: "quiet piece-body",
          "data-key": link.id,
          onclick: () => showEnd(this.workbench, end, { activate: true }),
          ...resting(this, end),
        },
        h("span", { class: "piece-head" }, h("strong", null, `${MEANINGS[link.relation].sign} ${MEANINGS[link.relation].name}`)),
        h("bdi", { class: "piece-quote" }, `“${end.quote}”`),
      ),
    );
  }
}
