"""Every request that changes something, with a body that works and what each of its fields takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from annotations.operations.invitations import token_of
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    SAFE,
    Api,
    Cast,
    make_comment,
    make_link,
    make_span,
    make_supported,
    make_verdict,
)
from tests.invited import invited

Kinds = dict[str, str]
"""What fields take: text, id, whole, number, flag, list or object; with `?` also null."""

METADATA: Kinds = {
    "title": "text", "url": "text?", "outlet": "text", "author": "text?", "published_on": "text?", "language": "text",
    "direction": "text",
}  # fmt: skip
SETTINGS: Kinds = {
    "name": "text", "mode": "text", "annotators_per_article": "whole", "guidelines": "text", "label_fields": "object",
    "scale": "list", "fold_diacritics": "flag",
}  # fmt: skip
SPAN: Kinds = {
    "article": "id", "label": "text", "start": "whole", "end": "whole", "fragments": "list", "quote": "text",
    "fields": "object", "note": "text",
}  # fmt: skip
LINK: Kinds = {"source": "id", "target": "id", "relation": "text", "note": "text"}
VERDICT: Kinds = {
    "claim": "id", "rating": "text?", "rationale": "text", "confidence": "number?", "evidence_sets": "list",
}  # fmt: skip
COMMENT: Kinds = {"on": "object", "text": "text", "reply_to": "id?", "resolved": "flag"}
REASON: Kinds = {"reason": "text"}


@dataclass(frozen=True)
class Write:
    """One request. `expects` is what answers it when it is sent as it stands."""

    api: Api
    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    takes: Kinds = field(default_factory=dict)
    version: int | None = None
    expects: int = 200

    def send(self, body: Any = None, **options: Any) -> Any:
        """Sends it, with another body where one is given; bytes are sent as they are."""
        if isinstance(body, bytes):
            headers = {} if self.version is None else {"If-Match": f'"{self.version}"'}
            options = {"content_type": "application/json", "headers": headers, **options}
            return getattr(self.api, self.method)(f"/api/v1/{self.path}", data=body, **options)
        return self.api.call(
            self.method, self.path, self.body if body is None else body, version=self.version, **options
        )


def writes(cast: Cast) -> dict[str, Write]:
    """Every write, on things that are in the state for it."""
    apis = {name: Api(user) for name, user in cast.everybody.items()}
    found = {**about_projects(cast, apis), **about_work(cast, apis["annotator"]), **about_verdicts(cast, apis)}
    [one] = cast.article.assignments.all()
    return {**found, "reopen anybody's pass": Write(apis["manager"], "post", f"assignments/{one.pk}/reopen/")}


def about_projects(cast: Cast, apis: dict[str, Api]) -> dict[str, Write]:
    manager, annotator = apis["manager"], apis["annotator"]
    slug, member = cast.project.slug, cast.project.memberships.get(user=cast.viewer).pk
    started = {"slug": "text", **SETTINGS}
    adding = {**METADATA, "body": "text", "revises": "id?"}
    article = f"articles/{cast.article.pk}/"
    invitation = invited(cast, cast.outsider.email)
    return {
        "change oneself": Write(
            annotator, "patch", "me/", {"name": "A"}, {"name": "text", "keys": "object", "single_keys": "flag"}
        ),
        "start a project": Write(
            manager, "post", "projects/", {"slug": "new-one", "name": "New"}, started, expects=201
        ),
        "change a project": Write(
            manager, "patch", f"projects/{slug}/", {"name": "B"}, {**SETTINGS, "archived": "flag"}
        ),
        "add a member": Write(
            manager, "post", f"projects/{slug}/members/", {"email": "x@example.org", "roles": ["viewer"]},
            {"email": "text", "roles": "list"}, expects=201,
        ),
        "accept an invitation": Write(
            apis["outsider"], "post", "invitations/accept/", {"token": token_of(invitation)}, {"token": "text"}
        ),
        "hand over": Write(
            manager, "post", f"projects/{slug}/hand-over/", {"from": cast.annotator2.pk, "to": cast.annotator.pk},
            {"from": "whole", "to": "whole"},
        ),
        "change a member": Write(manager, "patch", f"members/{member}/", {"roles": ["annotator"]}, {"roles": "list"}),
        "add an article": Write(
            manager, "post", f"projects/{slug}/articles/", {"title": "T", "body": "Text."}, adding, expects=201
        ),
        "change an article": Write(manager, "patch", article, {"title": "T"}, {**METADATA, "archived": "flag"}),
        "take up": Write(apis["annotator2"], "put", f"{article}assignment/", expects=201),
        "submit a pass": Write(annotator, "post", f"{article}assignment/submit/"),
        "reopen a pass": Write(annotator, "post", f"{article}assignment/reopen/"),
        "batch": Write(
            annotator, "post", f"projects/{slug}/batch/",
            {"operations": [{"method": "GET", "path": f"spans/{uuid4()}/"}]},
            {"operations": "list", "atomic": "flag"},
        ),
    }  # fmt: skip


def about_work(cast: Cast, annotator: Api) -> dict[str, Write]:
    claim, fact = (
        make_span(cast.annotator, cast.article, DANGER),
        make_span(cast.annotator, cast.article, MAYOR, "fact"),
    )
    link, mark = make_link(cast.annotator, fact, claim), make_span(cast.annotator, cast.article, (100, 110), "fact")
    verdict = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, (100, 120)))
    tie = make_link(cast.annotator, claim, verdict.claim, "contradicts")
    gone, gone_link = mark.pk, tie.pk
    for thing in (mark, tie):
        thing.remove(by=cast.annotator, from_version=1)
    span = {"article": str(cast.article.pk), "label": "claim", "start": 100, "end": 105}
    linked = {"source": str(claim.pk), "target": str(verdict.claim_id), "relation": "corroborates"}
    judged = {"claim": str(claim.pk), "rating": "refuted", "rationale": "No."}
    return {
        "make a span": Write(annotator, "put", f"spans/{uuid4()}/", span, SPAN, expects=201),
        "change a span": Write(annotator, "patch", f"spans/{fact.pk}/", {"note": "n"}, SPAN, 1),
        "replace a span": Write(annotator, "put", f"spans/{claim.pk}/", {**span, "end": 106}, SPAN, 1),
        "make a link": Write(annotator, "put", f"links/{uuid4()}/", linked, LINK, expects=201),
        "change a link": Write(annotator, "patch", f"links/{link.pk}/", {"note": "n"}, LINK, 1),
        "make a verdict": Write(annotator, "put", f"verdicts/{uuid4()}/", judged, VERDICT, expects=201),
        "change a verdict": Write(annotator, "patch", f"verdicts/{verdict.pk}/", {"rationale": "n"}, VERDICT, 1),
        **about_talk(cast, annotator, claim),
        "restore a span": Write(annotator, "post", f"spans/{gone}/restore/"),
        "restore a link": Write(annotator, "post", f"links/{gone_link}/restore/"),
    }


def about_talk(cast: Cast, annotator: Api, claim: Any) -> dict[str, Write]:
    comment, dropped = make_comment(cast.annotator, claim), make_comment(cast.annotator, claim)
    gone = dropped.pk
    dropped.remove(by=cast.annotator, from_version=1)
    said = {"on": {"span": str(claim.pk)}, "text": "Why?"}
    return {
        "make a comment": Write(annotator, "put", f"comments/{uuid4()}/", said, COMMENT, expects=201),
        "change a comment": Write(annotator, "patch", f"comments/{comment.pk}/", {"text": "n"}, COMMENT, 1),
        "restore a comment": Write(annotator, "post", f"comments/{gone}/restore/"),
        "read the inbox": Write(annotator, "post", "me/inbox/read/", {}, {"comments": "list", "notices": "list"}),
    }


def about_verdicts(cast: Cast, apis: dict[str, Api]) -> dict[str, Write]:
    *_, draft = make_supported(cast)
    states = {
        name: make_verdict(cast.annotator, make_span(cast.annotator, cast.article, at))
        for name, at in (
            ("submitted", (1, 9)),
            ("approved", (2, 9)),
            ("withdrawn", CRACKS),
            ("returned", (SAFE[0], 20)),
        )
    }
    for verdict in states.values():
        verdict.submit(by=cast.annotator, from_version=None)
    states["approved"].approve(by=cast.reviewer, from_version=None)
    dropped = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, (3, 9)))
    gone = dropped.pk
    dropped.remove(by=cast.annotator, from_version=1)
    say = {"reason": "Why?"}
    return {
        "submit": Write(apis["annotator"], "post", f"verdicts/{draft.pk}/submit/", version=1),
        "withdraw": Write(apis["annotator"], "post", f"verdicts/{states['withdrawn'].pk}/withdraw/", version=2),
        "approve": Write(apis["reviewer"], "post", f"verdicts/{states['submitted'].pk}/approve/", version=2),
        "return": Write(apis["reviewer"], "post", f"verdicts/{states['returned'].pk}/return/", say, REASON, 2),
        "reopen": Write(apis["manager"], "post", f"verdicts/{states['approved'].pk}/reopen/", say, REASON, 3),
        "restore a verdict": Write(apis["annotator"], "post", f"verdicts/{gone}/restore/"),
    }
