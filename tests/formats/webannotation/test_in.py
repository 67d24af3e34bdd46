"""What Web Annotations bring in, and what of them is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotations.formats.reading.records import Options, Refusal
from annotations.formats.reading.sources import Source
from annotations.formats.registry import recognised
from annotations.formats.webannotation.reader import WEBANNOTATION
from tests.formats.given import file, file_at, json_file, read

IRI = "https://example.org/text"
TEXT = {
    "type": "Annotation",
    "motivation": "describing",
    "body": {"id": IRI, "type": "TextualBody", "value": "It 👍 is\r\nsaid.", "language": "en"},
    "target": {"id": IRI, "schema:headline": "A title", "schema:author": {"name": "A. Person"}},
}


def at(start: Any, end: Any, exact: str | None = None, **more: Any) -> dict[str, Any]:
    """A place in the text."""
    selector = [{"type": "TextPositionSelector", "start": start, "end": end}]
    return {"source": IRI, "selector": [*selector, *([{"type": "TextQuoteSelector", "exact": exact}] if exact else [])]}


def marked(target: Any, *bodies: Any, **more: Any) -> dict[str, Any]:
    """An annotation of the text."""
    return {"id": "https://example.org/1", "type": "Annotation", "target": target, "body": list(bodies), **more}


def tag(value: str, purpose: str = "tagging") -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "purpose": purpose}


def come(*items: Any, **types: str) -> Any:
    """The document of the text, and what was refused."""
    given = json_file({"type": "AnnotationPage", "items": [TEXT, *items]})
    [document], refused = read(WEBANNOTATION.read, given, options=Options(types=types))
    return document, refused


def codes(refused: list[Refusal]) -> list[str]:
    return [refusal.code for refusal in refused]


def test_a_text_comes_with_what_is_said_of_it() -> None:
    document, refused = come()

    assert document.text == "It 👍 is\nsaid."
    assert document.metadata == {"title": "A title", "author": "A. Person", "language": "en"}
    assert refused == []


def test_positions_count_code_points_and_move_with_the_line_ends() -> None:
    document, refused = come(
        marked(at(3, 4, "👍"), tag("claim"), tag("A note.", "commenting"), creator="https://example.org/user"),
        marked(
            {"type": "List", "items": [at(0, 2, "It"), at(9, 13, "said")]}, tag("Topic"), id="https://example.org/2"
        ),
    )

    first, second = document.spans
    assert (first.label, first.note, first.annotator) == ("claim", "A note.", "https://example.org/user")
    assert (second.label, second.fields, second.quote) == ("fact", {"imported_type": "Topic"}, "It … said")
    assert [document.text[slice(*fragment)] for one in (first, second) for fragment in one.fragments] == [
        "👍",
        "It",
        "said",
    ]
    assert [field["key"] for field in document.fields["fact"]] == ["imported_type"]
    assert refused == []


def test_links_and_verdicts_of_others_come_in_too() -> None:
    document, refused = come(
        marked(at(0, 2), tag("claim")),
        marked(at(3, 4), tag("fact"), id="https://example.org/2"),
        marked("https://example.org/1", tag("supports"), "https://example.org/2", motivation="linking", id="urn:l"),
        marked({"id": "https://example.org/1", "source": IRI}, tag("supported", "assessing"), motivation="assessing"),
        supports="corroborates",
    )

    assert refused == []
    assert [(link.relation, link.source, link.target) for link in document.links] == [
        ("corroborates", "https://example.org/2", "https://example.org/1")
    ]
    assert [(one.claim, one.rating) for one in document.verdicts] == [("https://example.org/1", "supported")]


def test_a_text_has_to_stand_before_what_is_marked_in_it() -> None:
    other = {**TEXT, "body": {**TEXT["body"], "id": "urn:b"}, "target": "urn:b"}  # type: ignore[dict-item]
    early, late = marked(at(0, 2), tag("claim")), marked(at(0, 2), tag("claim"), id="urn:late")

    documents, refused = read(WEBANNOTATION.read, json_file([early, TEXT, other, late]))

    assert [len(document.spans) for document in documents] == [0, 0]
    assert [(refusal.place, refusal.code) for refusal in refused] == [("[0]", "text_missing"), ("[3]", "out_of_order")]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (7, "not_an_annotation"),
        ({"type": "Squirrel", "target": IRI}, "not_an_annotation"),
        ({"type": "Annotation"}, "malformed"),
        (marked(IRI, tag("claim")), "selector"),
        (marked({"source": IRI, "selector": "https://example.org/s"}, tag("claim")), "selector"),
        (marked({"source": IRI, "selector": {"type": "TextQuoteSelector", "exact": "It"}}, tag("claim")), "selector"),
        (marked(at("0", 2), tag("claim")), "selector"),
        (marked(at(-1, 2), tag("claim")), "selector"),
        (marked([at(0, 2), at(3, 4)], tag("claim")), "several_targets"),
        (marked({"type": "Independents", "items": [at(0, 2), at(3, 4)]}, tag("claim")), "several_targets"),
        (marked(at(0, 2), tag("claim"), "https://example.org/image"), "body_left_out"),
        (marked(at(0, 2), tag("claim"), tag("[1]", "describing") | {"format": "application/json"}), "malformed"),
        (marked(at(0, 2), tag("claim"), tag("{", "describing") | {"format": "application/json"}), "malformed"),
        (marked(at(0, 2), tag("left")), "type_left_out"),
        (marked({"source": IRI}, motivation="linking"), "malformed"),
        (marked({"source": IRI, "id": "urn:a"}, "urn:b", motivation="linking"), "relation_unknown"),
        (marked({"source": IRI, "id": "urn:a"}, "urn:b", tag("left"), motivation="linking"), "type_left_out"),
        (marked("https://example.org/other", tag("claim")), "text_missing"),
        ({**TEXT, "body": {"id": "urn:x", "value": " "}, "target": "urn:x"}, "no_text"),
    ],
)
def test_what_cannot_come_in_is_refused_by_name(item: Any, code: str) -> None:
    _, refused = come(item, left="")

    assert codes(refused) == [code]


def test_a_page_that_breaks_off_keeps_what_came_before() -> None:
    whole = (
        '{"@context": "http://www.w3.org/ns/anno.jsonld", "items": ['
        + '{"type": "Annotation", "body": {"id": "urn:t", '
    )
    given = file(whole + '"value": "A text."}, "target": "urn:t"}, {"type": "Anno', "page.jsonld")

    documents, refused = read(WEBANNOTATION.read, given)

    assert [document.text for document in documents] == ["A text."]
    assert [(refusal.place, refusal.code) for refusal in refused] == [("items[1] (line 1)", "not_json")]


def test_every_sample_of_the_w3c_is_refused_by_name(corpora: Path) -> None:
    found: dict[str, set[str]] = {"correct": set(), "incorrect": set(), "json": set()}
    for path in sorted((corpora / "w3c-annotation-examples").rglob("*.json")):
        documents, refused = read(WEBANNOTATION.read, file_at(path))
        assert documents == []
        assert refused, path
        found[path.parent.name] |= set(codes(refused))

    assert found == {
        "correct": {"text_missing", "not_an_annotation"},  # one is of a draft, with other terms
        "incorrect": {"not_json", "not_an_annotation", "text_missing"},
        "json": {"text_missing"},
    }


def test_a_sample_is_recognised(corpora: Path) -> None:
    given = file_at(corpora / "w3c-annotation-examples/model/wd2/examples/correct/anno24.json")

    assert recognised(Source([given])) is WEBANNOTATION


@pytest.mark.parametrize(
    "body",
    [
        {"type": "TextualBody", "purpose": ["tagging"], "value": ["claim"]},
        {"type": "TextualBody", "purpose": {"@list": ["tagging"]}, "value": {"@value": "claim", "@language": "en"}},
        {"@set": [{"type": "TextualBody", "purpose": "oa:tagging", "value": [{"@value": "claim"}]}]},
        {"type": "TextualBody", "purpose": {"id": "http://www.w3.org/ns/oa#tagging"}, "value": {"@list": ["claim"]}},
    ],
)
def test_a_body_is_read_in_every_form(body: Any) -> None:
    document, refused = come(marked(at(0, 2), body))

    assert ([one.label for one in document.spans], refused) == (["claim"], [])


def test_a_motivation_is_read_in_every_form() -> None:
    judged = marked({"id": "https://example.org/1", "source": IRI}, tag("supported", "assessing"))
    for form in ("assessing", ["oa:assessing"], {"id": "http://www.w3.org/ns/oa#assessing"}, {"@list": ["assessing"]}):
        document, refused = come(marked(at(0, 2), tag("claim")), {**judged, "motivation": form})

        assert ([one.rating for one in document.verdicts], refused) == (["supported"], [])


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"creator": ["Ada", {"name": "Ben"}]}, "creator"),
        ({"creator": {"name": ["Ada"]}, "created": ["2026-03-04T10:00:00Z", "2026-03-05T10:00:00Z"]}, "created"),
        ({"creator": "Ada", "body": [tag("claim"), tag("Topic")]}, "body"),
    ],
)
def test_of_several_values_where_one_is_held_the_others_are_told_of(more: dict[str, Any], place: str) -> None:
    document, [refused] = come({**marked(at(0, 2), tag("claim")), **more})

    assert (refused.place, refused.code) == (f"items[1], {place}", "several_values")
    assert [(one.label, one.annotator) for one in document.spans] == [("claim", "Ada")]


def test_whoever_is_named_by_an_iri_has_the_name_that_the_file_gives_elsewhere() -> None:
    ada = {"id": "https://example.org/ada", "name": "Ada"}
    first = marked(at(0, 2), tag("claim"), creator="https://example.org/ada")
    second = marked(at(3, 4), tag("claim"), id="https://example.org/2", creator=ada)

    assert [one.annotator for one in come(first, second)[0].spans] == ["Ada", "Ada"]


def test_a_file_whose_creators_have_names_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotations.formats.reading.json_ld.Nodes.named", lambda *_: pytest.fail("It was read again."))
    document, _ = come(marked(at(0, 2), tag("claim"), creator={"id": "https://example.org/ada", "name": "Ada"}))

    assert [one.annotator for one in document.spans] == ["Ada"]


def test_what_is_known_of_a_text_is_read_in_every_form_or_told_of() -> None:
    target = {
        "id": IRI, "schema:headline": [{"@value": "A title"}], "http://schema.org/author": {"@list": ["Ada", "Ben"]},
        "schema:publisher": {"schema:name": "The Daily"}, "schema:url": {"id": "https://example.org/a"},
        "schema:datePublished": {"@value": "2026-03-04"}, "language": ["en", "fr"],
    }  # fmt: skip
    [document], refused = read(WEBANNOTATION.read, json_file([{**TEXT, "target": target}]))

    known = {name: str(value) for name, value in document.metadata.items()}
    assert known == {
        "title": "A title", "author": "Ada", "outlet": "The Daily", "url": "https://example.org/a",
        "published_on": "2026-03-04", "language": "en",
    }  # fmt: skip
    assert [(one.place, one.code) for one in refused] == [
        ("[0], author", "several_values"), ("[0], language", "several_values")
    ]  # fmt: skip


def test_entities_are_no_matter_of_annotations() -> None:
    [document], _ = read(WEBANNOTATION.read, json_file([{**TEXT, "body": {"id": IRI, "value": "A &amp; B"}}]))

    assert document.text == "A &amp; B"


def test_a_time_that_is_none_and_a_body_value_that_is_no_text_are_told_of() -> None:
    document, refused = come(marked(at(0, 2), tag("claim"), created="yesterday", bodyValue={"@value": 7}))

    assert [(one.created_at, one.note) for one in document.spans] == [(None, "")]
    assert sorted(codes(refused)) == ["body_left_out", "date"]
