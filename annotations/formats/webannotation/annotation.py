"""One Web Annotation, read with care: every part of it may be missing, single, a list, an IRI or an object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext

from annotations.formats.jsonl.embedded import is_offset, is_uuid, time_of
from annotations.formats.reading.json_ld import Nodes, flat, scalar, unique
from annotations.formats.reading.records import Refusal, Refused

WHOLES: Final = ("Composite", "List")
"""Sets whose members count together, as fragments do."""

NAMES: Final = (
    "name",
    "schema:name",
    "http://schema.org/name",
    "https://schema.org/name",
    "nickname",
    "email",
)
"""Where whoever made something, or published it, is named."""

PASSAGE: Final = re.compile(r"#passage(?:-\d+)?\Z")


class Annotation:
    """An annotation in the terms of the model."""

    def __init__(self, value: Any, file: str, location: str, elsewhere: Nodes | None = None) -> None:
        """Raises Refused where it is none, or has no target."""
        self.file, self.location = file, location
        self.elsewhere = elsewhere or Nodes.of(value)
        self.told: list[Refusal] = []
        """What of it does not come in while the rest does."""
        if not isinstance(value, dict) or "Annotation" not in listed(value.get("type")):
            raise self.refused(
                "",
                "not_an_annotation",
                gettext("This is not an object of the type Annotation, as the W3C model of 2017 defines it."),
            )
        self.value = value
        self.targets = listed(value.get("target"))
        if not self.targets:
            raise self.refused("target", "malformed", gettext("An annotation must have a target."))
        self.bodies = [_with_text(one) for one in listed(value.get("body"))]
        for one in listed(value.get("bodyValue")):
            words = scalar(one)
            is_text = isinstance(words, str)
            self.bodies.append({"type": "TextualBody", "value": words, "purpose": "commenting"} if is_text else one)

    @property
    def key(self) -> str:
        """What links name it by, or its place where it has no IRI."""
        return key_of(iri_of(self.value) or f"{self.file}:{self.location}")

    @property
    def motivations(self) -> list[str]:
        return _terms(self.value.get("motivation"))

    @property
    def text(self) -> tuple[str, dict[str, Any]] | None:
        """The IRI and the body of the text that this annotation brings, if it does: body and target are the same."""
        if len(self.bodies) != 1 or len(self.targets) != 1:
            return None
        [body], iri = self.bodies, iri_of(self.targets[0])
        if not isinstance(body, dict) or not isinstance(body.get("value"), str) or not iri or iri_of(body) != iri:
            return None
        return iri, body

    @property
    def sources(self) -> set[str]:
        """The IRIs of the resources that its targets are in."""
        return {source for target in self.targets for source in _sources(target)}

    @property
    def creator(self) -> str | None:
        """The name of whoever made it, as well as the file gives one."""
        named = (self._name_of(one) for one in listed(self.value.get("creator")))
        return self.only([name for name in named if name], "creator")

    def _name_of(self, creator: Any) -> str | None:
        """A creator's name, which may stand where else in the file the IRI does; else the IRI."""
        iri = iri_of(creator)
        if words := name_in(creator):
            return words[:200]
        named = (name_in(node) for node in self.elsewhere.named(iri)) if iri else ()
        return (next(filter(None, named), None) or iri or "")[:200] or None

    def time(self, name: str) -> datetime | None:
        """One of its times, where it is one with its offset."""
        found = self.only([str(scalar(one)) for one in listed(self.value.get(name))], name)
        moment = time_of(found)
        if found is not None and moment is None:
            self.told.append(
                self.refused(
                    name, "date", gettext("This is not a time with its offset: %(time)s.") % {"time": found[:60]}
                ).refusal
            )
        return moment

    def only(self, found: list[str], within: str) -> str | None:
        """The first of several texts where one is held. The others are told of."""
        for other in unique(found)[1:]:
            words = gettext("Only the first of several values was imported. Skipped: %(value)s.") % {
                "value": other[:200]
            }
            self.told.append(self.refused(within, "several_values", words).refusal)
        return found[0] if found else None

    def texts(self, *purposes: str, form: str = "") -> Iterator[str]:
        """What bodies say that are text, for one of these purposes; none counts as commenting."""
        for body in self.bodies:
            if isinstance(body, dict) and isinstance(body.get("value"), str):
                own = _terms(body.get("purpose")) or ["commenting"]
                is_json = body.get("format") == "application/json"
                if any(one in purposes for one in own) and is_json == (form == "application/json"):
                    yield body["value"]

    def others(self) -> list[Any]:
        """The bodies that are not text."""
        return [one for one in self.bodies if not (isinstance(one, dict) and isinstance(one.get("value"), str))]

    def ranges(self) -> tuple[list[tuple[int, int]], str | None]:
        """The fragments that its target selects, and their quote where each has one. Raises Refused."""
        target, parts = self.targets[0], self.targets
        if len(parts) > 1 and self.ends() != {self.key}:
            words = gettext(
                "Each of these targets is a target of its own. The targets of one span must be a "
                "Composite, or have its IRI."
            )
            raise self.refused("target", "several_targets", words)
        if isinstance(target, dict) and "items" in target:
            if not any(kind in WHOLES for kind in listed(target.get("type"))):
                words = gettext("These targets don't belong together as those of a Composite do.")
                raise self.refused("target", "several_targets", words)
            parts = listed(target["items"])
        found = [self._range(part) for part in parts]
        quotes = [quote for _, quote in found]
        return [at for at, _ in found], None if None in quotes else " … ".join(map(str, quotes))

    def ends(self) -> set[str | None]:
        """The keys of the annotations that mark what its targets are."""
        return {end_of(target) for target in self.targets}

    def _range(self, part: Any) -> tuple[tuple[int, int], str | None]:
        selectors = listed(part.get("selector")) if isinstance(part, dict) else []
        quote: str | None = None
        at: tuple[int, int] | None = None
        for one in selectors:
            if not isinstance(one, dict) or "refinedBy" in one:
                continue
            kinds = listed(one.get("type"))
            if "TextQuoteSelector" in kinds and isinstance(one.get("exact"), str):
                quote = one["exact"]
            if "TextPositionSelector" in kinds and is_offset(one.get("start")) and is_offset(one.get("end")):
                at = (one["start"], one["end"])
        if at is None:
            words = gettext("Only a TextPositionSelector with start and end, without refinement, is supported.")
            raise self.refused("target", "selector", words)
        return at, quote

    def refused(self, within: str, code: str, words: str) -> Refused:
        """A refusal at this annotation."""
        return Refused(self.file, f"{self.location}, {within}".strip(", "), code, words)


