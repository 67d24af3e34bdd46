"""What the offsets of a file count: whether the byte order mark, and whether each half of a line end (CRLF).

The texts of the text-bounds say so. Where these fit several countings equally well, none is taken for what has no text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from annotations.formats.brat.lines import Line, covered, parsed
from annotations.formats.brat.reading.annotation_file import located
from annotations.formats.reading.decoding import Text, with_line_feeds
from annotations.formats.reading.records import Refusal

MARK: Final = "\ufeff"
SLACK: Final = 100
"""Characters by which ranges may be longer than their text, besides ten times its length: more is no white space."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A text with its offsets counted in one way, and how many texts fit it: but for white space, and exactly."""

    text: Text
    pairs_are_one: bool
    fitting: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Counted:
    """The text with its offsets counted as most texts of text-bounds say, of which there are `quotes`."""

    text: Text
    others: Sequence[Text] = ()
    """The same with its offsets counted in other ways that fit as well."""
    remark: str = ""


def counted_text(raw: str, content: str) -> Counted:
    """The text of a document whose annotations are `content`; `raw` begins with the byte order mark if it has one."""
    ways: list[Counting] = []
    for counted in [raw.removeprefix(MARK), raw] if raw.startswith(MARK) else [raw]:
        moved = with_line_feeds(counted)
        ways.append(Counting(moved, pairs_are_one=False))
        if moved.gone:
            ways.append(Counting(Text(moved.value), pairs_are_one=True))
    if len(ways) == 1:
        return Counted(ways[0].text)
    quotes = [line for line in _bounds(content) if line.text]
    ways = [Counting(way.text, way.pairs_are_one, _fitting(quotes, way.text)) for way in ways]
    best = max(ways, key=lambda way: way.fitting)
    alike = [way for way in ways if way is not best and way.fitting == best.fitting]
    is_clear = "\r\n" in raw and all(way.pairs_are_one == best.pairs_are_one for way in alike)
    said = (
        gettext("Offsets count each line end (CRLF) as one character: %(fitting)s of %(all)s quotes match.")
        if best.pairs_are_one
        else gettext("Offsets count each line end (CRLF) as two characters: %(fitting)s of %(all)s quotes match.")
    ) % {"fitting": best.fitting[0], "all": len(quotes)}
    return Counted(best.text, [way.text for way in alike], said if is_clear else "")


def remarks(counted: Counted, file: str) -> Iterator[Refusal]:
    """What is to be told of the counting."""
    if counted.remark:
        yield Refusal(file, "", "line_ends_counted", counted.remark)


def _bounds(content: str) -> Iterator[Line]:
    for number, written in enumerate(content.split("\n")):
        if written.startswith("T"):
            try:
                yield parsed(number, written.removesuffix("\r"))
            except ValueError:
                continue


def _fitting(quotes: Sequence[Line], text: Text) -> tuple[int, int]:
    roughly = exactly = 0
    for line in quotes:
        ranges, words = located(line, text).ranges, line.text or ""
        if sum(end - start for start, end in ranges) > 10 * len(words) + SLACK:
            continue
        in_file, in_text = covered(text.value, ranges), covered(text.value, sorted(ranges))
        roughly += words.split() in (in_file.split(), in_text.split())
        exactly += words in (in_file, in_text)
    return roughly, exactly
