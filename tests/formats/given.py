"""Files as an import gets them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotations.formats.reading.records import ArticleRecord, Item, Options, Refusal
from annotations.formats.reading.sources import File, Source


def file(content: bytes | str, path: str = "file.json") -> File:
    """One file with this content."""
    raw = content.encode() if isinstance(content, str) else content
    return File(path, len(raw), lambda: io.BytesIO(raw))


def json_file(value: Any, path: str = "file.json") -> File:
    """One file with this value as JSON."""
    return file(json.dumps(value, ensure_ascii=False), path)


def file_at(path: Path) -> File:
    """A file of the disk."""
    return File(path.name, path.stat().st_size, lambda: path.open("rb"))


def read(
    reader: Callable[[Source, Options], Iterator[Item]], *files: File, options: Options | None = None
) -> tuple[list[ArticleRecord], list[Refusal]]:
    """What comes in of these files, and what is refused."""
    items = list(reader(Source(list(files)), options or Options()))
    documents = [item for item in items if isinstance(item, ArticleRecord)]
    return documents, [item for item in items if isinstance(item, Refusal)]
