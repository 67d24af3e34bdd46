/**
 * The probes, in every page before its own first script. They only look.
 *
 * ON_TOP, which stands before this, has the passages that must be marked on the screen, by the path of their page.
 */

const PREFIX = /^fc-(claim|attribution|fact)-\d$/;
const frame = () => new Promise(requestAnimationFrame);

/** The ranges of all labels that begin in the first characters, as "start-end". */
function paintedOnTop(characters) {
  const starts = new Map();
  const walker = document.createTreeWalker(document.querySelector(".text"), NodeFilter.SHOW_TEXT);
  for (let at = 0; at < characters && walker.nextNode(); at += walker.currentNode.length)
    starts.set(walker.currentNode, at);
  const found = new Set();
  for (const [name, layer] of CSS.highlights) {
    if (!PREFIX.test(name)) continue;
    for (const range of layer)
      if (starts.has(range.startContainer) && starts.has(range.endContainer)) {
        const start = starts.get(range.startContainer) + range.startOffset;
        found.add(`${start}-${starts.get(range.endContainer) + range.endOffset}`);
      }
  }
  return found;
}

/** Milliseconds from the navigation until a frame with the whole text, and these marks on it, was presented. */
async function opened() {
  const marks = ON_TOP[location.pathname] ?? [];
  for (;;) {
    await frame();
    if (document.readyState === "loading") continue;
    if (!marks.length) break;
    if (![...CSS.highlights.keys()].some((name) => PREFIX.test(name))) continue;
    const painted = paintedOnTop(4000);
    if (marks.every(([start, end]) => painted.has(`${start}-${end}`))) break;
  }
  await frame();
  return performance.now();
}

/** Resolves when text is selected as the workbench selects it. */
async function selected() {
  while (!CSS.highlights.get("fc-selection")?.size) await frame();
}

/** Milliseconds from the next key press until a frame in which the selected passage is a claim was presented. */
function marked() {
  return new Promise((resolve) => {
    addEventListener("keydown", async (event) => {
      const { anchorNode, anchorOffset, focusOffset } = getSelection();
      const isIt = ({ startContainer, startOffset, endContainer, endOffset }) =>
        startContainer === anchorNode &&
        startOffset === anchorOffset &&
        endContainer === anchorNode &&
        endOffset === focusOffset;
      const isThere = () => [0, 1, 2].some((level) => [...(CSS.highlights.get(`fc-claim-${level}`) ?? [])].some(isIt));
      do await frame(); while (!isThere());
      await frame();
      resolve(performance.now() - event.timeStamp);
    }, { capture: true, once: true });
  });
}

/** The longest time between two frames while the text scrolls from end to end, a screen and more a frame. */
async function scrolled(step) {
  const pane = document.querySelector("article-pane");
  pane.scrollTop = 0;
  for (let rest = 0; rest < 10; rest += 1) await frame();
  let longest = 0;
  let before = await frame();
  let reached = -1;
  const frames = [];
  while (pane.scrollTop > reached) {
    reached = pane.scrollTop;
    pane.scrollTop = reached + step;
    const now = await frame();
    frames.push(now - before);
    before = now;
  }
  return Math.max(...frames);
}

new MutationObserver(() => { window.readyAt ??= performance.now(); })
  .observe(document, { subtree: true, attributeFilter: ["data-ready"] });

// This is no module: a page that is measured has it before its own first script.
Object.assign(window, { marked, scrolled, selected, opening: opened() });
