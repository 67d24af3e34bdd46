// @ts-check
import { submitVerdict, withdrawVerdict } from "../../../actions/judging.js";
import { commentsButtonText } from "../../../actions/commenting.js";
import { holderOf, whyNoSubmitting, whyNoWorkOn } from "../../../model/rights.js";
import { button, h, refill } from "../../dom.js";
import { draftOffer } from "../saving.js";
import { PanelPart } from "../panel-part.js";
import { settledRating, settledWords } from "./settled.js";
import { Sufficiency } from "./sufficiency.js";
import { rationaleOn, Writing } from "./writing.js";
import { VERDICT_STATES } from "../../../model/vocabulary.js";
import { gettext, interpolate, interpolateParts } from "../../../text/gettext.js";
import { isolated } from "../../../text/isolation.js";

/** @typedef {import("../../../model/types.js").Verdict} Verdict */


/** The verdict on a claim: written, read, or that of the claim it restates. */
export class VerdictForm extends PanelPart {
  state = h("span", { class: "badge verdict-state" });
  notice = h("div", { class: "verdict-notice" });
  buttons = h("div", { class: "verdict-buttons" });

  begin() {
    this.watch(["data", "article"], () => this.#show());
    this.hear("go", ({ to }) => this.#go(to));
    this.#show();
  }

  #show() {
    const claim = this.span;
    if (!claim) return;
    const verdict = this.store.verdictOn(claim.id);
    const free = !whyNoWorkOn(this.store, claim, "verdict");
    const links = this.store.linksOf(claim.id);
    const restates = links.some((link) => link.relation === "restates" && link.source === claim.id);
    // Where it can be written, the form stays the same while one writes.
    const reading = `${verdict?.id} ${verdict?.version} ${verdict?.state}`;
    const shape = restates ? "restates" : free ? "writing" : reading;
    if (this.dataset.shape !== shape) {
      this.dataset.shape = shape;
      if (restates) this.#buildRestated();
      else if (free) this.#buildWriting();
      else this.#buildReading(verdict);
    }
    this.state.hidden = !verdict;
    if (verdict) {
      const { tone, name } = VERDICT_STATES[verdict.state];
      this.state.dataset.tone = tone;
      this.state.textContent = name;
    }
    this.#notify(verdict);
    this.writing?.fill(verdict);
    this.sufficiency?.show(verdict, free);
    this.#offer(restates ? null : verdict, free);
  }

  #buildRestated() {
    this.#build(
      h("p", { class: "soft none" }, gettext("This claim restates another claim. See the original claim for its verdict.")),
    );
  }

  #buildWriting() {
    this.writing = new Writing(this);
    this.sufficiency = new Sufficiency(this);
    this.#build(...this.writing.elements, this.sufficiency.element);
  }

  /** @param {Verdict | null} verdict */
  #buildReading(verdict) {
    this.workbench.say("keep-now");
    this.writing = undefined;
    this.sufficiency = new Sufficiency(this);
    if (!verdict) this.#build(h("p", { class: "soft none" }, gettext("No verdict yet.")));
    else {
      // What its author was writing when it was submitted is kept.
      const words = draftOffer(this, rationaleOn(this.spanId));
      this.#build(settledRating(this.store, verdict), settledWords(verdict), words, this.sufficiency.element);
    }
  }

  /** @param {...(HTMLElement | null)} parts */
  #build(...parts) {
    const head = h("header", { class: "part-head" }, h("h3", { class: "overline" }, gettext("Verdict")), this.state);
    this.redraw(h("section", { "aria-label": gettext("Verdict") }, head, this.notice, ...parts, this.buttons));
  }

  /** @param {Verdict | null} verdict */
  #notify(verdict) {
    const reason = verdict?.returned_reason;
    const text = verdict?.approval ? gettext("Approved by %(name)s (imported).") : gettext("Approved by %(name)s.");
    const approved =
      verdict?.state === "approved" &&
      interpolate(text, { name: isolated(verdict.reviewer?.name ?? gettext("a reviewer")) });
    const holder = verdict && holderOf(verdict);
    const handed = holder && holder.id !== verdict.author.id && heldWords(this.store.me, verdict.author, holder);
    refill(this.notice, [
      handed ? h("p", { class: "soft" }, handed) : null,
      reason
        ? h(
            "p",
            { class: "returned" },
            interpolateParts(gettext("Returned: %(reason)s"), { reason: h("bdi", null, reason) }),
          )
        : null,
      approved ? h("p", { class: "soft" }, approved) : null,
    ]);
  }

  /**
   * The steps that can be taken now.
   * @param {Verdict | null} verdict
   * @param {boolean} free
   */
  #offer(verdict, free) {
    if (!verdict) {
      refill(this.buttons, []);
      return;
    }
    const { workbench } = this;
    const mine = !whyNoSubmitting(this.store, verdict, this.span?.article ?? "");
    const about = { kind: "verdict", id: verdict.id, title: gettext("History of the verdict") };
    refill(this.buttons, [
      free && mine
        ? button(gettext("Submit verdict"), () => submitVerdict(workbench), { class: "primary", key: "step" })
        : null,
      mine && verdict.state === "submitted"
        ? button(gettext("Withdraw"), () => withdrawVerdict(workbench), { key: "step" })
        : null,
      this.store.desk(this.span?.article ?? "")?.can.comment
        ? button(commentsButtonText(workbench, "verdict", verdict.id), () => this.#openComments(), { key: "comments" })
        : null,
      button(gettext("History"), () => workbench.say("open-history", about), { key: "history" }),
      verdict.version && verdict.state !== "draft"
        ? h("a", { href: `/verdicts/${verdict.id}/` }, gettext("Open review"))
        : null,
    ]);
  }

  #openComments() {
    const verdict = this.store.verdictOn(this.spanId);
    if (verdict) this.workbench.say("comments", { kind: "verdict", id: verdict.id });
  }

  /** @param {string} to */
  #go(to) {
    if (to === "goToVerdict") {
      this.scrollIntoView({ block: "nearest" });
      const first = this.querySelector("input:checked, input, button, textarea");
      if (first instanceof HTMLElement) first.focus();
    } else if (to.startsWith("rate")) {
      this.writing?.rate(Number(to.slice(4)) - 1);
    }
  }
}

/**
 * Who wrote a verdict that was handed over, and who is responsible for it.
 * @param {import("../../../model/types.js").Person} me
 * @param {import("../../../model/types.js").Person} author
 * @param {import("../../../model/types.js").Person} holder
 */
function heldWords(me, author, holder) {
  const names = { author: isolated(author.name), holder: isolated(holder.name) };
  if (author.id === me.id) return interpolate(gettext("Your verdict was handed over to %(holder)s."), names);
  if (holder.id === me.id) return interpolate(gettext("%(author)s's verdict was handed over to you."), names);
  return interpolate(gettext("%(author)s's verdict was handed over to %(holder)s."), names);
}
