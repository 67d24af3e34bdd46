"""One Web Annotation, read with care: every part of it may be missing, single, a list, an IRI or an object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from annotations.importers.items import Refused
from annotations.importers.records import is_offset, is_uuid, time_of

WHOLES: Final = ("Composite", "List")
"""Sets whose members count together, as fragments do."""

PASSAGE: Final = re.compile(r"#passage(?:-\d+)?\Z")


class Annotation:
    """An annotation in the terms of the model."""

    def __init__(self, value: Any, file: str, place: str) -> None:
        """Raises Refused where it is none, or has no target."""
        self.file, self.place = file, place
        if not isinstance(value, dict) or "Annotation" not in listed(value.get("type")):
            raise self.refused(
                "", "not_an_annotation", "This is no object of the type Annotation, as the model of 2017 has it."
            )
        self.value = value
        self.targets = listed(value.get("target"))
        if not self.targets:
            raise self.refused("target", "malformed", "An annotation has a target.")
        self.bodies = listed(value.get("body"))
        if isinstance(value.get("bodyValue"), str):
            self.bodies = [*self.bodies, {"type": "TextualBody", "value": value["bodyValue"], "purpose": "commenting"}]

    @property
    def key(self) -> str:
        """What links name it by, or its place where it has no IRI."""
        return key_of(iri_of(self.value) or f"{self.file}:{self.place}")

    @property
    def motivations(self) -> list[str]:
        return [one for one in listed(self.value.get("motivation")) if isinstance(one, str)]

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
        for one in listed(self.value.get("creator")):
            names = [one.get(name) for name in ("name", "nickname", "email", "id")] if isinstance(one, dict) else [one]
            for name in (each for value in names for each in listed(value)):
                if isinstance(name, str) and name:
                    return name[:200]
        return None

    def time(self, name: str) -> datetime | None:
        """One of its times, where it is one with its offset."""
        return time_of(self.value.get(name))

    def texts(self, *purposes: str, form: str = "") -> Iterator[str]:
        """What bodies say that are text, for one of these purposes; none counts as commenting."""
        for body in self.bodies:
            if isinstance(body, dict) and isinstance(body.get("value"), str):
                own = [one for one in listed(body.get("purpose")) if isinstance(one, str)] or ["commenting"]
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
            words = "Each of these targets is meant by itself. Those of one span are a Composite, or have its IRI."
            raise self.refused("target", "several_targets", words)
        if isinstance(target, dict) and "items" in target:
            if not any(kind in WHOLES for kind in listed(target.get("type"))):
                words = "These targets do not belong together as those of a Composite do."
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
            words = "Only a TextPositionSelector with start and end, not refined, says where a span is."
            raise self.refused("target", "selector", words)
        return at, quote

    def refused(self, within: str, code: str, words: str) -> Refused:
        """A refusal at this annotation."""
        return Refused(self.file, f"{self.place}, {within}".strip(", "), code, words)


def listed(value: Any) -> list[Any]:
    """What may be missing, single or several, as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def iri_of(value: Any) -> str | None:
    """The IRI of a resource, given by itself or as an object with an id."""
    iri = value.get("id") if isinstance(value, dict) else value
    return iri if isinstance(iri, str) and iri else None


def end_of(value: Any) -> str | None:
    """The key of the annotation that marks a passage, where the passage is named by it."""
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
