"""A claim with all that a claim may have, for tests of the formats whose record is a checked claim."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from annotations.models import Article, Link, Span, User, Verdict
from tests.cast import CRACKS, MAYOR, SAFE, Cast, make_article, make_cast, make_link, make_span, make_verdict
from tests.formats.exports import ask, lines

ELSEWHERE = "👩‍👩‍👧 Yesterday é. The mayor again: all bridges are safe! الجسر آمن. End."


@dataclass
class World:
    """A claim with its source, a mention elsewhere, evidence on both sides, and an approved verdict."""

    cast: Cast
    elsewhere: Article
    claim: Span
    mention: Span
    source: Span
    fact: Span
    against: Span
    supports: Link
    opposes: Link
    verdict: Verdict


def make_world(rating: str = "conflicting_evidence", *, sets: bool = True, **settings: Any) -> World:
    """The whole of it, approved."""
    cast = make_cast(**settings)
    by, article = cast.annotator, cast.article
    article.describe(by=cast.manager, url="https://example.org/bridge", outlet="The Daily")
    elsewhere = make_article(cast.project, ELSEWHERE, title="Elsewhere", url="https://example.com/2", outlet="Other")
    at = ELSEWHERE.index("all bridges")
    fields = {"statement": "The bridge is safe.", "claim_type": "event", "date": "2026-03-04"}
    claim = make_span(by, article, SAFE, fields=fields)
    mention = make_span(by, elsewhere, (at, at + 20))
    make_link(by, mention, claim, "restates")
    said = {"source_name": "The mayor", "source_type": "person", "stance": "asserts"}
    source = make_span(by, article, MAYOR, "attribution", fields=said)
    make_link(by, source, claim, "attributes")
    fact = make_span(by, article, CRACKS, "fact", fields={"reference": "https://example.net/report"})
    against = make_span(by, elsewhere, (0, 15), "fact")
    supports, opposes = make_link(by, fact, claim), make_link(by, against, claim, "contradicts")
    verdict = make_verdict(by, claim, rating, rationale="Both sides.", confidence=0.5)
    if sets:
        one = {"question": "Is it safe?", "answer": "Some say so.", "links": [supports.pk]}
        two = {"question": "And else?", "answer": None, "links": [opposes.pk, supports.pk]}
        verdict.change(by=by, from_version=1, evidence_sets=[one, two])  # type: ignore[list-item]
    verdict.submit(by=by, from_version=verdict.version)
    verdict.approve(by=cast.reviewer, from_version=verdict.version)
    return World(cast, elsewhere, claim, mention, source, fact, against, supports, opposes, verdict)


def sent(cast: Cast, form: str, by: User | None = None, **filters: Any) -> bytes:
    """The bytes of an export in this format."""
    answer = ask(cast, by, format=form, **filters)
    assert answer.status_code == 200, answer.content
    return lines(answer)


def told(cast: Cast, form: str, by: User | None = None, **filters: Any) -> list[dict[str, Any]]:
    """The records of an export in this format: lines, or an array."""
    content = sent(cast, form, by, **filters)
    if content.startswith(b"["):
        found: list[dict[str, Any]] = json.loads(content)
        return found
    return [json.loads(line) for line in content.splitlines()]
