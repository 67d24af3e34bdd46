"""Files that mean harm, or are not what they say."""

from __future__ import annotations

import pytest

from annotations.importers.items import Refusal
from annotations.importers.uima import guarding
from annotations.importers.uima import read as reader
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
    monkeypatch.setattr(guarding, "MOST_ELEMENTS", 5)

    assert refused(XMI.format(before="", inside="<a/>" * 6)).code == "too_large"


@pytest.mark.parametrize(
    "content", ['{"%TYPES": 3}', '{"%TYPES": {', '{"%TYPES": ' + "[" * 5000, '{"%TYPES": {}, "%VIEWS": 1}']
)
def test_json_that_is_no_cas_is_refused_by_name(content: str) -> None:
    assert refused(content, "one.json").code == "broken_json"


def test_a_broken_file_stops_no_other() -> None:
    made = case("Text", types({"Claim": {}}))
    mark(made, "Claim", (0, 4))

    documents, refusals = read(reader, file("<", "a.xmi"), *files(made, "b.xmi"), file(b"\xac\xed\x00\x05", "c.ser"))

    assert [one.file for one in documents] == ["b.xmi"]
    assert [(one.file, one.code) for one in refusals] == [("a.xmi", "broken_xml"), ("c.ser", "java_serialized")]
