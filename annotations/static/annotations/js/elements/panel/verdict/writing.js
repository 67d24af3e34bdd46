// @ts-check
import { draft } from "../../../actions/judging.js";
import { capsOf } from "../../../keyboard/own-shortcuts.js";
import { gettext, interpolate } from "../../../text/gettext.js";
import { h, kbd } from "../../dom.js";
import { saveAsTyped } from "../saving.js";
import { missingEvidence } from "./settled.js";

/** @typedef {import("../../../model/types.js").Verdict} Verdict */
/** @typedef {import("../../../model/types.js").Rating} Rating */

/**
 * The name of the draft of a rationale.
 * @param {string} claim
 */
export function rationaleOn(claim) {
  return `rationale on ${claim}`;
}

/** The fields of a verdict that can be written: rating, rationale, confidence. Each is kept as one goes. */
export class Writing {
  /** @param {import("./verdict-form.js").VerdictForm} form */
  constructor(form) {
    this.form = form;
    this.workbench = form.workbench;
    this.scale = form.store.project?.scale ?? [];
    this.radios = this.scale.map((rating, position) => this.#radio(rating, position));
    const choices = this.scale.map((rating, position) => this.#choice(rating, position));
    this.ratings = h("div", { class: "ratings", role: "radiogroup", "aria-label": gettext("Rating") }, choices);
    this.need = h("p", { class: "need" });
    this.rationale = h("textarea", {
      class: "rationale",
      rows: 3,
      dir: "auto",
      "aria-label": gettext("Rationale"),
      placeholder: gettext("Explain the rating"),
    });
    const keep = (/** @type {string} */ rationale) => draft(this.workbench, form.spanId, { rationale });
    this.fillRationale = saveAsTyped(form, this.rationale, keep, rationaleOn(form.spanId));
    this.confidence = this.#confidence();
    const label = h("label", { for: "confidence" }, gettext("Confidence, 0 to 1"));
    this.elements = [
      this.ratings,
      this.need,
      this.rationale,
      h("div", { class: "confide" }, label, this.confidence),
    ];
  }

  /**
   * Shows what is stored; never under one's hands.
   * @param {Verdict | null} verdict
   */
  fill(verdict) {
    for (const radio of this.radios) radio.checked = radio.value === verdict?.rating;
    this.need.textContent = missingEvidence(this.form.store, this.form.spanId, verdict);
    this.fillRationale(verdict?.rationale ?? "");
    if (document.activeElement !== this.confidence) this.confidence.value = String(verdict?.confidence ?? "");
  }

  /**
   * Chooses a rating by its place on the scale.
   * @param {number} position
   */
  rate(position) {
    const rating = this.scale[position];
    if (!rating) return;
    // The focus goes along, so that Tab leads on from the ratings.
    if (this.ratings.contains(document.activeElement)) this.radios[position].focus();
    if (draft(this.workbench, this.form.spanId, { rating: rating.key }))
      this.workbench.announce(interpolate(gettext("Rated %(rating)s."), { rating: rating.name }));
  }

  /**
   * @param {Rating} rating
   * @param {number} position
   */
  #radio(rating, position) {
    const rate = () => this.rate(position);
    return h("input", {
      type: "radio",
      name: `rating-${this.form.spanId}`,
      value: rating.key,
      onchange: rate,
    });
  }

  /**
   * @param {Rating} rating
   * @param {number} position
   */
  #choice(rating, position) {
    const about = { class: "rate", "data-colour": rating.colour, title: rating.meaning ?? null };
    const name = h("span", null, rating.name);
    return h("label", about, this.radios[position], name, kbd(...capsOf(`rate${position + 1}`)));
  }

  #confidence() {
    const range = { type: "number", min: 0, max: 1, step: 0.05 };
    const field = h("input", { ...range, id: "confidence", class: "confidence", placeholder: "–" });
    field.addEventListener("change", () => {
      const value = field.value === "" ? null : Number(field.value);
      const wrong = value !== null && !(value >= 0 && value <= 1);
      field.setAttribute("aria-invalid", String(wrong));
      if (wrong) this.workbench.toast(gettext("Enter a confidence from 0 to 1."), { kind: "refusal" });
      else draft(this.workbench, this.form.spanId, { confidence: value });
    });
    return field;
  }
}
