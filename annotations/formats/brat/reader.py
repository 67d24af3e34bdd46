"""`brat`: a folder or an archive of `.txt` and `.ann`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext_lazy

from annotations.formats.brat.names import Types
from annotations.formats.brat.reading.collection import pairs
from annotations.formats.brat.reading.documents import documents
from annotations.formats.brat.reading.side_tables import ours
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
    title=gettext_lazy("brat standoff: texts with .ann files"),
    extensions=(".ann", ".txt", ".conf", ".zip"),
    takes=(
        "Each `.txt` with its `.ann` is an article with its annotations; a `.txt` alone is an article. The "
        "texts can be in a folder of their own, and the name of an annotation file can have a person in "
        "addition to the name of the text (`text/NAME.txt`, `attributions/NAME_person.ann`). An empty "
        "`.ann` means that somebody found nothing to annotate: a submitted assignment. Text-bounds, also "
        "of several fragments, are spans, and fragments with only line ends between them are one; an event "
        "whose type is an attribution becomes one, with its trigger or its role Cue as the cue, Source as "
        "the source, and a link to each Content. MajorClaim, Claim and Content are claims; Premise, "
        "Evidence and Fact are facts; Support corroborates, Attack and Partial-Attack contradict; other "
        "types can be mapped, and anything else is a fact with its type in a field. The first note on a "
        "span or a link is its note. Everything else (attributes, normalisations, equivalences, further "
        "notes, other events and roles, relations that can't be links: `kept_in_field`) is kept with its "
        "span in the field *As in brat*, and the export writes it again. If several files annotate one "
        "text, the differences between their names or folders name the annotators. A byte order mark "
        "counts as a character if the texts of the text-bounds say so, and a line end of two characters "
        "(CRLF) as one or as two (`line_ends_counted`). Settings (`.conf`), tables and other files beside "
        "them are skipped and listed (`not_read`). Our own archives are imported with the chosen types, "
        "label fields, links across articles, annotators and verdicts (as drafts). Refused: `malformed` "
        "lines, `duplicate_id`, `missing_target`, `text_missing`, `text_unclear` (several texts with its "
        "name, none nearer than the others), `no_text`, `field_full` (over 20,000 characters kept on one "
        "span), `fields_unreadable`, `types_unreadable`, `too_many` (annotations of one file, at most "
        "100,000), `span_refused` (what depends on a span that was not imported), `offsets_unclear` (a "
        "text-bound without a text if no other shows what offsets count); `type_left_out` for types that "
        "somebody chose to skip."
    ),
    recognises=recognises,
    read=read,
    crosses=True,
    names_strays=True,
    crosses_in=crosses_in,
    tells_files_apart=True,
)
