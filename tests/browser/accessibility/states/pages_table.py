"""Every page that the site can show, as whom and in which state it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.urls import reverse
from playwright.sync_api import Page, Response

from annotations.models import AddressFetch, Invitation, Span
from annotations.operations.invitations import token_of
from tests.browser.accessibility.states import arriving, doing
from tests.browser.accessibility.states.imports import REFUSED, WAITING
from tests.browser.accessibility.states.world import World, place_of


@dataclass(frozen=True)
class Shown:
    """A route of the URL conf, a person by role or nobody, and what makes the state."""

    route: str
    who: str | None
    state: str = ""
    query: str = ""
    status: int = 200
    at: Callable[[World], dict[str, Any]] | None = None
    """What stands in the address, where it is not the usual."""
    do: Callable[[Page], None] | None = None
    """What is done on the page first."""
    shows: str = ""
    """A selector of what only this state shows, where a mere loss of the focus would end it."""
    settings: dict[str, Any] = field(default_factory=dict)
    fails: Exception | None = None
    """What goes wrong on the server."""

    def __str__(self) -> str:
        return " ".join(filter(None, [self.route, f"({self.who or 'signed out'})", self.state]))

    def address(self, world: World) -> str:
        """Where it is."""
        kwargs = self.at(world) if self.at else place_of(self.route, world)
        return reverse(self.route, kwargs=kwargs) + self.query

    def show(self, page: Page, world: World) -> Response | None:
        """Goes there and does what there is to do."""
        answer = page.goto(self.address(world))
        if self.route == "workbench":
            page.wait_for_selector("html[data-ready]")
        if self.do:
            self.do(page)
        return answer


def of(name: str) -> Callable[[World], dict[str, Any]]:
    """The invitation of one of the people."""
    return lambda world: {"token": token_of(Invitation.objects.get(email=world.people[name].email))}


def of_no_invitation(world: World) -> dict[str, Any]:
    """A link that was cut."""
    return {"token": "1.cut"}


def of_empty(world: World) -> dict[str, Any]:
    """The project in which nothing is yet."""
    return {"slug": world.empty.slug}


def in_state(state: str, author: str = "annotator") -> Callable[[World], dict[str, Any]]:
    """The review screen of a verdict in this state."""
    return lambda world: {"verdict_id": world.claim_with(state, author).verdict.pk}


def of_claim(state: str) -> Callable[[World], dict[str, Any]]:
    """The page of a claim whose verdict is in this state."""
    return lambda world: {"claim_id": world.claim_with(state).pk}


def without_verdict(world: World) -> dict[str, Any]:
    """The page of a claim that nobody judged."""
    claims = Span.objects.filter(article__project=world.project, label="claim", verdict=None, links_out=None)
    return {"claim_id": claims.earliest("pk").pk}


def imported(name: str) -> Callable[[World], dict[str, Any]]:
    """The page of the import of this name."""
    return lambda world: {"slug": world.project.slug, "import_id": world.imports[name].pk}


def fetched(address: str) -> Callable[[World], dict[str, Any]]:
    """The page of an address that the manager gave."""
    return lambda world: {"slug": world.project.slug, "fetch_id": AddressFetch.objects.get(address=address).pk}


def released(name: str) -> Callable[[World], dict[str, Any]]:
    """The page of the release of this name."""
    return lambda world: {"slug": world.project.slug, "release_id": world.releases[name].pk}


PAGES = [
    # What waits
    Shown("work", "annotator"),
    Shown("work", "manager"),
    Shown("work", "reviewer"),
    Shown("work", "viewer"),
    Shown("work", "newcomer", "in no project"),
    Shown("work", "manager", "with the menu open", do=doing.open_menu, shows="details.menu[open]"),
    Shown("invitation", None, "for somebody without an account"),
    Shown("invitation", None, "with errors", do=doing.send("Create account and join")),
    Shown("invitation", None, "for somebody with an account", at=of("secured")),
    Shown("invitation", "newcomer", "to accept", at=of("newcomer")),
    Shown("invitation", "viewer", "for another address"),
    Shown("invitation", None, "no longer open", at=of_no_invitation, status=404),
    Shown("new-project", "manager"),
    Shown("new-project", "manager", "with errors", do=doing.send("Create project")),
    # A project
    Shown("dashboard", "manager"),
    Shown("dashboard", "viewer"),
    Shown("dashboard", "manager", "with nothing in it", at=of_empty),
    Shown("articles", "manager"),
    Shown("articles", "viewer"),
    Shown("articles", "manager", "none yet", at=of_empty),
    Shown("articles", "manager", "none that fits", query="?q=zeppelin"),
    Shown("articles", "manager", "after typing a filter", do=doing.filter_articles),
    Shown("claims", "manager"),
    Shown("claims", "viewer"),
    Shown("claims", "manager", "none yet", at=of_empty),
    Shown("claims", "manager", "none that fits", query="?q=zeppelin"),
    Shown("claim", "annotator", "approved", at=of_claim("approved")),
    Shown("claim", "viewer", "approved", at=of_claim("approved")),
    Shown("claim", "annotator", "returned", at=of_claim("returned")),
    Shown("claim", "annotator", "without a verdict", at=without_verdict),
    Shown("map", "annotator"),
    Shown("map", "annotator", "with the choice of articles open", do=doing.open_menu, shows="details.menu[open]"),
    Shown("map", "annotator", "a mark chosen", do=doing.choose_mark, shows=".curve.chosen"),
    Shown("map", "annotator", "as a table", query="?view=table"),
    Shown("map", "annotator", "narrowed to nothing", query="?rating=none&label=fact"),
    Shown("map", "manager", "none yet", at=of_empty),
    Shown("releases", "manager"),
    Shown("releases", "viewer"),
    Shown("releases", "manager", "none yet", at=of_empty),
    Shown("releases", "manager", "with errors", do=doing.send("Create release")),
    *(
        Shown("release", who, state, at=released(state))
        for who in ("manager", "viewer")
        for state in ("1.0", "running", "waiting", "failed")
    ),
    Shown("release-comparison", "viewer", at=released("2.0")),
    Shown("import", "manager"),
    Shown("import", "manager", "with errors", do=doing.send("Preview text")),
    Shown("import", "manager", "nothing sent", do=doing.send_nothing),
    Shown("import", "manager", "files chosen", do=doing.choose_files),
    Shown("import", "manager", "none yet", at=of_empty),
    Shown("import", "manager", "where addresses are fetched", settings={"FETCHING": True}),
    Shown("import", "manager", "the preview", do=doing.preview_article),
    Shown("import", "manager", "the preview of a text that is there already", do=doing.preview_same_article),
    Shown("import-fetch", "manager", at=fetched(WAITING)),
    Shown("import-fetch", "manager", "refused", at=fetched(REFUSED), settings={"FETCHING": True}),
    Shown("import-one", "manager", at=imported("proposed")),
    Shown("import-one", "manager", "of no known format", at=imported("unknown")),
    Shown("import-one", "manager", "one article", at=imported("single")),
    Shown("import-one", "manager", "tables", at=imported("table")),
    Shown("import-one", "manager", "with errors", at=imported("proposed"), do=doing.choose_badly),
    Shown("import-one", "manager", "being read", at=imported("reading")),
    Shown("import-one", "manager", "too large to preview", at=imported("too large")),
    Shown("import-one", "manager", "waiting", at=imported("waiting")),
    Shown("import-one", "manager", "running", at=imported("running")),
    Shown("import-one", "manager", "done", at=imported("done")),
    Shown("import-one", "manager", "failed", at=imported("failed")),
    Shown("article-details", "manager"),
    Shown("article-details", "manager", "with errors", do=doing.clear_title),
    Shown("guidelines", "viewer"),
    Shown("guidelines", "manager", "none yet", at=of_empty),
    Shown("guidelines-edit", "manager"),
    Shown("guidelines-edit", "manager", "the preview", do=doing.send("Preview")),
    Shown("members", "manager"),
    Shown("members", "manager", "with errors", do=doing.send("Invite member")),
    Shown("members", "manager", "the question before removing", do=doing.ask_to_remove, shows="dialog[open]"),
    Shown("hand-over", "manager"),
    Shown("hand-over", "manager", "with errors", do=doing.send("Hand over")),
    Shown("settings", "manager"),
    Shown("settings", "manager", "with errors", do=doing.clear_name),
    Shown("settings-fields", "manager"),
    Shown("settings-fields", "manager", "with errors", do=doing.break_a_field),
    Shown("settings-scale", "manager"),
    Shown("settings-archive", "manager"),
    # Review
    Shown("review", "reviewer"),
    Shown("review", "manager", "nothing waits", at=of_empty),
    Shown("verdict", "reviewer"),
    Shown("verdict", "reviewer", "the sheet of keys", do=doing.press("?"), shows="dialog[open]"),
    Shown("verdict", "reviewer", "a search", do=doing.search_on_review),
    Shown("verdict", "reviewer", "a return without a reason", do=doing.return_without_reason),
    Shown("verdict", "reviewer", "approved", at=in_state("approved")),
    Shown("verdict", "annotator", "returned", at=in_state("returned")),
    Shown("verdict", "annotator", "draft", at=in_state("draft")),
    Shown("verdict", "viewer", "approved", at=in_state("approved")),
    # The workbench as a page; its states have a table of their own
    Shown("workbench", "annotator"),
    # The account
    Shown("account", "annotator"),
    Shown("account", "newcomer", "without tokens"),
    Shown("account", "annotator", "with errors", do=doing.send("Create token")),
    Shown("account", "newcomer", "with a new token", do=doing.make_token),
    Shown("keys", "annotator"),
    Shown("keys", "annotator", "waiting for a key", do=doing.change_a_key, shows="text=Press a key"),
    Shown("keys", "annotator", "with an error", do=doing.take_a_taken_key, shows=".shortcut-row .field-error"),
    Shown("change-email", "annotator"),
    Shown("change-email", "changing", "pending"),
    Shown("change-email", "annotator", "with errors", do=doing.send("Send link")),
    Shown("confirm-email", "changing", at=arriving.new_email),
    Shown("confirm-email", "annotator", "a link that is no good", status=404),
    Shown("account_change_password", "secured"),
    Shown("account_change_password", "secured", "with errors", do=doing.send("Change password")),
    Shown("account_set_password", "annotator"),
    Shown("account_logout", "annotator"),
    Shown("account_reauthenticate", "secured"),
    Shown("mfa_index", "annotator"),
    Shown("mfa_index", "secured", "on"),
    Shown("mfa_activate_totp", "annotator"),
    Shown("mfa_activate_totp", "annotator", "with errors", do=doing.send("Turn on")),
    Shown("mfa_deactivate_totp", "secured"),
    Shown("mfa_view_recovery_codes", "secured"),
    Shown("mfa_generate_recovery_codes", "secured"),
    Shown("mfa_reauthenticate", "secured"),
    # The entrance
    Shown("account_login", None),
    Shown("account_login", None, "with errors", do=doing.send("Sign in")),
    Shown("mfa_authenticate", None, do=arriving.with_password),
    Shown("account_signup", None, "closed"),
    Shown("account_signup", None, "open", settings={"SIGNUP": True}),
    Shown("account_inactive", None),
    Shown("account_email_verification_sent", None),
    Shown("account_confirm_email", None, "a link that is no good"),
    Shown("account_confirm_email", None, at=arriving.confirmation),
    Shown("account_reset_password", None),
    Shown("account_reset_password", None, "with errors", do=doing.send("Send link")),
    Shown("account_reset_password_done", None),
    Shown("account_reset_password_from_key", None, "a link that is no good"),
    Shown("account_reset_password_from_key", None, do=arriving.by_reset_link),
    Shown("account_reset_password_from_key_done", None),
    # What goes wrong
    Shown("members", "viewer", "not allowed", status=403),
    Shown("dashboard", "newcomer", "not found", status=404),
    Shown("dashboard", None, "not found", status=404, query="nothing-here/"),
    Shown("work", "annotator", "a form from nowhere", do=doing.forge),
    Shown("dashboard", "manager", "malformed", status=400, fails=SuspiciousOperation()),
    Shown("dashboard", "manager", "refused", status=403, fails=PermissionDenied()),
    Shown("dashboard", "manager", "broken", status=500, fails=RuntimeError("for the test")),
    Shown("dashboard", "manager", "without its database", status=503, fails=OperationalError("for the test")),
]
"""What is looked at, in the order of the screens."""

ROUTES = list({shown.route: shown for shown in reversed(PAGES) if shown.status == 200 and not shown.fails}.values())
"""Each route once, as it is listed first."""

SHOWN = [*ROUTES, *(shown for shown in PAGES if shown not in ROUTES)]
"""All of them, first those at which several tests look: pytest groups by position, so each is shown once."""

NO_PAGES = {
    "healthz": "for machines",
    "readyz": "for machines",
    "metrics": "for machines",
    "new-token": "answers with the account page",
    "revoke-token": "answers with the account page",
    "import-address": "takes a form of the import page",
    "import-fetched": "tells the page of an address that it is fetched",
    "import-preview": "tells the import page that its preview is made",
    "import-upload": "takes a form of the import page",
    "inbox-read": "leads back to my work",
    "member": "takes a form of the members page",
    "pending-email": "leads back to the page of the email",
    "account-email": "leads to our own page",
    "account_email": "our own page stands at its address",
    "withdraw-invitation": "takes a form of the members page",
    "answer-invitation": "takes a form of my work",
    "account_confirm_login_code": "signing in by a code sent by mail is off: it leads to the sign-in page",
    "mfa_download_recovery_codes": "a text file",
    "api:schema": "for machines",
    "api:docs": "drawn by Swagger UI, a package that we do not change",
}
"""Routes that show no page of ours, and why. Below `/api/v1/` and `/admin/` there is none either."""
