// @ts-check
import { person, signIn, Unreachable, whoIsHere } from "../../api.js";
import { WorkbenchElement } from "../workbench-element.js";
import { h } from "../dom.js";

/**
 * Signing in again without leaving the page, when the session has ended: `<sign-in-dialog email="…">`. What
 * waits here is sent in the name of who made it and of nobody else.
 */
export class SignInDialog extends WorkbenchElement {
  begin() {
    const about = { id: "sign-in-email", type: "email", autocomplete: "username", required: true };
    this.email = h("input", { ...about, value: this.getAttribute("email") });
    this.password = h("input", {
      id: "sign-in-password",
      type: "password",
      autocomplete: "current-password",
      required: true,
    });
    this.words = h("p", { class: "soft" });
    this.answer = h("p", { class: "complaint", role: "alert" });
    this.form = h(
      "form",
      { class: "sign-in-form" },
      h("label", { for: about.id }, "Email"),
      this.email,
      h("label", { for: "sign-in-password" }, "Password"),
      this.password,
      this.answer,
      h(
        "div",
        { class: "dialog-buttons" },
        h("button", { type: "button", onclick: () => this.dialog?.close() }, "Later"),
        h("button", { type: "submit", class: "primary" }, "Sign in"),
      ),
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#signIn();
    });
    this.dialog = h(
      "dialog",
      { class: "sign-in", "aria-labelledby": "sign-in-title" },
      h("h2", { id: "sign-in-title" }, "Sign in again"),
      this.words,
      this.form,
    );
    this.replaceChildren(this.dialog);
    this.hear("sign-in", () => this.#open());
    this.watch(["saving"], () => !this.workbench.outbox.signedOut && this.dialog?.close());
    // Somebody who signed in in another tab comes back to this one.
    window.addEventListener("focus", () => void this.#lookWhoIsHere(), { signal: this.life.signal });
  }

  #open() {
    const { count, broken } = this.workbench.outbox;
    const many = count === 1 ? "1 change waits" : `${count} changes wait`;
    const place = broken ? "on this page, which must stay open," : "in this browser";
    if (this.words) this.words.textContent = `Your session has ended. ${many} ${place} until you are back.`;
    this.answer?.replaceChildren();
    if (!this.dialog?.open) this.dialog?.showModal();
    this.password?.focus();
  }

  async #signIn() {
    const [email, password] = [this.email?.value ?? "", this.password?.value ?? ""];
    this.#say("Signing in …");
    try {
      const outcome = await signIn(email, password);
      if ("complaint" in outcome) this.#say(outcome.complaint);
      else await this.#goOn(outcome.next);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.#say(error.message);
    }
  }

  /** @param {string} next where the sign-in page would lead on to */
  async #goOn(next) {
    const here = await whoIsHere();
    if (!here) {
      const way = h("a", { href: next, target: "_blank" }, "Go on in a new tab");
      this.#say("This account has a second step. ", way, ", then come back.");
    } else if (String(here.id) !== person) {
      const anew = h("a", { href: location.href }, "Load the page for them");
      this.#say(`Now ${here.name || here.email} is signed in, for whom nothing is sent from here. `, anew);
    } else {
      if (this.password) this.password.value = "";
      this.workbench.announce("Signed in again.");
      this.workbench.outbox.retry();
    }
  }

  async #lookWhoIsHere() {
    const { outbox } = this.workbench;
    if (!outbox.signedOut) return;
    const here = await whoIsHere().catch(() => null);
    if (here && String(here.id) === person) outbox.retry();
  }

  /** @param {...(string | Node)} words */
  #say(...words) {
    this.answer?.replaceChildren(...words);
  }
}
