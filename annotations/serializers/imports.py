"""Imports with what came of them, and what is chosen for one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final, TypedDict, cast
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework import serializers

from annotations.formats.fetching.page import LONGEST_ADDRESS
from annotations.formats.reading.people import PERSON_FROM
from annotations.formats.registry import IMPORTERS
from annotations.formats.tables.reading.mapping import COLUMNS, MOST_FIELDS
from annotations.models import Import
from annotations.models.article import LONGEST_BODY
from annotations.serializers.articles import ArticleMetadata
from annotations.serializers.base import Choice, NamedTexts, Slug, Strict
from annotations.serializers.people import PersonAnswer, person
from annotations.text.offset_units import CRLF, UNITS


class MadeAnswer(TypedDict):
    """How many items of each kind an import created."""

    articles: int
    spans: int
    links: int
    verdicts: int


class ImportAnswer(TypedDict):
    id: UUID
    project: Slug
    by: PersonAnswer
    format: str
    strict: bool
    state: Annotated[str, Choice(Import.State.choices)]
    done: Annotated[int, "Documents that are imported or refused."]
    total: Annotated[int | None, "Documents; null until they are counted."]
    made: MadeAnswer
    known: Annotated[int, "Texts that were already in the project."]
    refused: Annotated[int, "Items that were not imported."]
    notes: Annotated[int, "Items that were changed or skipped on purpose."]
    failure: Annotated[str, "Why it failed."]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def import_json(one: Import) -> ImportAnswer:
    """An import as a list shows it."""
    return {
        "id": one.pk,
        "project": one.project.slug,
        "by": person(one.by),
        "format": one.format,
        "strict": one.strict,
        "state": one.state,
        "done": one.done,
        "total": one.total,
        "made": cast(MadeAnswer, one.made),
        "known": one.known,
        "refused": one.refused,
        "notes": one.notes,
        "failure": one.failure,
        "created_at": one.created_at,
        "started_at": one.started_at,
        "finished_at": one.finished_at,
    }


class ImportedFileAnswer(TypedDict):
    name: str
    size: Annotated[int, "Bytes."]
    sha256: str


class ReportedItemAnswer(TypedDict):
    file: str
    place: Annotated[str, "A line, an id, or a path within the file."]
    code: str
    detail: str


class ImportedPersonAnswer(TypedDict):
    """A person in the files, and who that is in the project."""

    name: Annotated[str | None, "The name in the files; null for annotations without a name."]
    user: PersonAnswer
    spans: Annotated[int, "How many of their spans were imported."]


class ImportReportAnswer(ImportAnswer):
    """The first hundred files, people (those with most spans first), refusals and notes.

    `refused.csv` and `notes.csv` have the first 10,000 of the last two; the counts are of all.
    """

    files: list[ImportedFileAnswer]
    people: list[ImportedPersonAnswer]
    refusals: list[ReportedItemAnswer]
    noted: list[ReportedItemAnswer]


REPORTED: Final = 100


FILES: Final = 100
"""How many are told with an import."""


def import_report_json(one: Import) -> ImportReportAnswer:
    """An import with its first files, people, refusals and notes."""
    refusals, noted = (kind.values("file", "place", "code", "detail")[:REPORTED] for kind in (one.refusals, one.noted))
    return {
        **import_json(one),
        "files": list(one.files.values("name", "size", "sha256")[:FILES]),
        "people": [
            {"name": found.name or None, "user": person(found.user), "spans": found.spans}
            for found in one.people.select_related("user")[:REPORTED]
        ],
        "refusals": list(refusals),
        "noted": list(noted),
    }


LARGEST_OPTIONS: Final = 200_000


MOST_NAMES: Final = 10_000
"""People and types that are named in the options of an import."""


class Metadata(ArticleMetadata):
    """Default metadata of all articles."""

    title = serializers.CharField(max_length=500, required=False)


class OptionsBody(Strict):
    """The options of an import."""

    people = NamedTexts(
        required=False, max_length=MOST_NAMES, help_text="Name in the files → `me`, `keep`, or a member's address."
    )
    others = serializers.ChoiceField(("keep", "me"), required=False, help_text="For all other names. Default: `keep`.")
    person_from = serializers.ChoiceField(
        tuple(PERSON_FROM), required=False, help_text="What identifies the annotator. Default: `auto`."
    )
    person_field = serializers.CharField(
        required=False,
        max_length=200,
        help_text="With `person_from` set to `field`: the name of the field, with dots for nested objects.",
    )
    types = NamedTexts(
        required=False, max_length=MOST_NAMES, help_text="The format's own type → a label, a relation, or nothing."
    )
    encoding = serializers.CharField(required=False, allow_blank=True, max_length=40)
    metadata = Metadata(required=False)
    without_boilerplate = serializers.BooleanField(required=False)
    offset_unit = serializers.ChoiceField(tuple(UNITS), required=False, help_text="What offsets without quotes count.")
    crlf = serializers.ChoiceField(tuple(CRLF), required=False, help_text="Whether they count CRLF as one or as two.")
    table = serializers.ChoiceField(tuple(COLUMNS), required=False, help_text="What each row of the table is.")
    columns = serializers.DictField(required=False, help_text="Our column → the file's column.")
    values = serializers.DictField(
        required=False, help_text="`label`, `relation` or `rating` → what each value becomes; null skips it."
    )
    files = serializers.DictField(required=False, help_text="Name of a file → its own `table`, `columns` and so on.")

    def get_fields(self) -> dict[str, Any]:
        further = serializers.ListField(
            child=serializers.CharField(trim_whitespace=False),
            required=False,
            max_length=MOST_FIELDS,
            help_text="Columns that become text fields of the span.",
        )
        return {**super().get_fields(), "fields": further}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        is_field = attrs.get("person_from") == "field"
        if is_field and not attrs.get("person_field"):
            raise serializers.ValidationError(
                {"person_field": _("Enter the name of the field that identifies the annotator.")}
            )
        if not is_field and "person_field" in attrs:
            raise serializers.ValidationError({"person_field": _("Set person_from to field, or leave this out.")})
        return attrs


class ImportBody(Metadata):
    """An import as JSON: a text or a URL, and its metadata.

    Files are sent as a form, with `options` as JSON in a field.
    """

    format = serializers.ChoiceField(sorted(IMPORTERS), required=False, help_text="Default: detected automatically.")
    strict = serializers.BooleanField(required=False, help_text="Everything is imported, or nothing.")
    text = serializers.CharField(required=False, trim_whitespace=False, max_length=LONGEST_BODY * 4)
    url = serializers.CharField(  # type: ignore[assignment]  # here an address to fetch, not where a text stands
        required=False, max_length=LONGEST_ADDRESS, help_text="The URL of a page to fetch."
    )
    metadata = Metadata(required=False)
    options = OptionsBody(required=False)


class FormBody(Strict):
    """The fields of a multipart form besides its files."""

    format = serializers.ChoiceField(sorted(IMPORTERS), required=False)
    strict = serializers.ChoiceField(("true", "false"), required=False)
    options = serializers.CharField(required=False, max_length=LARGEST_OPTIONS)


class SentForm(FormBody):
    """A form with files."""

    file = serializers.ListField(child=serializers.FileField(), allow_empty=False)
