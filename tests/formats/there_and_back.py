"""A small body of work that goes out in a format and comes in again, as plain documents."""

from __future__ import annotations

from typing import Any

from annotations.formats.reading.records import ArticleRecord, Refusal
from annotations.formats.registry import IMPORTERS
from annotations.models import Link, Span, Verdict
from tests.cast import CRACKS, SAFE, Api, Cast, make_article, make_link, make_span
from tests.formats.exports import lines
from tests.formats.given import file, read

ELSEWHERE = "👩‍👩‍👧 says: «الجسر آمن», it is said — é. The end of the bridge, “again”.\nSafe 🏳️‍🌈 \t\\n it is."


def make_work(cast: Cast) -> None:
    """Two articles with spans of one and more fragments, fields, notes, links within and across, and a verdict."""
    other = make_article(cast.project, ELSEWHERE, title="Elsewhere", url="https://example.org/a?b=ü", outlet="The O")
    claim = make_span(cast.annotator, cast.article, SAFE, fields={"statement": "It is safe."}, note="A\n“note” 👍")
    fields = {"source": {"start": 0, "end": 9}, "stance": "denies"}
    said = make_span(cast.annotator, cast.article, (0, 9), "attribution", fields=fields)
    make_link(cast.annotator, said, claim, "attributes", note="by him")
    fact = make_span(cast.annotator2, cast.article, CRACKS, "fact", fragments=[[35, 44], [51, 57], [61, 66]])
    make_link(cast.annotator2, fact, claim, "contradicts")
    mention = make_span(cast.annotator, other, (0, 0), fragments=[[0, 5], [12, 22], [29, 35]])
    make_span(cast.annotator, other, (45, 51), "fact")
    make_link(cast.annotator, mention, claim, "restates")
    verdict = Verdict(
        claim=claim, author=cast.annotator, edited_by=cast.annotator, rating="refuted", rationale="No 👎."
    )
    verdict.confidence = 0.25
    verdict.save()
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)


def exported(cast: Cast, name: str, **filters: Any) -> bytes:
    """The whole of an export, as the manager gets it."""
    path = f"projects/{cast.project.slug}/export/"
    answer = Api(cast.manager).call("get", path, query_params={"format": name, **filters})
    assert answer.status_code == 200, answer.content
    return lines(answer)


def came_back(cast: Cast, name: str, **filters: Any) -> tuple[list[ArticleRecord], list[Refusal]]:
    """What the importer makes of what the exporter made."""
    return read(IMPORTERS[name].read, file(exported(cast, name, **filters), "export.json"))


def spans_of(documents: list[ArticleRecord]) -> dict[str, tuple[Any, ...]]:
    """All spans by id, as `kept_spans` has them."""
    return {
        str(one.id): (one.label, one.fragments, one.quote, one.fields, one.note, one.created_at, one.updated_at)
        for document in documents
        for one in document.spans
    }


def kept_spans() -> dict[str, tuple[Any, ...]]:
    """All spans of the database."""
    return {
        str(one.pk): (
            one.label, [(start, end) for start, end in one.fragments], one.quote, one.fields, one.note, one.created_at,
            one.updated_at,
        )
        for one in Span.objects.all()
    }  # fmt: skip


def links_of(documents: list[ArticleRecord]) -> dict[str, tuple[Any, ...]]:
    """All links by id: relation, ends by id, note."""
    ids = {one.key: str(one.id) for document in documents for one in document.spans}
    return {
        str(one.id): (one.relation, ids[one.source], ids[one.target], one.note)
        for document in documents
        for one in document.links
    }


def kept_links() -> dict[str, tuple[Any, ...]]:
    """All links of the database."""
    return {str(one.pk): (one.relation, str(one.source_id), str(one.target_id), one.note) for one in Link.objects.all()}


def verdicts_of(documents: list[ArticleRecord]) -> list[tuple[Any, ...]]:
    """All verdicts: id, claim, what they say, and the ids of the links of their evidence sets."""
    ids = {one.key: str(one.id) for document in documents for one in document.spans}
    links = {one.key: str(one.id) for document in documents for one in document.links}
    return [
        (str(one.id), ids[one.claim], one.rating, one.rationale, one.confidence, one.state, one.approved_at,
         [(each.question, each.answer, [links[link] for link in each.links]) for each in one.evidence_sets])
        for document in documents
        for one in document.verdicts
    ]  # fmt: skip


def kept_verdicts() -> list[tuple[Any, ...]]:
    """All verdicts of the database, none of which has sets of its own."""
    return [
        (str(one.pk), str(one.claim_id), one.rating, one.rationale, one.confidence, one.state, one.approved_at, [])
        for one in Verdict.objects.all()
    ]