def listed(value: Any) -> list[Any]:
    """What may be missing, single or several, as a list."""
    return list(flat(value))


def name_in(value: Any) -> str | None:
    """The name that an object gives itself."""
    if not isinstance(value, dict) or "@value" in value:
        return None
    said = [scalar(one) for name in NAMES for one in listed(value.get(name))]
    return next((one for one in said if isinstance(one, str) and one), None)


def _terms(value: Any) -> list[str]:
    """Motivations and purposes, by the names that the model has for them."""
    named = (scalar(one) if isinstance(one, str) or "@value" in one else iri_of(one) for one in listed(value)
             if isinstance(one, str | dict))  # fmt: skip
    return [re.sub(r"^(?:oa:|http://www\.w3\.org/ns/oa#)", "", one) for one in named if isinstance(one, str)]


def _with_text(body: Any) -> Any:
    """A body whose one text is in `@value` or in a list, as one that has it plainly."""
    if not isinstance(body, dict) or isinstance(body.get("value"), str):
        return body
    several = listed(body.get("value"))
    words = scalar(several[0]) if len(several) == 1 else None
    if not isinstance(words, str):
        return body
    language = several[0].get("@language") if isinstance(several[0], dict) else None
    return {**({"language": language} if language else {}), **body, "value": words}


def iri_of(value: Any) -> str | None:
    """The IRI of a resource, given by itself or as an object with an id."""
    iri = value.get("id", value.get("@id")) if isinstance(value, dict) else value
    return iri if isinstance(iri, str) and iri else None


def end_of(value: Any) -> str | None:
    """The key of the annotation that marks a span, where the span is named by it."""
    iri = iri_of(value)
    return key_of(PASSAGE.sub("", iri)) if iri else None


def key_of(iri: str) -> str:
    """The UUID of an IRI that is one, else the IRI."""
    uuid = iri.removeprefix("urn:uuid:").lower()
    return uuid if is_uuid(uuid) else iri


def _sources(target: Any) -> Iterator[str]:
    if isinstance(target, dict):
        for item in listed(target.get("items")):
            yield from _sources(item)
        if "source" in target:
            target = target["source"]
    if iri := iri_of(target):
        yield iri
