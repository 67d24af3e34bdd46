"""The API: who gets what from which route by which method."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from annotations.jobs.invitations import invite
from annotations.models import Import, Invitation, Release, Span
from annotations.operations.invitations import token_of
from tests.api.access.routes import Table
from tests.cast import CRACKS, DANGER, Cast, make_comment, make_link, make_span, make_verdict, person
from tests.releasing import finished

#          manager annotator annotator2 reviewer viewer outsider anonymous
ANYBODY = "200 200 200 200 200 200 200"
SIGNED = " 200 200 200 200 200 200 401"
MEMBERS = "200 200 200 200 200 404 401"
SEE_WORK = "200 200 200 200 404 404 401"
MANAGER = "200 403 403 403 403 404 401"
REVIEWS = "200 403 403 200 404 404 401"
ANNOTATE = "403 200 200 403 404 404 401"
OWN = "    403 200 403 403 404 404 401"

API: Table = {
    "api:schema": {"GET": ANYBODY},
    "api:docs": {"GET": ANYBODY},
    "api:me": {"GET": SIGNED, "PATCH": SIGNED},
    "api:projects": {"GET": SIGNED, "POST": "201 403 403 403 403 403 401"},
    "api:project": {"GET": MEMBERS, "PATCH": MANAGER},
    "api:members": {"GET": MEMBERS, "POST": "201 403 403 403 403 404 401"},
    "api:invitations": {"GET": MANAGER},
    "api:invitation": {"DELETE": "204 404 404 404 404 404 401"},
    # The outsider is invited: see `asked`.
    "api:invitation-accept": {"POST": "403 403 403 403 403 200 401"},
    "api:own-invitations": {"GET": SIGNED},
    "api:own-invitation-accept": {"POST": "404 404 404 404 404 200 401"},
    "api:own-invitation-decline": {"POST": "404 404 404 404 404 200 401"},
    "api:hand-over": {"POST": MANAGER},
    "api:member": {"GET": MEMBERS, "PATCH": MANAGER, "DELETE": "204 403 403 403 403 404 401"},
    "api:articles": {"GET": MEMBERS, "POST": "201 403 403 403 403 404 401"},
    "api:claims": {"GET": MEMBERS},
    "api:claim": {"GET": SEE_WORK},
    "api:claim-links": {"GET": SEE_WORK},
    "api:claim-reviews": {"GET": SEE_WORK},
    "api:queue": {"GET": MEMBERS},
    "api:search": {"GET": MEMBERS},
    "api:export": {"GET": MEMBERS},
    "api:imports": {"GET": MANAGER, "POST": "202 403 403 403 403 404 401"},
    "api:import": {"GET": MANAGER, "DELETE": "204 403 403 403 403 404 401"},
    "api:import-report": {"DELETE": "204 403 403 403 403 404 401"},
    "api:import-refused": {"GET": MANAGER},
    "api:import-notes": {"GET": MANAGER},
    "api:changes": {"GET": "200 200 200 200 403 404 401"},
    "api:releases": {"GET": MEMBERS, "POST": "202 403 403 403 403 404 401"},
    "api:release": {"GET": MEMBERS, "DELETE": "204 403 403 403 403 404 401"},
    "api:release-file": {"GET": MEMBERS},
    "api:release-comparison": {"GET": MEMBERS},
    # Each operation of a batch is refused by itself.
    "api:batch": {"POST": MEMBERS},
    "api:article": {"GET": MEMBERS, "PATCH": MANAGER},
    "api:annotations": {"GET": MEMBERS},
    "api:events": {"GET": MEMBERS},
    "api:assignment": {"PUT": "403 200 201 403 403 404 401"},
    "api:assignment-submit": {"POST": "403 200 404 403 403 404 401"},
    "api:assignment-reopen": {"POST": "403 200 404 403 403 404 401"},
    "api:assignments": {"GET": "200 200 200 200 403 404 401"},
    "api:assignment-reopen-any": {"POST": "200 403 403 403 404 404 401"},
    # In a new span or link it is a field that names what the caller cannot see: 400.
    "api:span": {
        "GET": SEE_WORK,
        "PUT": "403 201 201 403 403 400 401",
        "PATCH": OWN,
        "DELETE": "403 204 403 403 404 404 401",
    },
    "api:link": {
        "GET": SEE_WORK,
        "PUT": "403 201 201 403 400 400 401",
        "PATCH": ANNOTATE,
        "DELETE": "403 204 204 403 404 404 401",
    },
    "api:verdict": {
        "GET": SEE_WORK,
        "PUT": "403 201 201 403 400 400 401",
        "PATCH": ANNOTATE,
        "DELETE": "403 204 204 403 404 404 401",
    },
    "api:verdict-submit": {"POST": OWN},
    "api:verdict-withdraw": {"POST": OWN},
    "api:verdict-approve": {"POST": REVIEWS},
    "api:verdict-return": {"POST": REVIEWS},
    # It is approved, so a viewer sees it.
    "api:verdict-reopen": {"POST": "200 403 403 200 403 404 401"},
    "api:comment": {
        "GET": SEE_WORK,
        "PUT": "201 201 201 201 400 400 401",
        "PATCH": OWN,
        "DELETE": "403 204 403 403 404 404 401",
    },
    "api:article-comments": {"GET": MEMBERS},
    "api:inbox": {"GET": SIGNED},
    "api:inbox-read": {"POST": SIGNED},
    "api:span-history": {"GET": SEE_WORK},
    "api:link-history": {"GET": SEE_WORK},
    "api:verdict-history": {"GET": SEE_WORK},
    "api:comment-history": {"GET": SEE_WORK},
    "api:span-restore": {"POST": OWN},
    "api:link-restore": {"POST": ANNOTATE},
    "api:verdict-restore": {"POST": ANNOTATE},
    "api:comment-restore": {"POST": OWN},
}


@dataclass
class Asked:
    """How to ask for a route: what stands in its address, its query, and the body for each method."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    bodies: dict[str, Any] = field(default_factory=dict)
    version: int | str = 1
    query: str = ""
    new: dict[str, Any] = field(default_factory=dict)
    """What stands in the address of a PUT, where that makes something."""


