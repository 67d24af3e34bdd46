"""What Label Studio's files bring in, and what of them is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotations.formats.labelstudio.reader import LABELSTUDIO
from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.formats.reading.sources import Source
from annotations.formats.registry import recognised
from tests.formats.given import file_at, json_file, read

TEXT = "It 👍 is\r\nsaid."


def labelled(start: Any, end: Any, text: Any = None, *labels: str, **more: Any) -> dict[str, Any]:
    """A labelled region."""
    value = {"start": start, "end": end, "labels": list(labels) or ["claim"], **({"text": text} if text else {})}
    return {"id": "r", "type": "labels", "from_name": "l", "to_name": "t", "value": value, **more}


def task(*results: Any, text: Any = TEXT, **more: Any) -> dict[str, Any]:
    """A task with one annotation."""
    return {"data": {"text": text}, "annotations": [{"id": 1, "result": list(results)}], **more}


def one(value: dict[str, Any], **types: str) -> tuple[ArticleRecord, list[Refusal]]:
    """The document of one task."""
    documents, refused = read(LABELSTUDIO.read, json_file([value]), options=Options(types=types))
    assert len(documents) == 1, refused
    return documents[0], refused


def codes(refused: list[Refusal]) -> list[str]:
    return [refusal.code for refusal in refused]


def test_offsets_count_code_points_and_move_with_the_line_ends() -> None:
    document, refused = one(task(labelled(3, 4, "👍"), labelled(9, 13, "said", id="s")))

    assert [document.text[slice(*span.fragments[0])] for span in document.spans] == ["👍", "said"]
    assert [span.quote for span in document.spans] == ["👍", "said"]
    assert refused == []


def test_whoever_handed_a_task_in_without_a_result_looked_and_found_nothing() -> None:
    value = task()
    value["annotations"] = [
        {"completed_by": {"email": "ada@desk.org"}, "result": []},
        {"completed_by": 7, "result": [labelled(3, 4, "👍")]},
        {"completed_by": 8, "result": [], "was_cancelled": True},
        {"completed_by": 9},
    ]

    document, _ = one(value)

    assert [(found.annotator, found.location) for found in document.passes] == [("ada@desk.org", "[0], annotations.0")]


def test_a_line_end_in_a_quote_is_known_for_what_it_is() -> None:
    document, _ = one(task(labelled(5, 13, "is\\nsaid"), labelled(0, 2, "is\\nsaid", id="s")))

    assert [span.quote for span in document.spans] == ["is\nsaid", "is\\nsaid"]


@pytest.mark.parametrize("said", ["two lines", "two  \\n lines", "two\r\nlines ", "twolines"])
def test_a_quote_may_differ_in_white_space(said: str) -> None:
    document, refused = one(task(labelled(4, 15, said), text="The two  \r\nlines."))

    assert ([span.quote for span in document.spans], refused) == (["two  \nlines"], [])


def test_a_quote_that_differs_in_words_stays_for_the_check() -> None:
    document, _ = one(task(labelled(4, 15, "too lines"), text="The two  \r\nlines."))

    assert [span.quote for span in document.spans] == ["too lines"]


@pytest.mark.parametrize("crlf", [1, 2])
def test_the_quotes_of_a_task_tell_whether_crlf_is_one_or_two(crlf: int) -> None:
    text, words = "One.\r\nTwo three.\r\nFour.", ["One", "Two", "Four"]
    at = [0, 4 + crlf, 14 + 2 * crlf]
    regions = [labelled(start, start + len(word), word, id=word) for start, word in zip(at, words, strict=True)]
    unquoted = labelled(8 + crlf, 13 + crlf, id="three")

    document, refused = one(task(*regions, unquoted, text=text))

    found = [document.text[slice(*span.fragments[0])] for span in document.spans]
    assert (found, refused) == ([*words, "three"], [])


def test_a_region_with_two_labels_is_two_spans() -> None:
    document, _ = one(task(labelled(0, 2, "It", "claim", "Topic", meta={"text": ["A", "note"]})))

    assert [(p.label, p.fields, p.note) for p in document.spans] == [
        ("claim", {}, "A\nnote"), ("fact", {"imported_type": "Topic"}, "A\nnote"),
    ]  # fmt: skip


def test_relations_become_what_somebody_chose_and_go_their_way() -> None:
    ends = {"type": "relation", "from_id": "a", "to_id": "b"}
    regions = [labelled(0, 2, id="a"), labelled(3, 4, id="b")]

    document, refused = one(
        task(*regions, {**ends, "direction": "left", "labels": ["same"]}, {**ends, "labels": ["other"]}, ends),
        same="restates",
    )

    keys = [span.key for span in document.spans]
    assert [(link.relation, link.source, link.target) for link in document.links] == [("restates", keys[1], keys[0])]
    assert codes(refused) == ["relation_unknown", "relation_unknown"]


def test_people_have_the_names_that_the_file_gives_them() -> None:
    value = task(labelled(0, 2), labelled(3, 4, id="b"))
    value["annotations"] = [
        {"completed_by": {"id": 1, "email": "a@example.org"}, "result": [labelled(0, 2)]},
        {"completed_by": 7, "result": [labelled(0, 2)]},
        {"was_cancelled": True, "result": [labelled(3, 4)]},
    ]

    document, refused = one(value)

    assert [span.annotator for span in document.spans] == ["a@example.org", "7"]
    assert codes(refused) == ["cancelled"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (7, "malformed"),
        ({"id": 1}, "text_missing"),
        (task(text=[{"author": "A", "text": "B"}]), "text_missing"),
        (task(text="https://example.org/a.txt"), "text_elsewhere"),
        (task(text="<div><p>Yes.</p></div>"), "markup"),
        (task(text=" "), "no_text"),
        ({"data": {"a": "One text.", "b": "Another."}}, "text_unclear"),
        (task({"type": "choices", "value": {"choices": ["x"]}}), "result_type"),
        (task({"type": "labels", "value": 3}), "result_type"),
        (task(labelled("/p[1]", "/p[1]", startOffset=1)), "xpath"),
        (task(labelled(0, 2, globalOffsets={}) | {"value": {"start": 0, "end": 1, "startOffset": 0}}), "xpath"),
        (task(labelled(-1, 2)), "malformed"),
        (task(labelled(0.5, 2)), "malformed"),
        (task({"type": "labels", "value": {"start": 0, "end": 2, "labels": []}}), "label_missing"),
        (task(labelled(0, 2), labelled(3, 4)), "duplicate_id"),
        (task({"type": "relation", "from_id": "a", "to_id": [], "labels": ["restates"]}), "end_missing"),
        (task(predictions=[{"result": []}]), "predictions_left_out"),
        (task(drafts=[{}]), "drafts_left_out"),
    ],
)
def test_what_cannot_come_in_is_refused_by_name(value: Any, code: str) -> None:
    _, refused = read(LABELSTUDIO.read, json_file([value]))

    assert code in codes(refused)


def test_every_example_of_label_studio_comes_in_or_is_refused_by_name(corpora: Path) -> None:
    texts, marks, found = 0, 0, set[str]()
    for path in sorted((corpora / "import-labelstudio").rglob("*.json")):
        documents, refused = read(LABELSTUDIO.read, file_at(path))
        texts, marks = texts + len(documents), marks + sum(len(document.spans) for document in documents)
        found |= set(codes(refused))
        assert documents or refused, path

    assert (texts, marks) == (14, 2)
    assert found == {
        "text_missing", "text_elsewhere", "text_unclear", "markup", "result_type", "predictions_left_out",
        "metadata_left_out",
    }  # fmt: skip


def test_an_example_keeps_its_quote_so_that_a_stale_one_is_noticed(corpora: Path) -> None:
    examples = corpora / "import-labelstudio/frontend/examples"
    found = {}
    for name in ("named_entity", "rich_text_plain"):
        given = file_at(examples / name / "annotations/1.json")
        [document], _ = read(LABELSTUDIO.read, given)
        [span] = document.spans
        assert recognised(Source([given])) is LABELSTUDIO
        found[name] = (span.quote, document.text[slice(*span.fragments[0])])

    assert found["named_entity"] == ("February 22", "February 22")
    assert found["rich_text_plain"][0] == "February 22" != found["rich_text_plain"][1]
