"""Indexing the articles of a project anew, where they are indexed otherwise than the project says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from annotations.models import Article
from annotations.models.article import Sentence

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
