"""What somebody chooses for an import before it begins: format, encoding, what its types become, who its people are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.people import PERSON_FROM
from annotations.formats.registry import IMPORTERS
from annotations.imports.authors import MARKING
from annotations.imports.preview import MOST_NAMES, Preview
from annotations.models import Import, Membership, Project, Span
from annotations.models.link import Link
from annotations.text.offset_units import UNITS
from annotations.web.articles import LANGUAGE_TAG

ENCODINGS: Final = [
    ("", "Found out by itself"),
    ("utf-8", "UTF-8"),
    ("windows-1252", "Western European (Windows-1252)"),
    ("iso-8859-15", "Western European (ISO 8859-15)"),
    ("windows-1250", "Central European (Windows-1250)"),
    ("windows-1251", "Cyrillic (Windows-1251)"),
    ("koi8-r", "Cyrillic (KOI8-R)"),
    ("windows-1253", "Greek (Windows-1253)"),
    ("windows-1254", "Turkish (Windows-1254)"),
    ("windows-1255", "Hebrew (Windows-1255)"),
    ("windows-1256", "Arabic (Windows-1256)"),
    ("gb18030", "Chinese (GB 18030)"),
    ("big5", "Chinese (Big5)"),
    ("shift_jis", "Japanese (Shift JIS)"),
    ("euc-jp", "Japanese (EUC-JP)"),
    ("euc-kr", "Korean (EUC-KR)"),
    ("utf-16", "UTF-16"),
]


class ChoicesForm(forms.Form):
    """What holds for the whole import."""

    format = forms.ChoiceField(label="Format", required=False)
    encoding = forms.ChoiceField(label="Encoding", required=False, choices=ENCODINGS)
    outlet = forms.CharField(label="Outlet", required=False, max_length=200)
    language = forms.RegexField(
        LANGUAGE_TAG,
        label="Language",
        required=False,
        max_length=35,
        help_text="As a code: en, de, ar. Both hold for every article; leave them empty to keep what the files say.",
        error_messages={"invalid": "Give the language as a code such as en, de or pt-BR, or leave it empty."},
    )
    without_boilerplate = forms.BooleanField(
        label="Leave out the pages’ own boilerplate",
        required=False,
        help_text="Lines such as “Share this” or “No comments”, as the preview of a single article shows them.",
    )
    person_from = forms.ChoiceField(
        label="Who annotated is named by",
        required=False,
        choices=[(value, words[0].upper() + words[1:]) for value, words in PERSON_FROM.items()],
    )
    person_field = forms.CharField(
        label="Name of that field",
        required=False,
        max_length=200,
        help_text="Only for a field of the files. Dots lead into objects, as in meta.annotator.",
    )
    others = forms.ChoiceField(
        label="Everybody who is named comes in as",
        required=False,
        choices=[("keep", "somebody of that name, without an account"), ("me", "me")],
        help_text="Unless you choose somebody else below.",
    )
    offset_unit = forms.ChoiceField(
        label="Offsets count",
        required=False,
        choices=[("", "Not chosen: only what is the same in all comes in"), *UNITS.items()],
        help_text="Choose the row of the table in which all spans are right.",
    )
    crlf = forms.ChoiceField(
        label="A line end of two characters (CRLF) counts as",
        required=False,
        choices=[("", "Not chosen"), ("one", "one"), ("two", "two")],
    )
    strict = forms.BooleanField(
        label="All or nothing",
        required=False,
        help_text="Where anything is refused, nothing comes in. Else the rest does, and the report lists the refused.",
    )

    def __init__(self, *args: Any, found: Importer | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recognised = f"As recognised: {found.title}" if found else "Not recognised: choose one"
        choices = [("", recognised), *((one.name, one.title) for one in IMPORTERS.values())]
        self.fields["format"] = forms.ChoiceField(label="Format", required=False, choices=choices)
        self.order_fields(["format"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_field, named = cleaned.get("person_from") == "field", cleaned.get("person_field")
        if is_field and cleaned.get("format") == "table":
            self.add_error("person_from", "In a table the column Annotator names people. Choose it among the columns.")
        elif is_field and not named:
            self.add_error("person_field", "Name the field that says who annotated.")
        return {**cleaned, "person_field": named if is_field else ""}


@dataclass(frozen=True, slots=True)
class Becoming:
    """A row of choices: one of the format's own types or one person of the files, and what becomes of it."""

    name: str
    count: int
    options: list[tuple[str, str, bool]]
    """Value, words, whether it is chosen."""


AS_USUAL: Final = "-"
LABELS: Final = [(label.value, label.label) for label in Span.Label]
RELATIONS: Final = [(relation.value, relation.label) for relation in Link.Relation]
LEFT_OUT: Final = ("", "left out")


