"""What rows are looked up by repeats what their parents say, whatever anybody writes."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from annotations.models import Assignment, Event, Link, Span, Verdict
from tests.cast import CRACKS, Cast, make_article, make_link, make_project, make_span, make_verdict

FILL = import_module("annotations.migrations.0018_lookup_columns").FILL


def world(cast: Cast) -> tuple[Link, Verdict]:
    """Evidence in one article for a claim in another one, and its verdict."""
    other = make_article(cast.project, "Cracks were found.", title="Another")
    claim = make_span(cast.annotator, cast.article)
    link = make_link(cast.annotator, make_span(cast.annotator, other, (0, 6), "fact"), claim)
    return link, make_verdict(cast.annotator, claim)


def columns() -> list[tuple[Any, ...]]:
    """What the database has in the columns, of everything."""
    return [
        *Assignment.objects.order_by("pk").values_list("pk", "project"),
        *Span.objects.order_by("pk").values_list("pk", "project"),
        *Link.objects.order_by("pk").values_list("pk", "project", "source_article", "target_article"),
        *Verdict.objects.order_by("pk").values_list("pk", "project", "claim_created_at"),
    ]


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_the_database_sets_them_and_an_insertion_returns_them(cast: Cast) -> None:
    link, verdict = world(cast)

    assert link.project_id == link.source.project_id == link.source.assignment.project_id == cast.project.pk
    assert (link.source_article_id, link.target_article_id) == (link.source.article_id, cast.article.pk)
    assert (verdict.project_id, verdict.claim_created_at) == (cast.project.pk, link.target.created_at)


@pytest.mark.parametrize("model", [Assignment, Span, Link, Verdict])
def test_another_project_cannot_be_written(cast: Cast, model: type[models.Model]) -> None:
    world(cast)
    before, other = columns(), make_project(cast.manager)
    counted = {} if model is Assignment else {"version": F("version") + 1}

    model._default_manager.update(project=other, **counted)

    assert columns() == before


def test_another_article_cannot_be_written(cast: Cast) -> None:
    link, _ = world(cast)
    before = columns()

    Link.objects.update(source_article=F("target_article"), target_article=link.source_article_id, version=2)
    Verdict.objects.update(claim_created_at="2001-01-01T00:00Z", version=2)

    assert columns() == before


def test_a_span_inserted_with_another_project_gets_its_own(cast: Cast) -> None:
    other = make_project(cast.manager)

    span = make_span(cast.annotator, cast.article, CRACKS, project=other)

    assert Span.objects.get(pk=span.pk).project_id == span.project_id == cast.project.pk


def test_a_link_that_is_moved_takes_them_along(cast: Cast) -> None:
    link, _ = world(cast)
    here = make_span(cast.annotator, cast.article, CRACKS, "fact")

    Link.objects.filter(pk=link.pk).update(source=here, version=2)

    link.refresh_from_db()
    assert link.source_article_id == cast.article.pk


def test_they_are_never_empty(cast: Cast) -> None:
    world(cast)

    for statement in (
        "UPDATE annotations_span SET article_id = gen_random_uuid(), version = version + 1",
        "INSERT INTO annotations_assignment (article_id, assignee_id, kind, state) "
        f"VALUES (gen_random_uuid(), {cast.annotator.pk}, 'annotate', 'open')",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            execute(statement)


def test_the_history_does_not_keep_them(cast: Cast) -> None:
    world(cast)

    kept = {name for event in Event.objects.exclude(kind="article") for name in event.after or {}}

    assert kept.isdisjoint({"source_article_id", "target_article_id", "claim_created_at"})
    assert not any("project_id" in (event.after or {}) for event in Event.objects.filter(kind__in=["span", "link"]))


def test_the_migration_fills_what_was_there_without_an_event_or_a_version(cast: Cast) -> None:
    world(cast)
    before = columns()
    elsewhere = make_project(cast.manager)
    events = Event.objects.count()
    tables = ("assignment", "span", "link", "verdict")
    execute(
        "SET CONSTRAINTS ALL IMMEDIATE",
        *(f"ALTER TABLE annotations_{table} DISABLE TRIGGER USER" for table in tables),
        *(f"UPDATE annotations_{table} SET project_id = {elsewhere.pk}" for table in tables),
        "UPDATE annotations_link SET source_article_id = target_article_id",
        *(f"ALTER TABLE annotations_{table} ENABLE TRIGGER USER" for table in tables),
    )

    execute(FILL)

    assert columns() == before
    assert Event.objects.count() == events
    assert set(Span.objects.values_list("version", flat=True)) == {1}
