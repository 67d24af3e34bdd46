"""The words of the domain: labels, relations with the labels that they join, field kinds with their checks, roles.

What else knows them is derived from here, or held to it by tests: columns, constraints and triggers,
the API, permissions, what importers map to; `js/model/vocabulary.js` and `css/vocabulary.css`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from django.db.models import TextChoices

from annotations.strict_json import Complaint, is_number


class Label(TextChoices):
    """What a span is."""

    CLAIM = "claim", "Claim"
    ATTRIBUTION = "attribution", "Attribution"
    FACT = "fact", "Fact"


class Relation(TextChoices):
    """What a link says of its target."""

    CORROBORATES = "corroborates", "Corroborates"
    CONTRADICTS = "contradicts", "Contradicts"
    ATTRIBUTES = "attributes", "Attributes"
    RESTATES = "restates", "Restates"


class Role(TextChoices):
    """What a member is in a project; one person can be several."""

    ANNOTATOR = "annotator", "Annotator"
    REVIEWER = "reviewer", "Reviewer"
    MANAGER = "manager", "Manager"
    VIEWER = "viewer", "Viewer"


LABELS: Final = tuple(Label.values)
RELATIONS: Final = tuple(Relation.values)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The labels that a relation joins, and how pages speak of it.

    `sign` stands for it on the evidence map, `many` follows a number ("2 corroborate"; with one, an s is added), and
    `named` is what such a link is called.
    """

    sources: tuple[Label, ...]
    targets: tuple[Label, ...]
    sign: str
    many: str
    named: str


MEANINGS: Final[Mapping[str, Meaning]] = {
    Relation.CORROBORATES: Meaning(tuple(Label), (Label.CLAIM,), "+", "corroborate", "corroborating evidence"),
    Relation.CONTRADICTS: Meaning(tuple(Label), (Label.CLAIM,), "−", "contradict", "contradicting evidence"),
    Relation.ATTRIBUTES: Meaning((Label.ATTRIBUTION,), (Label.CLAIM, Label.FACT), "“", "say", "an attribution"),
    Relation.RESTATES: Meaning((Label.CLAIM,), (Label.CLAIM,), "=", "restate", "a restated claim"),
}


def joins(relation: str, source: str, target: str) -> bool:
    """Whether a relation may go from one label to another. What is no relation joins nothing."""
    meaning = MEANINGS.get(relation)
    return meaning is not None and source in meaning.sources and target in meaning.targets


def new_source(relation: str) -> Label:
    """The label of text that becomes the source of a link: the one that the relation wants, else a fact."""
    meaning = MEANINGS.get(relation)
    return meaning.sources[0] if meaning is not None and len(meaning.sources) == 1 else Label.FACT


def role_names(roles: list[str]) -> str:
    """Roles as pages and mails list them: ``Annotator, Reviewer``."""
    return ", ".join(str(Role(role).label) for role in roles)


EVIDENCE: Final = (Relation.CORROBORATES, Relation.CONTRADICTS)
"""The relations that bear on whether a claim is true."""

PLURALS: Final[Mapping[Label, str]] = {
    Label.CLAIM: "Claims",
    Label.ATTRIBUTION: "Attributions",
    Label.FACT: "Facts",
}

ROLE_MEANINGS: Final[Mapping[Role, str]] = {
    Role.ANNOTATOR: "marks, links, gives verdicts",
    Role.REVIEWER: "approves and returns others’ verdicts",
    Role.MANAGER: "adds articles and people, sets the rules, reviews",
    Role.VIEWER: "reads articles and approved verdicts",
}

COMMENTERS: Final = (Role.ANNOTATOR, Role.REVIEWER, Role.MANAGER)
"""The roles that read and write comments, and can be named in them."""

OVERSEERS: Final = (Role.REVIEWER, Role.MANAGER)
"""The roles that see all work of an independent project."""

LONGEST_TEXT: Final = 20_000

LabelField = Mapping[str, Any]
"""A field of a label as a project's settings hold it: ``{"key", "name", "kind", "choices"?}``."""


@dataclass(frozen=True, slots=True)
class FieldKind:
    """A kind of field: what the settings call it, what its values are in JSON, and what is wrong with a value, if any.

    `has_choices` says that a field of this kind lists its values.
    """

    words: str
    json: Literal["string", "number", "boolean", "object"]
    complaint: Callable[[object, LabelField], str | None]
    has_choices: bool = False


def _text(value: object, field: LabelField) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return f"Give a text of at most {LONGEST_TEXT} characters."
    return None


def _choice(value: object, field: LabelField) -> str | None:
    keys = [choice["key"] for choice in field.get("choices", [])]
    return None if value in keys else f"Give one of {', '.join(keys)}."


def _number(value: object, field: LabelField) -> str | None:
    return None if is_number(value) else "Give a number of at most 308 digits."


def _flag(value: object, field: LabelField) -> str | None:
    return None if isinstance(value, bool) else "Give true or false."


def _date(value: object, field: LabelField) -> str | None:
    if isinstance(value, str) and len(value) == 10:
        try:
            date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return None
    return "Give a date as YYYY-MM-DD."


def _passage(value: object, field: LabelField) -> str | None:
    """Whether its offsets lie in the text and its quote is what stands there, the database checks."""
    if (
        isinstance(value, dict)
        and {"start", "end"} <= set(value) <= {"start", "end", "quote"}
        and all(type(value[edge]) is int and 0 <= value[edge] < 2**31 for edge in ("start", "end"))
        and isinstance(value.get("quote", ""), str)
    ):
        return None
    return 'Give a passage as {"start", "end", "quote"} with whole numbers from 0 on.'


FIELD_KINDS: Final[Mapping[str, FieldKind]] = {
    "text": FieldKind("text", "string", _text),
    "choice": FieldKind("one of some choices", "string", _choice, has_choices=True),
    "number": FieldKind("number", "number", _number),
    "flag": FieldKind("yes or no", "boolean", _flag),
    "date": FieldKind("date", "string", _date),
    "passage": FieldKind("passage of the article", "object", _passage),
}


def kind_of(field: LabelField) -> FieldKind | None:
    """The kind of a field; None where a field that somebody sends has none of ours."""
    kind = field.get("kind")
    return FIELD_KINDS.get(kind) if isinstance(kind, str) else None


def complaints_about_values(
    values: Mapping[str, Any], label: str, label_fields: Mapping[str, list[dict[str, Any]]]
) -> Iterator[Complaint]:
    """What is wrong with a span's field values. Passages' offsets and quotes are checked in the database."""
    known = {field["key"]: field for field in label_fields.get(label, [])}
    for key, value in values.items():
        if key not in known:
            yield key, "unknown_field", f"The label {label} has no field {key}."
        elif value is not None and (kind := kind_of(known[key])) and (words := kind.complaint(value, known[key])):
            yield key, "invalid", words
