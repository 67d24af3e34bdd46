// @ts-check
// Times in the reader's own zone: short for today and yesterday (not below `data-exact-times`, on pages that are
// printed and cited), the whole moment on pointing at it.

import { gettext, interpolate, locale } from "../text/gettext.js";

const day = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "short", year: "numeric" });
const hour = new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" });
const whole = new Intl.DateTimeFormat(locale(), { dateStyle: "full", timeStyle: "long" });

/**
 * @param {Date} at
 * @param {boolean} exact
 */
function inWords(at, exact) {
  if (exact) return `${day.format(at)}, ${hour.format(at)}`;
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  const time = hour.format(at);
  if (at.toDateString() === new Date().toDateString()) return interpolate(gettext("today %(time)s"), { time });
  if (at.toDateString() === yesterday.toDateString()) return interpolate(gettext("yesterday %(time)s"), { time });
  return `${day.format(at)}, ${hour.format(at)}`;
}

/** @param {ParentNode} place */
function localTimes(place) {
  for (const time of place.querySelectorAll("time[datetime]")) {
    const at = new Date(time.getAttribute("datetime") ?? "");
    if (Number.isNaN(at.getTime())) continue;
    time.textContent = inWords(at, time.closest("[data-exact-times]") !== null);
    time.setAttribute("title", whole.format(at));
  }
}

localTimes(document);
document.addEventListener("htmx:afterSettle", () => localTimes(document));
