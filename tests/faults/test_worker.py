"""The worker: it does what waits, takes up what a killed one left, and ends when it is told to."""

from __future__ import annotations

import signal
from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoDbBlocker

from annotations.evidence.search import find_sentences
from annotations.jobs import run_import
from annotations.jobs.indexing import save_settings
from annotations.models.transfer.imports import Import
from tests.cast import Cast, make_article, make_cast
from tests.databases import empty_tables
from tests.working import PATIENCE, wait_until, working


def an_import(cast: Cast) -> Import:
    """One of a format that nobody knows: it fails as soon as a worker looks at it."""
    return Import.objects.create(project=cast.project, by=cast.manager, format="nonsense")


def jobs_of(waiting: Import) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(args={"import_id": str(waiting.pk)}))


def is_over(waiting: Import) -> bool:
    waiting.refresh_from_db()
    return waiting.finished_at is not None


@dataclass
class Worked:
    """What one worker left of the jobs that it found when it began."""

    new: Import
    left: dict[bool, Import]
    """By whether the worker that was killed over it is still known."""
    hopeless: Import
    jobs: int
    """How many jobs are left, done or not."""
    indexed: int
    """Sentences found by a word of an article indexed anew."""


@pytest.fixture(scope="module")
def worked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Worked:
    """One worker for all tests that only look at what it did. It leaves nothing in the database."""
    with django_db_blocker.unblock():
        try:
            return let_work()
        finally:
            empty_tables()


def let_work() -> Worked:
    cast = make_cast()
    new, hopeless = an_import(cast), an_import(cast)
    run_import.defer(import_id=str(new.pk))
    job = run_import.defer(import_id=str(hopeless.pk))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 30 WHERE id = %s", [job])
    left = {known: left_by_a_killed_worker(cast, known) for known in (True, False)}
    make_article(cast.project, "In Zürich it rains.")
    cast.project.fold_diacritics = True
    save_settings(cast.project, ["fold_diacritics"], by=cast.manager)
    with working():
        wait_until(lambda: all(is_over(one) for one in (new, hopeless, *left.values())))
        wait_until(lambda: not ProcrastinateJob.objects.exists())
    indexed = len(find_sentences(cast.project.pk, "Zurich"))
    return Worked(new, left, hopeless, ProcrastinateJob.objects.count(), indexed)


def left_by_a_killed_worker(cast: Cast, known: bool) -> Import:
    waiting = an_import(cast)
    job = run_import.defer(import_id=str(waiting.pk))
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
            "              RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = CASE WHEN %s THEN dead.id END "
            "FROM dead WHERE procrastinate_jobs.id = %s",
            [known, job],
        )
    return waiting


def test_a_job_is_done_and_forgotten(worked: Worked) -> None:
    assert (worked.new.state, worked.new.failure) == ("failed", "There is no format nonsense.")
    assert worked.jobs == 0


def test_a_worker_indexes_articles_anew_after_the_setting_changed(worked: Worked) -> None:
    assert worked.indexed == 1


@pytest.mark.parametrize("known", [True, False])
def test_what_a_killed_worker_left_is_taken_up_by_another(worked: Worked, known: bool) -> None:
    assert worked.left[known].failure == "There is no format nonsense."


def test_an_import_whose_worker_dies_each_time_is_given_up(worked: Worked) -> None:
    assert "failed too many times" in worked.hopeless.failure


@pytest.mark.django_db(transaction=True)
def test_a_job_waits_for_the_transaction_that_gives_it() -> None:
    waiting = an_import(make_cast())
    with transaction.atomic():
        run_import.defer(import_id=str(waiting.pk))
        transaction.set_rollback(True)
    assert not jobs_of(waiting)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_told_to_end_ends_without_a_word(number: int) -> None:
    waiting = an_import(make_cast())
    run_import.defer(import_id=str(waiting.pk))
    with working() as process:
        wait_until(lambda: is_over(waiting))
        process.send_signal(number)
        told = process.communicate(timeout=PATIENCE)[1]
    assert (process.returncode, told) == (0, "")


@pytest.mark.django_db(transaction=True)
def test_a_worker_beside_a_server_ends_with_it() -> None:
    waiting = an_import(make_cast())
    run_import.defer(import_id=str(waiting.pk))
    with working("--attached") as process:
        wait_until(lambda: is_over(waiting))
        told = process.communicate(timeout=PATIENCE)[1]
    assert (process.returncode, told) == (0, "")
