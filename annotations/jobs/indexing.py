"""The task that indexes a project's articles anew."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from annotations.jobs.retry import GoOn


@app.task(name="index_articles", pass_context=True, retry=GoOn())
def index_articles(context: JobContext, project_id: int) -> None:
    """Goes on until every article is indexed as the project's settings say."""
    from annotations.operations.indexing import index

    if not index(project_id, stopping=context.should_abort):
        raise JobAborted
