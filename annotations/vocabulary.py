"""The words of the domain: labels, relations with the labels that they join, field kinds with their checks, roles.

What else knows them is derived from here, or held to it by tests: columns, constraints and triggers,
the API, permissions, what importers map to; `js/model/vocabulary.js` and `css/vocabulary.css`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from annotations.strict_json import Complaint, is_number

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Label(TextChoices):
    """What a span is."""

    CLAIM = "claim", gettext_lazy("Claim")
    ATTRIBUTION = "attribution", gettext_lazy("Attribution")
    FACT = "fact", gettext_lazy("Fact")


class Relation(TextChoices):
    """What a link says of its target."""

    CORROBORATES = "corroborates", gettext_lazy("Corroborates")
    CONTRADICTS = "contradicts", gettext_lazy("Contradicts")
    ATTRIBUTES = "attributes", gettext_lazy("Attributes")
    RESTATES = "restates", gettext_lazy("Restates")


class Role(TextChoices):
    """What a member is in a project; one person can be several."""

    ANNOTATOR = "annotator", gettext_lazy("Annotator")
    REVIEWER = "reviewer", gettext_lazy("Reviewer")
    MANAGER = "manager", gettext_lazy("Manager")
    VIEWER = "viewer", gettext_lazy("Viewer")


LABELS: Final = tuple(Label.values)
RELATIONS: Final = tuple(Relation.values)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The labels that a relation joins, and how pages speak of it.

    `sign` stands for it on the evidence map, `counted` says how many links there are (`% {"count": 2}`), and `named` is
    what such a link is called.
    """

    sources: tuple[Label, ...]
    targets: tuple[Label, ...]
    sign: str
    counted: Any
    named: StrOrPromise


MEANINGS: Final[Mapping[str, Meaning]] = {
    Relation.CORROBORATES: Meaning(
        tuple(Label),
        (Label.CLAIM,),
        "+",
        ngettext_lazy("%(count)s corroborates", "%(count)s corroborate", "count"),
        gettext_lazy("corroborating evidence"),
    ),
    Relation.CONTRADICTS: Meaning(
        tuple(Label),
        (Label.CLAIM,),
        "−",
        ngettext_lazy("%(count)s contradicts", "%(count)s contradict", "count"),
        gettext_lazy("contradicting evidence"),
    ),
    Relation.ATTRIBUTES: Meaning(
        (Label.ATTRIBUTION,),
        (Label.CLAIM, Label.FACT),
        "“",
        ngettext_lazy("%(count)s says", "%(count)s say", "count"),
        gettext_lazy("an attribution"),
    ),
    Relation.RESTATES: Meaning(
        (Label.CLAIM,),
        (Label.CLAIM,),
        "=",
        ngettext_lazy("%(count)s restates", "%(count)s restate", "count"),
        gettext_lazy("a restated claim"),
    ),
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

PLURALS: Final[Mapping[Label, StrOrPromise]] = {
    Label.CLAIM: gettext_lazy("Claims"),
    Label.ATTRIBUTION: gettext_lazy("Attributions"),
    Label.FACT: gettext_lazy("Facts"),
}

ROLE_MEANINGS: Final[Mapping[Role, StrOrPromise]] = {
    Role.ANNOTATOR: gettext_lazy("annotates articles, links spans and writes verdicts"),
    Role.REVIEWER: gettext_lazy("approves and returns other people’s verdicts"),
    Role.MANAGER: gettext_lazy("manages articles, members and settings, and reviews"),
    Role.VIEWER: gettext_lazy("reads articles and approved verdicts"),
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

    words: StrOrPromise
    json: Literal["string", "number", "boolean", "object"]
    complaint: Callable[[object, LabelField], str | None]
    has_choices: bool = False


def _text(value: object, field: LabelField) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        return _("Enter a text of at most %(longest_text)s characters.") % {"longest_text": LONGEST_TEXT}
    return None


def _choice(value: object, field: LabelField) -> str | None:
    keys = [choice["key"] for choice in field.get("choices", [])]
    return None if value in keys else _("Choose one of: %(keys)s.") % {"keys": ", ".join(keys)}


def _number(value: object, field: LabelField) -> str | None:
    return None if is_number(value) else _("Enter a number of at most 308 digits.")


def _flag(value: object, field: LabelField) -> str | None:
    return None if isinstance(value, bool) else _("Enter true or false.")


def _date(value: object, field: LabelField) -> str | None:
    if isinstance(value, str) and len(value) == 10:
        try:
            date.fromisoformat(value)
        except ValueError:
            pass
        else:
            return None
    return _("Enter a date as YYYY-MM-DD.")


def _passage(value: object, field: LabelField) -> str | None:
    """Whether its offsets lie in the text and its quote is what stands there, the database checks."""
    if (
        isinstance(value, dict)
        and {"start", "end"} <= set(value) <= {"start", "end", "quote"}
        and all(type(value[edge]) is int and 0 <= value[edge] < 2**31 for edge in ("start", "end"))
        and isinstance(value.get("quote", ""), str)
    ):
        return None
    return _('Send a passage as {"start", "end", "quote"} with whole numbers from 0.')


FIELD_KINDS: Final[Mapping[str, FieldKind]] = {
    "text": FieldKind(gettext_lazy("text"), "string", _text),
    "choice": FieldKind(gettext_lazy("choice from a list"), "string", _choice, has_choices=True),
    "number": FieldKind(gettext_lazy("number"), "number", _number),
    "flag": FieldKind(gettext_lazy("yes or no"), "boolean", _flag),
    "date": FieldKind(gettext_lazy("date"), "string", _date),
    "passage": FieldKind(gettext_lazy("passage of the article"), "object", _passage),
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
            yield (
                key,
                "unknown_field",
                _("The label %(label)s has no field %(field)s.") % {"label": label, "field": key},
            )
        elif value is not None and (kind := kind_of(known[key])) and (words := kind.complaint(value, known[key])):
            yield key, "invalid", words
