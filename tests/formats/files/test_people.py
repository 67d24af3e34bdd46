"""Who annotated, as files say it or as somebody chose."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.formats.reading import people
from annotations.formats.reading.people import people_of_files, with_people
from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.formats.reading.sources import File, Source
from annotations.formats.registry import IMPORTERS
from tests.formats.given import file
from tests.formats.uima.written import STRING, case, mark, types

CLAIM = "T1\tClaim 4 10\tbridge\n"
TEXT = "The bridge is safe."


def named(
    files: dict[str, Any], name: str = "doccano", **chosen: Any
) -> tuple[dict[str, list[str | None]], list[Refusal]]:
    """Who annotated what each file has, in its order, and what is reported. Objects are JSON."""
    sent = [file(one if isinstance(one, str) else json.dumps(one), path) for path, one in files.items()]
    source = Source(sent)
    items = list(with_people(IMPORTERS[name], source, stopping=lambda: False).read(source, Options(**chosen)))
    people: dict[str, list[str | None]] = {}
    for document in items:
        if isinstance(document, ArticleRecord):
            people.setdefault(document.file, []).extend(part.annotator for part in document.parts)
    return people, [item for item in items if isinstance(item, Refusal)]


def record(text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {"text": text, "label": [[4, 10, "claim"]], **more}


@pytest.mark.parametrize(
    ("stems", "people"),
    [
        (["anna/doc", "ben/doc"], ["anna", "ben"]),
        (["anna/doc", "ben/doc", "external/review/doc"], ["anna", "ben", "external/review"]),
        (["anna/doc", "ben/doc", "train/doc"], ["anna", "ben", None]),
        (["anna/doc", "ben/doc", "2/doc"], ["anna", "ben", None]),
        (["anna/doc", "anna/doc_copy", "ben/doc"], ["anna", "anna", "ben"]),
        (["x/doc_anna", "x/doc_ben", "y/doc_carl"], ["anna", "ben", "carl"]),
        (["train/doc_anna", "test/doc_ben"], ["anna", "ben"]),
        (["team_anna/doc", "team_ben/doc"], ["anna", "ben"]),
        (["latest_devin", "latest_goldberg"], ["devin", "goldberg"]),
        (["doc1", "doc2"], ["doc1", "doc2"]),
        (["doc_1", "doc_2"], [None, None]),
        (["a_test/doc", "b_test/doc"], [None, None]),
    ],
)
def test_what_tells_paths_apart_names_people_and_one_without_a_name_takes_nobody_elses(
    stems: list[str], people: list[str | None]
) -> None:
    found = people_of_files([stems])

    assert [found.get(stem) for stem in stems] == people


def test_a_folder_that_names_somebody_does_so_for_all_in_it() -> None:
    found = people_of_files([["anna/one", "ben/one"]])

    assert (found.get("anna/two"), found.get("carl/two")) == ("anna", None)


def test_files_on_the_same_texts_are_their_peoples() -> None:
    files = {"out/anna.jsonl": record(), "out/ben.jsonl": record(), "out/carl.jsonl": record("The others is here.")}

    people, refused = named(files)

    assert people == {"out/anna.jsonl": ["anna"], "out/ben.jsonl": ["ben"], "out/carl.jsonl": [None]}
    assert refused == []


def test_cases_of_the_same_text_are_their_peoples_and_a_feature_may_name_them() -> None:
    made = case(TEXT, types({"Claim": {"who": STRING}}))
    mark(made, "Claim", (4, 10), who="Ada")
    described = made.typesystem.to_xml()
    files = {"TypeSystem.xml": described, "anna/d.xmi": made.to_xmi(), "ben/d.xmi": made.to_xmi()}

    assert named(files, "uima")[0] == {"anna/d.xmi": ["anna"], "ben/d.xmi": ["ben"]}
    by_field, _ = named(files, "uima", person_from="field", person_field="who")
    assert by_field == {"anna/d.xmi": ["Ada"], "ben/d.xmi": ["Ada"]}


def test_a_file_names_somebody_also_for_the_texts_that_nobody_else_has() -> None:
    anna = f"{json.dumps(record())}\n{json.dumps(record('The others is here.'))}"

    assert named({"anna.jsonl": anna, "ben.jsonl": record()})[0]["anna.jsonl"] == ["anna", "anna"]


def test_the_formats_own_field_comes_before_the_names_of_files() -> None:
    regions = [{"id": "r", "type": "labels", "value": {"start": 4, "end": 10, "labels": ["claim"]}}]
    tasks = {
        f"{name}.json": [{"data": {"text": TEXT}, "annotations": [{"completed_by": who, "result": regions}]}]
        for name, who in (("x", "Ada"), ("y", None))
    }

    assert named(tasks, "labelstudio")[0] == {"x.json": ["Ada"], "y.json": [None]}


@pytest.mark.parametrize(
    ("chosen", "person"),
    [
        ({"person_from": "folder"}, "anna"),
        ({"person_from": "file"}, "x"),
        ({"person_from": "none"}, None),
        ({"person_from": "field", "person_field": "by"}, "Ada"),
        ({"person_from": "field", "person_field": "meta.who"}, "7"),
        ({}, None),
    ],
)
def test_what_names_people_is_chosen(chosen: dict[str, str], person: str | None) -> None:
    people, refused = named({"a/anna/x.jsonl": record(by="Ada", meta={"who": 7})}, **chosen)

    assert people == {"a/anna/x.jsonl": [person]}
    assert [refusal.detail for refusal in refused] == [
        f"Articles have no such metadata. Skipped: {left_out}."
        for left_out in [", ".join(sorted({"by", "meta.who"} - {chosen.get("person_field")}))]
    ]


@pytest.mark.parametrize(
    ("path", "chosen"),
    [("x.jsonl", {"person_from": "folder"}), ("x.jsonl", {"person_from": "field", "person_field": "by"})],
)
def test_where_what_was_chosen_names_nobody_a_note_says_so(path: str, chosen: dict[str, str]) -> None:
    people, [note] = named({path: record()}, **chosen)

    assert people == {path: [None]}
    assert (note.code, note.is_note) == ("person_missing", True)


REGION = {"id": "r", "type": "labels", "value": {"start": 4, "end": 10, "labels": ["claim"]}, "who": "Ada"}
OURS = {
    "schema": "factcheck/1",
    "article": {"text": TEXT},
    "spans": [
        {"id": f"00000000-0000-4000-8000-00000000000{n}", "fragments": [[4, 10]], "label": "claim", "fields": fields}
        for n, fields in ((1, {"who": "Ada"}), (2, {}))
    ],
    "who": "Bo",
}
ANNOTATIONS = [
    {"type": "Annotation", "id": "urn:t", "body": {"type": "TextualBody", "id": "urn:x", "value": TEXT},
     "target": "urn:x"},
    {"type": "Annotation", "id": "urn:a", "who": "Ada", "creator": "urn:bo",
     "target": {"source": "urn:x", "selector": {"type": "TextPositionSelector", "start": 4, "end": 10}}},
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "files", "people"),
    [
        ("labelstudio", {"a.json": [{"data": {"text": TEXT}, "annotations": [{"result": [REGION]}]}]}, ["Ada"]),
        (
            "labelstudio",
            {"a.json": [{"data": {"text": TEXT, "who": "Bo"}, "annotations": [{"result": [REGION | {"who": ""}]}]}]},
            ["Bo"],
        ),
        ("jsonl", {"a.jsonl": OURS}, ["Ada", "Bo"]),
        ("webannotation", {"a.jsonl": "\n".join(map(json.dumps, ANNOTATIONS))}, ["Ada"]),
        ("brat", {"d.txt": TEXT, "d.ann": f"{CLAIM}A1\twho T1 Ada\nT2\tClaim 14 18\tsafe\n"}, ["Ada", None]),
        ("brat", {"d.txt": TEXT, "d_bo.ann": f"{CLAIM}#1\twho T1\tAda K.\n"}, ["Ada K."]),
        ("averitec", {"a.json": [{"claim": "It is so.", "label": "Refuted", "who": "Ada"}]}, ["Ada"]),
    ],
)
def test_each_format_is_asked_for_the_field(name: str, files: dict[str, Any], people: list[str | None]) -> None:
    found, _ = named(files, name, person_from="field", person_field="who")

    assert [person for found_in in found.values() for person in found_in] == people


@pytest.mark.parametrize(
    ("paths", "chosen", "people"),
    [
        (["d.txt", "d_anna.ann"], "file", {"d_anna.ann": ["anna"]}),
        (["t/d.txt", "anna/d.ann"], "folder", {"anna/d.ann": ["anna"]}),
        (["t/d.txt", "anna/d.ann", "ben/d.ann"], "none", {"anna/d.ann": [None], "ben/d.ann": [None]}),
    ],
)
def test_brat_names_people_as_chosen_too(paths: list[str], chosen: str, people: dict[str, list[str | None]]) -> None:
    files = {path: TEXT if path.endswith(".txt") else CLAIM for path in paths}

    assert named(files, "brat", person_from=chosen)[0] == people


@pytest.mark.parametrize("other", [f"{TEXT}\r\n", "\ufeff" + TEXT + "\n"])
def test_texts_that_differ_in_line_ends_or_a_byte_order_mark_are_the_same_to_people(other: str) -> None:
    files = {"anna/d.txt": f"{TEXT}\n", "anna/d.ann": CLAIM, "ben/d.txt": other, "ben/d.ann": CLAIM}

    assert named(files, "brat")[0] == {"anna/d.ann": ["anna"], "ben/d.ann": ["ben"]}


def test_names_hold_nothing_that_no_page_shows() -> None:
    people, _ = named({"x.jsonl": record(by="A\x07da\u202e ")}, person_from="field", person_field="by")

    assert people == {"x.jsonl": ["A�da�"]}


def test_a_look_that_is_stopped_names_whom_it_has_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "LOOKS", 1)
    sent: list[File] = [file(json.dumps(record()), path) for path in ("anna.jsonl", "ben.jsonl")]
    importer = with_people(IMPORTERS["doccano"], Source(sent), stopping=lambda: True)

    documents = [item for item in importer.read(Source(sent), Options()) if isinstance(item, ArticleRecord)]

    assert [part.annotator for document in documents for part in document.parts] == [None, None]
