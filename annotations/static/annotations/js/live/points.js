// @ts-check
/**
 * Points in the stream of events, as the server names them: snapshots `xmin:xmax:xid,xid,…`, which say
 * of every transaction whether its changes are known.
 */

/**
 * A point from which everything follows that is unknown to one of two.
 * @param {string} one
 * @param {string} other
 * @returns {string}
 */
export function meet(one, other) {
  const [a, b] = [parsed(one), parsed(other)];
  const high = smaller(a.high, b.high);
  const running = [...new Set([...a.running, ...b.running])].filter((xid) => xid < high);
  running.sort((x, y) => (x < y ? -1 : 1));
  return `${running[0] ?? high}:${high}:${running.join(",")}`;
}

/** @param {string} point */
function parsed(point) {
  const [, high, running] = point.split(":");
  return { high: BigInt(high), running: running ? running.split(",").map(BigInt) : [] };
}

/**
 * @param {bigint} one
 * @param {bigint} other
 */
function smaller(one, other) {
  return one < other ? one : other;
}
