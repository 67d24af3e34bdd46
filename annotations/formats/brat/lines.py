"""The lines of an `.ann` file (https://brat.nlplab.org/standoff.html), which can hold no line end themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

Ranges = list[tuple[int, int]]
"""(start, end) in code points of the text."""

ENDING: Final = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
"""The characters at which brat's reader ends a line: as Python's `splitlines`, which it uses."""

NOTE: Final = "AnnotatorNotes"
"""The type of the note that a person wrote in brat."""

RANGES: Final = re.compile(r"\d{1,9} \d{1,9}(?:;\d{1,9} \d{1,9})*")
BOUND: Final = re.compile(rf"(\S+) ({RANGES.pattern})")
ID: Final = re.compile(r"[TREAMN#][^\s:]{1,40}|\*")


@dataclass(frozen=True, slots=True)
class Line:
    """One annotation. `ends` are (role, id) of what it joins; of an event the first is its trigger.

    `rest` is what follows the id, as it stands, but for the text of a text-bound, which is in `text`. `ranges` are in
    the order of the file, in which `text` has their words. Of an attribute `text` is the value, of a note the note, of
    a normalisation the name.
    """

    number: int
    id: str
    type: str
    rest: str
    ends: tuple[tuple[str, str], ...] = ()
    ranges: tuple[tuple[int, int], ...] = ()
    text: str | None = None

    @property
    def kind(self) -> str:
        """Its first letter, where M, of brat's early days, is the same as A."""
        return "A" if self.id[0] == "M" else self.id[0]


def parsed(number: int, content: str) -> Line:
    """The annotation on a line. Raises ValueError that says what is wrong."""
    id_, tab, rest = content.partition("\t")
    if not tab or not ID.fullmatch(id_):
        raise ValueError(gettext("An annotation starts with its id (T1, R1, E1, A1, N1, #1 or *) and a tab."))
    return PARSERS["A" if id_[0] == "M" else id_[0]](number, id_, rest)


def _text_bound(number: int, id_: str, rest: str) -> Line:
    head, tab, text = rest.partition("\t")
    found = BOUND.fullmatch(head.rstrip(" "))
    if found is None:
        raise ValueError(gettext("A text-bound has a type and offsets: Claim 10 20;35 60."))
    return Line(number, id_, found[1], found[0], (), tuple(ranges_of(found[2])), text if tab else None)


def _joining(number: int, id_: str, rest: str) -> Line:
    words = rest.split()
    if id_[0] == "R":
        type_, words = (words[0] if words else ""), words[1:]
    else:
        type_ = words[0].partition(":")[0] if words else ""
    ends = tuple((role, end) for role, _, end in (word.partition(":") for word in words))
    if not type_ or ":" in type_ or len(ends) < (2 if id_[0] == "R" else 1) or not all(map(all, ends)):
        raise ValueError(
            gettext("A relation has a type and two ends: Support Arg1:T1 Arg2:T2.")
            if id_[0] == "R"
            else gettext("An event has its type with its trigger, then roles: Attribution:T1 Source:T2.")
        )
    return Line(number, id_, type_, rest, ends)


def _said_of(number: int, id_: str, rest: str) -> Line:
    head, _, tail = rest.partition("\t")
    words = head.split()
    least, most = (3, 3) if id_[0] == "N" else (2, 2) if id_[0] == "#" else (2, 3)
    if not least <= len(words) <= most:
        raise ValueError(
            gettext("An attribute, a normalisation or a note has a type and refers to an annotation: Negation E1.")
        )
    text = tail if id_[0] in "N#" else words[2] if len(words) > 2 else None
    return Line(number, id_, words[0], rest, (("", words[1]),), (), text)


def _same(number: int, id_: str, rest: str) -> Line:
    words = rest.split()
    if len(words) < 2:
        raise ValueError(gettext("An equivalence has a type and its members: Equiv T1 T2."))
    return Line(number, id_, words[0], rest, tuple(("", word) for word in words[1:]))


