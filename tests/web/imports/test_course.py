"""The course of an import and its report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from annotations.models import Import, ReportedItem
from annotations.web.imports.status import time_left
from tests.cast import Cast
from tests.web.imports.sending import act, address, look, send
from tests.web.visit import signed_in, words


def in_state(cast: Cast, state: str, **values: Any) -> Import:
    """An import of one file that has come this far."""
    one = Import.objects.create(project=cast.project, by=cast.manager, format="txt", state=state, **values)
    one.files.create(position=0, name="texts.zip", size=2_000, sha256="", stored="none")
    return one


def asked_by_the_page(cast: Cast, one: Import) -> Any:
    """What the page gets when it asks how far it is."""
    return signed_in(cast.manager).get(address(one), headers={"HX-Request": "true"})


def test_a_running_import_shows_how_far_it_is_and_how_long_it_takes(cast: Cast) -> None:
    begun = timezone.now() - timedelta(seconds=60)
    one = in_state(cast, "running", done=100, total=400, started_at=begun, articles=90, refused=2)
    page = words(look(cast, one))
    assert "100 of 400 · about 3 minutes left" in page
    assert "90 articles" in page
    assert "Skipped: 2" in page


@pytest.mark.parametrize(("phase", "kind"), [(1, "links"), (2, "verdicts")])
def test_what_comes_after_the_texts_is_named(cast: Cast, phase: int, kind: str) -> None:
    page = words(look(cast, in_state(cast, "running", done=400, total=400, phase=phase)))
    assert f"400 imported. Importing {kind}…" in page


def test_the_page_asks_for_what_changes_only(cast: Cast) -> None:
    answer = asked_by_the_page(cast, in_state(cast, "running", done=1))
    assert "<h1" not in answer.content.decode()
    assert "Counting articles…" in words(answer)
    assert 'hx-trigger="every 1s"' in answer.content.decode()


def test_at_the_end_the_page_gets_the_report_in_place_of_the_progress(cast: Cast) -> None:
    answer = asked_by_the_page(cast, in_state(cast, "done", articles=3, known=1))
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#course", "outerHTML")
    assert "hx-trigger" not in answer.content.decode()
    assert "Import finished. New: 3 articles. Skipped: 0." in words(answer)


def test_the_report_lists_the_first_hundred_refusals_and_leads_to_all(cast: Cast) -> None:
    one = in_state(cast, "done", articles=2, refused=120)
    ReportedItem.objects.bulk_create(
        ReportedItem(of=one, file="a.csv", place=f"line {number}", code="no_text", detail="There is no text.")
        for number in range(120)
    )
    page = words(look(cast, one))
    assert "Showing the first 100 of 120." in page
    assert "line 99 There is no text. no_text" in page
    assert "line 100 " not in page
    assert f"/api/v1/imports/{one.pk}/refused.csv" in look(cast, one).content.decode()


def test_the_report_repeats_whom_the_files_named(cast: Cast) -> None:
    one = in_state(cast, "done", articles=2, spans=7)
    one.people.create(key=UUID(int=1), name="Bo", user=cast.annotator, spans=4)
    one.people.create(key=UUID(int=2), name="", user=cast.manager, spans=3)
    page = words(look(cast, one))
    assert "1 name found Name in the files Account Spans" in page
    assert f"Bo {cast.annotator} 4 No name {cast.manager} 3" in page


def test_the_report_lists_notes_by_themselves(cast: Cast) -> None:
    one = in_state(cast, "done", articles=2, notes=1)
    ReportedItem.objects.create(
        of=one, is_note=True, file="a.csv", place="header", code="column_left_out", detail="So."
    )
    page = words(look(cast, one))
    assert "No items were skipped." in page
    assert "Notes Items that were changed" in page
    assert "header So. column_left_out" in page
    assert f"/api/v1/imports/{one.pk}/notes.csv" in look(cast, one).content.decode()


@pytest.mark.parametrize(
    ("state", "heading"),
    [
        ("waiting", "Import queued"),
        ("running", "Importing"),
        ("done", "Import finished"),
        ("failed", "Import failed"),
        ("cancelled", "Import cancelled"),
    ],
)
def test_each_state_is_said_in_words(cast: Cast, state: str, heading: str) -> None:
    answer = look(cast, in_state(cast, state, failure="The disk is full." if state == "failed" else ""))
    assert heading in words(answer)
    assert ("The disk is full." in words(answer)) == (state == "failed")


def test_what_waits_long_hints_at_the_worker(cast: Cast) -> None:
    one = in_state(cast, "waiting")
    assert "Ask an administrator" not in words(look(cast, one))
    Import.objects.update(created_at=timezone.now() - timedelta(minutes=5))
    assert "Ask an administrator" in words(look(cast, one))


@pytest.mark.parametrize(("state", "after"), [("waiting", "cancelled"), ("running", "cancelled"), ("done", "done")])
def test_only_what_is_not_over_can_be_cancelled(cast: Cast, state: str, after: str) -> None:
    one = in_state(cast, state)
    assert act(cast, one, "cancel").status_code == 302
    one.refresh_from_db()
    assert one.state == after


@pytest.mark.parametrize(
    ("done", "total", "seconds", "left"),
    [
        (0, 10, 60, ""),
        (5, None, 60, ""),
        (5, 10, 1, ""),
        (5, 10, 20, "about 20 seconds left"),
        (10, 10, 20, "about 5 seconds left"),
        (1, 61, 60, "about 1 h 00 min left"),
        (1, 2, 61, "about 1 minute left"),
    ],
)
def test_time_left_is_told_where_it_can_be(done: int, total: int | None, seconds: int, left: str) -> None:
    begun = timezone.now() - timedelta(seconds=seconds)
    assert time_left(Import(done=done, total=total, started_at=begun)) == left


def test_a_list_of_more_than_ten_thousand_says_that_the_others_are_only_counted(cast: Cast) -> None:
    one = in_state(cast, "done", refused=1_000_000, articles=1)
    ReportedItem.objects.create(of=one, code="wrong", detail="It is wrong.")
    page = words(look(cast, one))
    assert (
        "Showing the first 100 of 1,000,000. Download the first 10,000 as CSV (the others are counted but not listed)"
        in page
    )


def test_lists_are_deleted_for_good_and_the_counts_stay(cast: Cast) -> None:
    one = in_state(cast, "done", refused=1, articles=1)
    ReportedItem.objects.create(of=one, code="wrong", detail="It is wrong.")
    assert "Delete lists" in words(look(cast, one))
    act(cast, one, "delete-report")
    page = words(look(cast, one))
    assert "The list of 1 skipped item was deleted." in page
    assert "Delete lists" not in page


def test_an_import_of_which_nothing_came_in_is_deleted(cast: Cast) -> None:
    one = in_state(cast, "failed")
    assert "Delete import" in words(look(cast, one))
    assert act(cast, one, "delete-report").status_code == 302
    assert not Import.objects.filter(pk=one.pk).exists()


def test_too_many_imports_at_once_are_refused_on_the_page_too(cast: Cast) -> None:
    for _ in range(50):
        in_state(cast, "waiting")
    answer = send(cast, a_txt="The dam broke.")
    assert answer.status_code == 409
    assert "You have 50 unfinished imports." in words(answer)
