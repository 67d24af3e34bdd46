// @ts-check
// A page that waits until a worker has read the files of an import, or fetched an address, and then shows what came of it.

/** Milliseconds between an answer that it is not there yet and the next question, which the server holds for a while. */
const PAUSE = 2_000;

class AwaitPreview extends HTMLElement {
  #leaving = new AbortController();

  connectedCallback() {
    void this.#wait();
  }

  disconnectedCallback() {
    this.#leaving.abort();
  }

  async #wait() {
    const { signal } = this.#leaving;
    while (!signal.aborted) {
      try {
        const answer = await fetch(String(this.dataset.address), { signal });
        if ((await answer.text()) !== "waiting\n") {
          // Ready, or whatever else there is to see: signed out, discarded elsewhere.
          location.reload();
          return;
        }
      } catch {
        // The server can't be reached: asked again below.
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

customElements.define("await-preview", AwaitPreview);
