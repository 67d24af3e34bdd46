// @ts-check
// Files for an import: dropped or chosen, also whole folders, and uploaded with their progress. Without this script
// the form sends what its fields hold.
import { Problem, upload } from "../api.js";
import { gettext, interpolate, locale, ngettext } from "../text/gettext.js";
import { isolated } from "../text/isolation.js";

/** @typedef {{file: File, path: string}} Chosen */

class SendFiles extends HTMLElement {
  /** @type {AbortController | null} */
  #leaving = null;
  /** @type {AbortController | null} what is being sent */
  #sending = null;
  /** @type {Map<string, Chosen>} by path, so that the same file chosen again is one */
  #chosen = new Map();

  connectedCallback() {
    this.#leaving = new AbortController();
    const { signal } = this.#leaving;
    this.#part(".file-drop-words").hidden = false;
    this.addEventListener("change", (event) => this.#onChange(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    // A file that misses its place must not open instead of the page.
    window.addEventListener("dragover", (event) => this.#onDrag(event), { signal });
    window.addEventListener("dragleave", (event) => event.relatedTarget || this.#mark(false), { signal });
    window.addEventListener("drop", (event) => void this.#onDrop(event), { signal });
  }

  disconnectedCallback() {
    this.#leaving?.abort();
    this.#sending?.abort();
  }

  /**
   * @param {string} selector
   * @returns {HTMLElement}
   */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.querySelector(selector));
  }

  /** @param {Event} event */
  #onChange(event) {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "file") return;
    for (const file of event.target.files ?? []) this.#add(file, file.webkitRelativePath || file.name);
    this.#tell();
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const button = event.target instanceof Element ? event.target.closest("[data-do]") : null;
    if (!(button instanceof HTMLElement)) return;
    if (button.dataset.do === "stop") {
      this.#sending?.abort();
      return;
    }
    this.#chosen.clear();
    this.querySelector("form")?.reset();
    this.#tell();
    this.#part("input[type=file]").focus();
  }

  /** @param {DragEvent} event */
  #onDrag(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#mark(true);
  }

  /** @param {DragEvent} event */
  async #onDrop(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    this.#mark(false);
    if (this.#sending) return;
    // The list of what was dropped is empty after the first pause.
    const dropped = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry() ?? item.getAsFile());
    for (const one of dropped) {
      if (one instanceof File) this.#add(one, one.name);
      else if (one) await this.#walk(one);
    }
    this.#tell();
    this.#part("button[type=submit]").focus();
  }

  /** @param {FileSystemEntry} entry */
  async #walk(entry) {
    const path = entry.fullPath.replace(/^\//, "");
    if (entry.isFile) {
      const one = /** @type {FileSystemFileEntry} */ (entry);
      this.#add(await new Promise((resolve, reject) => one.file(resolve, reject)), path);
      return;
    }
    const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
    // A reader gives a hundred at a time, and nothing at the end.
    for (;;) {
      /** @type {FileSystemEntry[]} */
      const found = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!found.length) return;
      for (const one of found) await this.#walk(one);
    }
  }

  /**
   * @param {File} file
   * @param {string} path
   */
  #add(file, path) {
    this.#chosen.set(path, { file, path });
  }

  get #bytes() {
    return [...this.#chosen.values()].reduce((sum, { file }) => sum + file.size, 0);
  }

  /** @param {boolean} over */
  #mark(over) {
    this.#part(".file-drop").classList.toggle("over", over);
  }

  /** Shows what is chosen. */
  #tell() {
    const files = [...this.#chosen.values()];
    const text = ngettext("Selected: %(path)s, %(size)s.", "Selected: %(count)s files, %(size)s.", files.length);
    const values = { path: isolated(files[0]?.path ?? ""), count: files.length, size: size(this.#bytes) };
    this.#part(".chosen-files").textContent = files.length ? interpolate(text, values) : "";
    this.#part("[data-do=clear]").hidden = !files.length;
    this.#complain("");
  }

  /** @param {string} words */
  #complain(words) {
    const place = this.#part(".files-error");
    place.hidden = !words;
    place.replaceChildren();
    const input = this.#part("#id_files");
    if (!words) {
      input.removeAttribute("aria-invalid");
      return;
    }
    const item = document.createElement("li");
    item.className = "field-error";
    item.textContent = words;
    place.append(item);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", "id_files_error id_files_helptext");
    input.focus();
  }

  /** @param {SubmitEvent} event */
  #onSubmit(event) {
    if (!(event.target instanceof HTMLFormElement)) return;
    event.preventDefault();
    if (this.#sending) return;
    const bytes = this.#bytes;
    const most = Number(this.dataset.most);
    const tooLarge = gettext("These files are %(size)s together. An import can have up to %(most)s: split them up.");
    if (!this.#chosen.size) this.#complain(gettext("Choose a file, a folder or an archive."));
    else if (bytes > most) this.#complain(interpolate(tooLarge, { size: size(bytes), most: size(most) }));
    else void this.#send(event.target.action);
  }

  /** @param {string} address */
  async #send(address) {
    const form = new FormData();
    const files = [...this.#chosen.values()];
    // First, so that they are read before the files: browsers send a file's bare name.
    form.append("paths", JSON.stringify(files.map(({ path }) => path)));
    for (const { file } of files) form.append("files", file);
    this.#complain("");
    this.#sending = new AbortController();
    this.#show(true);
    try {
      const answer = await upload(address, form, this.#sending.signal, (sent, all) => this.#progress(sent, all));
      window.location.assign(answer.address);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const stopped = this.#sending.signal.aborted;
      this.#sending = null;
      this.#show(false);
      const unsaved = gettext("Nothing was uploaded. Try again.");
      if (stopped) this.#part(".chosen-files").textContent = gettext("Upload cancelled. Nothing was saved.");
      else this.#complain(error instanceof Problem ? error.words : `${error.message} ${unsaved}`);
    }
  }

  /** @param {boolean} sending */
  #show(sending) {
    this.#part(".sending").hidden = !sending;
    this.#part("[data-do=stop]").hidden = !sending;
    this.#part("[data-do=clear]").hidden = sending;
    this.#part("button[type=submit]").hidden = sending;
    for (const input of this.querySelectorAll("input")) input.disabled = sending;
    if (sending) this.#progress(0, 1);
    if (sending) this.#part("[data-do=stop]").focus();
  }

  /**
   * @param {number} sent
   * @param {number} all bytes
   */
  #progress(sent, all) {
    /** @type {HTMLProgressElement} */ (this.#part("progress")).value = all ? sent / all : 1;
    const words =
      sent < all
        ? interpolate(gettext("%(sent)s of %(all)s"), { sent: size(sent), all: size(all) })
        : gettext("Upload complete. Checking the files…");
    this.#part(".sent-words").textContent = all > 1 ? words : "";
  }
}

/** @param {number} bytes */
function size(bytes) {
  if (bytes < 1000) return interpolate(ngettext("%(count)s byte", "%(count)s bytes", bytes), { count: bytes });
  const [unit, by] = bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return `${(bytes / Number(by)).toLocaleString(locale(), digits)} ${unit}`;
}

customElements.define("send-files", SendFiles);
