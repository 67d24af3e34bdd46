"""From bytes to text: encodings, line ends, and what no database takes. Nothing else of a text is changed."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any, Final

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.formats.reading.records import Refused
from annotations.models.span_rules import MOST_SELECTED

BOMS: Final = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
OTHERS: Final = {
    b"{\\rtf": "RTF",
    b"%PDF-": gettext_noop("a PDF"),
    b"PK\x03\x04": gettext_noop("an archive, such as a Word document"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": gettext_noop("an old Word or Excel document"),
}
"""How files begin that people take for texts."""
MOST_TIMES: Final = 4
ROOM: Final = 1_000
"""What a range selects is compared with a quote that may have other white space where it is at most `MOST_TIMES` as
long as the quote, and `ROOM`.
"""
UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    r"""A text with ``\n`` as its line ends, and where the offsets of the original lie in it."""

    value: str
    gone: Sequence[int] = field(default_factory=list)
    """The offsets in the original, in order, of the characters that were left out."""

    def offset_of(self, original: int) -> int:
        """The offset in `value` of an offset in the original, both in code points."""
        return original - bisect_right(self.gone, original - 1)

    def original(self, offset: int) -> int:
        """The offset in the original of an offset in `value`; before what was left out there, where that is open."""
        return offset + bisect_left(range(len(self.gone)), offset, key=lambda number: self.gone[number] - number)


def decoded(content: bytes, *, file: str, encoding: str = "", keep_bom: bool = False) -> str:
    """The text of some bytes: in the encoding that is declared, else that of its byte order mark, else UTF-8, else
    whatever it most likely is.

    Raises Refused where it is not in the declared encoding, in none that can be told, or holds what cannot be stored,
    and where the bytes are a document of another kind.
    """
    if what := next((name for start, name in OTHERS.items() if content.startswith(start)), ""):
        raise Refused(
            file,
            "",
            "not_text",
            _("This file is %(what)s, whatever its name says. Save it as plain text.") % {"what": _(what)},
        )
    mark, marked = next((pair for pair in BOMS if content.startswith(pair[0])), (b"", ""))
    try:
        text = content[len(mark) :].decode(known_encoding(encoding, file) or marked or "utf-8")
    except UnicodeDecodeError as error:
        declared = encoding or marked
        if declared:
            raise Refused(
                file,
                f"byte {error.start}",
                "encoding",
                _("The text is not in the encoding %(encoding)s.") % {"encoding": declared},
            ) from error
        text = _guessed(content, file)
    if found := UNSTORABLE.search(text):
        raise Refused(
            file,
            f"character {found.start()}",
            "unstorable",
            _("The text contains the character NUL.")
            if found.group() == "\0"
            else _("The text contains half of a surrogate pair."),
        )
    return ("\ufeff" if mark and keep_bom else "") + text


def known_encoding(encoding: str, file: str) -> str:
    """The name that Python has for an encoding; nothing for none. Raises Refused where there is no such encoding."""
    if not encoding:
        return ""
    try:
        info = codecs.lookup(encoding)
    except LookupError:
        raise Refused(
            file, "", "encoding", _("There is no encoding called %(encoding)s.") % {"encoding": encoding[:40]}
        ) from None
    if not getattr(info, "_is_text_encoding", True):
        raise Refused(file, "", "encoding", _("%(encoding)s is not an encoding of text.") % {"encoding": encoding[:40]})
    # Two names say that the byte order is marked in the text; the mark has been taken off.
    return "utf-8" if info.name == "utf-8-sig" else info.name


def likely_encoding(content: bytes, file: str) -> str:
    """What some bytes most likely are. Raises Refused where that cannot be told."""
    best = from_bytes(content[:200_000]).best()
    if best is None:
        raise Refused(
            file, "", "encoding", _("The encoding can't be detected. Save the text as UTF-8, or choose its encoding.")
        )
    # Where several read the same in it, the commonest: what comes later may differ.
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding


def _guessed(content: bytes, file: str) -> str:
    try:
        return content.decode(likely_encoding(content, file))
    except UnicodeDecodeError as error:
        detail = _("The encoding can't be detected. Save the text as UTF-8, or choose its encoding.")
        raise Refused(file, f"byte {error.start}", "encoding", detail) from error


def with_line_feeds(original: str) -> Text:
    r"""The text with every line end as ``\n``."""
    if "\r" not in original:
        return Text(original)
    gone = [found.start() for found in re.finditer("\r\n", original)]
    return Text(original.replace("\r\n", "\n").replace("\r", "\n"), gone)


def in_code_points(text: str) -> Sequence[int | None]:
    """For each UTF-16 offset of a text its offset in code points, or None in the middle of a surrogate pair."""
    if text.isascii():
        return range(len(text) + 1)
    starts = [0, *accumulate(1 + (character > "\uffff") for character in text)]
    offsets: list[int | None] = [None] * (starts[-1] + 1)
    for index, start in enumerate(starts):
        offsets[start] = index
    return offsets


def may_be_quoted(length: int, quote: str) -> bool:
    """Whether a quote is long enough to be compared with so many characters of a text."""
    return length <= MOST_TIMES * len(quote) + ROOM


def passage_of(text: str, start: int, end: int) -> dict[str, Any]:
    """The value of a field that selects a range of the text, with its quote unless that is too long to come in.

    Each of very many annotations may name the whole of a text.
    """
    value: dict[str, Any] = {"start": start, "end": end}
    return value if end - start > MOST_SELECTED else {**value, "quote": text[start:end]}
