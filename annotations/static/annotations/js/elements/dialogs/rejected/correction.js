// @ts-check
import { LABEL_NAMES, LABELS, MEANINGS, RELATIONS } from "../../../model/vocabulary.js";
import { nameOf } from "../differences.js";
import { h } from "../../dom.js";

/** @typedef {import("../../../model/changes.js").Change} Change */
/** @typedef {import("../../../model/store.js").Store} Store */

/** @type {Record<string, () => string[][]>} the values of these, with their names */
const CHOICES = {
  label: () => LABELS.map((label) => [label, LABEL_NAMES[label]]),
  relation: () => RELATIONS.map((relation) => [relation, MEANINGS[relation].name]),
};

/** Values of a change that are not for a person to write. */
const FIXED = new Set(["article", "fragments", "quote", "source", "target", "claim", "evidence_sets", "on"]);

/** What a rejected change would have saved, in fields in which it can be corrected. */
export class Correction {
  /**
   * @param {Change} change
   * @param {Store} store
   */
  constructor(change, store) {
    this.change = change;
    this.store = store;
    /** @type {{path: string[], value: () => any}[]} */
    this.controls = [];
    const { fields = {}, ...rest } = change.body ?? {};
    this.rows = [
      ...Object.entries(rest)
        .filter(([name]) => !FIXED.has(name))
        .map(([name, value]) => this.#row([name], nameOf(name), value)),
      ...Object.entries(fields).map(([key, value]) => this.#row(["fields", key], this.#nameOf(key), value)),
    ];
  }

  /**
   * The body as it reads now; a field of a span that was emptied is left out.
   * @returns {Record<string, any> | undefined}
   */
  get body() {
    const { body } = this.change;
    if (!body) return undefined;
    /** @type {Record<string, any>} */
    const corrected = { ...body, ...(body.fields ? { fields: {} } : {}) };
    for (const { path, value } of this.controls) {
      const now = value();
      if (path.length === 1) corrected[path[0]] = now;
      else if (now !== null && now !== "") corrected.fields[path[1]] = now;
    }
    return corrected;
  }

  /**
   * @param {string[]} path
   * @param {string} name
   * @param {any} value
   */
  #row(path, name, value) {
    const id = `correct-${this.change.key}-${path.join("-")}`;
    const { control, read } = this.#control(path, id, value);
    this.controls.push({ path, value: read });
    return h("div", { class: "correct-row" }, h("label", { for: id }, name), control);
  }

  /**
   * @param {string[]} path
   * @param {string} id
   * @param {any} value
   * @returns {{control: HTMLElement, read: () => any}}
   */
  #control(path, id, value) {
    const choices = this.#choices(path);
    if (choices) {
      const all = value === null || choices.some(([key]) => key === value) ? choices : [[value, value], ...choices];
      const options = all.map(([key, words]) => h("option", { value: key, selected: key === value }, words));
      const control = h("select", { id }, value === null || path[1] ? h("option", { value: "" }, "–") : null, options);
      if (value === null) control.value = "";
      return { control, read: () => control.value || null };
    }
    if (typeof value === "number") {
      const control = h("input", { id, type: "number", step: "any", value });
      return { control, read: () => (control.value === "" ? null : Number(control.value)) };
    }
    if (typeof value === "string") {
      const control = h("textarea", { id, rows: value.length > 80 ? 3 : 1, dir: "auto" }, value);
      return { control, read: () => control.value };
    }
    // A flag, or the passage of a field: it can be left out, and is changed in the article.
    const control = h("input", { id, type: "checkbox", checked: Boolean(value) });
    const words = h("span", { class: "correct-passage" }, control, h("bdi", null, value?.quote ?? ""));
    const left = typeof value === "boolean" ? false : null;
    return { control: words, read: () => (control.checked ? (value ?? true) : left) };
  }

  /**
   * @param {string[]} path
   * @returns {string[][] | null}
   */
  #choices([name, key]) {
    if (CHOICES[name]) return CHOICES[name]();
    if (name === "rating") return (this.store.project?.scale ?? []).map((rating) => [rating.key, rating.name]);
    const field = key ? this.#field(key) : undefined;
    return field?.choices ? field.choices.map((choice) => [choice.key, choice.name]) : null;
  }

  /** @param {string} key */
  #field(key) {
    const labels = Object.values(this.store.project?.label_fields ?? {});
    return labels.flat().find((field) => field.key === key);
  }

  /** @param {string} key */
  #nameOf(key) {
    return this.#field(key)?.name ?? key;
  }
}
