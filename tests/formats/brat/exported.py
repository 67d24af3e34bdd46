"""Exports in the format `brat`, as files, and as the importer reads them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from annotations.formats.brat.reader import BRAT
from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.formats.reading.sources import File, opened
from annotations.models import User
from tests.cast import Cast
from tests.formats.exports import ask, lines


def archive(cast: Cast, by: User | None = None, **filters: Any) -> bytes:
    """The bytes of an export as `by` gets it; the manager, where nobody is named."""
    answer = ask(cast, by, **{"format": "brat", "state": "any", **filters})
    assert answer.status_code == 200, answer.content
    return lines(answer)


def files(content: bytes) -> dict[str, str]:
    """The files of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened_:
        return {name: opened_.read(name).decode() for name in opened_.namelist()}


def ann_files(content: bytes) -> list[str]:
    """The `.ann` files of an archive in its order."""
    return [text for name, text in files(content).items() if name.endswith(".ann")]


def taken_in(content: bytes) -> list[ArticleRecord]:
    """The documents that the importer makes of an archive, none of which it refuses anything of."""
    source = opened([File("export.zip", len(content), lambda: io.BytesIO(content))])
    items = list(BRAT.read(source, Options()))
    assert [item for item in items if isinstance(item, Refusal)] == []
    return [item for item in items if isinstance(item, ArticleRecord)]
