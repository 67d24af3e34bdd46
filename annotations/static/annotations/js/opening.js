// @ts-check
/**
 * What happens first: the marks that stand on the first screens are painted as soon as the text is there,
 * and only when that was on the screen the workbench is fetched, with its styles. So a person reads the marked text at
 * once, while some eighty modules and all annotations are still to come.
 *
 * The page brings these marks along. The workbench paints for itself and then takes them away.
 */

import { paintFirstSpans } from "./text/painting.js";

if (document.readyState === "loading") document.addEventListener("readystatechange", open, { once: true });
else open();

function open() {
  const brought = document.getElementById("first-spans");
  const text = document.querySelector("article-pane .text");
  if (brought && text && CSS.highlights) paintFirstSpans(text, JSON.parse(brought.textContent ?? "[]"));
  // When the frame that shows them is out, which only the next one tells; a page that nobody sees has no frames.
  if (document.hidden) startWorkbench();
  else requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(startWorkbench)));
}

async function startWorkbench() {
  const later = document.getElementById("later");
  if (later instanceof HTMLTemplateElement) document.head.append(later.content);
  try {
    await catalogue();
    await import("./workbench.js");
  } catch (error) {
    // An error within it has its own message there.
    if (document.querySelector(".load-failure")) throw error;
    const message = document.getElementById("load-failure");
    if (message instanceof HTMLTemplateElement) document.querySelector(".panes")?.prepend(message.content);
  }
}

/** The texts of the page's language, which its head fetches, come before the workbench; English has no such script. */
async function catalogue() {
  const script = document.getElementById("catalogue");
  if (!script || "django" in globalThis || document.readyState === "complete") return;
  await new Promise((done) => {
    script.addEventListener("load", done);
    // Also where it failed: then the texts are English.
    addEventListener("load", done);
  });
}
