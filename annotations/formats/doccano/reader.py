"""`doccano`: JSON lines of texts with entities and relations.

doccano says nowhere what its offsets count, and no file of it has quotes: its editor counts UTF-16 units, or graphemes
by a setting of the project (doccano/v-annotator, `Text.ts`; doccano issue 2290), scripts that write files for it mostly
code points, and a line end of two characters may be one or two. An entity comes in where all of these select the same
words, or where somebody has chosen what is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from annotations.formats.jsonl.embedded import document_of, is_offset, measured_with
from annotations.formats.reading import regions
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.json_values import first_names, records
from annotations.formats.reading.metadata import particulars, title_of
from annotations.formats.reading.records import ArticleRecord, Item, Options, Readings, Refusal, Refused
from annotations.formats.reading.regions import Region, Relation
from annotations.formats.reading.sources import File, Source
from annotations.text.offset_units import Counting

TEXTS: Final = ("text", "data", "column_data")
LABELS: Final = ("entities", "label", "labels", "column_label")
COLUMNS: Final = ("title", "url", "outlet", "author", "published_on", "language")
KNOWN: Final = {*TEXTS, *LABELS, *COLUMNS, "id", "relations", "Comments", "comments", "cats", "factcheck", "meta"}
MOST_READINGS: Final = 5
QUOTED: Final = 80
OURS: Final = Counting("code_points")
"""What our own export counts."""


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each line, or each item of an array, a document."""
    for file in source.files:
        for found in records(file):
            if isinstance(found, Refusal):
                yield found
            else:
                yield from _read(*found, file, options)


def _read(location: str, value: Any, file: File, options: Options) -> Iterator[Item]:
    try:
        line = _Line(value, file.path, location)
        document, refused = line.document(options)
        yield from refused
        yield from regions.add(document, list(line.regions(document, options)), list(line.relations(options)), options)
        yield from line.refused
        yield from line.left_out(options)
        yield document
    except Refused as error:
        yield error.refusal


