"""JSON-LD as importers read it: what a property of a node says, in whichever of its forms it is written.

A value may stand alone, in a list, in `@list` or in `@set`; a text as it is or in `@value`, with or without its
`@language`; a node in its place, or by its `@id` alone while it is written elsewhere in the file. Nothing is fetched
and no context is processed: names and types are those of schema.org, also behind its address or its usual prefix.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from html.entities import html5
from typing import Any, Final, NamedTuple, TypeVar

from django.utils.translation import gettext as _

from annotations.formats.reading.decoding import with_line_feeds

PREFIXES: Final = ("", "schema:", "http://schema.org/", "https://schema.org/")

ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
"""An entity with its semicolon: without it, `&copy=2` in an address would be one."""

MOST_OF_ONE: Final = 20
"""Nodes of one `@id` that are held: each question about one of them looks at all."""
MOST_HELD: Final = 32 * 1024**2
"""How much of a file's nodes is held so that they can be found by `@id`: characters, and fifty for each value."""

FARTHEST: Final = 8
"""How many nodes an address is looked for in, each a part of the next."""

Node = Mapping[str, Any]
Refuse = Callable[[str, str, str], None]
"""Takes the part of the record, the code and the reason."""

Found = TypeVar("Found")


class Text(NamedTuple):
    """A text with the tag of its language, if that is said."""

    value: str
    language: str = ""


def flat(value: Any) -> Iterator[Any]:
    """The values of what may be missing, single, a list, or a `@list` or `@set` of them."""
    if isinstance(value, list):
        for one in value:
            yield from flat(one)
    elif isinstance(value, Mapping) and ("@list" in value or "@set" in value):
        yield from flat([value.get("@list"), value.get("@set")])
    elif value is not None and not (isinstance(value, Mapping) and "@value" in value and value["@value"] is None):
        yield value


def unique(found: Iterable[Any]) -> list[Any]:
    """The values without those that are there already. True and 1 are two."""
    kept: dict[str, Any] = {}
    for one in found:
        kept.setdefault(repr(one), one)
    return list(kept.values())


def scalar(value: Any) -> Any:
    """A text, number or truth value by itself, out of its `@value` where it stands in one."""
    return value["@value"] if isinstance(value, Mapping) and "@value" in value else value


def text_of(value: Any) -> Text | None:
    """A text; None where the value is none."""
    words = scalar(value)
    if not isinstance(words, str):
        return None
    language = value.get("@language") if isinstance(value, Mapping) else None
    return Text(with_line_feeds(unescaped(words)).value, language if isinstance(language, str) else "")


def unescaped(text: str) -> str:
    """The text with its HTML entities decoded once. One that stands for no character stays as it is."""
    return ENTITY.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    entity = found.group()
    # By itself it would be `¬hing;` for `&nothing;`.
    decoded = html.unescape(entity) if entity[1] == "#" else html5.get(entity[1:], entity)
    return entity if decoded in ("", "\0", "\ufffd") else decoded


def id_of(node: Node) -> str:
    """What a node is named by; nothing where it has no name."""
    iri = node.get("@id", node.get("id"))
    return iri if isinstance(iri, str) else ""


def types_of(node: Node) -> list[str]:
    """The types that a node has, without the vocabulary's address or prefix."""
    named = [*flat(node.get("@type")), *flat(node.get("type"))]
    return [re.split("[/:#]", one)[-1] for one in named if isinstance(one, str)]


def is_reference(node: Node) -> bool:
    """Whether a node says nothing but its name and what kind of thing it is."""
    return bool(id_of(node)) and all(name.startswith("@") or name in ("id", "type") for name in node)


def is_address(text: str) -> bool:
    """Whether a text is an absolute address, and not a name."""
    return "://" in text and not re.search(r"\s", text)


def values_in(node: Node, name: str) -> list[Any]:
    """What a node has under a name of the vocabulary."""
    return [one for prefix in PREFIXES if prefix + name in node for one in flat(node[prefix + name])]


class Nodes:
    """The nodes with an `@id` in some values that are `wanted`; the values are read when one is first asked for."""

    def __init__(self, values: Callable[[], Iterable[Any]], wanted: Callable[[Node], bool] = bool) -> None:
        self.values, self.wanted = values, wanted
        self.is_cut = False
        self._held: dict[str, list[Node]] | None = None

    @classmethod
    def of(cls, *values: Any) -> Nodes:
        """The nodes in these values."""
        return cls(lambda: values)

    def named(self, iri: str) -> list[Node]:
        """What is written of the node of this name: nothing, or in one or several places."""
        if self._held is None:
            self._held = {}
            self._hold(self._held)
        return self._held.get(iri, [])

    def _hold(self, held: dict[str, list[Node]]) -> None:
        weight = 0
        for value in self.values():
            for node in _nodes_in(value):
                if not self.wanted(node):
                    continue
                weight += _weight(node)
                if weight > MOST_HELD:
                    self.is_cut = True
                    return
                of_one = held.setdefault(id_of(node), [])
                if len(of_one) < MOST_OF_ONE:
                    of_one.append(node)
                else:
                    self.is_cut = True


def _weight(value: Any) -> int:
    if isinstance(value, str):
        return 50 + len(value)
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return 50 + sum(_weight(one) for one in inner)


