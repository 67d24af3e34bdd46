"""Rule 10: every change leaves its event in the same transaction, and events stay."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from annotations.models import (
    Article,
    Assignment,
    Comment,
    Event,
    EvidenceLink,
    EvidenceSet,
    Link,
    Membership,
    Project,
    Review,
    Span,
    User,
    Verdict,
    acting,
)
from annotations.rules import HISTORY_APPEND_ONLY, UNDER_REVIEW
from tests.cast import (
    CRACKS,
    DANGER,
    TEXT,
    Cast,
    make_article,
    make_comment,
    make_project,
    make_span,
    make_supported,
    person,
)
from tests.rules.attack import broken, sql

Made = dict[str, Any]
MODELS: dict[str, Any] = {
    "project": Project, "membership": Membership, "article": Article, "assignment": Assignment, "span": Span,
    "link": Link, "verdict": Verdict, "evidence_set": EvidenceSet, "evidence_link": EvidenceLink, "user": User,
    "comment": Comment,
}  # fmt: skip
CHANGES = {
    "project": ("project", "name = 'Changed'"),
    "membership": ("membership", "roles = '{reviewer}'"),
    "article": ("article", "title = 'Changed'"),
    "assignment": ("assignment", "state = 'submitted'"),
    "span": ("span", "note = 'Changed', version = version + 1"),
    "link": ("link", "note = 'Changed', version = version + 1"),
    "verdict": ("verdict", "rationale = 'Changed', version = version + 1"),
    "evidence_set": ("evidenceset", "question = 'Changed?'"),
    "evidence_link": ("evidencelink", "position = 7"),
    "user": ("user", "name = 'Changed'"),
    "comment": ("comment", "text = 'Changed', version = version + 1"),
}
DELETED = ("user", "membership", "assignment", "span", "link", "verdict", "evidence_set", "evidence_link", "comment")


@pytest.fixture
def made(cast: Cast) -> Made:
    """One thing of every kind; those that can be deleted by a single statement without others in the way."""
    *_, link, verdict = make_supported(cast)
    sets: list[Any] = [{"question": "Q?", "answer": None, "links": [link.pk]}]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets)
    return {
        "project": cast.project,
        "membership": Membership.objects.get(user=cast.viewer),
        "article": cast.article,
        "assignment": Assignment.objects.take_up(cast.article, by=cast.annotator2)[0],
        "span": make_span(cast.annotator, cast.article, DANGER),
        "link": link,
        "verdict": verdict,
        "evidence_set": EvidenceSet.objects.get(),
        "evidence_link": EvidenceLink.objects.get(),
        "user": cast.outsider,
        "comment": make_comment(cast.annotator, cast.article),
    }


def written_by(act: Callable[[], object], user: User | None) -> list[Event]:
    """The events that an act of `user` leaves."""
    last = Event.objects.order_by("-id")[0].pk
    with acting(user):
        act()
    return list(Event.objects.filter(pk__gt=last).order_by("id"))


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_leaves_one_event_with_actor_before_and_after(cast: Cast, made: Made, kind: str) -> None:
    table, change = CHANGES[kind]
    key = made[kind].pk

    [event] = written_by(lambda: sql(f"UPDATE annotations_{table} SET {change} WHERE id = %s", key), cast.manager)

    assert (event.kind, event.object_id, event.what, event.by) == (kind, str(key), "updated", cast.manager)
    assert event.before is not None
    assert event.after is not None
    changed = {name for name in event.after if event.before[name] != event.after[name]}
    assert changed - {"version", "updated_at"} == {change.partition(" ")[0]}
    assert event.project_id == (None if kind == "user" else cast.project.pk)


@pytest.mark.parametrize("kind", DELETED)
def test_a_deletion_leaves_an_event_with_what_was(cast: Cast, made: Made, kind: str) -> None:
    key = made[kind].pk

    events = written_by(made[kind].delete, cast.manager)

    [event] = [event for event in events if event.kind == kind]
    assert (event.object_id, event.what, event.by, event.after) == (str(key), "deleted", cast.manager, None)
    assert event.before is not None
    assert event.before["id"] in (key, str(key))
    assert {event.what for event in events} == {"deleted"}


@pytest.mark.parametrize("kind", CHANGES)
def test_a_creation_left_one_event(made: Made, kind: str) -> None:
    [event] = Event.objects.filter(kind=kind, object_id=str(made[kind].pk), what="created")

    assert event.before is None
    assert event.after is not None
    assert event.after["id"] in (made[kind].pk, str(made[kind].pk))


def test_a_review_leaves_an_event(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)

    events = written_by(lambda: verdict.approve(by=cast.reviewer, from_version=2), cast.reviewer)

    assert [(event.kind, event.what, event.by) for event in events] == [
        ("review", "created", cast.reviewer),
        ("verdict", "updated", cast.reviewer),
    ]
    assert events[0].object_id == str(Review.objects.get().pk)


def test_a_statement_for_many_rows_leaves_an_event_for_each(cast: Cast, made: Made) -> None:
    change = "UPDATE annotations_span SET note = 'x', version = version + 1"

    events = written_by(lambda: sql(change), None)

    assert [event.kind for event in events] == ["span"] * Span.objects.count()
    assert {event.by for event in events} == {None}


def test_the_deletion_of_a_span_tells_all_that_went_with_it(cast: Cast, made: Made) -> None:
    claim = made["verdict"].claim

    events = written_by(lambda: claim.remove(by=cast.annotator, from_version=1), cast.annotator)

    kinds = ["evidence_link", "evidence_set", "link", "span", "verdict"]
    assert sorted(event.kind for event in events) == kinds
    assert {(event.what, event.project_id) for event in events} == {("deleted", cast.project.pk)}


def test_a_change_that_is_undone_leaves_no_event(cast: Cast) -> None:
    before = Event.objects.count()

    with transaction.atomic():
        make_span(cast.annotator, cast.article)
        transaction.set_rollback(True)

    assert (Event.objects.count(), Span.objects.count()) == (before, 0)


@pytest.mark.django_db(transaction=True)
def test_an_event_is_of_the_transaction_of_its_change(cast: Cast) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        span = make_span(cast.annotator, cast.article, CRACKS)
        cursor.execute("SELECT pg_current_xact_id()::text")
        [(current,)] = cursor.fetchall()

    assert str(Event.objects.of(cast.project.pk, "span", span.pk).get().xid) == current
    assert str(Event.objects.of(cast.project.pk, "article", cast.article.pk).get().xid) != current


def test_each_change_is_ascribed_to_whoever_made_it(cast: Cast) -> None:
    with acting(cast.manager):
        span = make_span(cast.annotator, cast.article)
        article = Article.objects.create(project=cast.project, title="t", body="Another text.")
    sql("UPDATE annotations_article SET title = 'T' WHERE id = %s", article.pk)

    assert Event.objects.of(cast.project.pk, "span", span.pk).get().by == cast.annotator
    assert [event.by for event in Event.objects.of(cast.project.pk, "article", article.pk)] == [None, cast.manager]


def test_the_actor_is_forgotten_where_the_act_failed(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), acting(cast.manager):
        raise ZeroDivisionError
    article = make_article(cast.project, "Another text.")

    assert Event.objects.of(cast.project.pk, "article", article.pk).get().by is None


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE annotations_event SET by_id = NULL",
        "UPDATE annotations_event SET after = '{}' WHERE kind = 'span'",
        "DELETE FROM annotations_event",
        "TRUNCATE annotations_event",
    ],
)
def test_history_is_only_added_to(cast: Cast, attack: str) -> None:
    make_span(cast.annotator, cast.article)

    with broken(HISTORY_APPEND_ONLY):
        sql(attack)


def test_the_orm_cannot_change_history(cast: Cast) -> None:
    event = Event.objects.order_by("id")[0]
    event.what = Event.What.REMOVED

    with broken(HISTORY_APPEND_ONLY):
        event.save()
    with broken(HISTORY_APPEND_ONLY):
        event.delete()
    with broken(HISTORY_APPEND_ONLY):
        Event.objects.all().delete()


@pytest.mark.parametrize("table", [table for table, _ in CHANGES.values()] + ["review"])
def test_no_table_is_emptied_past_the_history(made: Made, table: str) -> None:
    with broken(HISTORY_APPEND_ONLY):
        sql(f"TRUNCATE annotations_{table} CASCADE")


def test_secrets_are_never_in_the_history(cast: Cast) -> None:
    user = person("secretive")
    user.set_password("correct horse battery staple")
    user.save()
    project = make_project(cast.manager)
    Article.objects.create(project=project, title="t", body=TEXT, source=b"raw source")
    cast.article.describe(by=cast.manager, title="Another")
    told = json.dumps(list(Event.objects.values_list("before", "after")), ensure_ascii=False)

    secrets = (user.password, str(project.pseudonym_key), "Nobody was hurt", b"raw source".hex())
    assert [secret for secret in secrets if secret in told] == []
    columns = {name for after in Event.objects.values_list("after", flat=True) for name in after or {}}
    assert columns.isdisjoint({"password", "last_login", "pseudonym_key", "body", "source", "search"})


def test_a_new_password_is_no_event(cast: Cast) -> None:
    cast.outsider.set_password("another one")

    assert written_by(cast.outsider.save, cast.outsider) == []


def test_a_deletion_that_is_refused_leaves_no_event(cast: Cast) -> None:
    claim, _, _, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)

    with broken(UNDER_REVIEW):
        claim.remove(by=cast.annotator, from_version=1)
