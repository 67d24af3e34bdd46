// @ts-check
import { removeLink, startLink } from "../../../actions/linking.js";
import { showEnd } from "../../../actions/searching.js";
import { endOf, saidBy } from "../../../model/evidence.js";
import { whyNoLinkBetween, whyNoWorkOn } from "../../../model/rights.js";
import { capsOf } from "../../../keyboard/own-shortcuts.js";
import { button, h, kbd, labelled } from "../../dom.js";
import { PanelPart } from "../panel-part.js";
import { resting } from "./resting.js";
import { gettext } from "../../../text/gettext.js";
import { isolated } from "../../../text/isolation.js";

/** @typedef {import("../../../model/types.js").Link} Link */
/** @typedef {import("../../../model/types.js").Span} Span */

/** The sources of the span; for an attribution, what it attributes; for a claim, what it restates. */
export class SaidBy extends PanelPart {
  begin() {
    this.watch(["data", "article"], () => this.#show());
    this.#show();
  }

  #show() {
    const { span } = this;
    if (!span) return;
    const free = this.#free(span);
    this.redraw(this.#attributions(span, free), span.label === "claim" ? this.#mentions(span, free) : null);
  }

  /**
   * @param {Span} span
   * @param {boolean} free
   */
  #attributions(span, free) {
    const speaks = span.label === "attribution";
    const linked = this.store
      .linksOf(span.id)
      .filter((link) => link.relation === "attributes" && (speaks ? link.source : link.target) === span.id);
    const none = speaks ? gettext("Not linked to a statement yet.") : gettext("No source: the article itself.");
    const begin = free && this.#begin("attributes", speaks ? gettext("Link to statement") : gettext("Add source"));
    const title = speaks ? gettext("Attributes") : gettext("Said by");
    return h(
      "section",
      { "aria-label": title },
      h("header", { class: "part-head" }, h("h3", { class: "overline" }, title), begin),
      linked.length ? null : h("p", { class: "soft none" }, none),
      h(
        "ul",
        { role: "list", class: "attribution-links" },
        linked.map((link) => this.#link(link, speaks ? link.target : link.source, free)),
      ),
    );
  }

  /**
   * @param {Span} span
   * @param {boolean} free
   */
  #mentions(span, free) {
    const links = this.store.linksOf(span.id).filter((link) => link.relation === "restates");
    if (!links.length && !free) return null;
    const begin = !links.length && this.#begin("restates", gettext("Link to original claim"));
    return h(
      "section",
      { "aria-label": gettext("Restatements"), class: links.length ? "" : "slim" },
      h("header", { class: "part-head" }, h("h3", { class: "overline" }, gettext("Restatements")), begin),
      h(
        "ul",
        { role: "list", class: "attribution-links" },
        links.map((link) => this.#restated(link, span, free)),
      ),
    );
  }

  /** @param {Span} span */
  #free(span) {
    if (span.label === "claim") return !whyNoWorkOn(this.store, span, "link");
    return Boolean(this.store.desk(span.article)?.can.link);
  }

  /**
   * @param {import("../../../model/types.js").Relation} relation
   * @param {string} words
   */
  #begin(relation, words) {
    const begin = () => startLink(this.workbench, relation);
    return button([...kbd(...capsOf(relation)), words], begin, { class: "quiet small begin", key: relation });
  }

  /**
   * @param {Link} link
   * @param {string} other
   * @param {boolean} free
   */
  #link(link, other, free) {
    const end = endOf(this.store, other);
    if (!end) return null;
    const said =
      end.label === "attribution" ? saidBy(this.store, other).find((one) => one.span === other) : null;
    return h(
      "li",
      null,
      this.#way(link, end, [
        labelled(end.label),
        h("bdi", null, said ? said.source_name : end.quote),
        said?.stance ? h("span", { class: "soft" }, this.#stance(said.stance)) : null,
      ]),
      free && !whyNoLinkBetween(this.store, link.source, link.target) ? this.#remove(link) : null,
    );
  }

  /**
   * @param {Link} link
   * @param {Span} span
   * @param {boolean} free
   */
  #restated(link, span, free) {
    const restates = link.source === span.id;
    const end = endOf(this.store, restates ? link.target : link.source);
    if (!end) return null;
    const where = end.article.id === span.article ? gettext("this article") : isolated(end.article.outlet || end.article.title);
    return h(
      "li",
      null,
      this.#way(link, end, [
        h("span", { class: "soft" }, restates ? gettext("restates") : gettext("restated by")),
        h("bdi", null, `“${end.quote}”`),
        h("span", { class: "soft" }, where),
      ]),
      free && !whyNoLinkBetween(this.store, link.source, link.target) ? this.#remove(link) : null,
    );
  }

  /**
   * The way to the other end.
   * @param {Link} link
   * @param {import("../../../model/evidence.js").End} end
   * @param {(HTMLElement | null)[]} words
   */
  #way(link, end, words) {
    const go = () => void showEnd(this.workbench, end, { activate: true });
    return button(words, go, { class: "quiet attribution-link", key: link.id, ...resting(this, end) });
  }

  /** @param {Link} link */
  #remove(link) {
    const name = gettext("Remove this link");
    const about = { class: "quiet small drop", "aria-label": name, title: name, key: `drop ${link.id}` };
    return button("×", () => removeLink(this.workbench, link), about);
  }

  /** @param {string} stance */
  #stance(stance) {
    const field = this.store.project?.label_fields.attribution.find((one) => one.key === "stance");
    return (field?.choices?.find((choice) => choice.key === stance)?.name ?? stance).toLowerCase();
  }
}
