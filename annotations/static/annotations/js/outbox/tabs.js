// @ts-check
/**
 * The tabs of one person in this browser: what they tell one another, and which of them does what only
 * one may do at a time.
 */

const SITTING = "factcheck.sitting";

/** What the lock is called that a tab holds on its sitting. */
const PLACE = "factcheck sitting ";

/** How long a page that is being left may still hold its place when the next one already asks for it. */
const LEAVING = 1500;

/** @typedef {(message: any) => void} Hear */
/**
 * @typedef {object} Tabs
 * @property {(message: any) => void} tell says something to the other tabs
 * @property {(hear: Hear) => void} hear
 * @property {(work: () => Promise<void>) => Promise<void>} alone does something while no other tab does
 */

/** @implements {Tabs} */
export class BrowserTabs {
  /** @param {number} user */
  constructor(user) {
    this.name = `factcheck ${user}`;
    this.channel = new BroadcastChannel(this.name);
  }

  /** @param {any} message */
  tell(message) {
    this.channel.postMessage(message);
  }

  /** @param {Hear} hear */
  hear(hear) {
    this.channel.addEventListener("message", ({ data }) => hear(data));
  }

  /**
   * Waits for its turn. A tab that closes or crashes gives its turn to the next by itself.
   * @param {() => Promise<void>} work
   */
  async alone(work) {
    // Without a secure connection there are no locks. Then two tabs may send the same change, which the
    // server takes once.
    if (navigator.locks) await navigator.locks.request(`${this.name} sends`, work);
    else await work();
  }
}

/**
 * One tab by itself.
 * @implements {Tabs}
 */
export class LoneTab {
  tell() {}

  hear() {}

  /** @param {() => Promise<void>} work */
  async alone(work) {
    await work();
  }
}

/**
 * The name of what is done in this tab from its opening to its closing, reloads and crashes in between. A
 * copy of a tab gets a name of its own.
 * @returns {Promise<string>}
 */
export async function sitting() {
  const known = remembered();
  if (known && (await held(known))) return known;
  const name = crypto.getRandomValues(new Uint32Array(2)).join("-");
  await held(name);
  try {
    sessionStorage.setItem(SITTING, name);
  } catch {
    // Where the browser keeps nothing, a sitting ends with the page.
  }
  return name;
}

function remembered() {
  try {
    return sessionStorage.getItem(SITTING);
  } catch {
    return null;
  }
}

/**
 * The sittings of all tabs that are open now.
 * @returns {Promise<Set<string>>}
 */
export async function livingSittings() {
  const held = (await navigator.locks?.query())?.held ?? [];
  return new Set(held.flatMap(({ name }) => (name?.startsWith(PLACE) ? [name.slice(PLACE.length)] : [])));
}

/**
 * Holds a sitting for as long as the page stands.
 * @param {string} name
 * @returns {Promise<boolean>} false where another tab holds it
 */
function held(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(LEAVING);
    const forever = () => {
      resolve(true);
      return new Promise(() => {});
    };
    navigator.locks.request(PLACE + name, { signal }, forever).catch(() => resolve(false));
  });
}
