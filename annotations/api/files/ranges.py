"""Parts of a file, as `Range` asks for them (RFC 9110, 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

MOST: Final = 4
"""Parts of one answer. Whoever asks for more, or for parts that overlap, gets the whole file, once (RFC 9110, 14.2)."""

Part = tuple[int, int]
"""Where a part starts and stops, in bytes."""

_ONE: Final = re.compile(r"(\d{0,20})-(\d{0,20})\Z")


class Unsatisfiable(Exception):
    """No part lies inside the file (416)."""


def parts(asked: str, size: int) -> list[Part]:
    """The parts that `Range` names; none where it says nothing that can be heeded. Raises Unsatisfiable."""
    unit, equals, ranges = asked.partition("=")
    if unit.strip().lower() != "bytes" or not equals:
        return []
    found: list[Part] = []
    given = [one.strip() for one in ranges.split(",") if one.strip()]
    for one in given:
        match = _ONE.match(one)
        if match is None or one == "-" or (match[1] and match[2] and int(match[1]) > int(match[2])):
            return []
        first, last = match.groups()
        start = int(first) if first else max(0, size - int(last))
        stop = min(size, int(last) + 1) if first and last else size
        if start < stop:
            found.append((start, stop))
    if not given or len(given) > MOST:
        return []
    if not found:
        raise Unsatisfiable
    overlap = any(later[0] < earlier[1] for earlier, later in pairwise(sorted(found)))
    return [] if overlap else found


def content_range(part: Part, size: int) -> str:
    """The header's value for a part."""
    return f"bytes {part[0]}-{part[1] - 1}/{size}"


def between(found: list[Part], size: int, media_type: str, boundary: str) -> Iterator[tuple[bytes, Part]]:
    """What stands before each part of an answer with several; at last its end, before an empty part."""
    for number, part in enumerate(found):
        lines = (
            "" if number == 0 else "\r\n",
            f"--{boundary}\r\n",
            f"Content-Type: {media_type}\r\n",
            f"Content-Range: {content_range(part, size)}\r\n\r\n",
        )
        yield "".join(lines).encode(), part
    yield f"\r\n--{boundary}--\r\n".encode(), (0, 0)
