"""A project's settings."""

from __future__ import annotations

from collections.abc import Collection

from annotations.jobs.indexing import index_articles
from annotations.models import Project, User, acting


def save_settings(project: Project, changed: Collection[str], *, by: User) -> None:
    """Stores these settings of a project, and what follows from them."""
    with acting(by):
        project.save(update_fields=changed)
        if "fold_diacritics" in changed:
            # One after the other: what the earlier job leaves as it was set then, the later one finds.
            index_articles.configure(lock=f"index {project.pk}").defer(project_id=project.pk)
