// @ts-check
import { call, Problem } from "../../api.js";
import { VERDICT_STATES } from "../../model/vocabulary.js";
import { WorkbenchElement } from "../workbench-element.js";
import { h, kbd, timeWords } from "../dom.js";
import { differences } from "./differences.js";
import { gettext, interpolate } from "../../text/gettext.js";
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
    const list = h("ol", { role: "list", class: "events" }, h("li", { class: "soft" }, gettext("Loading…")));
    this.dialog?.replaceChildren(
      h(
        "header",
        { class: "dialog-head" },
        h("h2", { id: "history-title" }, title),
        h(
          "button",
          { type: "button", class: "quiet", onclick: () => this.dialog?.close() },
          gettext("Close"),
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
        ...answer.results.map((/** @type {HistoryEvent} */ event) => this.#event(event)),
      );
    } catch (error) {
      const words = error instanceof Problem ? error.words : gettext("The history couldn't be loaded. Try again.");
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
    this.names.set(this.workbench.store.me.id, gettext("you"));
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
      return name ? interpolate(gettext("handed over to %(name)s"), { name: isolated(name) }) : gettext("handed over");
    }
    if (before?.state === "submitted" && after?.state === "approved" && after.reviewer !== by?.id) {
      const name = this.names.get(after.reviewer);
      if (!name) return gettext("approved (imported)");
      return interpolate(gettext("approved by %(name)s (imported)"), { name: isolated(name) });
    }
    return stepWords(before, after);
  }

  /**
   * @param {HistoryEvent} event
   */
  #event({ at, by, what, before, after }) {
    const changes =
      what === "updated" ? differences(before ?? {}, after ?? {}, this.workbench.store.project) : [];
    const steps = {
      created: gettext("created"),
      updated: gettext("changed"),
      deleted: gettext("deleted"),
      removed: gettext("removed"),
    };
    const name = by && (by.id === this.workbench.store.me.id ? gettext("you") : isolated(by.name));
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
        h("span", { class: "soft" }, name ? `· ${name}` : ""),
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
    "submitted to draft": gettext("withdrawn"),
    "returned to draft": gettext("changed after it was returned"),
    "approved to returned": gettext("reopened"),
  });
  const state = /** @type {import("../../model/types.js").VerdictState} */ (after.state);
  return steps[`${before.state} to ${after.state}`] ?? VERDICT_STATES[state].name.toLocaleLowerCase();
}
