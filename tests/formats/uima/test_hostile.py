"""Files that mean harm, or are not what they say."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from annotations.formats.reading.records import Refusal
from annotations.formats.reading.sources import File
from annotations.formats.uima.reader import read as reader
from annotations.formats.uima.reading import safety, view
from tests.formats.given import file, read
from tests.formats.uima.written import case, files, mark, types

SOFA = '<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>'
XMI = (
    '{before}<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
    'xmlns:c="http:///webanno/custom.ecore" xmi:version="2.0">{inside}</xmi:XMI>'
)


def refused(content: str | bytes, path: str = "one.xmi") -> Refusal:
    """Why a file is refused as a whole."""
    documents, [refusal] = read(reader, file(content, path))
    assert documents == []
    return refusal


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">',
        "<!DOCTYPE x>",
    ],
)
def test_xml_with_a_document_type_is_refused_unread(declared: str) -> None:
    content = XMI.format(before=declared, inside=SOFA.format(text="x"))

    assert refused(content).code == "document_type"
    assert refused(content.encode("utf-16")).code == "document_type"


def test_a_type_system_is_looked_through_like_the_rest() -> None:
    made = case("Text", types({"Claim": {}}))
    mark(made, "Claim", (0, 4))
    harmful = made.typesystem.to_xml().replace("?>", '?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1)

    documents, [refusal] = read(reader, files(made)[0], file(harmful, "TypeSystem.xml"))

    assert (documents, refusal.file, refusal.code) == ([], "TypeSystem.xml", "document_type")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "broken_xml"),
        ("no XML", "broken_xml"),
        (XMI.format(before="", inside=SOFA.format(text="x"))[:-20], "broken_xml"),
        (XMI.format(before="", inside=SOFA.format(text="&nbsp;")), "broken_xml"),
        (XMI.format(before='<?xml version="1.1"?>', inside=""), "xml_1_1"),
        (XMI.format(before="", inside="<a>" * 30 + "</a>" * 30), "too_deep"),
        (XMI.format(before="", inside='<c:Claim sofa="7"/>'), "broken_xmi"),
        (XMI.format(before="", inside='<cas:View sofa="9" members="1 2"/>'), "no_text"),
        (XMI.format(before="", inside=SOFA.format(text="x") + '<cas:View sofa="1" members="5"/>'), "broken_xmi"),
        (XMI.format(before="", inside='<cas:Sofa xmi:id="x"/>'), "broken_xmi"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(content: str, code: str) -> None:
    assert refused(content).code == code


def test_more_elements_than_any_file_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety, "MOST_ELEMENTS", 5)

    assert refused(XMI.format(before="", inside="<a/>" * 6)).code == "too_large"


def test_an_element_with_more_attributes_than_any_is_refused_before_they_are_compared() -> None:
    attributes = " ".join(f'a{number}=""' for number in range(safety.MOST_ATTRIBUTES + 1))

    refusal = refused(XMI.format(before="", inside=f"<c:Claim {attributes}/>"))

    assert (refusal.code, refusal.detail) == ("too_large", "An element has more than 1,000 attributes.")


@pytest.mark.parametrize(
    "content", ['{"%TYPES": 3}', '{"%TYPES": {', '{"%TYPES": ' + "[" * 5000, '{"%TYPES": {}, "%VIEWS": 1}']
)
def test_json_that_is_no_cas_is_refused_by_name(content: str) -> None:
    assert refused(content, "one.json").code == "broken_json"


NAMES = ["a=print(1)", "a):\n  print(1)\n#", "a b", "class", "__init__", "get", "xmiID", "\ufb01", ""]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_would_be_code_is_no_feature(name: str) -> None:
    assert not safety.is_feature_name(name)


def test_a_feature_that_cannot_be_read_is_left_out_and_named() -> None:
    made = case("Text", types({"Claim": {"odd": "uima.cas.String", "good": "uima.cas.String"}}))
    mark(made, "Claim", (0, 4), odd="x", good="y")
    one, described = (each.read().replace(b"odd", b"class") for each in files(made))

    [document], [refusal] = read(reader, file(one, "one.xmi"), file(described, "TypeSystem.xml"))

    assert document.spans[0].fields == {"good": "y"}
    assert (refusal.code, "webanno.custom.Claim:class" in refusal.detail) == ("feature_left_out", True)


@pytest.mark.parametrize(
    "described",
    [
        {f"a.B{number}": ("uima.tcas.Annotation", []) for number in range(2_001)},
        {f"a.B{number}": (f"a.B{number + 1}", []) for number in range(60)},
        {"a.B": ("a.C", []), "a.C": ("a.B", [])},
        {"a.B": ("uima.tcas.Annotation", [f"f{number}" for number in range(500)])},
        {"a.B": ("a.A", ["a b"])},
    ],
)
def test_types_that_would_take_minutes_are_refused_at_once(described: dict[str, tuple[str, list[str]]]) -> None:
    with pytest.raises(ValueError, match=r"type|feature"):
        safety.refuse_costly(described)


def test_costly_types_are_refused_wherever_they_come_from() -> None:
    wide = types({"Claim": {}})
    names = [f"f{number}" for number in range(500)]
    written = wide.to_xml().replace(
        "webanno.custom.Claim</name>",
        "webanno.custom.Claim</name><features>"
        + "".join(
            f"<featureDescription><name>{name}</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>"
            for name in names
        )
        + "</features>",
    )
    as_json = {"%TYPES": {"a.B": {"%SUPER_TYPE": "uima.tcas.Annotation", **{name: {} for name in names}}}}

    _, [refusal] = read(reader, file(case("Text", wide).to_xmi(), "one.xmi"), file(written, "types.xml"))

    assert (refusal.file, refusal.code) == ("types.xml", "type_system")
    assert refused(json.dumps(as_json), "one.json").code == "broken_json"


def linked(hosts: int, links: int) -> list[File]:
    """Hosts that all have the same list of slots."""
    described = types({"Host": {}})
    link = described.create_type("webanno.custom.Slot", "uima.cas.TOP")
    described.create_feature(link, "target", "uima.tcas.Annotation")
    array = "uima.cas.FSArray"
    described.create_feature("webanno.custom.Host", "slots", array, elementType=link, multipleReferencesAllowed=True)
    made = case("Text", described)
    target = mark(made, "Host", (0, 4))
    shared = described.get_type(array)(elements=[link(target=target)] * links)
    for _ in range(hosts):
        mark(made, "Host", (0, 4), slots=shared)
    return files(made)


def test_many_that_share_a_long_list_are_refused_before_it_is_followed_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "MOST_STEPS", 1_000)

    [document], refusals = read(reader, *linked(20, 100))

    counted = Counter(one.code for one in refusals)
    assert (len(document.links), counted["too_large"] > 10, counted["relation_unknown"] < 1_000) == (0, True, True)


def test_a_member_that_a_view_names_often_is_there_once() -> None:
    made = case("Text", types({"Claim": {}}))
    claim = mark(made, "Claim", (0, 4))
    one, described = files(made)
    often = one.read().decode().replace(f'members="{claim.xmiID}"', f'members="{claim.xmiID} {claim.xmiID}"')

    [document], _ = read(reader, file(often, "one.xmi"), described)

    assert len(document.spans) == 1


def test_types_that_make_something_else_of_a_feature_do_no_harm() -> None:
    text = dict.fromkeys(("Governor", "Dependent", "first", "span", "claim"), "uima.cas.String")
    made = case("Text", types({"Support": text, "Part": text, "Verdict": text, "NameChain": text}))
    for layer in ("Support", "Part", "Verdict", "NameChain"):
        mark(made, layer, (0, 4), **dict.fromkeys(text, "x"))

    [document], refusals = read(reader, *files(made))

    assert document.links == []
    assert [one.code for one in refusals] == ["end_missing"] + ["relation_unknown"] * 3


def test_a_broken_file_stops_no_other() -> None:
    made = case("Text", types({"Claim": {}}))
    mark(made, "Claim", (0, 4))

    documents, refusals = read(reader, file("<", "a.xmi"), *files(made, "b.xmi"), file(b"\xac\xed\x00\x05", "c.ser"))

    assert [one.file for one in documents] == ["b.xmi"]
    assert [(one.file, one.code) for one in refusals] == [("a.xmi", "broken_xml"), ("c.ser", "java_serialized")]
