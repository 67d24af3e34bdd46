// @ts-check
import { draft } from "../../../actions/judging.js";
import { evidenceOn } from "../../../model/evidence.js";
import { MEANINGS } from "../../../model/vocabulary.js";
import { gettext, interpolate } from "../../../text/gettext.js";
import { button, h, refill } from "../../dom.js";
import { saveAsTyped } from "../saving.js";

/** @typedef {import("../../../model/types.js").EvidenceSet} EvidenceSet */
/** @typedef {import("../../../model/types.js").Verdict} Verdict */

/**
 * Which evidence supports the verdict together. Without sets each link counts by itself; here links are
 * grouped into sets, each of which is sufficient, with the question that it answers.
 */
export class Sufficiency {
  /** @param {import("./verdict-form.js").VerdictForm} form */
  constructor(form) {
    this.form = form;
    this.place = h("div", { class: "sets" });
    this.element = h(
      "details",
      { class: "sufficiency" },
      h("summary", null, gettext("Questions and evidence sets")),
      this.place,
    );
  }

  /**
   * @param {Verdict | null} verdict
   * @param {boolean} free
   */
  show(verdict, free) {
    const sets = verdict?.evidence_sets ?? [];
    const pieces = evidenceOn(this.form.store, this.form.spanId);
    this.element.hidden = !sets.length && !(verdict && free && pieces.length);
    // Never replaced under one's hands.
    const typing = this.place.contains(document.activeElement) && document.activeElement?.matches("textarea");
    const shown = JSON.stringify([
      sets,
      pieces.map(({ link, end }) => [link.id, link.relation, end.quote]),
      free,
    ]);
    if (this.element.hidden || typing || this.place.dataset.shown === shown) return;
    this.place.dataset.shown = shown;
    const words = sets.length
      ? gettext("Each set is sufficient on its own.")
      : gettext("Until you add a set, each link is a set of its own.");
    refill(this.place, [
      h("p", { class: "soft" }, words),
      ...sets.map((set, position) => this.#set(set, position, free)),
      free && button(gettext("Add set"), () => this.#add(), { class: "small", key: "add" }),
    ]);
  }

  /**
   * @param {EvidenceSet} set
   * @param {number} position
   * @param {boolean} free
   */
  #set(set, position, free) {
    const remove = () => this.#store(this.#sets.toSpliced(position, 1));
    return h(
      "fieldset",
      { class: "set" },
      h("legend", null, interpolate(gettext("Set %(number)s"), { number: position + 1 })),
      this.#words("question", set, position, free),
      this.#words("answer", set, position, free),
      evidenceOn(this.form.store, this.form.spanId).map((piece) => this.#link(piece, set, position, free)),
      free && button(gettext("Remove set"), remove, { class: "quiet small danger", key: `remove ${position}` }),
    );
  }

  /**
   * @param {"question" | "answer"} name
   * @param {EvidenceSet} set
   * @param {number} position
   * @param {boolean} free
   */
  #words(name, set, position, free) {
    const about = {
      rows: 1,
      class: "bare",
      dir: "auto",
      readonly: !free,
      "aria-label": interpolate(
        name === "question" ? gettext("Question of set %(number)s") : gettext("Answer of set %(number)s"),
        { number: position + 1 },
      ),
      placeholder: name === "question" ? gettext("Question") : gettext("Answer"),
    };
    const field = h("textarea", about, set[name] ?? "");
    const keep = (/** @type {string} */ words) => this.#put(position, { [name]: words.trim() || null });
    // Drawn anew where another set goes: what was typed into the old one is stored by then.
    saveAsTyped(this.form, field, keep, `${name} ${position} on ${this.form.spanId}`)(set[name] ?? "");
    return field;
  }

  /**
   * @param {import("../../../model/evidence.js").Piece} piece
   * @param {EvidenceSet} set
   * @param {number} position
   * @param {boolean} free
   */
  #link({ link, end }, set, position, free) {
    const box = h("input", { type: "checkbox", disabled: !free, "data-key": `${link.id} ${position}` });
    box.checked = set.links.includes(link.id);
    box.addEventListener("change", () => {
      const links = this.#sets[position].links.filter((id) => id !== link.id);
      this.#put(position, { links: box.checked ? [...links, link.id] : links });
    });
    const sign = h("span", { "data-relation": link.relation }, MEANINGS[link.relation].sign);
    return h("label", { class: "set-link" }, box, sign, h("bdi", null, end.quote));
  }

  /** The sets as they stand now, not as they stood when this was drawn. */
  get #sets() {
    return this.form.store.verdictOn(this.form.spanId)?.evidence_sets ?? [];
  }

  #add() {
    const used = new Set(this.#sets.flatMap((set) => set.links));
    const rest = evidenceOn(this.form.store, this.form.spanId)
      .map((piece) => piece.link.id)
      .filter((id) => !used.has(id));
    this.#store([...this.#sets, { question: null, answer: null, links: rest }]);
  }

  /**
   * @param {number} position
   * @param {Partial<EvidenceSet>} values
   */
  #put(position, values) {
    if (!this.#sets[position]) return false;
    return this.#store(this.#sets.with(position, { ...this.#sets[position], ...values }));
  }

  /** @param {EvidenceSet[]} sets */
  #store(sets) {
    return draft(this.form.workbench, this.form.spanId, { evidence_sets: sets });
  }
}
