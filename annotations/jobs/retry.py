"""Which tasks are begun again after they broke off."""

from __future__ import annotations

from typing import Final

from django.db import InterfaceError, OperationalError
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy, RetryDecision

MOST_ATTEMPTS: Final = 30
"""Beginnings of one job, after which it is taken for one that brings its worker down each time."""
WORST_WAIT: Final = 60


class GoOn(BaseRetryStrategy):
    """A task goes on after its worker was stopped, and after a pause where the database was away."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to begin again, or None where the task failed for good."""
        if job.attempts >= MOST_ATTEMPTS:
            return None
        if isinstance(exception, JobAborted):
            return RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, OperationalError | InterfaceError):
            return RetryDecision(retry_in={"seconds": min(5 * (job.attempts + 1), WORST_WAIT)})
        return None
