"""`articles/{id}/annotations/`: all that the workbench needs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Assignment, Sentence
from tests.api.people import test_projects
from tests.api.refusals import refused
from tests.api.resources import test_articles, test_links, test_spans, test_verdicts
from tests.cast import CRACKS, MAYOR, SAFE, TEXT, Api, Cast, make_article, make_link, make_span, make_supported


def read(cast: Cast, who: str = "annotator") -> dict[str, Any]:
    answer = Api(cast.everybody[who]).call("get", f"articles/{cast.article.pk}/annotations/")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_an_untouched_article_comes_with_its_text_and_sentences(cast: Cast) -> None:
    found = read(cast)

    assert set(found) == {
        "article", "project", "me", "assignment", "sentences", "spans", "links", "verdicts", "next_article",
        "events_after",
    }  # fmt: skip
    assert found["article"]["body"] == TEXT
    assert [TEXT[start:end] for start, end in found["sentences"]][:2] == [
        "The mayor says the bridge is safe.", "Engineers found cracks in March.",
    ]  # fmt: skip
    assert (found["spans"], found["links"], found["verdicts"], found["assignment"]) == ([], [], [], None)


def test_each_part_is_what_its_own_resource_answers(cast: Cast) -> None:
    make_supported(cast)

    found = read(cast)

    assert set(found["article"]) == {*test_articles.FIELDS, "body"}
    assert test_projects.FIELDS >= set(found["project"]) >= {"slug", "name", "mode", "label_fields", "scale"}
    assert {frozenset(span) for span in found["spans"]} == {frozenset(test_spans.FIELDS)}
    assert set(found["links"][0]) == {*test_links.FIELDS, "source_span", "target_span"}
    assert set(found["verdicts"][0]) == test_verdicts.FIELDS


def test_spans_come_in_reading_order_the_longer_first(cast: Cast) -> None:
    for at in ((35, 66), (15, 33), (0, 33), (0, 14)):
        make_span(cast.annotator, cast.article, at)

    spans = read(cast)["spans"]

    assert [(span["start"], span["end"]) for span in spans] == [(0, 33), (0, 14), (15, 33), (35, 66)]


def test_the_far_end_of_a_link_comes_with_its_words_and_who_said_them(cast: Cast) -> None:
    other = make_article(
        cast.project, "Engineers deny it.", title="Cracks", outlet="The Post", published_on="2024-05-01"
    )
    fact = make_span(cast.annotator2, other, (0, 17), "fact")
    said = make_span(
        cast.annotator2, other, (0, 9), "attribution", fields={"source_name": "Engineers", "stance": "denies"}
    )
    make_link(cast.annotator2, said, fact, "attributes")
    make_link(cast.annotator, fact, make_span(cast.annotator, cast.article), "contradicts")

    [link] = read(cast)["links"]

    assert link["source_span"] == {
        "id": str(fact.pk),
        "label": "fact",
        "quote": "Engineers deny it",
        "start": 0,
        "end": 17,
        "article": {"id": str(other.pk), "title": "Cracks", "outlet": "The Post", "published_on": "2024-05-01"},
        "said_by": [{"span": str(said.pk), "source_name": "Engineers", "stance": "denies"}],
        "said_by_count": 1,
    }
    assert link["target_span"]["article"]["id"] == str(cast.article.pk)


def test_links_that_touch_the_article_at_either_end_are_there(cast: Cast) -> None:
    here, there = (
        make_span(cast.annotator, cast.article),
        make_span(cast.annotator, make_article(cast.project, "Cracks."), (0, 6)),
    )
    ends = [make_link(cast.annotator, here, there), make_link(cast.annotator, there, here, "contradicts")]

    links = read(cast)["links"]

    assert [link["id"] for link in links] == [str(link.pk) for link in ends]


def test_evidence_from_the_claims_own_source_is_shown_as_such(cast: Cast) -> None:
    claim, fact, *_ = make_supported(cast)
    mayor = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"source_name": "the  Mayor"})
    again = make_span(cast.annotator, cast.article, (0, 9), "attribution", fields={"source_name": "The mayor"})
    make_link(cast.annotator, mayor, claim, "attributes")
    make_link(cast.annotator, again, fact, "attributes")

    links = {link["relation"]: link["same_source"] for link in read(cast)["links"]}

    assert links["corroborates"] is True


def test_the_callers_own_assignment_is_there(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)

    assert read(cast)["assignment"]["assignee"]["id"] == cast.annotator.pk
    assert read(cast, "annotator2")["assignment"] is None


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("annotator", {"mark", "link", "verdict", "submit", "comment"}),
        ("reviewer", {"review", "comment"}),
        ("manager", {"review", "manage", "comment"}),
        ("viewer", set()),
    ],
)
def test_the_caller_learns_what_they_may_do(cast: Cast, who: str, allowed: set[str]) -> None:
    me = read(cast, who)["me"]

    assert (me["id"], me["name"]) == (cast.everybody[who].pk, who)
    assert set(me["can"]) == {"mark", "link", "verdict", "submit", "review", "comment", "manage"}
    assert {name for name, may in me["can"].items() if may} == allowed


def test_a_reviewer_who_adjudicates_the_article_is_told_that_they_may_work_on_it(cast: Cast) -> None:
    Assignment.objects.create(article=cast.article, assignee=cast.reviewer, kind=Assignment.Kind.ADJUDICATE)

    told = read(cast, "reviewer")["me"]["can"]

    assert {name for name, may in told.items() if may} == {"mark", "link", "verdict", "review", "comment"}


def test_the_next_article_is_one_that_waits(cast: Cast) -> None:
    following = make_article(cast.project, "Something else.")

    assert read(cast)["next_article"] == str(following.pk)
    assert read(cast, "reviewer")["next_article"] is None


def test_the_second_time_the_answer_is_the_same(cast: Cast) -> None:
    make_supported(cast)
    make_span(cast.annotator2, cast.article, SAFE)
    make_span(cast.annotator2, cast.article, CRACKS, "attribution")

    first, second = read(cast), read(cast)
    # Up to which event is told by a snapshot of the whole server, which other transactions move on.
    assert first | {"events_after": None} == second | {"events_after": None}


def test_annotations_of_other_projects_are_not_found(cast: Cast) -> None:
    refused(Api(cast.outsider).call("get", f"articles/{cast.article.pk}/annotations/"), 404, "not-found")
    refused(Api(cast.annotator).call("get", f"articles/{uuid4()}/annotations/"), 404, "not-found")


def test_sentences_cover_every_word(cast: Cast) -> None:
    covered = {at for start, end in Sentence.objects.values_list("start", "end") for at in range(start, end)}

    assert {at for at, character in enumerate(TEXT) if not character.isspace()} <= covered


def test_the_problem_that_keeps_somebody_from_marking_is_named(independent_cast: Cast) -> None:
    cast = independent_cast
    told = []
    for name in ("annotator", "annotator2"):
        make_span(cast.everybody[name], cast.article)
        cast.article.assignments.get(assignee__name=name).submit(by=cast.everybody[name])
        me = read(cast)["me"]
        told.append((me["can"]["mark"], me["mark_refused"]))

    assert told == [(False, "pass-submitted"), (False, "pass-opened")]
    assert read(cast, "reviewer")["me"]["mark_refused"] is None
