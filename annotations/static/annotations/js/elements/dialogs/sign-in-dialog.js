// @ts-check
import { person, signIn, Unreachable, whoIsHere } from "../../api.js";
import { gettext, interpolate, interpolateParts, ngettext } from "../../text/gettext.js";
import { isolated } from "../../text/isolation.js";
import { WorkbenchElement } from "../workbench-element.js";
import { h } from "../dom.js";

/**
 * Signing in again without leaving the page, when the session has ended: `<sign-in-dialog email="…">`. Unsent
 * changes are sent only as the person who made them.
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
      h("label", { for: about.id }, gettext("Email")),
      this.email,
      h("label", { for: "sign-in-password" }, gettext("Password")),
      this.password,
      this.answer,
      h(
        "div",
        { class: "dialog-buttons" },
        h("button", { type: "button", onclick: () => this.dialog?.close() }, gettext("Later")),
        h("button", { type: "submit", class: "primary" }, gettext("Sign in")),
      ),
    );
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#signIn();
    });
    this.dialog = h(
      "dialog",
      { class: "sign-in", "aria-labelledby": "sign-in-title" },
      h("h2", { id: "sign-in-title" }, gettext("Sign in again")),
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
    const unsent = broken
      ? ngettext(
          "Your session has ended. %(count)s change is only on this page until you sign in, so keep it open.",
          "Your session has ended. %(count)s changes are only on this page until you sign in, so keep it open.",
          count,
        )
      : ngettext(
          "Your session has ended. %(count)s change is saved in this browser until you sign in.",
          "Your session has ended. %(count)s changes are saved in this browser until you sign in.",
          count,
        );
    if (this.words) this.words.textContent = interpolate(unsent, { count });
    this.answer?.replaceChildren();
    if (!this.dialog?.open) this.dialog?.showModal();
    this.password?.focus();
  }

  async #signIn() {
    const [email, password] = [this.email?.value ?? "", this.password?.value ?? ""];
    this.#say(gettext("Signing in…"));
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
      const way = h("a", { href: next, target: "_blank" }, gettext("Continue in a new tab"));
      this.#say(
        ...interpolateParts(gettext("This account uses two-factor authentication. %(link)s, then come back here."), {
          link: way,
        }),
      );
    } else if (String(here.id) !== person) {
      const name = isolated(here.name || here.email);
      const anew = h("a", { href: location.href }, interpolate(gettext("Reload as %(name)s"), { name }));
      this.#say(
        interpolate(gettext("%(name)s is now signed in. Your unsent changes won't be sent as %(name)s."), { name }),
        " ",
        anew,
      );
    } else {
      if (this.password) this.password.value = "";
      this.workbench.announce(gettext("Signed in again."));
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
