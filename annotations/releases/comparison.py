"""What was added, removed and changed from one release to another: two sorted files walked side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from annotations.models import Release, ReleaseFile
from annotations.releases.build import ITEMS
from annotations.releases.files import lines

KINDS: Final = ("article", "span", "link", "verdict")

Line = tuple[bytes, bytes, bytes]
"""Kind, id and values."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that is not the same: `what` is added, removed or changed. What it says is read when it is asked for."""

    kind: str
    id: str
    what: str
    lines: tuple[bytes, bytes]
    """The values of the item before and after, as they lie in the files; ``{}`` where there is none."""

    def values(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the item says before and after; where it changed, the fields that differ."""
        before, after = map(json.loads, self.lines)
        if self.what == "changed":
            differ = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
            before, after = ({name: said[name] for name in said if name in differ} for said in (before, after))
        return before, after


def in_order(one: Release, other: Release) -> tuple[Release, Release]:
    """The earlier and the later of two releases."""
    return (one, other) if (one.created_at, one.pk) <= (other.created_at, other.pk) else (other, one)


class TooMany(Exception):
    """There are more items than were to be compared."""


def differences(earlier: Release, later: Release, *, most: int | None = None) -> Iterator[Difference]:
    """What is not the same, by kind and id. Nothing is held but a line of each, and no connection to the database.

    `most`, where given, is how many items are compared. Raises TooMany after them.
    """
    first, second = (_items(release.files.get(name=ITEMS)) for release in (earlier, later))
    return _walked(first, second, most)


def _walked(first: Iterator[Line], second: Iterator[Line], most: int | None) -> Iterator[Difference]:
    one, other = next(first, None), next(second, None)
    for number in count():
        if not one and not other:
            return
        if number == most:
            raise TooMany
        if other is None or (one and one[:2] < other[:2]):
            yield _difference(one, None)
            one = next(first, None)
        elif one is None or other[:2] < one[:2]:
            yield _difference(None, other)
            other = next(second, None)
        else:
            if one[2] != other[2]:
                yield _difference(one, other)
            one, other = next(first, None), next(second, None)


def _items(file: ReleaseFile) -> Iterator[Line]:
    for line in lines(file.stored, file.size):
        kind, key, values = line.split(b"\t", 2)
        yield kind, key, values


def _difference(one: Line | None, other: Line | None) -> Difference:
    kind, key, _ = one or other or (b"", b"", b"")
    what = "changed" if one and other else "removed" if one else "added"
    return Difference(kind.decode(), key.decode(), what, (one[2] if one else b"{}", other[2] if other else b"{}"))


def no_counts() -> dict[str, dict[str, int]]:
    """How many of each kind were added, removed and changed, before any was."""
    return {kind: {"added": 0, "removed": 0, "changed": 0} for kind in KINDS}


def shows_values(one: Release, other: Release) -> bool:
    """Whether what the items say stands in files of both releases, open to whoever reads these."""
    return "jsonl" in one.formats and "jsonl" in other.formats
