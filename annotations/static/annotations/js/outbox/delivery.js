// @ts-check
/** Sending one change to the server, and the text for one that was rejected. */

import { gettext } from "../text/gettext.js";
import { call } from "../api.js";
import { callFor } from "../model/changes.js";

/** @typedef {import("../model/changes.js").Change} Change */

/**
 * @param {Change} change
 * @returns {Promise<any>} the object as the server has it then
 */
export function send(change) {
  const { method, path, body, versioned } = callFor(change);
  return call(method, path, { body, version: versioned ? change.base : null });
}

/**
 * The version that an object has now.
 * @param {Change} change
 * @returns {Promise<number>}
 */
export async function versionOf({ kind, id }) {
  const { path } = callFor({ kind, id, verb: "change" });
  return (await call("GET", path)).version;
}

/**
 * Why a change was rejected, as a text.
 * @param {import("../model/changes.js").Refusal} refusal
 */
export function reason({ status, words }) {
  return status === 404 ? gettext("This has been deleted, so it couldn't be changed.") : words;
}
