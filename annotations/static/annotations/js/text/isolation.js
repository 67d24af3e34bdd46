// @ts-check
/**
 * Text from outside among words of ours: set apart, so that none of its direction reaches what stands around
 * it (UAX 9). Markup alone does not do it: a browser turns `<bdi>` into the same control characters that a
 * text may hold, and one that holds more of the closing ones gets out. The server does the same:
 * annotations/web/text/isolation.py.
 */

/** Letters of right-to-left scripts and everything that steers direction. */
const TURNS =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The control characters that a text can hold, by the names that people look them up under. */
const CONTROLS = new Map([
  ["\u061c", "ALM"],
  ["\u200e", "LRM"],
  ["\u200f", "RLM"],
  ["\u202a", "LRE"],
  ["\u202b", "RLE"],
  ["\u202c", "PDF"],
  ["\u202d", "LRO"],
  ["\u202e", "RLO"],
  ["\u2066", "LRI"],
  ["\u2067", "RLI"],
  ["\u2068", "FSI"],
  ["\u2069", "PDI"],
]);

/**
 * The words as they are where nothing in them could move others, else in an isolate that they cannot leave.
 * @param {string} words
 */
export function isolated(words) {
  if (!TURNS.test(words)) return words;
  let open = 0;
  const kept = words.replace(/[\u2066-\u2069]|[\n\r\u2029]/gu, (character) => {
    if (!/[\u2066-\u2069]/.test(character)) return " ";
    if (character !== "\u2069") open += 1;
    else if (open) open -= 1;
    else return "";
    return character;
  });
  return `\u2068${kept}${"\u2069".repeat(open + 1)}`;
}

/**
 * The control characters in a text, by name, each once.
 * @param {string} words
 * @returns {string[]}
 */
export function controlsIn(words) {
  return [...new Set([...words].flatMap((character) => CONTROLS.get(character) ?? []))];
}