class _Line:
    """One record of doccano's."""

    def __init__(self, value: Any, file: str, location: str) -> None:
        """Raises Refused where it is none, or has no text."""
        self.file, self.location, self.refused = file, location, list[Refusal]()
        if not isinstance(value, dict):
            raise self._no("", "malformed", _("A record must be an object."))
        self.value = value
        text = next((value[name] for name in TEXTS if isinstance(value.get(name), str)), None)
        if text is None:
            what = (
                _("This record is about a file, not a text.") if "filename" in value else _("This record has no text.")
            )
            raise self._no("", "text_missing", what)
        if not text.strip():
            raise self._no("", "no_text", _("The text is empty."))
        self.measured = measured_with(value.get("factcheck"), text)

    def document(self, options: Options) -> tuple[ArticleRecord, list[Refusal]]:
        """The document, with what our own record says of it where it comes along."""
        own = self.value.get("factcheck")
        if isinstance(own, dict) and isinstance(own.get("article"), dict):
            return document_of(own, self.measured.text, self.file, self.location, options)
        meta = self.value.get("meta")
        said = {**(meta if isinstance(meta, dict) else {}), **self.value}
        known, refused = particulars({name: said.get(name) for name in COLUMNS}, self.file, self.location)
        known.setdefault("title", title_of(self.measured.text, self.file))
        metadata = {**known, **options.metadata}
        return ArticleRecord(
            file=self.file, location=self.location, text=self.measured.text, metadata=metadata
        ), refused

    def regions(self, document: ArticleRecord, options: Options) -> Iterator[Region]:
        """The entities whose offsets are sure. Others are refused."""
        own = {(span.label, one) for span in document.spans for one in span.fragments}
        ids = self._ids(document)
        chosen = self.measured.countings(options.offset_unit, options.crlf)
        for name in LABELS:
            for number, value in enumerate(_listed(self.value.get(name))):
                location = f"{self.location}, {name}.{number}"
                entity = _entity(value, number)
                if entity is None:
                    wrong = (
                        ("label_of_text", _(LABEL_OF_TEXT)) if isinstance(value, str) else ("malformed", _(NO_ENTITY))
                    )
                    self.refused.append(Refusal(self.file, location, *wrong))
                    continue
                key, kind, start, end = entity
                self._add_readings(document, kind, start, end)
                found = {self.measured.fragment(start, end, counting) for counting in chosen}
                ours = self.measured.fragment(start, end, OURS)
                if ours and (kind, ours) in own:
                    found = {ours}
                if len(found) > 1:
                    words = _("%(question)s: %(units)s.") % {
                        "question": _(UNIT_UNKNOWN),
                        "units": "; ".join(self._names(chosen)),
                    }
                    self.refused.append(Refusal(self.file, location, "unit_unknown", words))
                elif (fragment := found.pop()) is None:
                    self.refused.append(Refusal(self.file, location, "fragments", _(NO_OFFSETS)))
                else:
                    yield Region(
                        key=self._key(key), type=kind, start=fragment[0], end=fragment[1], location=location,
                        id=ids.get(key, ""), annotator=None if own else options.person_in(value, self.value),
                    )  # fmt: skip

    def _add_readings(self, document: ArticleRecord, kind: str, start: int, end: int) -> None:
        """Shows what the offsets may mean, where that is not the same."""
        if len(document.readings) >= MOST_READINGS:
            return
        countings = self.measured.countings()
        found = [self.measured.fragment(start, end, counting) for counting in countings]
        if len(set(found)) > 1:
            quotes = [self.measured.text[slice(*one)][:QUOTED] if one else "" for one in found]
            named = dict(zip(self._names(countings), quotes, strict=True))
            document.readings.append(Readings(label=kind, quotes=named))

    def _names(self, countings: list[Counting]) -> list[str]:
        return [counting.name(with_crlf=self.measured.has_crlf) for counting in countings]

    def _ids(self, document: ArticleRecord) -> dict[Any, str]:
        """Our spans' ids by those of their entities, where these are still the numbers that our export gave them.

        doccano gives entities other numbers. Some may be the same by chance, all of an article are not.
        """
        numbered = [(span, fragment) for span in document.spans for fragment in span.fragments]
        ids: dict[Any, str] = {}
        for name in LABELS:
            for number, value in enumerate(_listed(self.value.get(name))):
                key, kind, start, end = _entity(value, number) or (None, "", 0, 0)
                if not isinstance(key, int) or not 0 < key <= len(numbered):
                    return {}
                span, fragment = numbered[key - 1]
                if (span.label, fragment) != (kind, self.measured.fragment(start, end, OURS)):
                    return {}
                ids[key] = str(span.id)
        return ids

    def relations(self, options: Options) -> Iterator[Relation]:
        """The relations, whatever they join."""
        values = self.value.get("relations")
        for number, value in enumerate(values if isinstance(values, list) else []):
            ends = [value.get(name) for name in ("from_id", "to_id")] if isinstance(value, dict) else []
            location = f"{self.location}, relations.{number}"
            if len(ends) == 2 and all(isinstance(end, int | str) for end in ends):
                source, target = map(self._key, ends)
                yield Relation(
                    type=str(value.get("type", "")), source=source, target=target, location=location,
                    annotator=options.person_in(value, self.value),
                )  # fmt: skip
            else:
                words = _("A relation must have from_id, to_id and type.")
                self.refused.append(Refusal(self.file, location, "malformed", words))

    def left_out(self, options: Options) -> Iterator[Refusal]:
        """What else the record says, and nothing of ours holds."""
        comments = [one for name in ("Comments", "comments") for one in _listed(self.value.get(name))]
        if comments:
            yield self._no(
                "Comments",
                "comments_left_out",
                _("Comments can't be imported. Skipped: %(count)s.") % {"count": len(comments)},
            ).refusal
        if self.value.get("cats"):
            yield self._no("cats", "label_of_text", _(LABEL_OF_TEXT)).refusal
        meta = self.value.get("meta")
        unknown = [name for name in self.value if name not in KNOWN]
        unknown += [f"meta.{name}" for name in (meta if isinstance(meta, Mapping) else {}) if name not in COLUMNS]
        unknown = [name for name in unknown if name != options.person_field]
        if unknown:
            names = ", ".join(sorted(unknown))[:300]
            yield self._no(
                "", "metadata_left_out", _("Articles have no such metadata. Skipped: %(names)s.") % {"names": names}
            ).refusal

    def _key(self, entity: Any) -> str:
        return f"{self.file}:{self.location}:{entity}"

    def _no(self, within: str, code: str, words: str) -> Refused:
        return Refused(self.file, f"{self.location}, {within}".strip(", "), code, words)


