// @ts-check
/**
 * The rules of the queue: what may be sent next, and what becomes of the queue when an answer comes or
 * a person decides. Pure functions over the changes in their order; a journal carries them out.
 */

/** @typedef {import("../model/changes.js").Change} Change */
/** @typedef {import("../model/changes.js").Refusal} Refusal */
/** @typedef {{put?: Change[], remove?: Change[]}} Edit changes are put in the place that their number gives them */

/**
 * A queue after an edit.
 * @param {readonly Change[]} queue
 * @param {Edit} edit
 * @returns {Change[]}
 */
export function edited(queue, { put = [], remove = [] }) {
  const gone = new Set(remove.map((change) => change.key));
  const other = new Map(put.map((change) => [change.key, change]));
  return queue.filter(({ key }) => !gone.has(key)).map((change) => other.get(change.key) ?? change);
}

/** @param {Pick<Change, "kind" | "id">} change */
export function objectOf({ kind, id }) {
  return `${kind} ${id}`;
}

/**
 * The first change that can be sent: not refused, and of an object that does not wait for a person.
 * @param {readonly Change[]} queue
 * @returns {Change | undefined}
 */
export function nextOf(queue) {
  const held = new Set(queue.filter((change) => change.aside).map(objectOf));
  return queue.find((change) => !change.refused && !held.has(objectOf(change)));
}

/**
 * Notes that the next change is being sent. Changes of the same object that follow directly go
 * along as one; what was sent once stays as it was sent, for its answer may have been lost.
 * @param {readonly Change[]} queue
 * @returns {Edit}
 */
export function sending(queue) {
  const first = nextOf(queue);
  if (!first || first.sent) return {};
  const run = runFrom(queue, queue.indexOf(first));
  return { put: [{ ...united(run), sent: true }], remove: run.slice(1) };
}

/**
 * How many changes there are to a person, for whom a run of typing is one.
 * @param {readonly Change[]} queue
 */
export function countOf(queue) {
  let count = 0;
  for (let at = 0; at < queue.length; at += runFrom(queue, at).length) count += 1;
  return count;
}

/**
 * The server has a change. What was made on top of it now has a version to be made from.
 * @param {readonly Change[]} queue
 * @param {Change} change
 * @param {number | null} version
 * @returns {Edit}
 */
export function confirmed(queue, change, version) {
  const found = queue.find(({ key }) => key === change.key);
  return found ? { remove: [found], put: rebasing(queue, found, version) } : {};
}

/**
 * The server refused a change for good. It stays, with all that hang on it, until a person decides;
 * a creation that was taken back meanwhile leaves nothing to decide.
 * @param {readonly Change[]} queue
 * @param {Change} change
 * @param {Refusal} refusal
 * @returns {Edit}
 */
export function refused(queue, change, refusal) {
  const found = queue.find(({ key }) => key === change.key);
  if (!found) return {};
  const group = hangingOn(queue, found);
  if (group.length > 1 && group.some(({ id, verb }) => id === found.id && verb === "delete"))
    return { remove: group };
  const put = group.map((one) => ({ ...one, sent: false, refused: { ...refusal, because: found.key } }));
  return { put: [...put, ...(group.length > 1 ? [] : rebasing(queue, found, found.base))] };
}

/**
 * Somebody else came first: a change waits until a person has chosen.
 * @param {readonly Change[]} queue
 * @param {Change} change
 * @param {any} current what is there now
 * @returns {Edit}
 */
export function setAside(queue, change, current) {
  return { put: matching(queue, change.key).map((one) => ({ ...one, sent: false, aside: { current } })) };
}

/**
 * A person chose their own change over what came first.
 * @param {readonly Change[]} queue
 * @param {Change} change as it is to be sent
 * @param {number} base the version that it replaces
 * @returns {Edit}
 */
export function chosen(queue, change, base) {
  return {
    put: matching(queue, change.key).map(({ aside: _, ...one }) => ({ ...one, body: change.body, base })),
  };
}

/**
 * A person took a change back, or what hangs on it.
 * @param {readonly Change[]} queue
 * @param {readonly string[]} keys
 * @returns {Edit}
 */
export function dropped(queue, keys) {
  return {
    remove: queue.filter((one) => keys.includes(one.key) || keys.includes(one.refused?.because ?? "")),
  };
}

/**
 * A refused change is sent once more, in its old place, with what hangs on it.
 * @param {readonly Change[]} queue
 * @param {string} key
 * @param {Record<string, any> | undefined} body as corrected
 * @returns {Edit}
 */
export function sentAgain(queue, key, body) {
  const group = queue.filter((one) => one.refused?.because === key);
  return {
    put: group.map(({ refused: _, ...one }) => (one.key === key ? { ...one, body } : one)),
  };
}

/**
 * A change, and where it would have created something, the later ones that need that.
 * @param {readonly Change[]} queue
 * @param {Change} change
 * @returns {Change[]}
 */
function hangingOn(queue, change) {
  if (change.verb !== "create" && change.verb !== "restore") return [change];
  const missing = new Set([change.id]);
  return queue.slice(queue.indexOf(change)).filter((other) => {
    if (other.refused) return false;
    const ends = [other.id, other.body?.source, other.body?.target, other.body?.claim, other.body?.reply_to];
    ends.push(...Object.values(other.body?.on ?? {}));
    const needs = ends.some((id) => missing.has(id));
    if (needs) missing.add(other.id);
    return needs;
  });
}

/**
 * The first later change of the same object, made from a version.
 * @param {readonly Change[]} queue
 * @param {Change} change
 * @param {number | null} version
 * @returns {Change[]}
 */
function rebasing(queue, change, version) {
  const later = queue.slice(queue.indexOf(change) + 1);
  const next = later.find((one) => objectOf(one) === objectOf(change) && !one.refused);
  return next && next.base === null ? [{ ...next, base: version }] : [];
}

/**
 * @param {readonly Change[]} queue
 * @param {string} key
 */
function matching(queue, key) {
  return queue.filter((one) => one.key === key);
}

/**
 * The changes from a place on that go to the server as one.
 * @param {readonly Change[]} queue
 * @param {number} at
 * @returns {Change[]}
 */
function runFrom(queue, at) {
  const first = queue[at];
  let end = at + 1;
  while (first.verb === "change" && end < queue.length && joins(first, queue[end])) end += 1;
  return queue.slice(at, end);
}

/**
 * @param {Change} first
 * @param {Change} other
 */
function joins(first, other) {
  const touched = [first, other].some((one) => one.sent || one.aside || one.refused);
  return other.verb === "change" && objectOf(other) === objectOf(first) && !touched;
}

/**
 * @param {Change[]} run
 * @returns {Change}
 */
function united(run) {
  return {
    ...run[0],
    body: run[0].body && Object.assign({}, ...run.map((change) => change.body)),
    was: run[0].was && Object.assign({}, ...run.map((change) => change.was).reverse()),
    entries: [...new Set(run.flatMap((change) => change.entries))],
  };
}
