"""What takes longer than an answer may: tasks that the worker does.

A task is deferred in the transaction that makes what it works on, so that there is never one without the other. A
worker may be killed at any moment, and another then begins the same task again: a task goes on where its own rows say,
or begins anew. It asks `stopping` between its steps: a worker that is stopped waits a few seconds only. What all of
them have in common is `job.job`; mails of invitations alone are sent again for hours after any failure.
"""

from __future__ import annotations

from annotations.jobs.addresses import fetch_address
from annotations.jobs.imports import preview_import, run_import
from annotations.jobs.indexing import index_articles
from annotations.jobs.invitations import send_invitation
from annotations.jobs.releases import make_release

__all__ = ["fetch_address", "index_articles", "make_release", "preview_import", "run_import", "send_invitation"]
