// @ts-check
/** Calls to the server; the only place that fetches. */

import { gettext, interpolate } from "./text/gettext.js";

const BASE = "/api/v1/";

/** Browsers keep 64 KiB of requests alive at a time; one in UTF-8 may take three bytes a character. */
const LARGEST_KEPT_ALIVE = 20_000;

/** Statuses that are clear without a body: not signed in, too large, too many requests. */
const SAYS_ENOUGH = new Set([401, 413, 429]);


/** Milliseconds that a change may take before it counts as unanswered. */
const PATIENCE = 30_000;

/** @typedef {{field: string, code: string, detail: string}} FieldProblem */

/** The server refused: problem details as RFC 9457 has them. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {Record<string, any>} body
   * @param {number | null} [retryAfter] seconds
   */
  constructor(status, body, retryAfter = null) {
    super(body.detail || body.title || interpolate(gettext("The server returned error %(status)s."), { status }));
    this.name = "Problem";
    this.status = status;
    /** Which rule, such as `duplicate-span`. */
    this.slug =
      String(body.type ?? "")
        .split("/")
        .filter(Boolean)
        .at(-1) ?? "";
    this.title = String(body.title ?? "");
    /** @type {FieldProblem[]} */
    this.errors = Array.isArray(body.errors) ? body.errors : [];
    /** @type {any} the present state, where a version was stale */
    this.current = body.current ?? null;
    this.retryAfter = retryAfter;
  }

  /** What to tell a person: the detail, and what is wrong with which field. */
  get words() {
    const fields = this.errors
      .map((error) => error.detail)
      .filter((detail) => !this.message.includes(detail));
    return [this.message, ...fields].join(" ");
  }
}

/** No answer at all: the network or the server is away. */
export class Unreachable extends Error {
  constructor() {
    super(gettext("The server can't be reached."));
    this.name = "Unreachable";
  }
}

/** Whose page this is: the id of who was signed in when it was made. */
export const person = document.querySelector('meta[name="person"]')?.getAttribute("content") ?? "";

/** @returns {string} */
function csrfToken() {
  const cookie = document.cookie.match(/(?:^|; )factcheck_csrf=([^;]+)/);
  if (cookie) return decodeURIComponent(cookie[1]);
  return document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
}

/**
 * One call. Answers the JSON that came back, null where there is none.
 * @param {string} method
 * @param {string} path below /api/v1/
 * @param {{body?: unknown, version?: number | null, signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 * @throws {Problem} where the server refuses
 * @throws {Unreachable} where nothing answers
 */
export async function call(method, path, { body, version = null, signal } = {}) {
  const headers = new Headers({ Accept: "application/json, application/problem+json" });
  if (method !== "GET") headers.set("X-CSRFToken", csrfToken());
  // So that what somebody did is never stored in the name of who signed in on this browser after them.
  if (method !== "GET" && person) headers.set("Factcheck-User", person);
  if (body !== undefined) headers.set("Content-Type", "application/json");
  if (version !== null) headers.set("If-Match", `"${version}"`);
  const payload = body === undefined ? undefined : JSON.stringify(body);
  let answer;
  // A change that hangs on a dead line is sent again; one that is only slow arrives twice and counts once.
  const until = method === "GET" ? signal : AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])]);
  try {
    answer = await fetch(BASE + path, {
      method,
      headers,
      signal: until,
      credentials: "same-origin",
      body: payload,
      // A small change outlives the page that sends it.
      keepalive: method !== "GET" && (payload?.length ?? 0) < LARGEST_KEPT_ALIVE,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable();
  }
  const data = await readJson(answer);
  if (answer.ok) return data;
  // What has no problem to tell did not come from this server but from something on the way to it.
  if (data === null && !SAYS_ENOUGH.has(answer.status)) throw new Unreachable();
  const pause = Number(answer.headers.get("Retry-After"));
  throw new Problem(answer.status, data ?? {}, pause > 0 ? pause : null);
}

/**
 * Who is signed in on this browser now; null where nobody is.
 * @returns {Promise<{id: number, name: string, email: string} | null>}
 * @throws {Unreachable} where nothing answers
 */
export async function whoIsHere() {
  try {
    return await call("GET", "me/");
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

/**
 * Signs in as the sign-in page does. Whoever else is signed in on this browser is signed out first.
 * @param {string} email
 * @param {string} password
 * @returns {Promise<{complaint: string} | {next: string}>} what is wrong, or where the page would lead on to
 * @throws {Unreachable} where nothing answers
 */
export async function signIn(email, password) {
  if (await whoIsHere()) await postForm("logout/", {});
  const { status, data } = await postForm("login/", { login: email, password });
  if (status === 200 && data?.location) return { next: data.location };
  const { errors = [], fields = {} } = data?.form ?? {};
  const all = [...errors, ...Object.values(fields).flatMap((field) => field.errors ?? [])];
  const otherwise =
    status === 429 ? gettext("Too many attempts. Try again in a minute.") : gettext("Couldn't sign in. Try again.");
  return { complaint: all.join(" ") || otherwise };
}

/**
 * Sends a form of the account pages, which answer a script in JSON.
 * @param {string} path below /accounts/
 * @param {Record<string, string>} values
 * @returns {Promise<{status: number, data: any}>}
 */
async function postForm(path, values) {
  const address = `/accounts/${path}`;
  try {
    // The page of the form brings a token that is good now.
    await fetch("/accounts/login/", { credentials: "same-origin" });
    const headers = { "X-CSRFToken": csrfToken(), "X-Requested-With": "XMLHttpRequest" };
    const answer = await fetch(address, { method: "POST", headers, body: new URLSearchParams(values) });
    return { status: answer.status, data: await answer.json().catch(() => null) };
  } catch {
    throw new Unreachable();
  }
}

/**
 * Sends files to a page. A fetch would not say how far it is.
 * @param {string} address
 * @param {FormData} form
 * @param {AbortSignal} signal
 * @param {(sent: number, all: number) => void} onProgress bytes
 * @returns {Promise<any>} the JSON that came back
 * @throws {Problem} where the server refuses
 * @throws {Unreachable} where nothing answers, or it was stopped
 */
export function upload(address, form, signal, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json, application/problem+json");
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded, total));
    request.addEventListener("load", () => {
      // Whoever is signed out is led to the sign-in page.
      if (new URL(request.responseURL).pathname !== new URL(address, document.baseURI).pathname)
        reject(new Problem(401, { detail: gettext("You're signed out. Sign in in another window, then send the files again.") }));
      else if (request.status < 300 && request.response) resolve(request.response);
      else if (request.response || SAYS_ENOUGH.has(request.status)) reject(new Problem(request.status, request.response ?? {}));
      else reject(new Unreachable());
    });
    request.addEventListener("error", () => reject(new Unreachable()));
    request.addEventListener("abort", () => reject(new Unreachable()));
    signal.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

/**
 * @param {Response} answer
 * @returns {Promise<any>}
 */
async function readJson(answer) {
  if (answer.status === 204) return null;
  try {
    return await answer.json();
  } catch {
    // A proxy's page of HTML, or an answer that broke off.
    if (answer.ok) throw new Unreachable();
    return null;
  }
}

/**
 * A path with a query, leaving out what is empty.
 * @param {string} path
 * @param {Record<string, string | number | null | undefined>} query
 */
export function withQuery(path, query) {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== "") words.set(name, String(value));
  }
  return words.size ? `${path}?${words}` : path;
}
