// @ts-check
import { WorkbenchElement } from "../workbench-element.js";

/** A part of the panel that is about one span for its whole life. */
export class PanelPart extends WorkbenchElement {
  /** @returns {string} */
  get spanId() {
    return this.getAttribute("span") ?? "";
  }

  /** @returns {import("../../model/types.js").Span | null} null once it is deleted */
  get span() {
    return this.workbench.store.shown.span.get(this.spanId) ?? null;
  }

  /** What the other spans of its article are called, and what other things are. */
  get store() {
    return this.workbench.store;
  }
}
