"""What the files of an archive are called: readable, safe on every system, and no two alike."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.utils.text import slugify


def document(article: UUID | str, title: str, annotator: str | None = None) -> str:
    """The path of an article without extension; in the annotator's folder where each has their own."""
    slug, key = slugify(title)[:60].strip("-_") or "article", UUID(str(article)).hex[-12:]
    name = slug if slug == f"article-{key}" else f"{slug}-{key}"
    return f"{_folder(annotator)}/{name}" if annotator else name


def _folder(annotator: str) -> str:
    slug = slugify(annotator)[:60].strip("-_")
    return slug if slug == annotator else f"{slug or 'person'}-{hashlib.sha256(annotator.encode()).hexdigest()[:6]}"
