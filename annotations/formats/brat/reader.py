"""`brat`: a folder or an archive of `.txt` and `.ann`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from annotations.formats.brat.reading.collection import pairs
from annotations.formats.brat.reading.documents import documents
from annotations.formats.brat.reading.side_tables import ours
from annotations.formats.brat.reading.types import Types
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import Item, Options, Refusal, Refused
from annotations.formats.reading.sources import Source

FIRST_LINE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[TREAMN#]\S+|\*)\t\S")


def recognises(source: Source) -> bool:
    """Whether there are annotations that begin as brat's do, or texts with empty files of annotations alone."""
    are_empty = any(source.with_extension(".txt"))
    for file in source.with_extension(".ann"):
        head = file.head()
        if FIRST_LINE.match(head):
            return True
        are_empty = are_empty and not head.strip()
    return are_empty and any(source.with_extension(".ann"))


def read(source: Source, options: Options) -> Iterator[Item]:
    """See `Importer`."""
    tables = ours(source)
    types = Types(options.types, tables.labels, tables.relations) if tables else Types(options.types)
    yield from tables.refused if tables else ()
    for pair in pairs(source, is_ours=tables is not None):
        if isinstance(pair, Refusal):
            yield pair
            continue
        try:
            yield from documents(pair, options, types, tables)
        except Refused as error:
            yield error.refusal


def crosses_in(source: Source) -> bool:
    """Whether a table among these files has links across documents."""
    tables = ours(source)
    return tables is not None and bool(tables.links)


BRAT = Importer(
    name="brat",
    title="brat standoff: texts with .ann files",
    extensions=(".ann", ".txt", ".conf", ".zip"),
    takes=(
        "Each `.txt` with its `.ann` is an article with its annotations, a `.txt` alone is an article. The texts may "
        "lie in a folder of their own, and the name of a file of annotations may have a person beside that of the text "
        "(`text/NAME.txt`, `attributions/NAME_person.ann`). An empty `.ann` says that somebody looked and found "
        "nothing: a submitted assignment. "
        "Text-bounds, also of several fragments, are passages, and fragments with nothing but line ends between them "
        "one; an event whose type is an attribution is one, with "
        "its trigger or its role Cue as the cue, Source as the source, and a link to each Content. MajorClaim, "
        "Claim and Content are claims; Premise, Evidence and Fact are facts; Support corroborates, Attack and "
        "Partial-Attack contradict; other types can be mapped, and what nothing names is a fact with its type in "
        "a field. The first note on a passage or a link is its note. All else (attributes, normalisations, "
        "equivalences, further notes, other events and roles, relations that can be no link: `kept_in_field`) is "
        "kept with its passage in the field *As in brat*, and the export writes it again. Where several files "
        "annotate one text, what tells their names or their folders apart names the annotators. A byte order mark "
        "counts as a character where the texts of the text-bounds say so, and a line end of two characters (CRLF) as "
        "one or as two (`line_ends_counted`). Settings (`.conf`), tables and other "
        "files beside them are not read, and named (`not_read`). "
        "Our own archives come in with what was chosen for types, label fields, links across articles, annotators and "
        "verdicts (as drafts). "
        "Refused: `malformed` lines, `duplicate_id`, `missing_target`, `text_missing`, `text_unclear` (several "
        "texts of its name, none nearer than the others), `no_text`, "
        "`field_full` (over 20,000 characters kept on one passage), `fields_unreadable`, `types_unreadable`, "
        "`too_many` (annotations "
        "of one file, at most 100,000), `span_refused` (what depends on a span that did not come in), "
        "`offsets_unclear` (a text-bound without a text where no other shows what offsets count); "
        "`type_left_out` where somebody chose so."
    ),
    recognises=recognises,
    read=read,
    crosses=True,
    names_strays=True,
    crosses_in=crosses_in,
    tells_files_apart=True,
)
