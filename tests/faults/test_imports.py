"""Imports in real workers that are killed, stopped, doubled and cancelled: nothing comes in twice or by half."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings

from annotations.imports.run import cancel
from annotations.jobs import run_import
from annotations.jobs.imports import begin
from annotations.models import Article, Import, Link, Sentence, Span
from tests.cast import Cast, make_cast
from tests.formats.storing.sent import line, link, proposed, span
from tests.working import PATIENCE, expire_heartbeats, wait_until, working

pytestmark = pytest.mark.django_db(transaction=True)

DOCUMENTS, SPANS = 1200, 3


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[str]:
    """Where test and worker keep their files."""
    with override_settings(MEDIA_ROOT=tmp_path / "files"):
        yield str(tmp_path)


def large(cast: Cast, **about: Any) -> Import:
    """An import of several batches, with a link in each document."""
    lines = []
    for number in range(DOCUMENTS):
        spans = [span((at, at + 4)) for at in range(SPANS)]
        lines.append(line(f"Text number {number}. It rains again.", spans=spans, links=[link(spans[0], spans[1])]))
    return proposed(cast.project, cast.manager, *lines, **about)


def under_way(one: Import) -> bool:
    one.refresh_from_db()
    return one.done > 0


def is_over(one: Import) -> bool:
    one.refresh_from_db()
    return one.finished_at is not None


def everything_is_there_once(one: Import) -> bool:
    """Whether rows and counters both say that each document is in."""
    assert (one.state, one.done, one.total, one.refused, one.known) == ("done", DOCUMENTS, DOCUMENTS, 0, 0)
    assert one.made == {"articles": DOCUMENTS, "spans": DOCUMENTS * SPANS, "links": DOCUMENTS, "verdicts": 0}
    made = Article.objects.filter(imported_in=one)
    assert Span.objects.filter(article__in=made).count() == DOCUMENTS * SPANS
    assert Link.objects.filter(target__article__in=made).count() == DOCUMENTS
    return made.count() == DOCUMENTS and Sentence.objects.filter(article__in=made).count() == DOCUMENTS * 2


def kill(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def test_another_worker_goes_on_where_a_killed_one_stood(cast: Cast, place: str) -> None:
    one = large(cast)
    begin(one)
    with working(DATA_DIR=place) as process:
        wait_until(lambda: under_way(one))
        kill(process)
    one.refresh_from_db()
    assert (one.state, Article.objects.filter(imported_in=one).count()) == ("running", one.done)
    assert 0 < one.done < DOCUMENTS or one.phase > 0
    expire_heartbeats()
    with working(DATA_DIR=place):
        wait_until(lambda: is_over(one))
    assert everything_is_there_once(one)


def test_a_worker_that_is_stopped_leaves_the_rest_to_the_next(cast: Cast, place: str) -> None:
    one = large(cast)
    begin(one)
    with working(DATA_DIR=place) as process:
        wait_until(lambda: under_way(one))
        process.terminate()
        told = process.communicate(timeout=PATIENCE)[1]
    assert (process.returncode, told) == (0, "")
    assert not is_over(one)
    with working(DATA_DIR=place):
        wait_until(lambda: is_over(one))
    assert everything_is_there_once(one)


def test_two_workers_with_the_same_import_do_nothing_twice(cast: Cast, place: str) -> None:
    one = large(cast)
    begin(one)
    run_import.defer(import_id=str(one.pk))
    with working(DATA_DIR=place), working(DATA_DIR=place):
        wait_until(lambda: is_over(one))
    assert everything_is_there_once(one)


def test_a_cancelled_import_stops_at_its_next_batch_and_keeps_what_is_in(cast: Cast, place: str) -> None:
    one = large(cast)
    begin(one)
    with working(DATA_DIR=place):
        wait_until(lambda: under_way(one))
        assert cancel(one)
        done = one.done
        other = proposed(cast.project, cast.manager, line("Another text."))
        begin(other)
        wait_until(lambda: is_over(other))
    one.refresh_from_db()
    assert (one.state, one.done) == ("cancelled", done)
    assert Article.objects.filter(imported_in=one).count() == done


def test_a_strict_import_shows_how_far_it_is_and_leaves_nothing_when_it_is_cancelled(cast: Cast, place: str) -> None:
    one = large(cast, strict=True)
    begin(one)
    with working(DATA_DIR=place):
        wait_until(lambda: under_way(one))
        assert not Article.objects.filter(imported_in=one).exists()
        assert cancel(one)
        other = proposed(cast.project, cast.manager, line("Another text."))
        begin(other)
        wait_until(lambda: is_over(other))
    one.refresh_from_db()
    assert one.state == "cancelled"
    assert not Article.objects.filter(imported_in=one).exists()


def test_a_killed_strict_import_leaves_nothing_and_comes_in_whole_the_second_time(cast: Cast, place: str) -> None:
    one = large(cast, strict=True)
    begin(one)
    with working(DATA_DIR=place) as process:
        wait_until(lambda: under_way(one))
        kill(process)
    assert not Article.objects.filter(imported_in=one).exists()
    expire_heartbeats()
    with working(DATA_DIR=place):
        wait_until(lambda: is_over(one))
    assert everything_is_there_once(one)


def test_an_import_whose_files_are_gone_fails_in_words_and_the_worker_goes_on(cast: Cast, place: str) -> None:
    one, other = (proposed(cast.project, cast.manager, line(text)) for text in ("One text.", "Another text."))
    default_storage.delete(one.files.get().stored)
    with working(DATA_DIR=place) as process:
        begin(one)
        wait_until(lambda: is_over(one))
        begin(other)
        wait_until(lambda: is_over(other))
        process.terminate()
        told = process.communicate(timeout=PATIENCE)[1]
    assert (one.state, other.state) == ("failed", "done")
    assert "A server error stopped it" in one.failure
    assert "FileNotFoundError" in told
