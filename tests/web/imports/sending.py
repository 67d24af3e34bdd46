"""Sending files to the import page, and a format of annotated texts made up for these tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.formats.reading.importer import Importer
from annotations.formats.reading.records import (
    ArticleRecord,
    Item,
    LinkRecord,
    Options,
    Refusal,
    SpanRecord,
    VerdictRecord,
)
from annotations.formats.reading.sources import Source
from annotations.models import Import
from tests.cast import Cast
from tests.web.visit import signed_in

BODY: Final = "The dam broke. Engineers had warned of it 👩‍👩‍👧 in March."


def send(cast: Cast, **files: bytes | str) -> Any:
    """What the page answers the manager who sends these files; ``_`` in a name stands for the dot."""
    parts = [
        SimpleUploadedFile(name.replace("_", "."), content.encode() if isinstance(content, str) else content)
        for name, content in files.items()
    ]
    return signed_in(cast.manager).post(reverse("import-upload", args=[cast.project.slug]), {"files": parts})


def proposed(cast: Cast, **files: bytes | str) -> Import:
    """The import that these files are."""
    answer = send(cast, **files)
    assert answer.status_code == 302, answer.content
    return Import.objects.latest("pk")


def address(one: Import) -> str:
    """Where an import is looked at."""
    return reverse("import-one", args=[one.project.slug, one.pk])


def look(cast: Cast, one: Import) -> Any:
    """What the manager sees of it."""
    return signed_in(cast.manager).get(address(one))


def act(cast: Cast, one: Import, step: str, **values: Any) -> Any:
    """What the page answers to a press of a button."""
    return signed_in(cast.manager).post(address(one), {"step": step, **values})


def _read(source: Source, options: Options) -> Iterator[Item]:
    for file in source.files:
        for number, line in enumerate(file.read().decode().splitlines(), 1):
            place = f"line {number}"
            if not line.startswith("{"):
                yield Refusal(file.path, place, "no_object", "This line is no object.")
                continue
            yield _document(file.path, place, json.loads(line), options)


def _document(file: str, place: str, said: dict[str, Any], options: Options) -> ArticleRecord:
    label = options.types.get("Premise", "fact")
    spans = [SpanRecord(key="1", label="claim", fragments=[(0, 14)], annotator=said.get("by"))]
    if label:
        spans.append(SpanRecord(key="2", label=label, fragments=[(15, 40)], annotator=said.get("by")))
    options.types.get("Support", "corroborates")
    options.types.get("Odd", None)
    links = [LinkRecord(key="3", relation="corroborates", source="2", target="1")] if label else []
    verdict = [VerdictRecord(claim="1", rating="supported", reviewer="Rita")]
    metadata = {"title": said["title"], **options.metadata}
    return ArticleRecord(
        file=file, location=place, text=said["text"], metadata=metadata, spans=spans, links=links, verdicts=verdict
    )


MADE_UP: Final = Importer(
    name="madeup",
    title="Lines made up",
    extensions=(".lines",),
    takes="Nothing of the kind.",
    recognises=lambda source: all(file.extension == ".lines" for file in source.files),
    read=_read,
)


def line(title: str = "The dam", text: str = BODY, **more: str) -> str:
    """One document of the format made up."""
    return json.dumps({"title": title, "text": text, **more}) + "\n"