def asked(cast: Cast) -> dict[str, Asked]:
    """How to ask for each route of the API, about the annotator's work."""
    slug, article = {"slug": cast.project.slug}, {"key": cast.article.pk}
    brought = Import.objects.create(project=cast.project, by=cast.manager)
    over = Import.objects.create(project=cast.project, by=cast.manager, state="failed")
    member = {"member_id": cast.project.memberships.get(user=cast.viewer).pk}
    invitation = invite(cast.project, by=cast.manager, email=cast.outsider.email, roles=["viewer"])
    assert isinstance(invitation, Invitation)
    invited = {"invitation_id": invitation.pk}
    return {
        "api:invitations": Asked(slug),
        "api:invitation": Asked(invited),
        "api:invitation-accept": Asked(bodies={"POST": {"token": token_of(invitation)}}),
        "api:own-invitation-accept": Asked(invited),
        "api:own-invitation-decline": Asked(invited),
        "api:me": Asked(bodies={"PATCH": {"name": "Renamed"}}),
        "api:projects": Asked(bodies={"POST": {"slug": "another", "name": "Another"}}),
        "api:project": Asked(slug, {"PATCH": {"name": "Renamed"}}),
        "api:members": Asked(slug, {"POST": {"email": "new@example.org", "roles": ["viewer"]}}),
        "api:member": Asked(member, {"PATCH": {"roles": ["annotator"]}}),
        "api:hand-over": Asked(slug, {"POST": {"from": cast.annotator.pk, "to": cast.annotator2.pk}}),
        "api:articles": Asked(slug, {"POST": {"title": "T", "body": "Text."}}),
        "api:claims": Asked(slug),
        "api:queue": Asked(slug),
        "api:search": Asked(slug, query="?q=bridge"),
        "api:export": Asked(slug),
        "api:changes": Asked(slug),
        "api:imports": Asked(slug, {"POST": {"text": "A text that comes in."}}),
        **{f"api:{name}": Asked({"key": brought.pk}) for name in ("import", "import-refused", "import-notes")},
        "api:import-report": Asked({"key": over.pk}),
        **about_releases(cast),
        "api:batch": Asked(slug, {"POST": {"operations": [{"method": "GET", "path": f"spans/{uuid4()}/"}]}}),
        "api:article": Asked(article, {"PATCH": {"title": "Renamed"}}),
        **{
            f"api:{name}": Asked(article)
            for name in (
                "annotations", "article-comments", "events", "assignment", "assignment-submit", "assignment-reopen",
                "assignments",
            )
        },
        **about_work(cast),
        "api:assignment-reopen-any": Asked({"assignment_id": cast.article.assignments.get().pk}),
    }  # fmt: skip


