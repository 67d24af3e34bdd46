// @ts-check
import { removeLink, turnLink } from "../../../actions/linking.js";
import { commentsButtonText } from "../../../actions/commenting.js";
import { showEnd } from "../../../actions/searching.js";
import { evidenceOn, weigh, weightInWords } from "../../../model/evidence.js";
import { whyNoLinkBetween, whyNoWorkOn } from "../../../model/rights.js";
import { EVIDENCE, MEANINGS, otherSide } from "../../../model/vocabulary.js";
import { capsOf } from "../../../keyboard/own-shortcuts.js";
import { button, h, kbd } from "../../dom.js";
import { beginnings } from "./beginnings.js";
import { PanelPart } from "../panel-part.js";
import { resting } from "./resting.js";
import { gettext, interpolate, interpolateParts, ngettext } from "../../../text/gettext.js";
import { isolated } from "../../../text/isolation.js";

/** @typedef {import("../../../model/evidence.js").Piece} Piece */
/** @typedef {import("../../../model/types.js").Link} Link */
/** @typedef {import("../../../model/vocabulary.js").Side} Side */

/** The evidence on a claim, from both sides. */
export class EvidenceList extends PanelPart {
  begin() {
    this.watch(["data", "article", "evidence"], () => this.#show());
    this.#show();
  }

  #show() {
    const { span } = this;
    if (!span) return;
    this.free = !whyNoWorkOn(this.store, span, "link");
    const pieces = evidenceOn(this.store, this.spanId);
    const [key, otherKey] = EVIDENCE.map((side) => kbd(...capsOf(side)));
    const none = this.free
      ? interpolateParts(gettext("No evidence yet. Press %(key)s or %(otherKey)s, then select the passage."), { key, otherKey })
      : gettext("No evidence yet.");
    this.redraw(
      h(
        "section",
        { "aria-label": gettext("Evidence for this claim") },
        h(
          "header",
          { class: "part-head" },
          h("h3", { class: "overline" }, gettext("Evidence")),
          this.free ? beginnings(this.workbench) : null,
        ),
        pieces.length ? null : h("p", { class: "soft none" }, none),
        ...EVIDENCE.flatMap((side) => this.#side(side, pieces)),
      ),
    );
  }

  /**
   * @param {Side} side
   * @param {Piece[]} all
   */
  #side(side, all) {
    const pieces = all.filter((piece) => piece.link.relation === side);
    if (!pieces.length) return [];
    const weight = weigh(this.store, this.spanId, pieces);
    return [
      h(
        "p",
        { class: "weight", "data-relation": side },
        `${MEANINGS[side].coming} `,
        weightInWords(weight),
      ),
      h(
        "ul",
        { role: "list", class: "pieces" },
        pieces.map((piece) => this.#piece(piece, side)),
      ),
    ];
  }

  /**
   * @param {Piece} piece
   * @param {Side} side
   */
  #piece({ link, end, saidBy, more, sameSource }, side) {
    const where =
      end.article.id === this.span?.article ? gettext("this article") : end.article.outlet || end.article.title;
    const rest = more ? [interpolate(ngettext("%(count)s more", "%(count)s more", more), { count: more })] : [];
    const sources = [...new Set(saidBy.map((said) => said.source_name)), ...rest];
    return h(
      "li",
      { class: "piece", "data-relation": side },
      h(
        "button",
        {
          type: "button",
          class: "quiet piece-body",
          "data-key": link.id,
          onclick: () => showEnd(this.workbench, end),
          ...resting(this, end),
        },
        h(
          "span",
          { class: "piece-head" },
          h("strong", null, `${MEANINGS[side].sign} ${MEANINGS[side].name}`),
          " ",
          h("span", { class: "soft" }, [where, ...sources].map(isolated).join(" · ")),
        ),
        sameSource ? h("span", { class: "piece-not-independent" }, gettext("same source as the claim: not independent")) : null,
        h("bdi", { class: "piece-quote" }, `“${end.quote}”`),
      ),
      this.#handling(link, side),
    );
  }

  /**
   * @param {Link} link
   * @param {Side} side
   */
  #handling(link, side) {
    const other = otherSide(side);
    const said = this.store.comments.countOn("link", link.id);
    const mayComment = this.store.desk(this.span?.article ?? "")?.can.comment;
    const comments = button(commentsButtonText(this.workbench, "link", link.id), () => this.#openComments(link.id), {
      class: "quiet small",
      key: `comments ${link.id}`,
    });
    const locked = whyNoLinkBetween(this.store, link.source, link.target);
    if (!this.free || locked) return mayComment && h("div", { class: `piece-buttons${said ? " stay" : ""}` }, comments);
    return h(
      "div",
      { class: `piece-buttons${said ? " stay" : ""}` },
      mayComment ? comments : null,
      h(
        "button",
        {
          type: "button",
          class: "quiet small",
          "data-key": `turn ${link.id}`,
          onclick: () => turnLink(this.workbench, link, other),
        },
        interpolate(gettext("Change to %(relation)s"), { relation: MEANINGS[other].name }),
      ),
      h(
        "button",
        {
          type: "button",
          class: "quiet small danger",
          "data-key": `drop ${link.id}`,
          onclick: () => removeLink(this.workbench, link),
        },
        gettext("Remove"),
      ),
    );
  }

  /** @param {string} id */
  #openComments(id) {
    this.workbench.say("comments", { kind: "link", id });
  }
}
