"""JSON as importers read it: lines and long arrays, one value at a time, each with its place; nothing in it is trusted.

Arrays are cut here and not by ijson: its fast backend turns half a surrogate pair into a question mark without a word,
keeps the last of two equal names, and fills the memory where a value is nested deeply.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection, Iterator
from typing import IO, Any, Final, NoReturn

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.formats.reading.records import Refusal, Refused
from annotations.formats.reading.sources import File
from annotations.strict_json import DECODER, DEEPEST, TooDeep, is_deep, unstorable, value_of

LARGEST_VALUE: Final = 48 * 1024**2
"""Bytes of a line, or characters of an item of an array: the longest text with the most that is marked in it."""

MOST_PARTS: Final = 1_500_000
"""Commas in one value: a file of brackets and commas alone would take twenty times its size in memory."""

CHUNK: Final = 256 * 1024
GARBLED: Final = re.compile("[\udc80-\udcff]")
NOT_UTF_8: Final = gettext_noop("This is not UTF-8, as JSON must be.")
TOKEN: Final = re.compile(r'(?P<sign>[\[\]{}])|"(?P<text>(?:[^"\\]|\\.)*+)(?:"(?P<colon>\s*+:)?|\\?\Z)')
"""Brackets, names and texts of JSON, as far as it takes to tell them apart. A text that does not end goes to the end:
else each quote in it would be taken for the beginning of another."""

SPACE: Final = re.compile(r"[ \t\r\n]*")

Found = tuple[str, Any] | Refusal
"""A value with its place in the file, such as ``line 3`` or ``items[2]``, or why there is none."""


def records(file: File, arrays: Collection[str] = ()) -> Iterator[Found]:
    """The values of a file of JSON lines, of an array, or of an object, whichever it is."""
    return lines(file) if looks_like_lines(file) else values(file, arrays)


def lines(file: File) -> Iterator[Found]:
    """The value of each line that is not empty. A line that is refused does not keep the others from being read."""
    try:
        with file.open() as stream:
            for number, line in enumerate(_cut(stream), 1):
                content = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
                if not content.strip():
                    continue
                try:
                    yield f"line {number}", value_in(content, file.path, f"line {number}")
                except Refused as error:
                    yield error.refusal
    except Refused as error:
        yield error.refusal


def _cut(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines; of one that is too long a little more than is read of any, without its rest."""
    while line := stream.readline(LARGEST_VALUE + 1):
        yield line
        while len(line) > LARGEST_VALUE and not line.endswith(b"\n"):
            line = stream.readline(LARGEST_VALUE + 1)


