"""`webannotation`: W3C Web Annotations in JSON-LD, as a page, a collection, an array, lines or one alone.

A text comes as a body with an IRI that is also the target (see the exporter). What is marked in it follows it, and has
that IRI as its source. Nothing is fetched: an annotation of a text that is not in the file is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.json_ld import MOST_OF_ONE, Nodes
from annotations.formats.reading.json_values import Found, first_names, lines, looks_like_lines, values
from annotations.formats.reading.records import Item, Options, Refusal, Refused
from annotations.formats.reading.sources import File, Source
from annotations.formats.webannotation.annotation import Annotation, name_in
from annotations.formats.webannotation.document import Placing

ARRAYS: Final = ("items", "first.items")
AROUND: Final = ("AnnotationPage", "AnnotationCollection", "OrderedCollection", "OrderedCollectionPage")


def read(source: Source, options: Options) -> Iterator[Item]:
    """Each text a document, with what follows about it."""
    for file in source.files:
        yield from _read(file, options)


def _read(file: File, options: Options) -> Iterator[Item]:
    placing: Placing | None = None
    before: set[str] = set()
    alone = looks_like_lines(file) and not first_names(file) & {"items", "first"}
    found_again = (one[1] for one in _values(file, alone=alone) if not isinstance(one, Refusal))
    elsewhere = Nodes(lambda: found_again, wanted=lambda node: name_in(node) is not None)
    for found in _values(file, alone=alone):
        if isinstance(found, Refusal):
            yield found
            continue
        location, value = found
        # The page or the collection itself, whose items have come by themselves.
        kinds = value.get("type") if isinstance(value, dict) else None
        if any(kind in AROUND for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)):
            continue
        try:
            annotation = Annotation(value, file.path, location or "annotation", elsewhere)
            if annotation.text is not None:
                if placing is not None:
                    yield from placing.done()
                    before.add(placing.source)
                    placing = None
                placing = Placing(annotation, options)
            elif placing is not None and placing.holds(annotation):
                placing.add(annotation)
            else:
                raise _text_missing(annotation, before)
        except Refused as error:
            yield error.refusal
    if placing is not None:
        yield from placing.done()
    if elsewhere.is_cut:
        words = _(
            "The file has too many objects with an IRI, or more than %(most)s with the same one, so some names may "
            "not have been found."
        ) % {"most": MOST_OF_ONE}
        yield Refusal(file.path, "", "too_many_nodes", words)


def _values(file: File, *, alone: bool) -> Iterator[Found]:
    return lines(file) if alone else values(file, ARRAYS)


def _text_missing(annotation: Annotation, before: set[str]) -> Refused:
    name = next(iter(annotation.sources), _("its target"))[:200]
    if annotation.sources & before:
        words = _("This is after another text. Move it between the text %(name)s and the next one.") % {"name": name}
        return annotation.refused("", "out_of_order", words)
    words = _(
        "The text of %(name)s is not in the file, and texts are not fetched. The text must be before its annotations."
    ) % {"name": name}
    return annotation.refused("", "text_missing", words)


def recognises(source: Source) -> bool:
    """Whether all files are JSON that names the context of Web Annotations."""
    files = [file for file in source.files if file.extension in (".json", ".jsonld", ".jsonl")]
    return bool(files) and len(files) == len(source.files) and all(b"ns/anno.jsonld" in file.head() for file in files)


WEBANNOTATION: Final = Importer(
    name="webannotation",
    title=gettext_lazy("W3C Web Annotations (JSON-LD)"),
    extensions=(".jsonld", ".json"),
    takes=(
        "Pages, collections, arrays or lines of annotations. A text is a body with an IRI that is also its "
        "target, before the annotations on it; annotations on any other text are refused (`text_missing`, "
        "`out_of_order`). Spans need a TextPositionSelector in code points (else `selector`); a Composite, "
        "a List or several targets with the annotation's IRI are a span of several fragments. The label is "
        "the body that classifies or tags; a type that is neither ours nor mapped becomes a fact that "
        "keeps it in the field `imported_type`. Linking becomes links, assessing verdicts. Our own export "
        "is imported as it was. Also refused: `not_json`, `not_an_annotation`, `malformed`, `no_text`, "
        "`several_targets`, `relation_unknown`, `type_left_out`; and alone, while the rest is imported: "
        "`body_left_out` for bodies that are not text, `several_values` (further tags, creators, languages "
        "and the like), `not_text`, `date`, `too_many_nodes`. Values are read alone, in lists, in `@list` "
        "and in `@value`. A creator given by IRI has the name that the file gives it elsewhere."
    ),
    recognises=recognises,
    read=read,
    crosses=True,
)
