// @ts-check
import { whyNoChange } from "../../model/rights.js";
import { capsOf } from "../../keyboard/own-shortcuts.js";
import { gettext, interpolate, interpolateParts } from "../../text/gettext.js";
import { h, kbd, labelled } from "../dom.js";
import { PanelPart } from "./panel-part.js";
import { controlsIn, isolated } from "../../text/isolation.js";

/** The text of the span, and who made it. */
export class SpanHead extends PanelPart {
  begin() {
    this.watch(["data", "article"], () => this.#show());
    this.#show();
  }

  #show() {
    const { span, store } = this;
    if (!span) return;
    const mine = span.annotator.id === store.me.id;
    const why = whyNoChange(store, span);
    const article = span.article === store.main ? null : store.desk(span.article)?.article;
    const hidden = controlsIn(span.quote);
    this.redraw(
      h(
        "div",
        { class: "span-line" },
        h(
          "h2",
          { class: "span-title", tabindex: -1 },
          labelled(span.label),
          " ",
          h("span", { class: "span-name" }, store.nameOf(span.id)),
        ),
        h("span", { class: "soft" }, "· ", mine ? gettext("by you") : interpolate(gettext("by %(name)s"), { name: isolated(span.annotator.name) })),
        h(
          "button",
          {
            type: "button",
            class: "quiet all-spans",
            "data-key": "all",
            onclick: () => this.workbench.say("go", { to: "listSpans" }),
          },
          gettext("All spans"),
          kbd(...capsOf("listSpans")),
        ),
      ),
      article
        ? h("p", { class: "soft where" }, interpolateParts(gettext("in %(article)s"), { article: h("bdi", null, article.outlet || article.title) }))
        : null,
      h(
        "blockquote",
        { class: "quote", "data-label": span.label, dir: "auto", lang: store.desk(span.article)?.article.language },
        span.quote,
      ),
      span.label === "claim" ? h("p", { class: "soft where" }, claimPage(span)) : null,
      hidden.length
        ? h(
            "p",
            { class: "soft hidden-controls" },
            interpolate(gettext("Contains hidden direction controls: %(names)s."), { names: hidden.join(", ") }),
          )
        : null,
      why && mine ? h("p", { class: "standing" }, why) : null,
    );
  }
}

/** @param {import("../../model/types.js").Span} span */
function claimPage(span) {
  return h("a", { href: `/claims/${span.id}/` }, gettext("View claim page"));
}