def value_in(content: bytes, file: str, location: str) -> Any:
    """The value of a whole JSON text. Raises Refused with what is wrong with it."""
    if len(content) > LARGEST_VALUE or content.count(b",") > MOST_PARTS:
        raise _too_large(file, location)
    try:
        value = value_of(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        words = _("This is not UTF-8 (byte %(byte)s), as JSON must be.") % {"byte": error.start}
        raise Refused(file, location, "encoding", words) from error
    except TooDeep as error:
        raise _too_deep(file, location) from error
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise Refused(
            file,
            location,
            "not_json",
            _("This is not valid JSON: %(msg)s (%(location)s).") % {"msg": error.msg, "location": at},
        ) from error
    except ValueError as error:
        raise Refused(file, location, "not_json", _("This is not valid JSON: %(error)s.") % {"error": error}) from error
    for unsound in _unsound(value, file, location):
        raise Refused(file, unsound.place, unsound.code, unsound.detail)
    return value


def values(file: File, arrays: Collection[str] = ()) -> Iterator[Found]:
    """The items of an array, or an object as a whole at the place ``""``.

    Where the object has one of `arrays` (names with dots between them, such as ``first.items``) its items come by
    themselves, and the object comes last without them. What is not JSON ends the file: where the next item begins is
    not known then.
    """
    try:
        with file.open() as stream:
            yield from _Reader(file.path, stream, arrays).read()
    except Refused as error:
        yield error.refusal


def looks_like_lines(file: File) -> bool:
    """Whether the first bytes have a line that is an object by itself, at the very start of the line."""
    head = file.head().removeprefix(codecs.BOM_UTF8)
    if head.lstrip().startswith(b"["):
        return False
    for line in head.split(b"\n"):
        if line.startswith(b"{"):
            try:
                value_of(line.decode("utf-8"))
            except ValueError:
                continue
            return True
    first = head.split(b"\n", 1)[0].strip()
    # The first line alone is longer than what was looked at, or the only one and broken.
    return first.startswith(b"{") and len(first) > 1 and b"\n" not in head.strip()


def first_names(file: File) -> set[str]:
    """The names in the first object of a file of lines or of an array, as far as its first bytes hold them."""
    names, depth, level = set[str](), 0, 0
    for found in TOKEN.finditer(file.head().decode("utf-8", "replace").removeprefix("\ufeff")):
        sign, name = found["sign"], found["text"] if found["colon"] else None
        if sign in ("{", "["):
            depth += 1
            level = level or (depth if sign == "{" else 0)
        elif sign:
            depth -= 1
            if level and depth < level:
                return names
        elif name is not None and depth == level and level:
            names.add(name)
    return names


def _too_deep(file: str, location: str) -> Refused:
    return Refused(
        file,
        location,
        "too_deep",
        _("This is nested too deeply: at most %(levels)s levels are allowed.") % {"levels": DEEPEST},
    )


def _too_large(file: str, location: str) -> Refused:
    words = _("One value can have at most %(size)s MB and %(most_parts)s parts.") % {
        "size": LARGEST_VALUE // 1024**2,
        "most_parts": f"{MOST_PARTS:,}",
    }
    return Refused(file, location, "too_large", words)


def _unsound(value: Any, file: str, location: str) -> Iterator[Refusal]:
    """What of a value no database takes."""
    for within, words in unstorable(value):
        yield Refusal(file, f"{location}, {within}".strip(", "), "unstorable", words)


class _Reader:
    """Reads a JSON text from the front and keeps no more of it than the value that is being read."""

    def __init__(self, file: str, stream: IO[bytes], arrays: Collection[str]) -> None:
        self.file, self.stream, self.arrays = file, stream, set(arrays)
        self.decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self.text, self.at, self.line, self.ended = "", 0, 1, False
        self.garbled = False

    def read(self) -> Iterator[Found]:
        if self._next() == "\ufeff":
            self.at += 1
        first = self._next()
        if first == "[":
            yield from self._items("")
        elif first == "{":
            rest: dict[str, Any] = {}
            yield from self._members("", rest)
            yield "", rest
        else:
            yield self._found("")
        if self._next():
            self._refuse("", _("there is more text after the end"))

    def _items(self, path: str) -> Iterator[Found]:
        self.at += 1
        number = 0
        while self._next() != "]" or number:
            location = f"{path}[{number}]"
            yield self._found(location)
            number += 1
            if self._delimiter(location, "]") == "]":
                return
        self.at += 1

    def _members(self, path: str, rest: dict[str, Any]) -> Iterator[Found]:
        """The items of the arrays that are asked for; all other members go into `rest`."""
        self.at += 1
        names: set[str] = set()
        while self._next() != "}" or names:
            name = self._value(path)
            if not isinstance(name, str) or name in names or self._next() != ":":
                self._refuse(
                    path,
                    _("an object has the same name twice") if name in names else _("a name is expected"),
                )
            names.add(name)
            self.at += 1
            inner = f"{path}.{name}".strip(".")
            first = self._next()
            if first == "[" and inner in self.arrays:
                yield from self._items(inner)
            elif first == "{" and any(array.startswith(f"{inner}.") for array in self.arrays):
                yield from self._members(inner, rest.setdefault(name, {}))
            else:
                rest[name] = self._value(inner)
            if self._delimiter(inner, "}") == "}":
                return
        self.at += 1

    def _delimiter(self, location: str, closing: str) -> str:
        found = self._next()
        if found not in (",", closing) or not found:
            self._refuse(
                location,
                _("the file is incomplete")
                if not found
                else _("“%(closing)s” or “,” is missing") % {"closing": closing},
            )
        self.at += 1
        return found

    def _found(self, location: str) -> Found:
        """The value that begins here; where it alone is unsound, why."""
        value, garbled = self._decoded(location)
        if garbled:
            return Refusal(self.file, location, "encoding", _(NOT_UTF_8))
        if is_deep(value):
            return _too_deep(self.file, location).refusal
        return next(_unsound(value, self.file, location), (location, value))

    def _value(self, location: str) -> Any:
        """The value that begins here. Raises Refused where it is unsound."""
        found = self._found(location)
        if isinstance(found, Refusal):
            raise Refused(found.file, found.place, found.code, found.detail)
        return found[1]

    def _decoded(self, location: str) -> tuple[Any, bool]:
        """The value, and whether it is not UTF-8. Reads on until the value is whole, and is known to be."""
        self._next()
        while True:
            held = len(self.text) - self.at
            if held > LARGEST_VALUE or (held > MOST_PARTS * 2 and self.text.count(",", self.at) > MOST_PARTS):
                raise _too_large(self.file, location)
            try:
                value, end = DECODER.raw_decode(self.text, self.at)
                if end < len(self.text) or self.ended:
                    garbled = self.garbled and bool(GARBLED.search(self.text, self.at, end))
                    self._go_to(end)
                    return value, garbled
            except RecursionError as error:
                raise _too_deep(self.file, location) from error
            except json.JSONDecodeError as error:
                if self.ended:
                    self._refuse(location, error.msg, self.text.count("\n", self.at, error.pos))
            except ValueError as error:
                self._refuse(location, str(error))
            self._read_on()

    def _next(self) -> str:
        """The next character that is no white space; nothing at the end."""
        while True:
            found = SPACE.match(self.text, self.at)
            self._go_to(found.end() if found else self.at)
            if self.at < len(self.text) or self.ended:
                return self.text[self.at : self.at + 1]
            self._read_on()

    def _go_to(self, location: int) -> None:
        self.line += self.text.count("\n", self.at, location)
        self.at = location

    def _read_on(self) -> None:
        """Twice as much as is held, so that a long value is not begun too often."""
        content = self.stream.read(max(CHUNK, len(self.text) - self.at))
        more = self.decoder.decode(content, final=not content)
        self.garbled = self.garbled or bool(GARBLED.search(more))
        self.text, self.at, self.ended = self.text[self.at :] + more, 0, not content

    def _refuse(self, location: str, words: str, further: int = 0) -> NoReturn:
        where = f"{location} (line {self.line + further})" if location else f"line {self.line + further}"
        raise Refused(self.file, where, "not_json", _("This is not valid JSON: %(words)s.") % {"words": words})
