// @ts-check
// Changes that an article's page left in this browser are sent from whatever page is open; a <waiting-changes>
// shows those that are not sent yet.
import { person } from "../api.js";
import { gettext, interpolate, ngettext } from "../text/gettext.js";
import { Database } from "../outbox/database.js";
import { send, versionOf } from "../outbox/delivery.js";
import { BrowserJournal } from "../outbox/journal.js";
import { BrowserTabs } from "../outbox/tabs.js";
import { Outbox } from "../outbox/outbox.js";

/** @typedef {import("../model/changes.js").Change} Change */

/** @type {Record<string, (count: number) => string>} by the state of the outbox */
const UNSENT = {
  saving: (count) => ngettext("Sending %(count)s change…", "Sending %(count)s changes…", count),
  offline: (count) =>
    ngettext(
      "%(count)s change is saved in this browser and not sent yet. The server can't be reached.",
      "%(count)s changes are saved in this browser and not sent yet. The server can't be reached.",
      count,
    ),
  "signed-out": (count) =>
    ngettext(
      "%(count)s change is saved in this browser. Sign in again to send it.",
      "%(count)s changes are saved in this browser. Sign in again to send them.",
      count,
    ),
};

/**
 * A sentence with a link to the article in which it can be decided.
 * @param {string} words
 * @param {Change} change
 */
function wayTo(words, { article }) {
  const line = Object.assign(document.createElement("p"), { textContent: words });
  if (article) line.append(" ", Object.assign(document.createElement("a"), { href: `/articles/${article}/`, textContent: gettext("Open article") }));
  return line;
}

/**
 * @param {Element} place
 * @param {Outbox} outbox
 */
function show(place, outbox) {
  const { queue, refused, state } = outbox;
  const waiting = queue.filter((change) => !change.aside);
  const aside = queue.filter((change) => change.aside);
  const lines = [];
  if (waiting.length) {
    const text = (UNSENT[state] ?? UNSENT.saving)(waiting.length);
    const words = interpolate(text, { count: waiting.length });
    lines.push(Object.assign(document.createElement("p"), { textContent: words }));
  }
  if (aside.length) {
    const text = ngettext(
      "%(count)s change conflicts with someone else's.",
      "%(count)s changes conflict with someone else's.",
      aside.length,
    );
    lines.push(wayTo(interpolate(text, { count: aside.length }), aside[0]));
  }
  if (refused.length) {
    const text = ngettext(
      "%(count)s rejected change is kept in this browser.",
      "%(count)s rejected changes are kept in this browser.",
      refused.length,
    );
    lines.push(wayTo(interpolate(text, { count: refused.length }), refused[0]));
  }
  place.replaceChildren(...lines);
  /** @type {HTMLElement} */ (place).hidden = !lines.length;
}

if (person) {
  const journal = new BrowserJournal(new Database(), Number(person));
  const kept = await journal.read().catch(() => []);
  if (kept.length) {
    const outbox = new Outbox({ send, versionOf, journal, tabs: new BrowserTabs(Number(person)) });
    const place = document.querySelector("waiting-changes");
    if (place) outbox.addEventListener("state", () => show(place, outbox));
    window.addEventListener("online", () => outbox.retry());
    await outbox.open();
  }
}
