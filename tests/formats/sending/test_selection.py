"""Which part of the dataset an export holds, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from annotations.models import Assignment
from tests.cast import CRACKS, DANGER, SAFE, Cast, make_article, make_cast, make_link, make_span, make_supported
from tests.formats.exports import ask, export

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def ids(records: list[dict[str, Any]], part: str) -> set[str]:
    """The ids of all spans, links or verdicts of an export."""
    return {thing["id"] for record in records for thing in record[part]}


def submitted(cast: Cast) -> Any:
    """A claim, its evidence and a submitted verdict."""
    claim, fact, link, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    return claim, fact, link, verdict


def test_only_approved_verdicts_leave_unless_asked(cast: Cast) -> None:
    *_, verdict = submitted(cast)

    assert ids(export(cast), "verdicts") == set()
    assert ids(export(cast, state="submitted"), "verdicts") == ids(export(cast, state="any"), "verdicts")
    verdict.approve(by=cast.reviewer, from_version=2)
    assert ids(export(cast), "verdicts") == {str(verdict.pk)}
    assert ids(export(cast, state="submitted"), "verdicts") == set()


def test_labels_relations_and_articles_narrow(cast: Cast) -> None:
    claim, fact, link, _ = make_supported(cast)
    other = make_article(cast.project, "Another text.")

    assert ids(export(cast, label="fact"), "spans") == {str(fact.pk)}
    assert ids(export(cast, relation="contradicts"), "links") == set()
    assert ids(export(cast, relation="corroborates"), "links") == {str(link.pk)}
    assert [one["article"]["id"] for one in export(cast, article=str(other.pk))] == [str(other.pk)]
    assert ids(export(cast), "spans") == {str(claim.pk), str(fact.pk)}


def test_an_annotator_is_asked_for_by_the_name_that_the_export_gives(cast: Cast) -> None:
    mine = make_span(cast.annotator, cast.article)
    make_span(cast.annotator2, cast.article)
    name = next(span["annotator"] for span in export(cast)[0]["spans"] if span["id"] == str(mine.pk))

    assert ids(export(cast, annotator=name), "spans") == {str(mine.pk)}


def test_an_annotator_is_found_however_their_name_is_composed(cast: Cast) -> None:
    cast.annotator.name = "Jose\u0301"
    cast.annotator.save()
    mine = make_span(cast.annotator, cast.article)
    make_span(cast.annotator2, cast.article)

    assert ids(export(cast, annotator="José", names="true"), "spans") == {str(mine.pk)}


def test_only_articles_that_changed_since_leave(cast: Cast) -> None:
    other = make_article(cast.project, "Another text.")
    before = datetime.now(UTC)
    make_span(cast.annotator, other, (0, 7))

    changed = export(cast, updated_after=before.isoformat())

    assert [record["article"]["id"] for record in changed] == [str(other.pk)]
    assert export(cast, updated_after=(before + timedelta(hours=1)).isoformat()) == []


def test_people_leave_under_pseudonyms_that_stay(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)
    make_span(cast.annotator2, cast.article)

    names = {span["annotator"] for span in export(cast)[0]["spans"]}

    assert len(names) == 2
    assert all(name.startswith("person-") and len(name) == 19 for name in names)
    assert names == {span["annotator"] for span in export(cast, cast.annotator)[0]["spans"]}


def test_a_manager_may_ask_for_names_and_nobody_else(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)

    assert {span["annotator"] for span in export(cast, names="true")[0]["spans"]} == {"annotator"}
    assert ask(cast, cast.annotator, names="true").status_code == 403


def test_a_viewer_gets_approved_verdicts_with_claim_and_evidence_only(cast: Cast) -> None:
    claim, fact, link, verdict = submitted(cast)
    make_span(cast.annotator, cast.article, DANGER, "fact")
    assert export(cast, cast.viewer)[0]["spans"] == []

    verdict.approve(by=cast.reviewer, from_version=2)
    records = export(cast, cast.viewer)

    assert ids(records, "spans") == {str(claim.pk), str(fact.pk)}
    assert (ids(records, "links"), ids(records, "verdicts")) == ({str(link.pk)}, {str(verdict.pk)})
    assert ask(cast, cast.viewer, state="any").status_code == 403


def test_independent_work_leaves_only_when_both_have_submitted(transactional_db: None) -> None:
    cast = make_cast(mode="independent", annotators_per_article=2)
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, CRACKS, "fact"), claim)
    make_span(cast.annotator2, cast.article, SAFE)

    assert len(ids(export(cast, cast.annotator2, state="any"), "spans")) == 1
    assert ids(export(cast, cast.annotator2, state="any"), "links") == set()
    for assignment in Assignment.objects.all():
        assignment.submit(by=assignment.assignee)
    assert len(ids(export(cast, cast.annotator2, state="any"), "spans")) == 3


def test_archived_articles_stay(cast: Cast) -> None:
    cast.article.describe(by=cast.manager, archived=True)

    assert export(cast) == []


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("format", "xml"),
        ("state", "draft"),
        ("label", "rumour"),
        ("relation", "likes"),
        ("article", "7"),
        ("updated_after", "yesterday"),
        ("updated_after", "2026-01-01T00:00:00"),
        ("updated_after", "2026-99-01T00:00:00Z"),
        ("names", "yes"),
        ("colour", "red"),
    ],
)
def test_a_wrong_parameter_is_named(cast: Cast, parameter: str, value: str) -> None:
    answer = ask(cast, None, **{parameter: value})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [parameter]


def test_an_outsider_finds_nothing(cast: Cast) -> None:
    assert ask(cast, cast.outsider).status_code == 404