def about_releases(cast: Cast) -> dict[str, Asked]:
    """The same for a release with a file, another one, and one that waits for a worker."""
    one, other = finished(cast, "1.0"), finished(cast, "2.0")
    waiting = Release.objects.create(project=cast.project, by=cast.manager, name="2.1", formats=["jsonl"])
    return {
        "api:releases": Asked({"slug": cast.project.slug}, {"POST": {"name": "3.0", "formats": ["jsonl"]}}),
        "api:release": Asked({"key": waiting.pk}),
        "api:release-file": Asked({"key": one.pk, "name": "data.jsonl"}, version=one.published[0].sha256),
        "api:release-comparison": Asked({"key": one.pk, "other": other.pk}),
    }


def about_work(cast: Cast) -> dict[str, Asked]:
    """The same for spans, links and verdicts."""
    claim, fact, free = (
        make_span(cast.annotator, cast.article, at, label)
        for at, label in ((DANGER, "claim"), (CRACKS, "fact"), ((0, 60), "claim"))
    )
    link, verdict = make_link(cast.annotator, fact, claim), make_verdict(cast.annotator, claim)
    comment = make_comment(cast.annotator, claim)
    span = {"article": str(cast.article.pk), "label": "fact", "start": 3, "end": 9}
    linked = {"source": str(fact.pk), "target": str(free.pk), "relation": "contradicts"}
    return {
        "api:span": Asked({"key": fact.pk}, {"PUT": span, "PATCH": {"note": "n"}}, new={"key": uuid4()}),
        "api:link": Asked({"key": link.pk}, {"PUT": linked, "PATCH": {"note": "n"}}, new={"key": uuid4()}),
        "api:verdict": Asked(
            {"key": verdict.pk}, {"PUT": {"claim": str(free.pk)}, "PATCH": {"rationale": "n"}}, new={"key": uuid4()}
        ),
        "api:claim": Asked({"key": claim.pk}),
        "api:claim-links": Asked({"key": claim.pk}),
        "api:claim-reviews": Asked({"key": claim.pk}),
        "api:comment": Asked(
            {"key": comment.pk},
            {"PUT": {"on": {"span": str(free.pk)}, "text": "Why?"}, "PATCH": {"text": "n"}},
            new={"key": uuid4()},
        ),
        "api:span-history": Asked({"key": claim.pk}),
        "api:link-history": Asked({"key": link.pk}),
        "api:verdict-history": Asked({"key": verdict.pk}),
        "api:comment-history": Asked({"key": comment.pk}),
        **about_steps(cast),
        **about_what_is_gone(cast, claim),
    }


def about_steps(cast: Cast) -> dict[str, Asked]:
    """The same for the steps of a verdict's life, each of a verdict that can take it."""
    found, somebody = {}, person("second reviewer")
    cast.project.memberships.create(user=somebody, roles=["reviewer"])
    for number, step in enumerate(("submit", "withdraw", "approve", "return", "reopen")):
        verdict = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, (number, number + 40)))
        if step != "submit":
            verdict.submit(by=cast.annotator, from_version=None)
        if step == "reopen":
            verdict.approve(by=somebody, from_version=None)
        body = {"POST": {"reason": "Why?"} if step in ("return", "reopen") else {}}
        found[f"api:verdict-{step}"] = Asked({"key": verdict.pk}, body, verdict.version)
    return found


def about_what_is_gone(cast: Cast, claim: Span) -> dict[str, Asked]:
    """The same for what was deleted."""
    other = make_span(cast.annotator, cast.article, (2, 20))
    gone: dict[str, Any] = {
        "span": make_span(cast.annotator, cast.article, (3, 30)),
        "link": make_link(cast.annotator, other, claim),
        "verdict": make_verdict(cast.annotator, other),
        "comment": make_comment(cast.annotator, claim),
    }
    found = {f"api:{kind}-restore": Asked({"key": thing.pk}) for kind, thing in gone.items()}
    for thing in gone.values():
        thing.remove(by=cast.annotator, from_version=1)
    return found
