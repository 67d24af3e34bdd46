"""The worker: it does what waits, takes up what a killed one left, and ends when it is told to."""

from __future__ import annotations

import signal

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.acts.settings import save_settings
from annotations.evidence.search import find_sentences
from annotations.jobs import run_import
from annotations.models.transfer.importing import Import
from tests.cast import make_article, make_cast
from tests.working import PATIENCE, wait_until, working

pytestmark = pytest.mark.django_db(transaction=True)


def an_import() -> Import:
    """One of a format that nobody knows: it fails as soon as a worker looks at it."""
    cast = make_cast()
    return Import.objects.create(project=cast.project, by=cast.manager, format="nonsense")


def jobs_of(waiting: Import) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(args={"import_id": str(waiting.pk)}))


def is_over(waiting: Import) -> bool:
    waiting.refresh_from_db()
    return waiting.finished_at is not None


def test_a_job_is_done_and_forgotten() -> None:
    waiting = an_import()
    run_import.defer(import_id=str(waiting.pk))
    with working():
        wait_until(lambda: is_over(waiting))
        wait_until(lambda: not jobs_of(waiting))
    assert (waiting.state, waiting.failure) == ("failed", "There is no format nonsense.")


def test_a_worker_indexes_articles_anew_after_the_setting_changed() -> None:
    cast = make_cast()
    make_article(cast.project, "In Zürich it rains.")
    cast.project.fold_diacritics = True
    save_settings(cast.project, ["fold_diacritics"], by=cast.manager)

    with working():
        wait_until(lambda: len(find_sentences(cast.project.pk, "Zurich")) == 1)
        wait_until(lambda: not ProcrastinateJob.objects.filter(task_name="index_articles").exists())


def test_a_job_waits_for_the_transaction_that_gives_it() -> None:
    waiting = an_import()
    with transaction.atomic():
        run_import.defer(import_id=str(waiting.pk))
        transaction.set_rollback(True)
    assert not jobs_of(waiting)


@pytest.mark.parametrize("known", [True, False])
def test_what_a_killed_worker_left_is_taken_up_by_another(known: bool) -> None:
    waiting = an_import()
    job = run_import.defer(import_id=str(waiting.pk))
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH dead AS (INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
            "              RETURNING id) "
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = CASE WHEN %s THEN dead.id END "
            "FROM dead WHERE procrastinate_jobs.id = %s",
            [known, job],
        )
    with working():
        wait_until(lambda: is_over(waiting))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_worker_that_is_told_to_end_ends_without_a_word(number: int) -> None:
    waiting = an_import()
    run_import.defer(import_id=str(waiting.pk))
    with working() as process:
        wait_until(lambda: is_over(waiting))
        process.send_signal(number)
        told = process.communicate(timeout=PATIENCE)[1]
    assert (process.returncode, told) == (0, "")


def test_a_worker_beside_a_server_ends_with_it() -> None:
    waiting = an_import()
    run_import.defer(import_id=str(waiting.pk))
    with working("--attached") as process:
        wait_until(lambda: is_over(waiting))
        told = process.communicate(timeout=PATIENCE)[1]
    assert (process.returncode, told) == (0, "")


def test_an_import_whose_worker_dies_each_time_is_given_up() -> None:
    waiting = an_import()
    job = run_import.defer(import_id=str(waiting.pk))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 30 WHERE id = %s", [job])
    with working():
        wait_until(lambda: is_over(waiting))
    assert "broke off too often" in waiting.failure
