"""What all background jobs have in common."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import OperationalError
from django.utils.timezone import now
from procrastinate.exceptions import JobAborted

from annotations import jobs
from annotations.bounded import Stopped
from annotations.imports import proposal, run
from annotations.jobs import addresses, indexing
from annotations.jobs.job import MOST_ATTEMPTS, TOO_OFTEN
from annotations.releases import build

ID = "00000000-0000-4000-8000-000000000001"
JOBS = [
    pytest.param(jobs.run_import, run, "run", {"import_id": ID}, id="run_import"),
    pytest.param(jobs.preview_import, proposal, "make_preview", {"import_id": ID, "key": "k"}, id="preview_import"),
    pytest.param(jobs.fetch_address, addresses, "fetch_and_keep", {"fetch_id": ID}, id="fetch_address"),
    pytest.param(jobs.make_release, build, "make", {"release_id": ID}, id="make_release"),
    pytest.param(jobs.index_articles, indexing, "index", {"project_id": 1}, id="index_articles"),
]
QUIET = {proposal: ["preview"], addresses: [addresses.BROKEN], indexing: []}
"""What is told of jobs that say it in words of their own, or not at all."""


def attempt(task: Any, arguments: dict[str, Any], number: int = 0) -> None:
    """Does a job as the worker does."""
    context = SimpleNamespace(job=SimpleNamespace(attempts=number), should_abort=lambda: True)
    task.func(context, **arguments)


def wait_after(task: Any, error: Exception, attempts: int = 0) -> int | None:
    """Seconds until the job is begun again; None where it is not."""
    decision = task.retry_strategy.get_retry_decision(exception=error, job=SimpleNamespace(attempts=attempts))
    return None if decision is None else round((decision.retry_at - now()).total_seconds())


@pytest.fixture
def reasons(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Why jobs were given up."""
    told: list[str] = []
    monkeypatch.setattr(run, "give_up", lambda _key, why: told.append(why))
    monkeypatch.setattr(proposal, "give_up_preview", lambda _key, _of: told.append("preview"))
    monkeypatch.setattr(addresses, "_refuse", lambda _key, why: told.append(why))
    monkeypatch.setattr(build, "give_up", lambda _key, why: told.append(why))
    return told


def raising(error: Exception) -> Any:
    """A function that raises this."""

    def work(*_: Any, **__: Any) -> None:
        raise error

    return work


@pytest.mark.parametrize(("task", "module", "name", "arguments"), JOBS)
def test_a_job_that_stops_early_is_begun_again_at_once(
    monkeypatch: pytest.MonkeyPatch, task: Any, module: Any, name: str, arguments: dict[str, Any]
) -> None:
    stopped = raising(Stopped()) if module in (proposal, addresses) else lambda *_, stopping: not stopping()
    monkeypatch.setattr(module, name, stopped)

    with pytest.raises(JobAborted) as raised:
        attempt(task, arguments)

    assert wait_after(task, raised.value) == 0


@pytest.mark.parametrize(("task", "module", "name", "arguments"), JOBS)
def test_a_job_waits_for_a_database_that_is_away(
    monkeypatch: pytest.MonkeyPatch,
    reasons: list[str],
    task: Any,
    module: Any,
    name: str,
    arguments: dict[str, Any],
) -> None:
    monkeypatch.setattr(module, name, raising(OperationalError()))

    with pytest.raises(OperationalError) as raised:
        attempt(task, arguments)

    assert (wait_after(task, raised.value), wait_after(task, raised.value, 20), reasons) == (5, 60, [])


@pytest.mark.parametrize(("task", "module", "name", "arguments"), JOBS)
def test_a_job_is_given_up_after_an_exception(
    monkeypatch: pytest.MonkeyPatch,
    reasons: list[str],
    task: Any,
    module: Any,
    name: str,
    arguments: dict[str, Any],
) -> None:
    monkeypatch.setattr(module, name, raising(ValueError()))

    with pytest.raises(ValueError) as raised:  # noqa: PT011 - it has no words
        attempt(task, arguments)

    fault = "A server error stopped it (ValueError). See the worker's log."
    assert wait_after(task, raised.value) is None
    assert reasons == {**QUIET, run: [fault], build: [fault]}[module]


@pytest.mark.parametrize(("task", "module", "name", "arguments"), JOBS)
def test_a_job_is_given_up_after_its_last_attempt(
    monkeypatch: pytest.MonkeyPatch,
    reasons: list[str],
    task: Any,
    module: Any,
    name: str,
    arguments: dict[str, Any],
) -> None:
    monkeypatch.setattr(module, name, raising(ValueError()))

    attempt(task, arguments, MOST_ATTEMPTS)

    assert reasons == {**QUIET, run: [TOO_OFTEN], build: [TOO_OFTEN]}[module]
    assert wait_after(task, JobAborted(), MOST_ATTEMPTS) is None
