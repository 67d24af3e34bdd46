"""UTF-16 offsets of a text as code points of what it becomes."""

from __future__ import annotations

from annotations.formats.reading.decoding import in_code_points, with_line_feeds
from annotations.formats.reading.records import Refused


class Offsets:
    r"""`text` is the original with ``\n`` as its line ends; `offset_of` finds offsets of the original in it."""

    def __init__(self, original: str, file: str) -> None:
        self.file = file
        self._moved = with_line_feeds(original)
        self._points = in_code_points(original)
        self.text = self._moved.value

    def offset_of(self, offset: int, where: str) -> int:
        """Raises Refused where it lies outside the text or in the middle of a character."""
        if not 0 <= offset < len(self._points):
            raise Refused(self.file, where, "fragments", f"The offset {offset} lies outside the text.")
        point = self._points[offset]
        if point is None:
            raise Refused(self.file, where, "within_character", f"The offset {offset} lies within a character.")
        return self._moved.offset_of(point)

    def fragment(self, begin: int, end: int, where: str) -> tuple[int, int]:
        """Raises Refused too where nothing lies between them."""
        if begin == end:
            raise Refused(self.file, where, "zero_length", "An annotation of no characters marks nothing.")
        start, stop = self.offset_of(begin, where), self.offset_of(end, where)
        if start >= stop:
            raise Refused(self.file, where, "fragments", f"The annotation ends ({end}) before it begins ({begin}).")
        return start, stop
