"""What background jobs have in common: they go on after a break, end when a worker stops, and are given up at last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, Final, ParamSpec

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext, gettext_noop
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import DEFAULT_QUEUE, Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.tasks import Task

Arguments = ParamSpec("Arguments")
Stopping = Callable[[], bool]
"""Asked between steps: whether the worker is being stopped."""

MOST_ATTEMPTS: Final = 30
"""Attempts at one job, after which it is taken for one that brings its worker down each time."""
LONGEST_PAUSE: Final = 60
"""Seconds."""
TOO_OFTEN: Final = gettext_noop("It failed too many times. Ask an administrator to check the worker log.")
FAULT: Final = gettext_noop("A server error stopped it (%(error)s). See the worker's log.")


def job(
    name: str, *, give_up: Callable[..., None] | None = None, queue: str = DEFAULT_QUEUE
) -> Callable[
    [Callable[Concatenate[Stopping, Arguments], bool]], Task[Concatenate[JobContext, Arguments], None, Arguments]
]:
    """Declares a job. The function below does it, and says whether it is over: False where `stopping` ended it early.

    It is done again, from its beginning, after its worker was stopped or killed, and after a pause where the database
    was away. `give_up` is told why, in words for whoever asked for the job, and the job's arguments, after an exception
    or the last attempt.
    """

    def declare(
        work: Callable[Concatenate[Stopping, Arguments], bool],
    ) -> Task[Concatenate[JobContext, Arguments], None, Arguments]:
        def attempt(context: JobContext, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
            if context.job.attempts >= MOST_ATTEMPTS:
                if give_up:
                    give_up(gettext(TOO_OFTEN), *args, **kwargs)
                return
            try:
                is_over = work(context.should_abort, *args, **kwargs)
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:
                if give_up:
                    give_up(gettext(FAULT) % {"error": type(error).__name__}, *args, **kwargs)
                raise
            if not is_over:
                raise JobAborted

        attempt.__doc__ = work.__doc__
        return app.task(name=name, pass_context=True, retry=_Again(), queue=queue)(attempt)

    return declare


class _Again(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts >= MOST_ATTEMPTS:
            return None
        if isinstance(exception, JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, OperationalError | InterfaceError):
            return RetryDecision(retry_in={"seconds": min(5 * (job.attempts + 1), LONGEST_PAUSE)})
        return None