def types_of(preview: Preview, chosen: dict[str, str], scale: list[tuple[str, str]]) -> list[Becoming]:
    """The format's own types, and for each what it may become: a label stays one, a relation too, a rating is one of
    `scale`, where there is one.
    """
    ends = {name.rpartition(".")[2] for name in preview.types}
    met = {name: usual for name, usual in preview.types.items() if name in ends or name.rpartition(".")[2] not in ends}
    return [
        Becoming(name, 0, _marked(_offered(usual, scale), chosen.get(name, AS_USUAL))) for name, usual in met.items()
    ]


def scale_for(importer: Importer | None, project: Project) -> list[tuple[str, str]]:
    """The project's ratings, if those are what the format's own types become."""
    return [(rating["key"], rating["name"]) for rating in project.scale] if importer and importer.rates else []


def _offered(usual: str | None, scale: list[tuple[str, str]]) -> list[tuple[str, str]]:
    words = dict([*LABELS, *RELATIONS, LEFT_OUT]).get(AS_USUAL if usual is None else usual, "")
    first = (AS_USUAL, f"as usual: {words}" if words else "as usual for the format")
    if scale:
        rated = dict(scale).get(usual or "")
        return [(AS_USUAL, f"as usual: {rated}" if rated else "refused: no such rating"), *scale, LEFT_OUT]
    if usual in dict(LABELS):
        return [first, *LABELS, LEFT_OUT]
    if usual in dict(RELATIONS):
        return [first, *RELATIONS, LEFT_OUT]
    return [first, *LABELS, *RELATIONS, LEFT_OUT]


def people_of(project: Project, preview: Preview, chosen: dict[str, str | int]) -> list[Becoming]:
    """The people named in the files, and for each who they are here, if not what holds for everybody."""
    members = [(str(place.user_id), place.user.name or place.user.email) for place in who_may_have_marked(project)]
    offered = [(AS_USUAL, "as chosen above"), ("keep", "somebody without an account"), ("me", "me"), *members]
    return [Becoming(name, count, _marked(offered, str(chosen.get(name, AS_USUAL)))) for name, count in preview.people]


def who_may_have_marked(project: Project) -> list[Membership]:
    """The members whose work annotations may be."""
    places = Membership.objects.filter(project=project).select_related("user").order_by("user__name", "user__email")
    return [place for place in places if MARKING & set(place.roles)]


def _marked(offered: Iterable[tuple[str, str]], chosen: str) -> list[tuple[str, str, bool]]:
    return [(value, words, value == chosen) for value, words in offered]


def initial_of(proposed: Import) -> dict[str, Any]:
    """What the form begins with."""
    chosen = proposed.options
    return {
        "format": proposed.format,
        "strict": proposed.strict,
        "encoding": chosen.get("encoding", ""),
        "without_boilerplate": chosen.get("without_boilerplate", False),
        "offset_unit": chosen.get("offset_unit", ""),
        "crlf": chosen.get("crlf", ""),
        "person_from": chosen.get("person_from", "auto"),
        "person_field": chosen.get("person_field", ""),
        "others": chosen.get("others", "keep"),
        **{name: chosen.get("metadata", {}).get(name, "") for name in ("outlet", "language")},
    }


def chosen_in(data: QueryDict, cleaned: dict[str, Any], project: Project) -> dict[str, Any]:
    """The choices as an import keeps them. Whatever is none of those offered is as if nothing was chosen."""
    members = {place.user_id for place in who_may_have_marked(project)}
    allowed = {value for value, _ in [*LABELS, *RELATIONS, LEFT_OUT]} | {rating["key"] for rating in project.scale}
    people: dict[str, str | int] = {}
    for name, who in _pairs(data, "person", "who"):
        if who in ("me", "keep"):
            people[name] = who
        elif who.isdecimal() and int(who[:18]) in members:
            people[name] = int(who[:18])
    return {
        "encoding": cleaned["encoding"],
        "without_boilerplate": cleaned["without_boilerplate"],
        "offset_unit": cleaned["offset_unit"],
        "crlf": cleaned["crlf"],
        "person_from": cleaned["person_from"] or "auto",
        "person_field": cleaned["person_field"],
        "others": cleaned["others"] or "keep",
        "metadata": {name: cleaned[name] for name in ("outlet", "language") if cleaned[name]},
        "types": {name: becomes for name, becomes in _pairs(data, "type", "becomes") if becomes in allowed},
        "people": people,
    }


def _pairs(data: QueryDict, names: str, values: str) -> Iterable[tuple[str, str]]:
    pairs = zip(data.getlist(names)[:MOST_NAMES], data.getlist(values), strict=False)
    return ((name, value) for name, value in pairs if "\0" not in name)
