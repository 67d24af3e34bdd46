"""Comments in the export, on request."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import CRACKS, Cast, make_cast, make_comment, make_span, make_supported
from tests.formats.exports import ask, export, lines

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def comments(cast: Cast, by: Any = None, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = export(cast, by, comments="true", **filters)[0]["comments"]
    return found


def test_without_asking_the_bytes_are_the_same(cast: Cast) -> None:
    before = lines(ask(cast))
    make_comment(cast.annotator, cast.article)

    assert lines(ask(cast)) == lines(ask(cast, comments="false")) == before
    assert lines(ask(cast, comments="true")) != before


def test_a_comment_has_place_thread_and_state(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    first = make_comment(cast.annotator, claim)
    reply = make_comment(cast.reviewer, claim, "Yes.\n\x1f", first)
    first.change(by=cast.reviewer, from_version=1, resolved=True)

    told, answer = comments(cast, names="true")

    assert (told["id"], told["on"], told["thread"]) == (str(first.pk), {"span": str(claim.pk)}, str(first.pk))
    assert (told["author"], told["resolved"], told["resolved_by"]) == ("annotator", True, "reviewer")
    assert (answer["id"], answer["thread"], answer["text"]) == (str(reply.pk), str(first.pk), "Yes.\n\x1f")
    assert (answer["resolved"], answer["resolved_at"]) == (False, None)


def test_people_have_pseudonyms_in_the_text_too(cast: Cast) -> None:
    cast.reviewer.name = "Rosa (L.) \\ O'Neil"
    cast.reviewer.save()
    make_comment(cast.annotator, cast.article, "@Rosa (L.) \\ O'Neil, @MANAGER: @manager knows.")

    [told] = comments(cast)
    pseudonyms = told["mentions"]

    assert len(set(pseudonyms)) == 2
    assert all(name.startswith("person-") for name in [*pseudonyms, told["author"]])
    assert told["text"] == f"@{pseudonyms[1]}, @{pseudonyms[0]}: @{pseudonyms[0]} knows."
    assert comments(cast, names="true")[0]["text"].startswith("@Rosa (L.) \\ O'Neil")


def test_comments_on_what_is_left_out_are_left_out(cast: Cast) -> None:
    claim, fact, link, verdict = make_supported(cast)
    for thing in (claim, fact, link, verdict, cast.article):
        make_comment(cast.annotator, thing)

    def kinds(**filters: Any) -> list[str]:
        return sorted(next(iter(one["on"])) for one in comments(cast, **filters))

    assert kinds() == ["article", "link", "span", "span"]
    assert kinds(state="any") == ["article", "link", "span", "span", "verdict"]
    assert kinds(label="fact", relation="contradicts") == ["article", "span"]


def test_viewers_get_none(cast: Cast) -> None:
    make_comment(cast.annotator, cast.article)

    assert comments(cast, cast.viewer) == []


def test_in_an_independent_project_each_gets_what_they_may_read(transactional_db: None) -> None:
    cast = make_cast(mode="independent", annotators_per_article=2)
    make_comment(cast.annotator, make_span(cast.annotator, cast.article, CRACKS), "Mine")
    make_comment(cast.annotator, cast.article, "Mine too")
    make_comment(cast.annotator2, cast.article, "Yours")

    assert [one["text"] for one in comments(cast, cast.annotator2)] == ["Yours"]
    assert [one["text"] for one in comments(cast, cast.reviewer)] == ["Mine", "Mine too", "Yours"]


def test_a_new_comment_counts_as_a_change(cast: Cast) -> None:
    comment = make_comment(cast.annotator, cast.article)
    since = comment.created_at.isoformat()
    make_comment(cast.annotator, cast.article, "Later")

    assert export(cast, updated_after=since) == []
    assert len(export(cast, updated_after=since, comments="true")) == 1
