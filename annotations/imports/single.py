"""Adding one article out of an import that a person corrected by hand: there is nothing left for a worker to do."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from annotations.formats.reading.records import ArticleRecord
from annotations.models import Article, Import, ImportPreview, User


def add_single(proposed: Import, document: ArticleRecord, body: str, *, by: User, **metadata: Any) -> Article:
    """The article, with its source as it came; the import is done.

    Raises IntegrityError (`duplicate_article`) where the project already has one with this text.
    """
    with transaction.atomic():
        address = proposed.options.get("fetched_from")
        article: Article = Article.objects.add(
            proposed.project, body, by=by, source=document.source, imported_in=proposed, fetched_from=address,
            fetched_at=proposed.options.get("fetched_at"),
            title_from_file=document.is_name_of_file(metadata.get("title", "")), **metadata,
        )  # fmt: skip
        proposed.state, proposed.articles, proposed.done, proposed.total = Import.State.DONE, 1, 1, 1
        proposed.started_at = proposed.finished_at = timezone.now()
        proposed.save()
        ImportPreview.objects.filter(of=proposed).delete()
    return article
