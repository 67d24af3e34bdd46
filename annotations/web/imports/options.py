"""What somebody chooses for an import before it begins: format, encoding, what its types become, who its people are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

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
    ("", _("Detect automatically")),
    ("utf-8", "UTF-8"),
    ("windows-1252", _("Western European (Windows-1252)")),
    ("iso-8859-15", _("Western European (ISO 8859-15)")),
    ("windows-1250", _("Central European (Windows-1250)")),
    ("windows-1251", _("Cyrillic (Windows-1251)")),
    ("koi8-r", _("Cyrillic (KOI8-R)")),
    ("windows-1253", _("Greek (Windows-1253)")),
    ("windows-1254", _("Turkish (Windows-1254)")),
    ("windows-1255", _("Hebrew (Windows-1255)")),
    ("windows-1256", _("Arabic (Windows-1256)")),
    ("gb18030", _("Chinese (GB 18030)")),
    ("big5", _("Chinese (Big5)")),
    ("shift_jis", _("Japanese (Shift JIS)")),
    ("euc-jp", _("Japanese (EUC-JP)")),
    ("euc-kr", _("Korean (EUC-KR)")),
    ("utf-16", "UTF-16"),
]

NAMED_BY: Final = {
    "auto": _("Format, otherwise folder or file name"),
    "folder": _("Folder of the file"),
    "file": _("File name"),
    "field": _("A field in the files"),
    "none": _("Nothing: all annotations are yours"),
}
"""What may name whoever annotated, by the keys of `PERSON_FROM`."""


class ChoicesForm(forms.Form):
    """What holds for the whole import."""

    format = forms.ChoiceField(label=_("Format"), required=False)
    encoding = forms.ChoiceField(label=_("Encoding"), required=False, choices=ENCODINGS)
    outlet = forms.CharField(label=_("Outlet"), required=False, max_length=200)
    language = forms.RegexField(
        LANGUAGE_TAG,
        label=_("Language"),
        required=False,
        max_length=35,
        help_text=_(
            "A code such as en, de or ar. Outlet and language apply to all articles. Leave them empty to use the "
            "values in the files."
        ),
        error_messages={"invalid": _("Enter a language code such as en, de or pt-BR, or leave it empty.")},
    )
    without_boilerplate = forms.BooleanField(
        label=_("Leave out boilerplate"),
        required=False,
        help_text=_("Menus, ads and other lines such as “Share this” or “No comments”."),
    )
    person_from = forms.ChoiceField(
        label=_("Annotator named by"),
        required=False,
        choices=[(value, NAMED_BY[value]) for value in PERSON_FROM],
    )
    person_field = forms.CharField(
        label=_("Field name"),
        required=False,
        max_length=200,
        help_text=_("Only for a field in the files. Use dots for nested fields, as in meta.annotator."),
    )
    others = forms.ChoiceField(
        label=_("Import named people as"),
        required=False,
        choices=[("keep", _("A person of that name without an account")), ("me", _("Me"))],
        help_text=_("Unless you choose someone else below."),
    )
    offset_unit = forms.ChoiceField(
        label=_("Offsets count"),
        required=False,
        choices=[("", _("Not chosen: import only spans that are the same for all")), *UNITS.items()],
        help_text=_("Choose the row of the table in which all spans are right."),
    )
    crlf = forms.ChoiceField(
        label=_("A line break of two characters (CRLF) counts as"),
        required=False,
        choices=[("", _("Not chosen")), ("one", _("One")), ("two", _("Two"))],
    )
    strict = forms.BooleanField(
        label=_("All or nothing"),
        required=False,
        help_text=_(
            "If any item can’t be imported, nothing is. Otherwise the rest is imported, and the report lists the "
            "skipped items."
        ),
    )

    def __init__(self, *args: Any, found: Importer | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        recognised = (
            gettext("Detected: %(format)s") % {"format": found.title}
            if found
            else gettext("Not recognised: choose one")
        )
        choices = [("", recognised), *((one.name, one.title) for one in IMPORTERS.values())]
        self.fields["format"] = forms.ChoiceField(label=_("Format"), required=False, choices=choices)
        self.order_fields(["format"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_field, named = cleaned.get("person_from") == "field", cleaned.get("person_field")
        if is_field and cleaned.get("format") == "table":
            self.add_error("person_from", _("In a table, the Annotator column names people. Choose it under Columns."))
        elif is_field and not named:
            self.add_error("person_field", _("Enter the name of the field that names the annotator."))
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
LEFT_OUT: Final = ""


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


def _offered(usual: str | None, scale: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    left_out = (LEFT_OUT, gettext("Leave out"))
    words = dict([*LABELS, *RELATIONS, left_out]).get(AS_USUAL if usual is None else usual, "")
    first = (
        AS_USUAL,
        gettext("Default: %(choice)s") % {"choice": words} if words else gettext("Default of the format"),
    )
    if scale:
        rated = dict(scale).get(usual or "")
        default = gettext("Default: %(choice)s") % {"choice": rated} if rated else gettext("No matching rating")
        return [(AS_USUAL, default), *scale, left_out]
    if usual in dict(LABELS):
        return [first, *LABELS, left_out]
    if usual in dict(RELATIONS):
        return [first, *RELATIONS, left_out]
    return [first, *LABELS, *RELATIONS, left_out]


def people_of(project: Project, preview: Preview, chosen: dict[str, str | int]) -> list[Becoming]:
    """The people named in the files, and for each who they are here, if not what holds for everybody."""
    members = [(str(place.user_id), place.user.name or place.user.email) for place in who_may_have_marked(project)]
    offered = [
        (AS_USUAL, gettext("As chosen above")),
        ("keep", gettext("Person without an account")),
        ("me", gettext("Me")),
        *members,
    ]
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
    allowed = {value for value, _ in [*LABELS, *RELATIONS]} | {LEFT_OUT} | {rating["key"] for rating in project.scale}
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
