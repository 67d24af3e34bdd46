"""`brat`: an archive of a text and its annotations for each article, with tables of what they cannot hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy

from annotations.formats.brat.names import DOCUMENTS, FIELDS, LINKS, MEANINGS
from annotations.formats.brat.writing import side_tables
from annotations.formats.brat.writing.configuration import Configuration
from annotations.formats.brat.writing.document import Document
from annotations.formats.brat.writing.meanings import Meanings
from annotations.formats.brat.writing.side_tables import document as name_of
from annotations.formats.jsonl.dataset import records
from annotations.formats.writing.format import Format, Member, Reader
from annotations.formats.writing.selection import Selection


def members(selection: Selection, reader: Reader) -> Iterator[Member]:
    """See `Format`."""
    selection = replace(selection, comments=False)
    configuration, meanings = Configuration(), Meanings()
    yield Member(FIELDS, [side_tables.fields(selection.project)])
    yield Member(DOCUMENTS, side_tables.documents(selection, reader))
    yield Member(LINKS, side_tables.links(selection, reader))
    for chunk in reader.lines(records(selection)):
        for line in chunk.split(b"\n"):
            if line:
                yield from _files(json.loads(line), selection, configuration, meanings)
    yield Member("annotation.conf", configuration.written())
    yield Member(MEANINGS, meanings.written())


def _files(
    record: dict[str, Any], selection: Selection, configuration: Configuration, meanings: Meanings
) -> Iterator[Member]:
    """The documents of an article: one, or one for each person who worked unseen by the others."""
    article, spans = record["article"], record["spans"]
    apart = side_tables.is_apart(selection)
    people = sorted({span["annotator"] for span in spans}) if apart else []
    fields = selection.project.label_fields
    kinds = {label: {one["key"]: one["kind"] for one in known} for label, known in fields.items()}
    for person in people or [spans[0]["annotator"] if spans else ""]:
        own = [span for span in spans if not apart or span["annotator"] == person]
        document = Document(article["text"], person, own, record["links"], record["verdicts"], kinds, meanings)
        entries = document.made()
        configuration.learn(entries.all)
        name = name_of(article["id"], article["title"], person if apart and person else None)
        yield Member(f"{name}.txt", [article["text"].encode()])
        yield Member(f"{name}.ann", ["".join(entries.written()).encode()])


BRAT = Format(
    name="brat",
    title=gettext_lazy("brat standoff: texts with .ann files"),
    media_type="application/zip",
    extension="brat.zip",
    carries=gettext_lazy(
        "A `.txt` and an `.ann` for each article (in an independent project a folder for each annotator), "
        "and an `annotation.conf` with which brat opens them. Claims and facts are text-bounds, also of "
        "several fragments. An attribution is an event whose trigger is the cue, with Source and Content, "
        "Content2 … for what it attributes; Whole has its words where they are more than cue and source. "
        "Links are relations, fields attributes and notes, and so are a verdict's rating, state and "
        "rationale, and that an import brought its approval (`Verdict-approval`). Fragments are cut at "
        "line ends, over which brat takes none; a note `Fragments` says which they are where reading would "
        "join others. What came in from brat goes out as it came, line for line where nothing was changed. "
        "Tables beside the documents have what brat cannot hold: `links.tsv` links across articles, "
        "`documents.tsv` annotators and metadata, `fields.json` the label fields, `types.json` what was "
        "chosen for types; a note `Read-as` says where a line is something else. Line ends in notes are "
        "written ␤, what only some programs take for one ␋, ␌, ␜, ␝, ␞, ␅, ␊ (U+2028) and ␍ (U+2029), and "
        "such a sign itself with ␛ before it."
    ),
    leaves_out=gettext_lazy(
        "Ids and times; confidence, evidence sets, authors and reviews of verdicts; comments; links of "
        "which the filters leave out an end."
    ),
    members=members,
)
