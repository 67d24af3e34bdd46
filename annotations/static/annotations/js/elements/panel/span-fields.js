// @ts-check
import { setField } from "../../actions/spans.js";
import { whyNoChange } from "../../model/rights.js";
import { gettext, interpolate } from "../../text/gettext.js";
import { h } from "../dom.js";
import { saveAsTyped, draftOffer } from "./saving.js";
import { PanelPart } from "./panel-part.js";

/** @typedef {import("../../model/types.js").LabelField} LabelField */
/** @typedef {import("../../model/types.js").FieldValue} FieldValue */
/** @typedef {import("../../model/types.js").Passage} Passage */

/** The fields that the project gives a span's label. */
export class SpanFields extends PanelPart {
  /** @type {WeakMap<Element, (stored: string) => void>} how the fields that one writes in are filled */
  fills = new WeakMap();

  begin() {
    this.watch(["data", "article", "selection"], () => this.#show());
    this.#show();
  }

  #show() {
    const { span, store } = this;
    if (!span) return;
    const fields = store.project?.label_fields[span.label] ?? [];
    const fixed = Boolean(whyNoChange(store, span));
    const says = (/** @type {LabelField} */ { key }) =>
      span.fields[key] !== undefined || this.workbench.drafts.take(`${key} on ${span.id}`) !== null;
    const shown = fixed ? fields.filter(says) : fields;
    this.hidden = !shown.length;
    const shape = `${fixed} ${shown.map((field) => field.key).join()}`;
    if (this.dataset.shape !== shape) {
      this.dataset.shape = shape;
      this.replaceChildren(
        h(
          "div",
          { class: "span-fields" },
          shown.map((field) => this.#row(field, fixed)),
        ),
      );
    }
    for (const field of shown) this.#fill(field, span.fields[field.key] ?? null, fixed);
  }

  /**
   * @param {LabelField} field
   * @param {boolean} fixed
   */
  #row(field, fixed) {
    const id = `field-${field.key}`;
    const name =
      field.kind === "passage"
        ? h("span", { class: "span-field-name", id }, field.name)
        : h("label", { class: "span-field-name", for: id }, field.name);
    return h(
      "div",
      { class: "span-field", "data-field": field.key },
      name,
      fixed ? h("output", { id, class: "field-value" }) : this.#control(field, id),
      fixed && draftOffer(this, `${field.key} on ${this.spanId}`),
    );
  }

  /**
   * @param {LabelField} field
   * @param {string} id
   */
  #control(field, id) {
    const store = (/** @type {FieldValue} */ value) =>
      this.span !== null && setField(this.workbench, this.span, field.key, value);
    switch (field.kind) {
      case "choice":
        return h(
          "select",
          { id, class: "bare field-control", onchange: (event) => store(event.target.value || null) },
          h("option", { value: "" }, "–"),
          (field.choices ?? []).map((choice) => h("option", { value: choice.key }, choice.name)),
        );
      case "number":
        return h("input", {
          id,
          class: "bare field-control",
          type: "number",
          step: "any",
          onchange: (event) => store(event.target.value === "" ? null : Number(event.target.value)),
        });
      case "flag":
        return h("input", { id, type: "checkbox", onchange: (event) => store(event.target.checked) });
      case "date":
        return h("input", {
          id,
          class: "bare field-control",
          type: "date",
          onchange: (event) => store(event.target.value || null),
        });
      case "passage":
        return this.#passage(field, id);
      default: {
        const placeholder = field.key === "statement" ? gettext("Clear without the article") : "";
        const words = h("textarea", { id, class: "bare field-control", rows: 1, dir: "auto", placeholder });
        const keep = (/** @type {string} */ value) => store(value.trim() || null);
        this.fills.set(words, saveAsTyped(this, words, keep, `${field.key} on ${this.spanId}`));
        return words;
      }
    }
  }

  /**
   * @param {LabelField} field
   * @param {string} id
   */
  #passage(field, id) {
    return h(
      "div",
      { class: "passage-pick", role: "group", "aria-labelledby": id },
      h("button", {
        type: "button",
        class: "quiet passage-words",
        onclick: () => this.#showPassage(field.key),
      }),
      h(
        "button",
        { type: "button", class: "small take", onclick: () => this.#take(field.key) },
        gettext("Use selection"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "quiet small drop",
          "aria-label": interpolate(gettext("Remove %(field)s"), { field: field.name }),
          onclick: () => this.span && setField(this.workbench, this.span, field.key, null),
        },
        "×",
      ),
    );
  }

  /** @param {string} key */
  #take(key) {
    const { span, store, workbench } = this;
    const place = store.selection;
    if (!span || place?.article !== span.article) {
      workbench.toast(gettext("Select text in the article first."));
      return;
    }
    const quote = store.desk(place.article)?.offsets.slice(place.start, place.end) ?? "";
    setField(workbench, span, key, { start: place.start, end: place.end, quote });
    store.set({ selection: null });
    workbench.announce(interpolate(gettext("Saved: %(quote)s"), { quote }));
  }

  /** @param {string} key */
  #showPassage(key) {
    const value = /** @type {Passage | undefined} */ (this.span?.fields[key]);
    if (this.span && value) this.workbench.panes.get(this.span.article)?.reveal(value);
  }

  /**
   * @param {LabelField} field
   * @param {FieldValue} value
   * @param {boolean} fixed
   */
  #fill(field, value, fixed) {
    const row = /** @type {HTMLElement} */ (this.querySelector(`[data-field="${field.key}"]`));
    const control = row.querySelector("input, select, textarea, output");
    if (field.kind === "passage" && !fixed) {
      const words = /** @type {HTMLElement} */ (row.querySelector(".passage-words"));
      words.textContent = value ? `“${/** @type {Passage} */ (value).quote}”` : "";
      words.hidden = !value;
      /** @type {HTMLElement} */ (row.querySelector(".drop")).hidden = !value;
      const here = this.store.selection?.article === this.span?.article;
      /** @type {HTMLElement} */ (row.querySelector(".take")).classList.toggle("ready", here);
    } else if (control instanceof HTMLOutputElement) {
      control.textContent = inWords(field, value);
    } else if (control instanceof HTMLInputElement && control.type === "checkbox") {
      control.checked = value === true;
    } else if (control instanceof HTMLTextAreaElement) {
      this.fills.get(control)?.(value === null ? "" : String(value));
    } else if (control && control !== document.activeElement) {
      /** @type {HTMLInputElement} */ (control).value = value === null ? "" : String(value);
    }
  }
}

/**
 * @param {LabelField} field
 * @param {FieldValue} value
 */
export function inWords(field, value) {
  if (value === null || value === undefined) return "–";
  if (field.kind === "choice")
    return field.choices?.find((choice) => choice.key === value)?.name ?? String(value);
  if (field.kind === "flag") return value ? gettext("yes") : gettext("no");
  if (typeof value === "object") return `“${value.quote}”`;
  return String(value);
}