UNIT_UNKNOWN: Final = gettext_noop(
    "doccano doesn't say what its offsets count, and here they select different text. Choose what they count"
)
NO_OFFSETS: Final = gettext_noop("These offsets are outside the text, or inside a character.")
NO_ENTITY: Final = gettext_noop("An entity must be [start, end, label], or have start_offset, end_offset and label.")
LABEL_OF_TEXT: Final = gettext_noop("Labels of a whole text can't be imported. Only spans have labels.")


def _entity(value: Any, number: int) -> tuple[Any, str, int, int] | None:
    """Id, type, start and end of either form of an entity."""
    if isinstance(value, list) and len(value) == 3:
        start, end, kind = value
        key: Any = f"#{number}"
    elif isinstance(value, dict):
        start, end, kind = value.get("start_offset"), value.get("end_offset"), value.get("label")
        key = value.get("id", f"#{number}")
    else:
        return None
    if not isinstance(kind, str) or not is_offset(start) or not is_offset(end) or not isinstance(key, int | str):
        return None
    return key, kind, start, end


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


OTHERS: Final = {"schema", "token_offsets", "sentence_offsets"}
"""What factcheck's own records and the pages of brat's editor have besides a text and its marks."""


def recognises(source: Source) -> bool:
    """Whether all files are JSON whose first record has a text, and labels as doccano has them."""
    files = [file for file in source.files if file.extension in (".jsonl", ".json")]
    return bool(files) and len(files) == len(source.files) and all(map(_looks_so, files))


def _looks_so(file: File) -> bool:
    names = first_names(file)
    labelled = names & {*LABELS, "relations", "cats", "Comments"}
    return bool(names & {*TEXTS}) and bool(labelled) and not names & OTHERS


DOCCANO: Final = Importer(
    name="doccano",
    title=gettext_lazy("doccano: texts with entities and relations (JSON lines)"),
    extensions=(".jsonl", ".json"),
    takes=(
        "Each line is an article: its text (`text`, `data` or `column_data`), its entities (`entities`, or "
        "triples of start, end and type in `label`) and its `relations`. Entities of a type that is "
        "neither ours nor mapped become facts that keep it in the field `imported_type`; such a relation "
        "is refused (`relation_unknown`). Our own export is imported as it was, after editing in doccano "
        "too: what was deleted there is listed (`taken_away`). doccano names nobody; files on the same "
        "texts are told apart by their names. If several people created the same span and not all of their "
        "copies are there, none is imported (`person_unknown`). Refused: `text_missing`, `no_text`, "
        "`malformed`, `duplicate_id`, `end_missing`, `label_of_text` (classes of a whole text), "
        "`comments_left_out`, `metadata_left_out`, and `unit_unknown`: doccano doesn't say what its "
        "offsets count. If code points, UTF-16 units and graphemes (as its editor counts them), or CRLF as "
        "one or as two, select different text, choose with `offset_unit` (`code_points`, `utf16`, "
        "`graphemes`, `bytes`) and `crlf` (`one`, `two`)."
    ),
    recognises=recognises,
    read=read,
    crosses=True,
    counts=True,
)
