"""Comments hang on one thing, in threads, and keep their author and place."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from annotations.models import Comment, Event, Notice
from annotations.models.comment import LONGEST
from annotations.operations.restore import deleted, restore
from annotations.rules import COMMENT_PLACE, COMMENT_STAYS, COMMENT_TEXT, COMMENT_THREAD, STALE_VERSION, THREAD_RESOLVED
from tests.cast import DANGER, Cast, fresh, make_article, make_comment, make_span, make_supported
from tests.rules.attack import broken, sql

INSERT = (
    "INSERT INTO annotations_comment "
    "(id, version, article_id, span_id, link_id, verdict_id, thread_id, author_id, text) "
    "VALUES (gen_random_uuid(), 1, %s, %s, %s, %s, %s, %s, %s)"
)


def insert(cast: Cast, **values: Any) -> None:
    """A comment in plain SQL."""
    row = {"article": cast.article.pk, "author": cast.annotator.pk, "text": "So?", **values}
    sql(INSERT, *(row.get(name) for name in ("article", "span", "link", "verdict", "thread", "author", "text")))


def test_a_comment_hangs_on_one_thing_only(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)

    for one, other in (("span", "link"), ("span", "verdict"), ("link", "verdict")):
        keys = {"span": claim.pk, "link": link.pk, "verdict": verdict.pk}
        with broken(COMMENT_PLACE):
            insert(cast, **{one: keys[one], other: keys[other]})
    with broken(COMMENT_PLACE):
        Comment.objects.create(article=cast.article, author=cast.annotator, text="So?", span=claim, link=link)


def test_it_stands_in_the_article_of_what_it_hangs_on(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    other = make_article(cast.project, "Another text.").pk

    for place in ({"span": claim.pk}, {"link": link.pk}, {"verdict": verdict.pk}):
        with broken(COMMENT_PLACE):
            insert(cast, article=other, **place)
        insert(cast, **place)


def test_it_hangs_on_something_that_is_there(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(cast, article=None)


@pytest.mark.parametrize("text", ["", " \n\t", "x" * (LONGEST + 1)])
def test_it_says_something_of_at_most_10_000_characters(cast: Cast, text: str) -> None:
    with broken(COMMENT_TEXT):
        insert(cast, text=text)
    with broken(COMMENT_TEXT):
        make_comment(cast.annotator, cast.article, text)


def test_a_reply_hangs_on_the_same_thing_and_answers_the_first(cast: Cast) -> None:
    claim, _, link, _ = make_supported(cast)
    first = make_comment(cast.annotator, claim)
    reply = make_comment(cast.reviewer, claim, "Yes.", first)

    with broken(COMMENT_THREAD):
        insert(cast, link=link.pk, thread=first.pk)
    with broken(COMMENT_THREAD):
        insert(cast, thread=first.pk)
    with broken(COMMENT_THREAD):
        insert(cast, span=claim.pk, thread=reply.pk)


@pytest.mark.parametrize("change", ["author_id = %s", "span_id = NULL", "thread_id = NULL", "article_id = %s"])
def test_author_place_and_thread_never_change(cast: Cast, change: str) -> None:
    claim = make_span(cast.annotator, cast.article)
    reply = make_comment(cast.annotator, claim, "Yes.", make_comment(cast.annotator, claim))
    value = {"author_id": cast.reviewer.pk, "article_id": make_article(cast.project, "Other.").pk}
    values = [value[change.split(maxsplit=1)[0]]] if "%s" in change else []

    with broken(COMMENT_STAYS):
        sql(f"UPDATE annotations_comment SET {change}, version = version + 1 WHERE id = %s", *values, reply.pk)


def test_only_a_thread_is_resolved_and_by_somebody(cast: Cast) -> None:
    first = make_comment(cast.annotator, cast.article)
    reply = make_comment(cast.annotator, cast.article, "Yes.", first)
    resolving = "UPDATE annotations_comment SET resolved_at = now(), version = 2"

    with broken(THREAD_RESOLVED):
        reply.change(by=cast.annotator, from_version=1, resolved=True)
    with broken(THREAD_RESOLVED):
        sql(f"{resolving}, resolved_by_id = %s WHERE id = %s", cast.annotator.pk, reply.pk)
    with broken(THREAD_RESOLVED):
        sql(f"{resolving} WHERE id = %s", first.pk)


def test_a_change_states_its_version(cast: Cast) -> None:
    comment = make_comment(cast.annotator, cast.article)

    with broken(STALE_VERSION):
        sql("UPDATE annotations_comment SET text = 'x' WHERE id = %s", comment.pk)
    with broken(STALE_VERSION):
        comment.change(by=cast.annotator, from_version=7, text="x")


def test_a_deletion_of_a_span_takes_its_comments_and_a_restoration_brings_them_back(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    talk = [make_comment(cast.annotator, thing) for thing in (claim, link, verdict, cast.article)]
    talk.append(make_comment(cast.reviewer, claim, "No.", talk[0]))
    talk[0].change(by=cast.reviewer, from_version=1, resolved=True)
    key = claim.pk

    claim.remove(by=cast.annotator, from_version=1)
    assert set(Comment.objects.all()) == {talk[3]}
    deletion = deleted([cast.project.pk], "span", key)
    assert deletion
    restore(deletion, by=cast.annotator)

    assert set(Comment.objects.all()) == set(talk)
    back = Comment.objects.get(pk=talk[0].pk)
    assert (back.text, back.resolved_by, back.created_at) == ("Is that so?", cast.reviewer, talk[0].created_at)
    assert Comment.objects.get(text="No.").thread == back


@pytest.mark.parametrize("kind", ["link", "verdict"])
def test_so_do_links_and_verdicts(cast: Cast, kind: str) -> None:
    *_, link, verdict = make_supported(cast)
    thing: Any = {"link": link, "verdict": verdict}[kind]
    comment, key = make_comment(cast.reviewer, thing), thing.pk

    thing.remove(by=cast.annotator, from_version=thing.version)
    assert not Comment.objects.exists()
    deletion = deleted([cast.project.pk], kind, key)
    assert deletion
    restore(deletion, by=cast.annotator)

    assert Comment.objects.get() == comment


def test_a_comment_deleted_before_its_span_stays_deleted_when_that_comes_back(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, DANGER)
    make_comment(cast.annotator, span).remove(by=cast.annotator, from_version=1)
    span.change(by=cast.annotator, from_version=1, note="Talked over")
    key = span.pk
    span.remove(by=cast.annotator, from_version=2)

    deletion = deleted([cast.project.pk], "span", key)
    assert deletion
    restore(deletion, by=cast.annotator)

    assert not Comment.objects.exists()


def test_a_restored_comment_brings_its_replies_and_tells_of_them_again(cast: Cast) -> None:
    first = make_comment(cast.annotator, cast.article, "Well, @reviewer?")
    make_comment(cast.reviewer, cast.article, "Well.", first)
    key = first.pk
    first.remove(by=cast.annotator, from_version=1)
    assert not Notice.objects.exists()

    deletion = deleted([cast.project.pk], "comment", key)
    assert deletion
    restore(deletion, by=cast.annotator)

    assert [(comment.text, comment.thread_id) for comment in Comment.objects.order_by("created_at")] == [
        ("Well, @reviewer?", None), ("Well.", key),
    ]  # fmt: skip
    told = Notice.objects.values_list("user__name", "why")
    assert set(told) == {("reviewer", "mention"), ("annotator", "reply")}


def test_a_review_does_not_hold_comments_back(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)

    talk = [make_comment(cast.reviewer, thing) for thing in (claim, link, verdict)]
    talk[0].change(by=cast.reviewer, from_version=1, text="Really?")
    talk[1].remove(by=cast.reviewer, from_version=1)

    assert Comment.objects.count() == 2
    assert Event.objects.filter(kind="comment", by=fresh(cast.reviewer)).count() == 5
