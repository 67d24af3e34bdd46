"""Reading files with importers in tests."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

from annotations.formats.reading.records import ArticleRecord, Item, Options, Refusal
from annotations.formats.reading.sources import File, Source
from annotations.formats.registry import IMPORTERS


def a_file(path: str, content: bytes | str) -> File:
    """A file as it may be sent."""
    held = content.encode() if isinstance(content, str) else content
    return File(path, len(held), lambda: io.BytesIO(held))


def from_disk(path: Path) -> File:
    """A file of a corpus, unpacked where it is packed."""
    content = path.read_bytes()
    return a_file(path.name.removesuffix(".gz"), gzip.decompress(content) if path.suffix == ".gz" else content)


def read(name: str, *files: File, **options: object) -> list[Item]:
    """What the importer makes of these files."""
    return list(IMPORTERS[name].read(Source(list(files)), Options(**options)))  # type: ignore[arg-type]


def documents(items: list[Item]) -> list[ArticleRecord]:
    """The documents among them."""
    return [item for item in items if isinstance(item, ArticleRecord)]


def codes(items: list[Item]) -> list[tuple[str, str]]:
    """Place and code of what was refused."""
    return [(item.place, item.code) for item in items if isinstance(item, Refusal)]
