"""brat's files in tests, and what is read of them as a record of the export, as if it had been stored."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotations.formats.brat.reader import BRAT
from annotations.formats.brat.writing.document import Document as Outgoing
from annotations.formats.reading.records import ArticleRecord, LinkRecord, Options, Refusal, SpanRecord
from annotations.formats.reading.sources import File, Source


def folder(files: Mapping[str, str | bytes]) -> Source:
    """An import of these files."""
    contents = {path: text if isinstance(text, bytes) else text.encode() for path, text in files.items()}
    return Source([_file(path, content) for path, content in contents.items()])


def _file(path: str, content: bytes) -> File:
    return File(path, len(content), lambda: io.BytesIO(content))


def on_disk(root: Path, *patterns: str) -> Source:
    """An import of the files of a folder."""
    paths = sorted(path for pattern in patterns for path in root.rglob(pattern))
    return Source([File(str(path.relative_to(root)), path.stat().st_size, _opener(path)) for path in paths])


def _opener(path: Path) -> Any:
    return lambda: path.open("rb")


def read(source: Source, **types: str) -> tuple[list[ArticleRecord], list[Refusal]]:
    """The documents and the refusals of an import."""
    items = list(BRAT.read(source, Options(types=types)))
    return (
        [item for item in items if isinstance(item, ArticleRecord)],
        [item for item in items if isinstance(item, Refusal)],
    )


def one(text: str, annotations: str, **types: str) -> ArticleRecord:
    """The document of a text with annotations of which none is refused."""
    [document], refused = read(folder({"doc.txt": text, "doc.ann": annotations}), **types)
    assert refused == []
    return document


def record(document: ArticleRecord, annotator: str = "ada") -> dict[str, Any]:
    """What the export would say of a document, had it been stored."""
    spans = sorted((span(one, document.text, annotator) for one in document.spans), key=_position)
    return {
        "text": document.text,
        "spans": spans,
        "links": [link(one, annotator) for one in document.links],
    }


def _position(one: dict[str, Any]) -> Any:
    return one["fragments"][0][0], -one["fragments"][-1][1], one["id"]


def span(one: SpanRecord, text: str, annotator: str) -> dict[str, Any]:
    """A span as a record has it."""
    fragments = [list(fragment) for fragment in one.fragments]
    quote = " … ".join(text[start:end] for start, end in fragments)
    return {
        "id": one.key, "label": one.label, "fragments": fragments, "quote": quote, "note": one.note,
        "fields": dict(one.fields), "annotator": one.annotator or annotator,
    }  # fmt: skip


def link(one: LinkRecord, annotator: str) -> dict[str, Any]:
    """A link as a record has it."""
    return {
        "id": one.key, "relation": one.relation, "source": one.source, "target": one.target, "note": one.note,
        "annotator": one.annotator or annotator,
    }  # fmt: skip


def written(content: dict[str, Any], annotator: str = "ada", **kinds: Any) -> str:
    """The `.ann` that goes out of a record."""
    known = {label: kinds.get(label, {}) for label in ("claim", "attribution", "fact")}
    verdicts = content.get("verdicts", [])
    outgoing = Outgoing(content["text"], annotator, content["spans"], content["links"], verdicts, known)
    return "".join(outgoing.made().written())


def there_and_back(source: Source) -> Iterator[tuple[str, str, str]]:
    """The path of each file of annotations, what was in it, and what goes out of it again."""
    contents = {file.path: file.read().decode() for file in source.with_extension(".ann")}
    for document in read(source)[0]:
        if document.file in contents:
            yield document.file, contents[document.file], written(record(document))
