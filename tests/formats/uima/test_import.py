"""UIMA CASes of other tools as they come in."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from cassis import TypeSystem

from annotations.formats.reading.sources import Source, opened
from annotations.formats.registry import IMPORTERS, recognised
from annotations.formats.uima.layers import DKPRO
from annotations.formats.uima.reader import read as reader
from tests.formats.given import file, read
from tests.formats.uima.written import ANNOTATION, STRING, case, files, mark, taken, types

TEXT = "Sie 😀 sagt:\r\nDie Brücke 👩‍👩‍👧 ist sicher."
UNIX = TEXT.replace("\r\n", "\n")


def at(words: str, text: str = TEXT) -> tuple[int, int]:
    """Where some words stand in a text."""
    return text.index(words), text.index(words) + len(words)


def test_offsets_are_utf_16_units_of_the_text_as_it_came() -> None:
    made = case(TEXT, types({"Claim": {}}))
    mark(made, "Claim", at("Brücke 👩‍👩‍👧 ist"))

    document, refused = taken(made)

    [span] = document.spans
    assert (document.text, refused) == (UNIX, [])
    assert (span.label, span.fragments) == ("claim", [at("Brücke 👩‍👩‍👧 ist", UNIX)])


def test_a_layer_of_others_becomes_a_fact_that_keeps_its_type_and_features() -> None:
    made = case(TEXT, types({"Span": {"value": STRING, "isSure": "uima.cas.Boolean", "count": "uima.cas.Integer"}}))
    mark(made, "Span", at("sagt"), value="x", isSure=True, count=3)

    document, refused = taken(made)

    fields = {"value": "x", "is_sure": "true", "count": "3", "imported_type": "webanno.custom.Span"}
    assert (document.spans[0].label, document.spans[0].fields, refused) == ("fact", fields, [])
    assert {one["key"]: one["kind"] for one in document.fields["fact"]} == dict.fromkeys(fields, "text")


def test_a_feature_that_a_field_cannot_hold_gets_a_field_of_its_own() -> None:
    made = case(TEXT, types({"Attribution": {"source": STRING, "sourceName": STRING}}))
    mark(made, "Attribution", at("Sie"), source="who", sourceName="She")

    document, _ = taken(made)

    assert document.spans[0].fields == {"imported_source": "who", "source_name": "She"}


@pytest.mark.parametrize(
    ("chosen", "labels"),
    [
        ({}, ["claim", "fact"]),
        ({"webanno.custom.Arg": "attribution"}, ["attribution", "attribution"]),
        ({"Arg": "fact", "Claim": "attribution"}, ["attribution", "fact"]),
        ({"Premise": ""}, ["claim"]),
    ],
)
def test_types_are_mapped_by_value_and_name(chosen: dict[str, str], labels: list[str]) -> None:
    made = case(TEXT, types({"Arg": {"value": STRING}}))
    mark(made, "Arg", at("Sie"), value="Claim")
    mark(made, "Arg", at("sagt"), value="Premise")

    document, refused = taken(made, **chosen)

    assert [span.label for span in document.spans] == labels
    assert [one.code for one in refused] == (["type_left_out"] if len(labels) < 2 else [])


def test_tokens_are_left_out_and_named_once_and_sentences_are_the_texts_own() -> None:
    segmentation, name = f"{DKPRO}segmentation.type.", f"{DKPRO}ner.type.NamedEntity"
    token, sentence = f"{segmentation}Token", f"{segmentation}Sentence"
    made = case(TEXT, types({token: {}, sentence: {}, name: {"value": STRING}}))
    mark(made, sentence, (0, 3))
    mark(made, token, at("Sie"))
    mark(made, token, at("sagt"))
    mark(made, name, at("Sie"), value="PER")

    document, [refusal] = taken(made)

    assert [span.fields for span in document.spans] == [{"value": "PER", "imported_type": name}]
    assert (refusal.code, f"{token} (2)" in refusal.detail) == ("type_left_out", True)


def moved(written: str, annotation: Any, end: int) -> str:
    """An XMI in which an annotation ends elsewhere."""
    start = written.index(f'xmi:id="{annotation.xmiID}"')
    return written[:start] + re.sub(r'end="\d+"', f'end="{end}"', written[start:], count=1)


def test_what_is_no_span_is_refused_by_name_and_the_rest_comes_in() -> None:
    made = case(TEXT, types({"Claim": {}}))
    mark(made, "Claim", (3, 3))
    mark(made, "Claim", at("sagt"))
    within, outside = mark(made, "Claim", (4, 5)), mark(made, "Claim", (4, 5))
    written = moved(moved(made.to_xmi(), within, 5), outside, 999)

    [document], refused = read(reader, file(written, "one.xmi"), files(made)[1])

    assert [span.fragments for span in document.spans] == [[at("sagt")]]
    assert [one.code for one in refused] == ["zero_length", "within_character", "fragments"]
    assert refused[1].place == f"Claim {within.xmiID}"


def relations(relation: str) -> TypeSystem:
    """Claims, premises and one layer of relations."""
    return types(
        {"Claim": {}, "Premise": {}, relation: {"Governor": ANNOTATION, "Dependent": ANNOTATION, "value": STRING}}
    )


@pytest.mark.parametrize(
    ("layer", "value", "chosen", "found"),
    [
        ("Supports", None, {}, "corroborates"),
        ("Relation", "attack", {}, "contradicts"),
        ("Relation", "x", {"x": "corroborates"}, "corroborates"),
        ("Relation", "x", {"Relation": "contradicts"}, "contradicts"),
    ],
)
def test_a_relation_is_mapped_by_value_and_name(
    layer: str, value: str | None, chosen: dict[str, str], found: str
) -> None:
    made = case(TEXT, relations(layer))
    claim, premise = mark(made, "Claim", at("sagt")), mark(made, "Premise", at("Sie"))
    mark(made, layer, at("sagt"), Governor=premise, Dependent=claim, value=value)

    document, refused = taken(made, **chosen)

    [link] = document.links
    keys = {span.label: span.key for span in document.spans}
    assert (link.relation, link.source, link.target, refused) == (found, keys["fact"], keys["claim"], [])
    assert link.note == (f"value: {value}" if value else "")


def test_a_relation_that_nobody_chose_is_refused_by_name() -> None:
    made = case(TEXT, relations("Relation"))
    claim, premise = mark(made, "Claim", at("sagt")), mark(made, "Premise", at("Sie"))
    relation = mark(made, "Relation", at("sagt"), Governor=premise, Dependent=claim)

    document, [refusal] = taken(made)

    assert (document.links, len(document.spans)) == ([], 2)
    assert (refusal.place, refusal.code) == (f"Relation {relation.xmiID}", "relation_unknown")


def test_the_end_of_a_relation_may_not_have_come_in() -> None:
    made = case(TEXT, relations("Support"))
    claim, premise = mark(made, "Claim", at("sagt")), mark(made, "Premise", at("Sie"))
    mark(made, "Support", at("sagt"), Governor=premise, Dependent=claim)

    document, refused = taken(made, Premise="")

    assert (document.links, [one.code for one in refused]) == ([], ["end_missing", "type_left_out"])


def test_slots_of_an_attribution_are_its_source_and_what_it_is_about() -> None:
    described = types({"Claim": {}, "Words": {}, "Attribution": {}})
    link = described.create_type("webanno.custom.Slot", "uima.cas.TOP")
    described.create_feature(link, "role", STRING)
    described.create_feature(link, "target", ANNOTATION)
    described.create_feature("webanno.custom.Attribution", "slots", "uima.cas.FSArray", elementType=link)
    made = case(TEXT, described)
    claim, words = mark(made, "Claim", at("Die Brücke")), mark(made, "Words", at("Sie"))
    slots = [link(role="Source", target=words), link(role="Content", target=claim), link(role="Odd", target=claim)]
    mark(made, "Attribution", at("Sie"), slots=described.get_type("uima.cas.FSArray")(elements=slots))

    document, refused = taken(made)

    said = next(span for span in document.spans if span.label == "attribution")
    assert said.fields == {"source": {"start": 0, "end": 3, "quote": "Sie"}}
    assert [(link.relation, link.source) for link in document.links] == [("attributes", said.key)]
    assert [one.code for one in refused] == ["relation_unknown"]


def test_a_type_that_no_type_system_describes_is_refused_by_name() -> None:
    made = case(TEXT, types({"Claim": {"value": STRING}, "Odd": {"value": STRING}}))
    mark(made, "Claim", at("sagt"), value="x")
    mark(made, "Odd", at("Sie"), value="y")

    [document], [refusal] = read(
        reader, files(made)[0], file(types({"Claim": {"value": STRING}}).to_xml(), "types.xml")
    )

    assert [span.label for span in document.spans] == ["claim"]
    assert (refusal.code, "webanno.custom.Odd (1)" in refusal.detail) == ("type_unknown", True)


def test_the_nearest_type_system_describes_a_file() -> None:
    near, far = types({"Claim": {"near": STRING}}), types({"Claim": {}})
    made = case(TEXT, near)
    mark(made, "Claim", at("sagt"), near="yes")
    source = [file(made.to_xmi(), "a/b/one.xmi"), file(near.to_xml(), "a/types.xml"), file(far.to_xml(), "c/types.xml")]

    [document], refused = read(reader, *source)

    assert (document.spans[0].fields, refused) == ({"near": "yes"}, [])


def test_cas_json_comes_in_too() -> None:
    made = case(TEXT, types({"Claim": {"value": STRING}}))
    mark(made, "Claim", at("Brücke 👩‍👩‍👧 ist"), value="x")
    one = file(made.to_json(), "one.json")

    [document], refused = read(reader, one)

    assert recognised(Source([one])) is IMPORTERS["uima"]
    assert (document.text, refused) == (UNIX, [])
    assert document.spans[0].fragments == [at("Brücke 👩‍👩‍👧 ist", UNIX)]


def test_each_view_with_a_text_is_a_document() -> None:
    made = case(TEXT, types({"Claim": {}}))
    other = made.create_view("translation")
    other.sofa_string = "She says so."
    mark(other, "Claim", (0, 3))

    documents, refused = read(reader, *files(made))

    assert [(one.location, one.text) for one in documents] == [("", UNIX), ("view translation", "She says so.")]
    assert ([len(one.spans) for one in documents], refused) == ([0, 1], [])


def zipped(contents: dict[str, str | bytes]) -> bytes:
    """An archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return held.getvalue()


def test_an_inception_project_brings_each_persons_work_under_their_name() -> None:
    made = case(TEXT, types({"Claim": {}}))
    mark(made, "Claim", at("sagt"))
    one = zipped({"anna.xmi": made.to_xmi(), "TypeSystem.xml": made.typesystem.to_xml()})
    project: dict[str, str | bytes] = {
        "exportedproject1.json": "{}",
        "annotation/a.txt/anna.zip": one,
        "annotation/a.txt/ben.zip": one,
    }
    source = opened([file(zipped(project), "project.zip")])

    documents, _ = read(reader, *source.files)

    found = [(one.metadata["title"], one.spans[0].annotator) for one in documents]
    assert recognised(source) is IMPORTERS["uima"]
    assert found == [("a.txt", "anna"), ("a.txt", "ben")]
    assert len({one.spans[0].key for one in documents}) == 2
