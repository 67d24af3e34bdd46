"""Indexing a project's articles anew: the task, and storing the settings that call for it."""

from __future__ import annotations

from collections.abc import Collection

from annotations.jobs.job import Stopping, job
from annotations.models import Project, User, acting


@job("index_articles")
def index_articles(stopping: Stopping, project_id: int) -> bool:
    """Goes on until every article is indexed as the project's settings say."""
    from annotations.operations.indexing import index

    return index(project_id, stopping=stopping)


def save_settings(project: Project, changed: Collection[str], *, by: User) -> None:
    """Stores these settings of a project, and what follows from them."""
    with acting(by):
        project.save(update_fields=changed)
        if "fold_diacritics" in changed:
            # One after the other: what the earlier job leaves as it was set then, the later one finds.
            index_articles.configure(lock=f"index {project.pk}").defer(project_id=project.pk)
