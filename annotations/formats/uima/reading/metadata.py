"""What a CAS says of its article: in our own layer, else in DKPro's metadata."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from typing import Any, Final

from annotations.formats.uima.reading.view import Reading, uuid_in

FILE_NAME: Final = re.compile(r"\S+|.*\.[A-Za-z][A-Za-z0-9]{1,4}", re.DOTALL)
"""What files are called: one word, or something with an extension."""


def take_article(reading: Reading, fs: Any) -> None:
    """Our own layer: all that an export knows of an article."""
    document = reading.document
    for name in ("title", "url", "outlet", "author", "language"):
        if value := getattr(fs, name):
            document.metadata[name] = value
    try:
        if fs.published_on:
            document.metadata["published_on"] = date.fromisoformat(fs.published_on)
    except ValueError:
        reading.refuse(fs, "date", f"{fs.published_on!r:.60} is no date.")
    unchanged = fs.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    if unchanged and not reading.origin.annotator:
        document.id = uuid_in(fs.identifier or "")


def take_metadata(reading: Reading, fs: Any) -> None:
    """DKPro's metadata, where our own layer did not say it.

    INCEpTION writes there the name of the file that somebody uploaded, and as the id the user whose work it is.
    """
    metadata = reading.document.metadata
    title, key = _text(fs, "documentTitle"), _text(fs, "documentId")
    if (title or key) and "title" not in metadata:
        metadata["title"] = title or key
        if not title or FILE_NAME.fullmatch(title):
            reading.document.file_title = metadata["title"]
    address = _text(fs, "documentUri")
    if address.startswith(("http://", "https://")):
        metadata.setdefault("url", address)
    language = _text(fs, "language")
    if language and language != "x-unspecified":
        metadata.setdefault("language", language)


def _text(fs: Any, name: str) -> str:
    value = getattr(fs, name, None)
    return value if isinstance(value, str) else ""