PARSERS: Final[Mapping[str, Callable[[int, str, str], Line]]] = {
    "T": _text_bound, "R": _joining, "E": _joining, "A": _said_of, "N": _said_of, "#": _said_of, "*": _same,
}  # fmt: skip


def rest_of(type_: str, id_: str, ends: Sequence[tuple[str, str]], tail: str = "") -> str:
    """What follows the id of an annotation that joins things or is said of one; `tail` is a value or a text."""
    if id_[0] == "E":
        return " ".join([f"{type_}:{ends[0][1]}", *(f"{role}:{end}" for role, end in ends[1:])])
    if id_[0] == "R":
        return " ".join([type_, *(f"{role}:{end}" for role, end in ends)])
    return " ".join([type_, *(end for _, end in ends)]) + tail


def ranges_of(written: str) -> Ranges:
    """The ranges as a text-bound has them. Raises ValueError."""
    if not RANGES.fullmatch(written):
        raise ValueError(written)
    return [(int(start), int(end)) for start, end in (one.split(" ") for one in written.split(";"))]


def bound(type_: str, ranges: Sequence[Sequence[int]]) -> str:
    """What follows the id of a text-bound, without its text."""
    return f"{type_} " + ";".join(f"{start} {end}" for start, end in ranges)


def covered(text: str, ranges: Sequence[Sequence[int]]) -> str:
    """The text of a text-bound as brat writes it: fragments joined by a space, and a space for each line end."""
    return " ".join(re.sub(f"[{ENDING}]", " ", text[start:end]) for start, end in ranges)


SIGNS: Final = {
    "\n": "␤", "\x0b": "␋", "\x0c": "␌", "\x1c": "␜", "\x1d": "␝", "\x1e": "␞",
    "\x85": "␅", "\u2028": "␊", "\u2029": "␍",
}  # fmt: skip
"""What stands in a note for each line end."""
MEANT: Final = {sign: line_end for line_end, sign in SIGNS.items()}
WORDS: Final = re.compile(f"[^{ENDING}]+")
LINE_ENDS: Final = re.compile(f"[{ENDING}]+")
LITERAL: Final = "␛"
"""Before a sign: the sign itself is meant."""
WRITING: Final = re.compile(f"(?<!{LITERAL})({LITERAL}*+)([{''.join(SIGNS)}{''.join(MEANT)}])")
READING: Final = re.compile(f"(?<!{LITERAL})({LITERAL}*+)([{''.join(MEANT)}])")
"""Both look once a run of `LITERAL`, so that many of them cost no more than their length."""


def without_line_ends(ranges: Sequence[Sequence[int]], text: str) -> Ranges:
    """The ranges cut at line ends, which stay out. Those of line ends alone stay: nothing would be left."""
    found = [words.span() for start, end in ranges for words in WORDS.finditer(text, start, end)]
    return found or [(start, end) for start, end in ranges]


def over_line_ends(ranges: Sequence[Sequence[int]], text: str) -> Ranges:
    """The ranges, in their order, with those joined that have nothing but line ends between them."""
    found: Ranges = []
    for start, end in ranges:
        if found and LINE_ENDS.fullmatch(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def in_one_line(text: str) -> str:
    """A note as a line holds it. `LITERAL` is doubled before a sign or line end only, and stays as it is elsewhere."""

    def write(found: re.Match[str]) -> str:
        return found[1] * 2 + SIGNS.get(found[2], LITERAL + found[2])

    return WRITING.sub(write, text.replace("\r\n", "\n").replace("\r", "\n"))


def in_own_lines(written: str) -> str:
    """What `in_one_line` was given, with \\n for each line end of two characters and each \\r."""

    def read(found: re.Match[str]) -> str:
        pairs, is_sign = divmod(len(found[1]), 2)
        return LITERAL * pairs + (found[2] if is_sign else MEANT[found[2]])

    return READING.sub(read, written)
