"""The article that a record becomes: a claim that somebody checked, with what stands around it, as one text.

Such a record has no article, only words: of the claim, of who made it, of the evidence. A span needs a text that it
stands in, so the words are put one under the other, each where a person reads it, and every span is a range of that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from annotations.formats.reading.boilerplate import proposed_language
from annotations.formats.reading.decoding import with_line_feeds
from annotations.formats.reading.metadata import particulars, storable
from annotations.formats.reading.records import ArticleRecord, LinkRecord, Refusal, Refused, SpanRecord
from annotations.project_settings import starting_label_fields
from annotations.vocabulary import LONGEST_TEXT

CLAIM: Final = "claim"
"""The key of the claim's span."""

Declared = dict[str, list[dict[str, Any]]]


@dataclass(slots=True)
class ClaimArticle:
    """One record of `file` at `location` as it is written down."""

    file: str
    location: str
    lines: list[str] = field(default_factory=list)
    length: int = 0
    spans: list[SpanRecord] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def refuse(self, part: str, code: str, detail: str) -> None:
        """Notes that a part of the record does not come in."""
        self.refused.append(Refusal(self.file, f"{self.location}.{part}".strip("."), code, detail))

    def words(self, record: Mapping[str, Any], name: str, within: str = "") -> str:
        """The text under a name; nothing where there is none. What is no text is refused."""
        value = record.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.refuse(f"{within}.{name}".lstrip("."), "not_text", _("%(name)s must be a text.") % {"name": name})
            return ""
        return with_line_feeds(value).value

    def write(self, words: str, before: str = "\n") -> tuple[int, int]:
        """Puts words under what is there; where they begin and end."""
        self.lines += [before if self.lines else "", words]
        self.length += len(self.lines[-2]) + len(words)
        return self.length - len(words), self.length

    def add_span(
        self, key: str, label: str, fragment: tuple[int, int], fields: dict[str, Any], part: str
    ) -> SpanRecord:
        """A span that covers what was written there. Empty values are left out."""
        kept = {name: value for name, value in fields.items() if value not in ("", None, False)}
        span = SpanRecord(
            key=key,
            label=label,
            fragments=[fragment],
            fields=self.fitting(kept, part),
            location=f"{self.location}.{part}".lstrip("."),
        )
        self.spans.append(span)
        return span

    def fitting(self, fields: Mapping[str, Any], part: str) -> dict[str, Any]:
        """The values that a field can hold; a text that is too long is refused, the span it belongs to is not."""
        fit = {}
        for name, value in fields.items():
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                self.refuse(
                    part,
                    "too_long",
                    _("%(name)s: a field can have at most %(longest_text)s characters.")
                    % {"name": name, "longest_text": f"{LONGEST_TEXT:,}"},
                )
            else:
                fit[name] = value
        return fit

    def speaker(self, name: str, fields: dict[str, Any], part: str) -> LinkRecord:
        """Writes down who made the claim; the link that says so."""
        self.write("— ")
        key = f"speaker {len(self.spans)}"
        self.add_span(key, "attribution", self.write(name, ""), {"source_name": name, **fields}, part)
        return LinkRecord(key=key, relation="attributes", source=key, target=CLAIM)

    def claim(self, words: str, fields: dict[str, Any], part: str) -> None:
        """Begins the text with the claim. Raises Refused where there is none."""
        if not words.strip():
            raise Refused(
                self.file, f"{self.location}.{part}".lstrip("."), "claim_missing", _("The record has no claim.")
            )
        self.add_span(CLAIM, "claim", self.write(words), fields, part)

    def day(self, value: str, part: str) -> str:
        """A day as 2026-01-31 out of a date or time; nothing, and a refusal, where it is neither."""
        found, refused = particulars({"published_on": value}, self.file)
        if refused:
            self.refuse(part, "date", _("Dates must be written as 2026-01-31. Other forms are ambiguous."))
        day = found.get("published_on")
        return day.isoformat() if isinstance(day, date) else ""

    def document(self, said: Mapping[str, Any], chosen: Mapping[str, Any], fields: Declared) -> ArticleRecord:
        """What an importer yields, titled as its claim unless `said` has a title. `chosen` stands behind `said`."""
        text = "".join(self.lines)
        for span in self.spans:
            span.quote = text[slice(*span.fragments[0])]
        known, refused = particulars(said, self.file, self.location)
        self.refused += refused
        used: dict[str, set[str]] = {}
        for span in self.spans:
            used.setdefault(span.label, set()).update(span.fields)
        found = storable({"title": " ".join(str(self.spans[0].quote).split())})
        found |= {"language": proposed_language(text)}
        return ArticleRecord(
            file=self.file,
            location=self.location,
            text=text,
            metadata={**found, **chosen, **known},
            spans=self.spans,
            fields={
                label: [one for one in fields.get(label, []) if one["key"] in keys]
                for label, keys in used.items()
                if keys
            },
        )


def declared(label: str, *texts: tuple[str, str], **kinds: tuple[str, str]) -> Declared:
    """Fields of a label: those it starts with, and further ones of the kind text, or of another kind by key."""
    further = [{"key": key, "name": name, "kind": "text"} for key, name in texts]
    further += [{"key": key, "name": name, "kind": kind} for key, (kind, name) in kinds.items()]
    return {label: [*starting_label_fields()[label], *further]}
