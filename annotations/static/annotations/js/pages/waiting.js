// @ts-check
// Changes that an article's page left in this browser are sent from whatever page is open; where there is
// a <waiting-changes>, it says what waits.
import { person } from "../api.js";
import { Database } from "../outbox/database.js";
import { send, versionOf } from "../outbox/delivery.js";
import { BrowserJournal } from "../outbox/journal.js";
import { BrowserTabs } from "../outbox/tabs.js";
import { Outbox } from "../outbox/outbox.js";

/** @typedef {import("../model/changes.js").Change} Change */

const WORDS = {
  saving: "being sent",
  offline: "not sent yet, for nothing answers just now",
  "signed-out": "sent when you have signed in again",
};

/** @param {Change[]} changes */
function counted({ length }) {
  return length === 1 ? "1 change" : `${length} changes`;
}

/**
 * A sentence with a way to the article in which it can be decided.
 * @param {string} words
 * @param {Change} change
 */
function wayTo(words, { article }) {
  const line = Object.assign(document.createElement("p"), { textContent: words });
  if (article) line.append(" ", Object.assign(document.createElement("a"), { href: `/articles/${article}/`, textContent: "Open the article" }));
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
    const how = WORDS[/** @type {keyof typeof WORDS} */ (state)] ?? WORDS.saving;
    const words = `${counted(waiting)} kept in this browser: ${how}.`;
    lines.push(Object.assign(document.createElement("p"), { textContent: words }));
  }
  if (aside.length) lines.push(wayTo(`${counted(aside)} to decide on: somebody else changed the same.`, aside[0]));
  if (refused.length) lines.push(wayTo(`${counted(refused)} refused, kept in this browser.`, refused[0]));
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
