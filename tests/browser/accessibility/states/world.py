"""A world to look at that nobody changes: the seeds, an empty project, and somebody with a second factor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from annotations.jobs.invitations import invite
from annotations.models import Article, Import, Invitation, Project, Release, Span, Token, User, Verdict
from annotations.operations import seeds
from annotations.operations.invitations import token_of
from tests.browser.accessibility.states.imports import make_imports
from tests.browser.accessibility.states.releases import make_releases
from tests.cast import make_article, make_comment, make_project, person

PASSWORD = "a bridge too far away"


@dataclass
class World:
    """The seeds' people by role, and what else there is to see."""

    people: dict[str, User]
    project: Project
    empty: Project
    unmarked: Article
    imports: dict[str, Import]
    releases: dict[str, Release]
    sessions: dict[str, dict[str, str]] = field(default_factory=dict)
    """The cookie of each person, who gave their password just now."""

    def article(self, beginning: str = "The Russian military") -> Article:
        """One of the two articles by how its title begins."""
        found: Article = Article.objects.get(project=self.project, title__startswith=beginning)
        return found

    def claim_with(self, state: str, author: str = "annotator") -> Span:
        """A claim with a verdict in this state by this person."""
        verdict = Verdict.objects.filter(state=state, author=self.people[author], claim__article__project=self.project)
        claim: Span = verdict.latest("pk").claim
        return claim


def make_world() -> World:
    """Everything that a page can show at once."""
    people = seeds.make_cast(with_password=False)
    project = seeds.load(people)
    assert project is not None
    people["secured"] = _with_second_factor()
    people["newcomer"] = person("newcomer")
    EmailAddress.objects.create(user=people["newcomer"], email=people["newcomer"].email)
    people["changing"] = person("changing")
    people["changing"].new_email = "changed@example.org"
    people["changing"].save()
    Token.objects.create(people["annotator"], name="notebook", scopes=["read"])
    _talk(people, project)
    empty = make_project(people["manager"], name="Harbour", slug="harbour")
    unmarked = make_article(make_project(people["annotator"], name="Ferry", slug="ferry"), title="The ferry")
    imports = make_imports(project, people["manager"])
    releases = make_releases(project, people["manager"])
    for email in (people["newcomer"].email, people["secured"].email, "somebody@example.org"):
        invite(project, by=people["manager"], email=email, roles=["annotator"])
    return World(
        people, project, empty, unmarked, imports, releases, {role: _session(user) for role, user in people.items()}
    )


def _talk(people: dict[str, User], project: Project) -> None:
    """A question with its answer, on the annotator's first claim."""
    claim = Span.objects.filter(article__project=project, label="claim", assignment__assignee=people["annotator"])
    first = make_comment(people["reviewer"], claim.earliest("pk"), "Is that so, @Ada Keller?")
    make_comment(people["annotator"], claim.earliest("pk"), "It is.", first)


def _session(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    request = HttpRequest()
    request.session, request.user = client.session, user
    reauthenticate_by_password(request)
    request.session.save()
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


def _with_second_factor() -> User:
    user = person("secured")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    Token.objects.create(user, name="notebook", scopes=["read"])
    return user


def place_of(route: str, world: World) -> dict[str, Any]:
    """What stands in the address of a route where its row in the table says nothing else."""
    usual: dict[str, dict[str, Any]] = {
        "workbench": {"article_id": world.article().pk},
        "import-one": {"slug": world.project.slug, "import_id": world.imports["proposed"].pk},
        "release": {"slug": world.project.slug, "release_id": world.releases["1.0"].pk},
        "article-details": {"article_id": world.article().pk},
        "verdict": {"verdict_id": world.claim_with("submitted").verdict.pk},
        "invitation": {"token": token_of(Invitation.objects.latest("pk"))},
        "account_confirm_email": {"key": "none"},
        "confirm-email": {"token": "none"},
        "account_reset_password_from_key": {"uidb36": "1", "key": "none-at-all"},
    }
    alone = ("work", "new-project", "account", "change-email", "keys")
    nowhere = route in alone or route.startswith(("account_", "mfa_"))
    return usual.get(route, {} if nowhere else {"slug": world.project.slug})
