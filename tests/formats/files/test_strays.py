"""Files that are none of an import keep nothing else out."""

from __future__ import annotations

import io
import json
import zipfile
from functools import partial
from typing import Any

import pytest

from annotations.formats.reading.decoding import decoded
from annotations.formats.reading.records import Options, Refusal, Refused
from annotations.formats.reading.sources import File, Source, opened
from annotations.formats.reading.unread_files import sifted
from annotations.formats.registry import IMPORTERS, recognised
from tests.formats.given import file

TASK = json.dumps([{"data": {"text": "The bridge."}, "annotations": []}])
RECORD = json.dumps({"text": "The bridge.", "label": []})
CLAIM = "T1\tClaim 4 10\tbridge\n"
STRAYS = ["LICENSE", "README.md", "report.pdf", "photo.png", ".gitignore"]


def source(files: dict[str, Any]) -> Source:
    return Source([file(content, path) for path, content in files.items()])


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"a.json": TASK, "b/c.json": TASK}, "labelstudio"),
        ({"a.jsonl": RECORD}, "doccano"),
        ({"a.txt": "A text.", "b.txt": "Two."}, "txt"),
        ({"a.html": "<html>", "b.html": "<html>"}, "html"),
        ({"a.csv": "title,text\n"}, "csv"),
        ({"d.txt": "The bridge.", "d.ann": CLAIM}, "brat"),
    ],
)
def test_strays_keep_no_format_from_being_recognised_and_are_reported_by_name(files: dict[str, Any], name: str) -> None:
    found = source({**dict.fromkeys(STRAYS, "%PDF-1.4"), **files})

    importer = recognised(found)
    assert importer is IMPORTERS[name]
    left = sifted(importer, found)
    items = list(importer.read(left, Options()))
    reported = [*left.refused, *(item for item in items if isinstance(item, Refusal))]
    by_code = {one.file: (one.code, one.is_note) for one in reported if one.file not in files}
    assert by_code == {**dict.fromkeys(STRAYS, ("not_read", True)), "report.pdf": ("not_text", False)}


def test_the_format_of_more_than_half_of_the_files_is_recognised() -> None:
    others = {"config.json": '{"size": 1}', "notes.json": "[]"}

    assert recognised(source({f"{n}.json": TASK for n in range(3)} | others)) is IMPORTERS["labelstudio"]
    assert recognised(source({f"{n}.json": TASK for n in range(2)} | others)) is None


def test_texts_beside_as_many_files_of_another_format_accompany_them() -> None:
    assert recognised(source({"a.json": TASK, "SOURCE.txt": "From a site."})) is IMPORTERS["labelstudio"]
    assert recognised(source({"a.json": TASK, "b.txt": "One.", "c.txt": "Two."})) is IMPORTERS["txt"]


def test_of_very_many_files_some_are_looked_at() -> None:
    opened_: list[str] = []

    def opened_at(path: str) -> io.BytesIO:
        opened_.append(path)
        return io.BytesIO(TASK.encode() if path != "5.json" else b"{}")

    many = [File(f"{number}.json", 10, partial(opened_at, f"{number}.json")) for number in range(5_000)]

    assert recognised(Source(many)) is IMPORTERS["labelstudio"]
    assert len(set(opened_)) < 300


@pytest.mark.parametrize("path", ["README.txt", "LICENSE", "report.pdf", "notes.log"])
def test_where_nothing_else_is_there_a_stray_is_read(path: str) -> None:
    assert [one.path for one in sifted(IMPORTERS["txt"], source({path: "A text."})).files] == [path]


def test_a_chosen_format_is_read_whatever_the_files_are_called() -> None:
    found = source({"a.data": RECORD, "b.data": RECORD, "c.jsonl": RECORD, "d": RECORD})

    assert len(sifted(IMPORTERS["doccano"], found).files) == 2
    assert len(sifted(IMPORTERS["doccano"], Source(found.files[:2])).files) == 2


def test_an_article_may_be_called_readme_where_annotations_are_about_it() -> None:
    found = source({"README.txt": "The bridge.", "README.ann": CLAIM, "notice.txt": "A notice.", "license.txt": "MIT"})

    left = sifted(IMPORTERS["brat"], found)

    assert [one.path for one in left.files] == ["README.txt", "README.ann", "notice.txt"]
    assert [(one.file, one.code) for one in left.refused] == [("license.txt", "not_read")]


@pytest.mark.parametrize(
    "content",
    [b"{\\rtf1\\ansi The bridge.}", b"%PDF-1.7\n", b"PK\x03\x04word/document.xml", bytes.fromhex("d0cf11e0a1b11ae1")],
)
def test_what_is_no_text_is_refused_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(Refused) as error:
        decoded(content, file="a.txt", encoding="cp1252")

    assert (error.value.refusal.file, error.value.refusal.code) == ("a.txt", "not_text")


def test_a_document_of_word_is_none_of_its_parts() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.txt", "Its words.")

    found = opened([file(content.getvalue(), "report.txt")])

    assert [one.path for one in found.files] == ["report.txt"]
    [refusal] = IMPORTERS["txt"].read(found, Options())
    assert isinstance(refusal, Refusal)
    assert (refusal.file, refusal.code) == ("report.txt", "not_text")


def test_an_archive_in_an_archive_is_refused_by_name() -> None:
    left = sifted(IMPORTERS["txt"], source({"a.txt": "A text.", "b.zip": "PK"}))

    assert [(one.file, one.code) for one in left.refused] == [("b.zip", "too_deep")]
