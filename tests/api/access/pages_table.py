"""The pages: who gets what from which route by which method."""

from __future__ import annotations

from typing import Any

from annotations.jobs.invitations import invite
from annotations.models import AddressFetch, Import, Invitation, Token
from annotations.operations.invitations import token_of
from tests.api.access.routes import Table
from tests.cast import Cast, make_span, make_verdict
from tests.releasing import finished

#         manager annotator annotator2 reviewer viewer outsider anonymous
SIGNED = "200 200 200 200 200 200 302"
MEMBERS = "200 200 200 200 200 404 302"
MANAGER = "200 403 403 403 403 404 302"
NO_SUCH_METHOD = "405 405 405 405 405 405 302"
OTHER_METHODS = ("POST", "PUT", "PATCH", "DELETE")


def row(get: str, post: str = "", others: str = NO_SUCH_METHOD) -> dict[str, str]:
    """What a page answers to GET, to POST where it takes one, and to everything else."""
    return {"GET": get, **dict.fromkeys(OTHER_METHODS, others), **({"POST": post} if post else {})}


TO_READ = row(MEMBERS, others="405 405 405 405 405 404 302")


def for_managers(get: str = MANAGER, post: str = MANAGER) -> dict[str, str]:
    """A form that only managers see."""
    return row(get, post, "405 403 403 403 403 404 302")


PAGES: Table = {
    "work": row(SIGNED),
    "inbox-read": row(NO_SUCH_METHOD, "302 302 302 302 302 302 302"),
    "new-project": row("200 403 403 403 403 403 302", "200 403 403 403 403 403 302"),
    "account": row(SIGNED, SIGNED),
    "change-email": row(SIGNED, "400 400 400 400 400 400 302"),
    "pending-email": row(NO_SUCH_METHOD, "302 302 302 302 302 302 302"),
    # The link was sent to nobody.
    "confirm-email": row("404 404 404 404 404 404 302", "404 404 404 404 404 404 302"),
    "keys": row(SIGNED),
    "new-token": row(NO_SUCH_METHOD, "400 400 400 400 400 400 302"),
    "revoke-token": row(NO_SUCH_METHOD, "404 302 404 404 404 404 302"),
    "dashboard": TO_READ,
    "articles": TO_READ,
    "claims": TO_READ,
    "map": TO_READ,
    "guidelines": TO_READ,
    "review": row("200 403 403 200 403 404 302", others="405 403 403 405 403 404 302"),
    "import": for_managers(post="400 403 403 403 403 404 302"),
    # Fetching is off.
    "import-address": row("405 403 403 403 403 404 302", "404 403 403 403 403 404 302", "405 403 403 403 403 404 302"),
    "import-upload": row("405 403 403 403 403 404 302", "400 403 403 403 403 404 302", "405 403 403 403 403 404 302"),
    "import-one": for_managers(post="302 403 403 403 403 404 302"),
    "import-fetch": for_managers(post="302 403 403 403 403 404 302"),
    "import-fetched": row(MANAGER, others="405 403 403 403 403 404 302"),
    "import-preview": row(MANAGER, others="405 403 403 403 403 404 302"),
    "releases": row(MEMBERS, "400 403 403 403 403 404 302", "405 405 405 405 405 404 302"),
    "release": row(MEMBERS, "302 403 403 403 403 404 302", "405 405 405 405 405 404 302"),
    "release-comparison": TO_READ,
    "guidelines-edit": for_managers(),
    "members": for_managers(),
    "member": for_managers("405 403 403 403 403 404 302", "302 403 403 403 403 404 302"),
    "withdraw-invitation": for_managers("405 403 403 403 403 404 302", "302 403 403 403 403 404 302"),
    # It is the outsider who is invited, but whoever has the link sees the page. A POST that says nothing is 400.
    "invitation": row("200 200 200 200 200 200 200", "400 400 400 400 400 400 400", "405 405 405 405 405 405 405"),
    "answer-invitation": row(NO_SUCH_METHOD, "404 404 404 404 404 302 302"),
    "hand-over": for_managers(post="400 403 403 403 403 404 302"),
    "settings": for_managers(),
    "settings-fields": for_managers(post="400 403 403 403 403 404 302"),
    "settings-scale": for_managers(post="400 403 403 403 403 404 302"),
    "settings-archive": for_managers(post="302 403 403 403 403 404 302"),
    "workbench": row(MEMBERS),
    "article-details": row(MANAGER, MANAGER),
    # Nothing of it is approved: not for viewers.
    "claim": row("200 200 200 200 404 404 302"),
    "verdict": row("200 200 200 200 404 404 302"),
}


def places(cast: Cast) -> dict[str, dict[str, Any]]:
    """What stands in the address of each route."""
    slug, article = {"slug": cast.project.slug}, {"article_id": cast.article.pk}
    verdict = make_verdict(cast.annotator, make_span(cast.annotator, cast.article))
    one = Import.objects.create(project=cast.project, by=cast.manager, state=Import.State.DONE)
    fetch = AddressFetch.objects.create(project=cast.project, by=cast.manager, address="https://news.example.org/")
    token, _ = Token.objects.create(cast.annotator, scopes=["read"])
    invited = invite(cast.project, by=cast.manager, email=cast.outsider.email, roles=["viewer"])
    assert isinstance(invited, Invitation)
    alone = ("work", "inbox-read", "new-project", "account", "change-email", "pending-email", "keys", "new-token")
    return {
        **{name: slug for name in PAGES if name not in alone},
        "member": {**slug, "membership_id": cast.project.memberships.get(user=cast.viewer).pk},
        "withdraw-invitation": {**slug, "invitation_id": invited.pk},
        "invitation": {"token": token_of(invited)},
        "answer-invitation": {"invitation_id": invited.pk},
        "release": {**slug, "release_id": finished(cast).pk},
        "release-comparison": {**slug, "release_id": finished(cast, "2.0").pk},
        "import-one": {**slug, "import_id": one.pk},
        "import-fetch": {**slug, "fetch_id": fetch.pk},
        "import-fetched": {**slug, "fetch_id": fetch.pk},
        "import-preview": {**slug, "import_id": one.pk},
        "workbench": article,
        "article-details": article,
        "claim": {"claim_id": verdict.claim_id},
        "verdict": {"verdict_id": verdict.pk},
        "revoke-token": {"token_id": token.pk},
        "confirm-email": {"token": "none"},
    }