def _nodes_in(value: Any) -> Iterator[Node]:
    """The nodes that have a name and say something, however deep they stand."""
    if isinstance(value, Mapping):
        if id_of(value) and not is_reference(value):
            yield value
        for one in value.values():
            yield from _nodes_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _nodes_in(one)


class Properties:
    """Reads properties of nodes. What is there and cannot be read, or is one value too many, is refused by its name.

    What a node does not say itself is looked for where else its `@id` stands, in one of `scopes` after the other.
    """

    def __init__(self, scopes: Sequence[Nodes], refuse: Refuse) -> None:
        self.scopes, self.refuse = scopes, refuse

    def values(self, node: Node, name: str) -> list[Any]:
        """What a node has under a name, without what is said twice."""
        return self._found(node, lambda one: values_in(one, name))

    def types(self, node: Node) -> list[str]:
        """The types of a node."""
        return self._found(node, types_of)

    def texts(self, node: Node, name: str, location: str) -> list[Text]:
        """The texts that are not empty."""
        found: dict[str, Text] = {}
        for one in self.values(node, name):
            text = text_of(one)
            if text is None:
                self.refuse(location, "not_text", _("%(name)s must be a text.") % {"name": name})
            elif text.value.strip():
                found.setdefault(text.value, text)
        return list(found.values())

    def text(self, node: Node, name: str, location: str) -> str:
        """The one text; nothing where there is none."""
        return self.only([one.value for one in self.texts(node, name, location)], location)

    def number(self, node: Node, name: str) -> Any:
        """The number or text under a name as it is written; several as a list; None where there is none."""
        found = unique(scalar(one) for one in self.values(node, name))
        return found[0] if len(found) == 1 else found or None

    def nodes(self, node: Node, name: str, location: str) -> list[Node]:
        """The things under a name, of which some are only named or addressed by a text."""
        found: list[Node] = []
        for one in self.values(node, name):
            thing = self._thing(one)
            if thing is None:
                self.refuse(location, "not_a_node", _("%(name)s must be an object or a text.") % {"name": name})
            elif not self._is_nowhere(thing):
                found.append(thing)
            else:
                words = _("%(name)s refers to %(thing)s, but no object in this file has this @id.") % {
                    "name": name,
                    "thing": id_of(thing)[:200],
                }
                self.refuse(location, "reference_missing", words)
        return found

    def node(self, node: Node, name: str, location: str) -> Node | None:
        """The one thing under a name."""
        found = self.nodes(node, name, location)
        for number, other in enumerate(found[1:], 1):
            self.refuse_further(f"{location}[{number}]", self.called(other))
        return found[0] if found else None

    def called(self, node: Node) -> str:
        """What to call a node by where a person reads it."""
        for name in ("name", "alternateName", "headline", "url"):
            if words := next((text.value for one in self.values(node, name) if (text := text_of(one))), ""):
                return words
        return id_of(node) or " ".join(types_of(node))

    def addresses(self, node: Node, name: str, location: str, *, is_relative: bool = False) -> list[str]:
        """The addresses under a name, each by itself or as that of a node; any text where they may be relative."""
        found = []
        for one in self.values(node, name):
            text = text_of(one)
            if text is not None:
                address = text.value.strip()
            else:
                address = self._address_of(one) if isinstance(one, Mapping) else ""
            if is_address(address) or (address and is_relative):
                found.append(address)
            elif address or text is None:
                self.refuse(location, "url", _("A URL must start with http:// or https:// and name a host."))
        return unique(found)

    def address(self, node: Node, name: str, location: str, *, is_relative: bool = False) -> str:
        """The one address under a name; nothing where there is none."""
        return self.only(self.addresses(node, name, location, is_relative=is_relative), location)

    def _address_of(self, node: Node) -> str:
        named = [text.value.strip() for one in self.values(node, "url") if (text := text_of(one))]
        return next((one for one in [*named, id_of(node)] if is_address(one)), "")

    def _found(self, node: Node, read: Callable[[Node], list[Found]]) -> list[Found]:
        own = unique(read(node))
        if own or not id_of(node):
            return own
        for scope in self.scopes:
            if found := unique(value for one in scope.named(id_of(node)) for value in read(one)):
                return found
        return []

    def _thing(self, value: Any) -> Node | None:
        text = text_of(value)
        if text is None:
            return value if isinstance(value, Mapping) and "@value" not in value else None
        words = text.value.strip()
        if is_address(words):
            return {"@id": words, "url": value}
        is_named = words.startswith(("#", "_:")) and any(scope.named(words) for scope in self.scopes)
        return {"@id": words} if is_named else {"name": value}

    def _is_nowhere(self, node: Node) -> bool:
        return (
            is_reference(node)
            and not is_address(id_of(node))
            and not any(scope.named(id_of(node)) for scope in self.scopes)
        )

    def only(self, found: list[str], location: str) -> str:
        """The first of these values of a place. The others are refused."""
        for number, other in enumerate(found[1:], 1):
            self.refuse_further(f"{location}[{number}]", other)
        return found[0] if found else ""

    def refuse_further(self, location: str, words: str) -> None:
        """Names a value that does not come in, since one is there already."""
        detail = _("Only the first of several values was imported. Skipped: %(value)s.") % {
            "value": " ".join(words.split())[:200]
        }
        self.refuse(location, "several_values", detail)
