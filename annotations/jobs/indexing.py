"""Indexing a project's articles anew: the task, and storing the settings that call for it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from annotations.jobs.job import Stopping, job
from annotations.models import Article, Project, User, acting
from annotations.models.article import Sentence


@job("index_articles")
def index_articles(stopping: Stopping, project_id: int) -> bool:
    """Goes on until every article is indexed as the project's settings say."""
    return index(project_id, stopping=stopping)


def save_settings(project: Project, changed: Collection[str], *, by: User) -> None:
    """Stores these settings of a project, and what follows from them."""
    with acting(by):
        project.save(update_fields=changed)
        if "fold_diacritics" in changed:
            # One after the other: what the earlier job leaves as it was set then, the later one finds.
            index_articles.configure(lock=f"index {project.pk}").defer(project_id=project.pk)


OTHERWISE = Q(folded=None) | ~Q(folded=F("project__fold_diacritics"))
"""Articles that are not indexed as their project says."""


def index(project_id: int, stopping: Callable[[], bool]) -> bool:
    """Indexes them one at a time, each in a transaction of its own; False where it stopped before the last."""
    rows = Article.objects.filter(OTHERWISE, project=project_id).order_by("created_at", "id")
    last: tuple[Any, Any] | None = None
    while True:
        rest = rows
        if last is not None:
            created_at, key = last
            rest = rows.filter(Q(created_at__gte=created_at) & (Q(created_at__gt=created_at) | Q(id__gt=key)))
        last = rest.values_list("created_at", "id").first()
        if last is None:
            return True
        if stopping():
            return False
        _index_one(last[1])


def _index_one(key: Any) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE annotations_article article SET folded = project.fold_diacritics "
                "FROM annotations_project project WHERE project.id = article.project_id AND article.id = %s",
                [key],
            )
        Sentence.objects.index(Article.objects.only("body").get(pk=key))
