"""`labelstudio`: Label Studio tasks with annotations.

Its offsets in plain text count code points: the editor converts the browser's UTF-16 units (`charsToCodePoints` in its
`selection-tools.js`). Older versions did not, which the quotes tell. A quote is what the browser selected: white space
may be collapsed in it, and a line end written as two signs. Whether CRLF counts as one or as two, the quotes of a task
tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import gettext, gettext_lazy

from annotations.formats.jsonl.embedded import document_of, is_offset, measured_with, time_of
from annotations.formats.reading import regions
from annotations.formats.reading.decoding import may_be_quoted, with_line_feeds
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.json_values import first_names, records
from annotations.formats.reading.metadata import particulars, title_of
from annotations.formats.reading.records import ArticleRecord, Item, Options, Pass, Refusal, Refused
from annotations.formats.reading.regions import Region, Relation
from annotations.formats.reading.sources import File, Source
from annotations.text.offset_units import Counting, Measured

COLUMNS: Final = ("title", "url", "outlet", "author", "published_on", "language")
LABELLED: Final = ("labels", "hypertextlabels")
ADDRESS: Final = re.compile(r"(?:[a-z][a-z0-9+.-]{1,10}://|/data/|<HOSTNAME>)\S+\Z")
OURS: Final = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-\d+)?")
"""The id of a region that we exported: that of its span, and the number of its fragment from the second on."""
MARKUP: Final = re.compile(r"\s*<(?:!doctype|!--|[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each task a document."""
    for file in source.files:
        for found in records(file):
            if isinstance(found, Refusal):
                yield found
                continue
            location, value = found
            try:
                yield from _read(_Task(value, file.path, location), options)
            except Refused as error:
                yield error.refusal


def _read(task: _Task, options: Options) -> Iterator[Item]:
    document, refused = task.document(options)
    yield from refused
    found, relations = list(task.regions()), list(task.relations())
    if not task.has_record:
        document.passes = list(task.passes(options))
        if options.person_field:
            task.name_people(found, relations, options)
    yield from regions.add(document, found, relations, options)
    yield from task.refused
    yield from task.left_out(options)
    yield document


