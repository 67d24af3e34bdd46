"""Rule 12: in an independent project annotators neither see nor link to one another's spans before both submitted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Assignment, Link, Span, Verdict
from annotations.rules import INDEPENDENT_WORK
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, DANGER, Api, Cast, fresh, make_link, make_span, make_verdict
from tests.rules.attack import broken, sql

LINK = (
    "INSERT INTO annotations_link (id, version, source_id, target_id, relation, author_id, note) "
    "VALUES (gen_random_uuid(), 1, %s, %s, 'corroborates', %s, '')"
)


@pytest.fixture
def mine(independent_cast: Cast) -> Span:
    """A claim of the first annotator, who has not submitted."""
    return make_span(independent_cast.annotator, independent_cast.article)


@pytest.fixture
def theirs(independent_cast: Cast) -> Span:
    """A fact that the second annotator marked in the same article."""
    return make_span(independent_cast.annotator2, independent_cast.article, CRACKS, "fact")


def submit(cast: Cast, *names: str) -> None:
    for name in names:
        user = cast.everybody[name]
        Assignment.objects.get(article=cast.article, assignee=user).submit(by=user)


def link_by_api(cast: Cast, source: Span, target: Span) -> Any:
    body = {"source": str(source.pk), "target": str(target.pk), "relation": "corroborates"}
    return Api(cast.annotator).call("put", f"links/{uuid4()}/", body)


@pytest.mark.parametrize("done", [(), ("annotator",), ("annotator2",)])
def test_nobody_links_to_the_others_span(
    independent_cast: Cast, mine: Span, theirs: Span, done: tuple[str, ...]
) -> None:
    cast = independent_cast
    submit(cast, *done)

    with broken(INDEPENDENT_WORK):
        sql(LINK, theirs.pk, mine.pk, cast.annotator.pk)
    with broken(INDEPENDENT_WORK):
        make_link(cast.annotator, theirs, mine)
    with nothing_changed():
        answer = link_by_api(cast, theirs, mine)
    refused(answer, 400, "invalid-input", "source")


def test_nobody_links_from_their_span_to_the_others(independent_cast: Cast, mine: Span) -> None:
    cast = independent_cast
    claim = make_span(cast.annotator2, cast.article, DANGER)

    with broken(INDEPENDENT_WORK):
        make_link(cast.annotator, mine, claim)
    with nothing_changed():
        answer = link_by_api(cast, mine, claim)
    refused(answer, 400, "invalid-input", "target")


def test_a_link_is_not_turned_to_the_others_span(independent_cast: Cast, mine: Span, theirs: Span) -> None:
    cast = independent_cast
    make_link(cast.annotator, make_span(cast.annotator, cast.article, CRACKS, "fact"), mine)

    with broken(INDEPENDENT_WORK):
        sql("UPDATE annotations_link SET source_id = %s, version = version + 1", theirs.pk)


def test_after_both_have_submitted_they_link(independent_cast: Cast, mine: Span, theirs: Span) -> None:
    submit(independent_cast, "annotator", "annotator2")

    assert link_by_api(independent_cast, theirs, mine).status_code == 201
    assert Link.objects.get().source == theirs


def test_reopening_closes_it_again(independent_cast: Cast, mine: Span, theirs: Span) -> None:
    cast = independent_cast
    submit(cast, "annotator", "annotator2")
    Assignment.objects.get(assignee=cast.annotator).reopen(by=cast.manager)

    assert set(Span.objects.visible_to(fresh(cast.annotator))) == {mine}
    with broken(INDEPENDENT_WORK):
        make_link(cast.annotator, theirs, mine)


def test_in_a_shared_project_they_link_at_once(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    fact = make_span(cast.annotator2, cast.article, CRACKS, "fact")

    assert make_link(cast.annotator, fact, claim).pk


@pytest.mark.parametrize("done", [(), ("annotator",), ("annotator2",)])
def test_the_others_work_is_not_there(independent_cast: Cast, mine: Span, theirs: Span, done: tuple[str, ...]) -> None:
    cast = independent_cast
    claim = make_span(cast.annotator2, cast.article, DANGER)
    link, verdict = make_link(cast.annotator2, theirs, claim), make_verdict(cast.annotator2, claim)
    submit(cast, *done)
    api = Api(cast.annotator)

    for path in (f"spans/{theirs.pk}", f"links/{link.pk}", f"verdicts/{verdict.pk}"):
        refused(api.call("get", f"{path}/"), 404, "not-found")
        refused(api.call("get", f"{path}/history/"), 404, "not-found")
        refused(api.call("patch", f"{path}/", {}, version=1), 404, "not-found")
        refused(api.call("delete", f"{path}/", version=1), 404, "not-found")
        refused(api.call("post", f"{path}/restore/"), 404, "not-found")


def test_no_list_tells_of_the_others_work(independent_cast: Cast, mine: Span, theirs: Span) -> None:
    cast = independent_cast
    claim = make_span(cast.annotator2, cast.article, DANGER)
    make_link(cast.annotator2, theirs, claim)
    make_verdict(cast.annotator2, claim)
    api = Api(cast.annotator)

    seen = api.call("get", f"articles/{cast.article.pk}/annotations/").json()
    claims = api.call("get", f"projects/{cast.project.slug}/claims/").json()["results"]
    verdicts = api.call("get", f"projects/{cast.project.slug}/verdicts/").json()["results"]

    assert [span["id"] for span in seen["spans"]] == [str(mine.pk)]
    assert (seen["links"], seen["verdicts"], verdicts) == ([], [], [])
    assert [one["id"] for one in claims] == [str(mine.pk)]


def test_what_was_deleted_is_not_told_either(independent_cast: Cast, mine: Span, theirs: Span) -> None:
    cast = independent_cast
    api, key = Api(cast.annotator), theirs.pk
    theirs.remove(by=cast.annotator2, from_version=1)

    refused(api.call("get", f"spans/{key}/history/"), 404, "not-found")
    refused(api.call("post", f"spans/{key}/restore/"), 404, "not-found")


def test_nobody_judges_the_others_claim(independent_cast: Cast, mine: Span) -> None:
    cast = independent_cast
    claim = make_span(cast.annotator2, cast.article, DANGER)

    with nothing_changed():
        answer = Api(cast.annotator).call("put", f"verdicts/{uuid4()}/", {"claim": str(claim.pk)})
    refused(answer, 400, "invalid-input", "claim")


def test_after_both_have_submitted_all_is_seen(independent_cast: Cast, mine: Span, theirs: Span) -> None:
    cast = independent_cast
    submit(cast, "annotator", "annotator2")

    assert set(Span.objects.visible_to(fresh(cast.annotator))) == {mine, theirs}
    assert Api(cast.annotator).call("get", f"spans/{theirs.pk}/").status_code == 200


@pytest.mark.parametrize("name", ["reviewer", "manager"])
def test_reviewers_and_managers_see_both(independent_cast: Cast, mine: Span, theirs: Span, name: str) -> None:
    assert set(Span.objects.visible_to(independent_cast.everybody[name])) == {mine, theirs}


def test_viewers_see_neither(independent_cast: Cast, mine: Span, theirs: Span) -> None:
    viewer = independent_cast.viewer
    make_verdict(independent_cast.annotator, mine)

    assert not Span.objects.visible_to(viewer).exists()
    assert not Verdict.objects.visible_to(viewer).exists()
