"""What doccano's files bring in, and what of them is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotations.formats.doccano.reader import DOCCANO
from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.formats.reading.sources import Source
from annotations.formats.registry import recognised
from tests.formats.given import file, file_at, json_file, read


def one(value: dict[str, Any], **types: str) -> tuple[ArticleRecord, list[Refusal]]:
    """The document of one record."""
    documents, refused = read(DOCCANO.read, json_file(value), options=Options(types=types))
    assert len(documents) == 1, refused
    return documents[0], refused


def codes(refused: list[Refusal]) -> list[str]:
    return [refusal.code for refusal in refused]


RELATIONS = {
    "text": "Google was founded by Larry Page.",
    "entities": [
        {"id": 7, "start_offset": 0, "end_offset": 6, "label": "ORG"},
        {"id": 9, "start_offset": 22, "end_offset": 32, "label": "PERSON"},
    ],
    "relations": [{"id": 1, "from_id": 7, "to_id": 9, "type": "foundedBy"}],
}


def test_types_that_nothing_names_become_facts_that_keep_them() -> None:
    document, refused = one(RELATIONS)

    assert [(p.label, p.fragments, p.fields) for p in document.spans] == [
        ("fact", [(0, 6)], {"imported_type": "ORG"}), ("fact", [(22, 32)], {"imported_type": "PERSON"}),
    ]  # fmt: skip
    assert [field["key"] for field in document.fields["fact"]] == ["imported_type"]
    assert codes(refused) == ["relation_unknown"]


def test_types_become_what_somebody_chose() -> None:
    document, refused = one(RELATIONS, ORG="attribution", PERSON="claim", foundedBy="attributes")

    assert [span.label for span in document.spans] == ["attribution", "claim"]
    assert [(t.relation, t.source, t.target) for t in document.links] == [
        ("attributes", document.spans[0].key, document.spans[1].key)
    ]
    assert (refused, document.fields) == ([], {})


def test_a_type_that_is_left_out_is_said_to_be_with_its_relations() -> None:
    document, refused = one(RELATIONS, ORG="", foundedBy="attributes")

    assert [span.label for span in document.spans] == ["fact"]
    assert codes(refused) == ["type_left_out", "end_missing"]


def test_older_triples_come_in() -> None:
    document, refused = one({"text": "Peter lives.", "label": [[0, 5, "claim"], [6, 11, "Fact"]]})

    assert [(p.label, p.fragments, p.fields) for p in document.spans] == [
        ("claim", [(0, 5)], {}), ("fact", [(6, 11)], {}),
    ]  # fmt: skip
    assert refused == []


def counted(text: str, start: int, end: int, **chosen: Any) -> tuple[list[str], list[Refusal], ArticleRecord]:
    """What an entity selects, and what is refused of it, with the choices for its offsets."""
    value = {"text": text, "label": [[start, end, "claim"]]}
    [document], refused = read(DOCCANO.read, json_file(value), options=Options(**chosen))
    return [document.text[slice(*one.fragments[0])] for one in document.spans], refused, document


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("It 👍 is.", "code points; UTF-16 units; graphemes"),
        ("हिन्दी में is.", "code points; UTF-16 units; graphemes"),
        ("Vie\u0302\u0323t Nam is.", "code points; UTF-16 units; graphemes"),
        ("قَلَمٌ is.", "code points; UTF-16 units; graphemes"),
        ("It\r\nis.", "code points, CRLF as two; code points, CRLF as one; UTF-16 units, CRLF as two; UTF-16 units, "
         "CRLF as one; graphemes, CRLF as two; graphemes, CRLF as one"),
    ],
)  # fmt: skip
def test_offsets_that_may_count_several_things_are_not_guessed(text: str, units: str) -> None:
    start = text.index("is")

    found, [refusal], _ = counted(text, start, start + 2)

    assert (found, refusal.code) == ([], "unit_unknown")
    assert refusal.detail.endswith(f": {units}.")


def test_offsets_before_the_first_difference_are_sure() -> None:
    assert counted("It is 👍.\r\nSo.", 3, 5)[:2] == (["is"], [])


@pytest.mark.parametrize(
    ("start", "chosen"),
    [
        (16, {"offset_unit": "code_points", "crlf": "two"}), (15, {"offset_unit": "code_points", "crlf": "one"}),
        (17, {"offset_unit": "utf16", "crlf": "two"}), (16, {"offset_unit": "utf16", "crlf": "one"}),
        (12, {"offset_unit": "graphemes", "crlf": "two"}), (11, {"offset_unit": "graphemes", "crlf": "one"}),
        (32, {"offset_unit": "bytes", "crlf": "two"}), (31, {"offset_unit": "bytes", "crlf": "one"}),
    ],
)  # fmt: skip
def test_what_somebody_chose_decides(start: int, chosen: dict[str, str]) -> None:
    assert counted("👍 हिन्दी e\u0301\r\n\n. is", start, start + 2, **chosen)[:2] == (["is"], [])


def test_a_choice_that_leaves_line_ends_open_decides_only_where_there_are_none_before() -> None:
    assert counted("👍 is\r\nso", 3, 5, offset_unit="utf16")[:2] == (["is"], [])
    assert codes(counted("👍 is\r\nso", 7, 9, offset_unit="utf16")[1]) == ["unit_unknown"]


def test_offsets_outside_the_text_are_refused_whatever_they_count() -> None:
    assert codes(counted("It is 👍.", 50, 60)[1]) == ["fragments"]


def test_the_first_spans_show_what_their_offsets_may_mean() -> None:
    for chosen in ({}, {"offset_unit": "utf16"}):
        [reading] = counted("👍 is so", 3, 5, **chosen)[2].readings
        assert (reading.label, reading.quotes) == (
            "claim", {"code points": "s ", "UTF-16 units": "is", "graphemes": "s "},
        )  # fmt: skip


def test_an_entity_of_ours_is_known_by_its_label_too() -> None:
    """Another label at the same offsets was made in doccano, which counts otherwise."""
    text = "It 👍 is."
    span = {"id": "01890a5d-ac96-774b-bcce-b302099a8057", "label": "claim", "start": 5, "end": 7}
    record = {"schema": "factcheck/1", "article": {"title": "It"}, "spans": [span]}

    for kind, expected in (("claim", []), ("fact", ["taken_away", "unit_unknown"])):
        _, refused = one({"text": text, "label": [[5, 7, kind]], "factcheck": record})
        assert codes(refused) == expected


def test_what_nothing_of_ours_holds_is_named() -> None:
    value = {
        "text": "A text.",
        "labels": ["positive"],
        "Comments": ["so so"],
        "meta": {"wiki": 1, "title": "T"},
        "x": 1,
    }

    document, refused = one(value)

    assert document.metadata["title"] == "T"
    assert codes(refused) == ["label_of_text", "comments_left_out", "metadata_left_out"]
    assert "meta.wiki, x" in refused[-1].detail


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"label": [[0, 1, "X"]]}, "text_missing"),
        ({"filename": "cat.png"}, "text_missing"),
        ({"text": 3}, "text_missing"),
        ({"text": " \n"}, "no_text"),
        ([[]], "malformed"),
        ({"text": "x", "label": [[0]]}, "malformed"),
        ({"text": "x", "label": [[True, 1, "X"]]}, "malformed"),
        ({"text": "x", "label": [[-1, 1, "X"]]}, "malformed"),
        ({"text": "x", "label": [[0, 10**30, "X"]]}, "malformed"),
        ({"text": "x", "entities": [{"id": {}, "start_offset": 0, "end_offset": 1, "label": "X"}]}, "malformed"),
        ({"text": "x", "relations": [{"from_id": 1}]}, "malformed"),
        ({"text": "x", "relations": [{"from_id": 1, "to_id": 2, "type": "restates"}]}, "end_missing"),
        ({"text": "x", "factcheck": {"article": {}, "spans": []}}, "schema_unknown"),
        ({"text": "x", "factcheck": {"schema": "factcheck/1", "article": {}, "spans": [{"id": 3}]}}, "bad_record"),
        ({"text": "x", "factcheck": {"schema": "factcheck/1", "article": {}, "links": 7}}, "bad_record"),
        ({"text": "xy", "entities": [{"id": 1, "start_offset": 0, "end_offset": 1, "label": "X"}] * 2}, "duplicate_id"),
    ],
)
def test_what_is_malformed_is_refused_by_name(value: Any, code: str) -> None:
    _, refused = read(DOCCANO.read, json_file(value))

    assert code in codes(refused)


def test_a_broken_line_does_not_keep_the_others_out() -> None:
    documents, refused = read(DOCCANO.read, file('{"text": "a", "label": []}\n{"text": "b\n{"text": "c"}', "d.jsonl"))

    assert [document.text for document in documents] == ["a", "c"]
    assert [(refusal.place, refusal.code) for refusal in refused] == [("line 2", "not_json")]


def test_every_example_of_doccano_comes_in_or_is_refused_by_name(corpora: Path) -> None:
    texts, found = 0, set[str]()
    for path in sorted((corpora / "import-doccano").rglob("*.json*")):
        documents, refused = read(DOCCANO.read, file_at(path))
        texts += len(documents)
        found |= set(codes(refused))
        assert documents or refused, path
        for document in documents:
            assert all(document.text[slice(*at)] for span in document.spans for at in span.fragments)

    assert texts > 40
    assert found == {
        "text_missing", "label_of_text", "relation_unknown", "not_json", "metadata_left_out",
    }  # fmt: skip


def test_an_example_is_recognised_and_its_relations_come_in(corpora: Path) -> None:
    given = file_at(corpora / "import-doccano/backend/data_export/pipeline/examples/relation_extraction/example.jsonl")
    [document], refused = read(DOCCANO.read, given, options=Options(types={"foundedBy": "restates", "foundedAt": ""}))

    assert recognised(Source([given])) is DOCCANO
    assert [document.text[slice(*span.fragments[0])] for span in document.spans] == [
        "Google", "September 4, 1998", "Larry Page", "Sergey Brin",
    ]  # fmt: skip
    assert (len(document.links), codes(refused)) == (2, ["type_left_out"])
