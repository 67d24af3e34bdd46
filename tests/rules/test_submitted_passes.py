"""In an independent project the spans of a submitted pass, and the links between them, are locked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Assignment, Link, Project, Span
from annotations.operations.removal import remove_article
from annotations.rules import PASS_SUBMITTED
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, DANGER, MAYOR, SAFE, Api, Cast, make_link, make_span
from tests.formats.storing.sent import brought, line, refusals, span
from tests.rules.attack import broken, meanwhile, sql

Act = Callable[[], object]
BOTH_ORDERS = pytest.mark.parametrize("turned", [False, True], ids=["in this order", "the other way round"])

Work = tuple[Span, Span, Link]


def pass_of(cast: Cast, name: str = "annotator") -> Assignment:
    found: Assignment = Assignment.objects.get(article=cast.article, assignee=cast.everybody[name])
    return found


def submit(cast: Cast, *names: str) -> None:
    for name in names:
        pass_of(cast, name).submit(by=cast.everybody[name])


@pytest.fixture
def cast(independent_cast: Cast) -> Cast:
    return independent_cast


@pytest.fixture
def work(cast: Cast) -> Work:
    """A claim with a fact, both of the annotator, who has submitted them."""
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")
    made = claim, fact, make_link(cast.annotator, fact, claim)
    submit(cast, "annotator")
    return made


def requests(cast: Cast, work: Work) -> list[dict[str, Any]]:
    """Everything that would change a pass, as operations of a batch."""
    claim, fact, link = work
    mark = {"article": str(cast.article.pk), "label": "fact", "start": DANGER[0], "end": DANGER[1]}
    tie = {"source": str(fact.pk), "target": str(claim.pk), "relation": "contradicts"}
    return [
        {"method": "PUT", "path": f"spans/{uuid4()}/", "body": mark},
        {"method": "PATCH", "path": f"spans/{claim.pk}/", "body": {"note": "later"}, "if_match": "1"},
        {"method": "DELETE", "path": f"spans/{fact.pk}/", "if_match": "1"},
        {"method": "PUT", "path": f"links/{uuid4()}/", "body": tie},
        {"method": "PATCH", "path": f"links/{link.pk}/", "body": {"note": "later"}, "if_match": "1"},
        {"method": "DELETE", "path": f"links/{link.pk}/", "if_match": "1"},
    ]


def test_the_api_changes_nothing_in_it(cast: Cast, work: Work) -> None:
    api = Api(cast.annotator)

    for one in requests(cast, work):
        with nothing_changed():
            answer = api.call(one["method"], one["path"], one.get("body"), version=one.get("if_match"))
        refused(answer, 409, "pass-submitted", "assignment")


@pytest.mark.parametrize("atomic", [False, True])
def test_nor_does_a_batch(cast: Cast, work: Work, atomic: bool) -> None:
    operations = requests(cast, work)

    with nothing_changed():
        answer = Api(cast.annotator).call(
            "post", f"projects/{cast.project.slug}/batch/", {"operations": operations, "atomic": atomic}
        )

    types = [one["body"]["type"] for one in answer.json()["results"]]
    rest = "/problems/undone" if atomic else "/problems/pass-submitted"
    assert types == ["/problems/pass-submitted", *[rest] * (len(operations) - 1)]


def test_a_batch_of_spans_in_two_articles_makes_those_in_the_open_one(cast: Cast, work: Work) -> None:
    other = make_span(cast.annotator, cast.project.articles.create(title="Other", body="Another text.", language="en"),
                      (0, 7)).article  # fmt: skip
    bodies = [{"article": str(one.pk), "label": "fact", "start": 8, "end": 12} for one in (cast.article, other)]
    operations = [{"method": "PUT", "path": f"spans/{uuid4()}/", "body": body} for body in bodies]

    answer = Api(cast.annotator).call("post", f"projects/{cast.project.slug}/batch/", {"operations": operations})

    assert [one["status"] for one in answer.json()["results"]] == [409, 201]


@pytest.mark.parametrize("kind", ["span", "link"])
def test_what_was_deleted_before_is_not_restored(cast: Cast, kind: str) -> None:
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")
    gone: Any = make_link(cast.annotator, fact, claim) if kind == "link" else fact
    key = gone.pk
    gone.remove(by=cast.annotator, from_version=1)
    submit(cast, "annotator")

    with nothing_changed():
        answer = Api(cast.annotator).call("post", f"{kind}s/{key}/restore/")
    refused(answer, 409, "pass-submitted", "assignment")


def test_no_sql_changes_it(cast: Cast, work: Work) -> None:
    claim, _, link = work
    statements = [
        ("UPDATE annotations_span SET note = 'x', version = version + 1 WHERE id = %s", claim.pk),
        ("DELETE FROM annotations_span WHERE id = %s", make_span_sql(cast)),
        ("UPDATE annotations_link SET note = 'x', version = version + 1 WHERE id = %s", link.pk),
        ("DELETE FROM annotations_link WHERE id = %s", link.pk),
        ("INSERT INTO annotations_link (id, version, source_id, target_id, relation, author_id, note) SELECT "
         "gen_random_uuid(), 1, source_id, target_id, 'contradicts', author_id, '' FROM annotations_link WHERE id = %s",
         link.pk),
    ]  # fmt: skip
    for statement, key in statements:
        with broken(PASS_SUBMITTED):
            sql(statement, key)


def make_span_sql(cast: Cast) -> Any:
    """A span of the pass that nothing depends on."""
    pass_of(cast).reopen(by=cast.annotator)
    alone = make_span(cast.annotator, cast.article, MAYOR, "attribution")
    submit(cast, "annotator")
    return alone.pk


def test_a_link_is_not_turned_into_the_pass_nor_out_of_it(cast: Cast, work: Work) -> None:
    claim, fact, link = work
    submit_both = make_span(cast.annotator2, cast.article, DANGER)
    submit(cast, "annotator2")
    across = make_link(cast.annotator, fact, submit_both)

    with broken(PASS_SUBMITTED):
        sql("UPDATE annotations_link SET target_id = %s, version = 2 WHERE id = %s", submit_both.pk, link.pk)
    with broken(PASS_SUBMITTED):
        sql("UPDATE annotations_link SET target_id = %s, version = 2, relation = 'contradicts' WHERE id = %s",
            claim.pk, across.pk)  # fmt: skip


def test_verdicts_comments_and_links_to_opened_spans_are_still_made(cast: Cast, work: Work) -> None:
    claim, *_ = work
    theirs = make_span(cast.annotator2, cast.article, DANGER, "fact")
    submit(cast, "annotator2")
    api = Api(cast.annotator)
    body = {"source": str(theirs.pk), "target": str(claim.pk), "relation": "contradicts"}

    assert api.call("put", f"links/{uuid4()}/", body).status_code == 201
    assert api.call("put", f"verdicts/{uuid4()}/", {"claim": str(claim.pk), "rating": "supported"}).status_code == 201
    on = {"on": {"span": str(claim.pk)}, "text": "Is it?"}
    assert api.call("put", f"comments/{uuid4()}/", on).status_code == 201


def test_a_link_from_the_pass_to_another_article_is_still_made(cast: Cast, work: Work) -> None:
    other = cast.project.articles.create(title="Other", body="Another text.", language="en")
    claim = make_span(cast.annotator, other, (0, 7))

    assert make_link(cast.annotator, work[1], claim).pk


def test_once_reopened_everything_changes_again(cast: Cast, work: Work) -> None:
    pass_of(cast).reopen(by=cast.annotator)

    answer = Api(cast.annotator).call("post", f"projects/{cast.project.slug}/batch/",
                                      {"operations": requests(cast, work)[:2]})  # fmt: skip
    assert [one["status"] for one in answer.json()["results"]] == [201, 200]


def test_in_a_shared_project_nothing_is_locked(cast: Cast, work: Work) -> None:
    Project.objects.update(mode="shared")

    answer = Api(cast.annotator).call("post", f"projects/{cast.project.slug}/batch/",
                                      {"operations": requests(cast, work)[:2]})  # fmt: skip
    assert [one["status"] for one in answer.json()["results"]] == [201, 200]


def test_what_was_submitted_before_the_project_became_independent_is_locked(cast: Cast, work: Work) -> None:
    Project.objects.update(mode="shared")
    Project.objects.update(mode="independent")

    refused(Api(cast.annotator).put_span(cast.article, DANGER), 409, "pass-submitted")


def test_a_legal_removal_takes_the_article_nevertheless(cast: Cast, work: Work) -> None:
    remove_article(cast.article, "a court said so")

    assert not Span.objects.exists()


def test_an_import_adds_to_the_pass_of_somebody_without_login(transactional_db: None, cast: Cast) -> None:
    for at, label in ((SAFE, "claim"), (CRACKS, "fact")):
        one = brought(cast.project, cast.manager, line(spans=[span(at, label, annotator="anna")]))
        assert [code for _, code in refusals(one)] == ["same_text"]

    assert set(Span.objects.values_list("assignment__state", "label")) == {
        ("submitted", "claim"),
        ("submitted", "fact"),
    }


@pytest.mark.parametrize("strict", [False, True])
def test_an_import_leaves_the_submitted_pass_of_a_member_as_it_is(
    transactional_db: None, cast: Cast, work: Work, strict: bool
) -> None:
    brought_line = line(spans=[span(DANGER, annotator="anna"), span(MAYOR, "fact", annotator="ben")])
    options = {"people": {"anna": cast.annotator.pk}}

    one = brought(cast.project, cast.manager, brought_line, options=options, strict=strict)

    assert "pass_submitted" in [code for _, code in refusals(one)]
    assert pass_of(cast).spans.count() == 2
    assert Span.objects.filter(assignment__assignee__name="ben").exists() is not strict


def test_an_import_of_what_is_there_already_is_no_change_of_it(transactional_db: None, cast: Cast, work: Work) -> None:
    again = line(spans=[span(SAFE, annotator="anna")])

    one = brought(cast.project, cast.manager, again, options={"people": {"anna": cast.annotator.pk}})

    assert [code for _, code in refusals(one)] == ["same_text"]


@pytest.mark.django_db(transaction=True)
@BOTH_ORDERS
@pytest.mark.parametrize("what", ["span", "change", "link"])
def test_nothing_is_made_in_a_pass_that_is_being_submitted(cast: Cast, turned: bool, what: str) -> None:
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")
    acts: dict[str, Act] = {
        "span": lambda: make_span(cast.annotator, cast.article, DANGER),
        "change": lambda: Span.objects.get(pk=claim.pk).change(by=cast.annotator, from_version=1, note="x"),
        "link": lambda: make_link(cast.annotator, fact, claim),
    }
    hand_in: Act = lambda: submit(cast, "annotator")  # noqa: E731
    first, second = (acts[what], hand_in) if turned else (hand_in, acts[what])

    assert meanwhile(first, second) is (None if turned else PASS_SUBMITTED)
    assert pass_of(cast).state == "submitted"
