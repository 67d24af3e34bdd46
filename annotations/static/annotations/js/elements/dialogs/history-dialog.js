// @ts-check
import { call, Problem } from "../../api.js";
import { WorkbenchElement } from "../workbench-element.js";
import { h, kbd, timeWords } from "../dom.js";
import { differences } from "./differences.js";
import { isolated } from "../../text/isolation.js";

/** @typedef {import("../../model/types.js").HistoryEvent} HistoryEvent */

const PATHS = { span: "spans", link: "links", verdict: "verdicts" };

/** What happened to a span or a verdict, newest first. */
export class HistoryDialog extends WorkbenchElement {
  /** @type {Map<number, string>} */
  names = new Map();

  begin() {
    this.dialog = h("dialog", { class: "history", "aria-labelledby": "history-title" });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog?.close());
    this.replaceChildren(this.dialog);
    this.hear("open-history", (about) => void this.#open(about));
  }

  /** @param {{kind: "span" | "link" | "verdict", id: string, title: string}} about */
  async #open({ kind, id, title }) {
    const list = h("ol", { role: "list", class: "events" }, h("li", { class: "soft" }, "Fetching …"));
    this.dialog?.replaceChildren(
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id: "history-title" }, title),
        h(
          "button",
          { type: "button", class: "quiet", onclick: () => this.dialog?.close() },
          "Close",
          kbd("Esc"),
        ),
      ),
      list,
    );
    this.dialog?.showModal();
    try {
      await this.workbench.outbox.settled();
      const answer = await call("GET", `${PATHS[kind]}/${id}/history/`);
      this.#learn(answer.results, id);
      list.replaceChildren(
        ...answer.results.map((/** @type {HistoryEvent} */ event) => this.#event(event, kind)),
      );
    } catch (error) {
      const words = error instanceof Problem ? error.words : "The history cannot be fetched now.";
      list.replaceChildren(h("li", { role: "alert" }, words));
    }
  }

  /**
   * Notes the names of those whom the events give by id.
   * @param {HistoryEvent[]} events
   * @param {string} id
   */
  #learn(events, id) {
    const verdict = this.workbench.store.shown.verdict.get(id);
    const people = [...events.map(({ by }) => by), verdict?.author, verdict?.holder, verdict?.reviewer];
    this.names = new Map(people.flatMap((person) => (person ? [[person.id, person.name]] : [])));
    this.names.set(this.workbench.store.me.id, "you");
  }

  /**
   * A change of state or holder says more than "changed".
   * @param {Record<string, any> | null} before
   * @param {Record<string, any> | null} after
   * @param {import("../../model/types.js").Person | null} by
   */
  #stepWords(before, after, by) {
    if (before?.holder && after?.holder && before.holder !== after.holder) {
      const name = this.names.get(after.holder);
      return name ? `handed over to ${isolated(name)}` : "handed over";
    }
    if (before?.state === "submitted" && after?.state === "approved" && after.reviewer !== by?.id) {
      const name = this.names.get(after.reviewer);
      return name ? `approved by ${isolated(name)} (imported)` : "approved (imported)";
    }
    return stepWords(before, after);
  }

  /**
   * @param {HistoryEvent} event
   * @param {string} kind
   */
  #event({ at, by, what, before, after }, kind) {
    const changes =
      what === "updated" ? differences(before ?? {}, after ?? {}, this.workbench.store.project) : [];
    const steps = {
      created: kind === "verdict" ? "begun" : "made",
      updated: "changed",
      deleted: "deleted",
      removed: "removed",
    };
    return h(
      "li",
      null,
      h(
        "p",
        null,
        timeWords(at),
        " ",
        h("strong", null, this.#stepWords(before, after, by) ?? steps[what] ?? what),
        " ",
        h("span", { class: "soft" }, by ? `· ${by.id === this.workbench.store.me.id ? "you" : isolated(by.name)}` : ""),
      ),
      changes.length
        ? h(
            "dl",
            { class: "differences" },
            changes.map(({ name, from, to }) =>
              h(
                "div",
                null,
                h("dt", null, name),
                h(
                  "dd",
                  null,
                  from ? h("del", null, from) : null,
                  from && to ? " " : null,
                  to ? h("ins", null, to) : null,
                ),
              ),
            ),
          )
        : null,
    );
  }
}

/**
 * A change of state says more than "changed".
 * @param {Record<string, unknown> | null} before
 * @param {Record<string, unknown> | null} after
 */
function stepWords(before, after) {
  if (!before?.state || !after?.state || before.state === after.state) return null;
  const steps = /** @type {Record<string, string>} */ ({
    "submitted to draft": "withdrawn",
    "returned to draft": "changed after its return",
    "approved to returned": "reopened",
  });
  return steps[`${before.state} to ${after.state}`] ?? String(after.state);
}
