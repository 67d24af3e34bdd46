"""Previews: asked for once, waited for without losing the files, and given up within limits."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.bounded import OutOfTime, Process
from annotations.imports import proposal
from annotations.models import Import, ImportPreview
from tests.cast import Cast
from tests.web.imports.sending import act, address, line, look, proposed
from tests.web.visit import signed_in, words


@pytest.fixture
def no_worker(monkeypatch: pytest.MonkeyPatch, _previews_at_once: None) -> None:
    """Jobs wait."""
    monkeypatch.undo()


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="preview_import").count()


@pytest.mark.usefixtures("no_worker")
def test_a_page_without_a_preview_asks_for_one_once_and_waits(cast: Cast) -> None:
    one = proposed(cast, a_txt="The dam broke.")
    for _ in range(2):
        assert "Reading files One file: a.txt" in words(look(cast, one))
    assert jobs() == 1
    waited = signed_in(cast.manager).get(f"{address(one)}preview/")
    assert (waited.content, waited["Cache-Control"]) == (b"waiting\n", "no-store, no-transform")


@pytest.mark.usefixtures("no_worker")
def test_files_that_are_being_read_can_be_discarded_and_nothing_else_is_done_to_them(cast: Cast) -> None:
    one = proposed(cast, a_txt="The dam broke.")
    look(cast, one)
    assert act(cast, one, "start", format="txt").status_code == 302
    assert Import.objects.get(pk=one.pk).state == "proposed"
    act(cast, one, "discard")
    assert not ImportPreview.objects.exists()


def test_a_preview_is_kept_until_the_import_begins(cast: Cast) -> None:
    one = proposed(cast, a_lines=line())
    look(cast, one)
    made = ImportPreview.objects.get()
    look(cast, one)
    assert ImportPreview.objects.get().asked_at == made.asked_at
    assert signed_in(cast.manager).get(f"{address(one)}preview/").content == b"ready\n"
    act(cast, one, "start", format="", encoding="")
    assert not ImportPreview.objects.exists()


def test_other_choices_ask_for_another_preview_but_people_do_not(cast: Cast) -> None:
    one = proposed(cast, a_lines=line(by="Ann"))
    act(cast, one, "look", format="", encoding="")
    first = ImportPreview.objects.get().key
    act(cast, one, "look", format="", encoding="", person=["Ann"], who=["me"], others="me")
    assert ImportPreview.objects.get().key == first
    act(cast, one, "look", format="", encoding="", type=["Premise"], becomes=["claim"])
    assert ImportPreview.objects.get().key != first


def test_files_that_take_too_long_say_so_and_can_still_be_imported(
    cast: Cast, begun: list[Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(*_: object) -> None:
        raise OutOfTime

    monkeypatch.setattr(proposal, "look", too_long)
    one = proposed(cast, a_lines=line())
    page = words(look(cast, one))
    assert "There is no preview: reading the beginning of these files takes more than 20 seconds or 1.0" in page
    assert "The files are kept. You can import them anyway" in page
    act(cast, one, "start", format="", encoding="")
    assert begun == [one]
    assert Import.objects.get(pk=one.pk).format == "madeup"


def test_files_whose_format_could_not_be_told_in_time_can_be_imported_too(
    cast: Cast, begun: list[Import], monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_long(*_: object) -> None:
        raise OutOfTime

    monkeypatch.setattr(proposal, "recognise", too_long)
    one = proposed(cast, a_lines=line())
    act(cast, one, "start", format="", encoding="")
    assert begun == [one]


def test_characters_that_no_database_takes_are_shown_as_such(cast: Cast) -> None:
    page = words(
        look(cast, proposed(cast, a_lines=line("Nul \0 and half \ud83d", "The dam \0 broke. It did, yes it did.")))
    )
    assert "Nul � and half" in page


def test_a_preview_that_would_be_too_large_to_keep_is_given_up(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposal, "LARGEST", 100)
    monkeypatch.setattr(Process, "is_within", False)
    monkeypatch.setattr(Process, "call", _call_here)
    assert "There is no preview" in words(look(cast, proposed(cast, a_lines=line())))


def _call_here(_: Process, function: object, *arguments: object) -> object:
    """As a process of its own would answer."""
    from annotations.bounded import OutOfMemory

    try:
        return function(*arguments)  # type: ignore[operator]
    except MemoryError:
        raise OutOfMemory from None