class _Task:
    """One task."""

    def __init__(self, value: Any, file: str, location: str) -> None:
        """Raises Refused where it is none, or its text cannot come in."""
        self.file, self.location, self.refused = file, location or "task", list[Refusal]()
        if not isinstance(value, dict):
            raise self._no("", "malformed", gettext("A task must be an object."))
        self.value = value
        self.annotations = [
            (f"{name}.{number}", one)
            for name in ("annotations", "completions")
            for number, one in enumerate(_listed(value.get(name)))
            if isinstance(one, dict)
        ]
        data = value.get("data")
        if not isinstance(data, dict):
            raise self._no("data", "text_missing", gettext("The task has no data, so it has no text."))
        self.data: dict[str, Any] = data
        meta = value.get("meta")
        self.own = meta.get("factcheck") if isinstance(meta, dict) else None
        self.name = self._name_of_text()
        self.measured = self._text()
        self.counting = self._counting()

    def _name_of_text(self) -> str:
        """Which of the data is the text: what the results say, else `text`, else the only one that is text."""
        for _, result in self._results():
            name = str(result.get("source", "")).removeprefix("$")
            if name and isinstance(self.data.get(name), str):
                return name
        texts = [name for name, value in self.data.items() if isinstance(value, str) and name not in COLUMNS]
        if "text" in self.data or not texts:
            return "text"
        if len(texts) > 1:
            names = ", ".join(texts)[:200]
            raise self._no(
                "data",
                "text_unclear",
                gettext("The task doesn't say which of these is its text: %(names)s.") % {"names": names},
            )
        return texts[0]

    def _text(self) -> Measured:
        value = self.data.get(self.name)
        if not isinstance(value, str):
            raise self._no(
                "data", "text_missing", gettext("The data has no text. It may be a dialogue, an image or audio.")
            )
        if ADDRESS.match(value):
            words = gettext("The data has the URL of the text, not the text itself: %(url)s.") % {"url": value[:200]}
            raise self._no(f"data.{self.name}", "text_elsewhere", words)
        if MARKUP.match(value) and "</" in value:
            words = gettext("The text is HTML, and its annotations refer to HTML elements. Import the page as html.")
            raise self._no(f"data.{self.name}", "markup", words)
        if not value.strip():
            raise self._no(f"data.{self.name}", "no_text", gettext("The text is empty."))
        return measured_with(self.own, value)

    def _counting(self) -> Counting:
        """What offsets count: of what may be meant, that by which most quotes are where they should be."""
        countings = self.measured.countings("code_points")
        quoted = [value for _, result in self._results() if (value := _quoted(result))] if len(countings) > 1 else []
        return max(countings, key=lambda counting: sum(self._is_there(value, counting) for value in quoted))

    def _is_there(self, value: dict[str, Any], counting: Counting) -> bool:
        fragment = self.measured.fragment(value["start"], value["end"], counting)
        return fragment is not None and _is_alike(self.measured.text[slice(*fragment)], value["text"])

    @property
    def has_record(self) -> bool:
        """Whether our own record of the article comes along, which says what and who."""
        meta = self.value.get("meta")
        return isinstance(meta, dict) and isinstance(meta.get("factcheck"), dict)

    def passes(self, options: Options) -> Iterator[Pass]:
        """Those who handed the task in without a result: they looked, and found nothing."""
        for location, annotation in self.annotations:
            if annotation.get("result") == [] and not annotation.get("was_cancelled"):
                maker = _person(annotation.get("completed_by"))
                named = options.person_in(annotation, self.data, self.value) if options.person_field else maker
                yield Pass(annotator=named, location=f"{self.location}, {location}")

    def document(self, options: Options) -> tuple[ArticleRecord, list[Refusal]]:
        """The document, with what our own record says of it where it comes along."""
        if isinstance(self.own, dict) and isinstance(self.own.get("article"), dict):
            return document_of(self.own, self.measured.text, self.file, self.location, options)
        said = {name: self.data.get(name) for name in COLUMNS if name != self.name}
        known, refused = particulars(said, self.file, f"{self.location}, data")
        known.setdefault("title", title_of(self.measured.text, self.file))
        metadata = {**known, **options.metadata}
        return ArticleRecord(
            file=self.file, location=self.location, text=self.measured.text, metadata=metadata
        ), refused

    def _results(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The results of all annotations that count, with their places; `annotator` and times are put into each."""
        for location, annotation in self.annotations:
            if annotation.get("was_cancelled"):
                continue
            maker = _person(annotation.get("completed_by"))
            for number, result in enumerate(_listed(annotation.get("result"))):
                if isinstance(result, dict):
                    times = {name: annotation.get(name) for name in ("created_at", "updated_at")}
                    yield f"{location}.result.{number}", {**times, "annotator": maker, **result, "annotation": location}

    def regions(self) -> Iterator[Region]:
        """The labelled ranges of the text; other results are refused by name."""
        for location, result in self._results():
            kind, value = result.get("type"), result.get("value")
            if kind == "relation":
                continue
            if kind not in LABELLED or not isinstance(value, dict):
                words = gettext("Results of the type %(kind)s can't be imported. Only spans have labels.") % {
                    "kind": str(kind)[:60]
                }
                self._refuse(location, "result_type", words)
            elif "startOffset" in value or isinstance(value.get("start"), str):
                self._refuse(
                    location, "xpath", gettext("The annotation refers to HTML elements (XPath), not to the text.")
                )
            elif not is_offset(value.get("start")) or not is_offset(value.get("end")):
                self._refuse(location, "malformed", gettext("A region must have start and end as whole numbers."))
            else:
                yield from self._labelled(location, result, value)

    def _labelled(self, location: str, result: dict[str, Any], value: dict[str, Any]) -> Iterator[Region]:
        """A region for each of its labels."""
        labels = [one for one in _listed(value.get(result["type"]) or value.get("labels")) if isinstance(one, str)]
        if not labels:
            self._refuse(location, "label_missing", gettext("The region has no label."))
        told = value["start"], value["end"]
        start, end = self.measured.fragment(*told, self.counting) or told  # refused, where they are none of the text
        # Without any `meta` a tool on the way shows no notes; Label Studio keeps it, also where a note was deleted.
        meta = result.get("meta")
        shows_notes = isinstance(meta, dict)
        meta = meta if isinstance(meta, dict) else {}
        text = meta.get("text")
        notes = [one for one in (text if isinstance(text, list) else [text]) if isinstance(one, str)]
        annotator = meta.get("annotator") or result["annotator"]
        for number, label in enumerate(labels):
            yield Region(
                key=self._key(result, result.get("id", location)) + (f"#{number}" if number else ""),
                type=label,
                start=start,
                end=end,
                quote=self._quote(value.get("text"), start, end),
                note="\n".join(notes) if shows_notes else None,
                annotator=annotator if isinstance(annotator, str) else None,
                location=f"{self.location}, {location}",
                created_at=time_of(result.get("created_at")),
                updated_at=time_of(result.get("updated_at")),
                id=found.group(1) if (found := OURS.fullmatch(str(result.get("id")))) else "",
                group=result["annotation"],
            )

    def _quote(self, said: Any, start: int, end: int) -> str | None:
        if not isinstance(said, str):
            return None
        there = self.measured.text[start:end]
        return there if _is_alike(there, said) else with_line_feeds(said).value

    def relations(self) -> Iterator[Relation]:
        """The relations; one that points to the left goes the other way."""
        for location, result in self._results():
            if result.get("type") != "relation":
                continue
            source, target = result.get("from_id"), result.get("to_id")
            if result.get("direction") == "left":
                source, target = target, source
            labels = [one for one in _listed(result.get("labels")) if isinstance(one, str)] or [""]
            for label in labels:
                yield Relation(
                    type=label, source=self._key(result, source), target=self._key(result, target),
                    annotator=result["annotator"], location=f"{self.location}, {location}",
                )  # fmt: skip

    def name_people(self, found: list[Region], relations: list[Relation], options: Options) -> None:
        """Names who made what as the chosen field says: that of the result, of its annotation, or of the task."""
        annotations = dict(self.annotations)
        results = {
            f"{self.location}, {location}": (value, annotations[value["annotation"]])
            for location, value in self._results()
        }
        parts: list[Region | Relation] = [*found, *relations]
        for one in parts:
            one.annotator = options.person_in(*results[one.location], self.data, self.value)

    def left_out(self, options: Options) -> Iterator[Refusal]:
        """What else the task says, and nothing of ours holds."""
        for location, annotation in self.annotations:
            if annotation.get("was_cancelled"):
                yield self._no(location, "cancelled", gettext("The annotation was cancelled in Label Studio.")).refusal
        for name in ("predictions", "drafts"):
            if number := len(_listed(self.value.get(name))):
                yield self._no(
                    name,
                    f"{name}_left_out",
                    gettext("Not submitted by anyone, so skipped: %(number)s.") % {"number": number},
                ).refusal
        unknown = [name for name in self.data if name not in (self.name, *COLUMNS, options.person_field)]
        if unknown:
            names = ", ".join(sorted(unknown))[:300]
            yield self._no(
                "data",
                "metadata_left_out",
                gettext("Articles have no such metadata. Skipped: %(names)s.") % {"names": names},
            ).refusal

    def _refuse(self, location: str, code: str, words: str) -> None:
        self.refused.append(Refusal(self.file, f"{self.location}, {location}", code, words))

    def _key(self, result: dict[str, Any], region: Any) -> str:
        return f"{self.file}:{self.location}:{result['annotation']}:{region}"

    def _no(self, within: str, code: str, words: str) -> Refused:
        return Refused(self.file, f"{self.location}, {within}".strip(", "), code, words)


def _quoted(result: dict[str, Any]) -> dict[str, Any] | None:
    """The value of a region that has offsets and a quote."""
    value = result.get("value")
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return None
    return value if is_offset(value.get("start")) and is_offset(value.get("end")) else None


def _is_alike(there: str, said: str) -> bool:
    """Whether a quote differs from the text in white space only.

    Very much more text is not compared: each of very many regions may name the whole of it.
    """
    bare = (_bare(said), _bare(said.replace("\\n", "\n").replace("\\r", "\r")))
    return may_be_quoted(len(there), said) and _bare(there) in bare


def _bare(text: str) -> str:
    return "".join(text.split())


def _person(value: Any) -> str | None:
    """How the file names whoever made an annotation: by address, by name or by number."""
    if isinstance(value, dict):
        name = " ".join(str(value[part]) for part in ("first_name", "last_name") if value.get(part))
        value = value.get("email") or name or value.get("id")
    return str(value)[:200] if isinstance(value, int | str) and value != "" else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def recognises(source: Source) -> bool:
    """Whether all files are JSON whose first object has `data`, or the annotations of a task."""
    files = [file for file in source.files if file.extension in (".json", ".jsonl")]
    return bool(files) and len(files) == len(source.files) and all(map(_looks_so, files))


def _looks_so(file: File) -> bool:
    names = first_names(file)
    return "data" in names and (names == {"data"} or bool(names & {"annotations", "completions", "predictions"}))


LABELSTUDIO: Final = Importer(
    name="labelstudio",
    title=gettext_lazy("Label Studio: tasks with annotations (JSON)"),
    extensions=(".json", ".jsonl"),
    takes=(
        "Each task is an article. Its text is what the results name as their source, else `data.text`, "
        "else the only text in its data. Labelled regions of plain text are imported with their quote, "
        "note and annotator, and relations. An annotation without a result means that somebody found "
        "nothing to annotate: a submitted assignment. A type that is neither ours nor mapped becomes a "
        "fact that keeps it in the field `imported_type`; such a relation is refused (`relation_unknown`). "
        "Our own export is imported as it was, after editing in Label Studio too: regions are matched by "
        "id, others by label and offsets within one annotator. A moved end and a changed note are imported "
        "as changed; what was deleted there is listed (`taken_away`), and if several people created the "
        "same span and the file doesn't say whose it is, none is imported (`person_unknown`). Refused: "
        "`text_missing`, `text_elsewhere` (a URL), `text_unclear`, `markup` (HTML), `no_text`, "
        "`malformed`, `xpath`, `result_type` (choices, ratings, images and so on), `label_missing`, "
        "`duplicate_id`, `end_missing`, `cancelled`, `predictions_left_out`, `drafts_left_out`, "
        "`metadata_left_out`."
    ),
    recognises=recognises,
    read=read,
    crosses=True,
)
