"""WebAnno TSV 3 as it comes in."""

from __future__ import annotations

import pytest

from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.formats.reading.sources import Source
from annotations.formats.registry import IMPORTERS, recognised
from annotations.formats.webannotsv import cells
from annotations.formats.webannotsv.reader import read as reader
from tests.formats.bounded_time import within
from tests.formats.given import file, read

HEAD = "#FORMAT=WebAnno TSV {version}\n{layers}\n\n\n"


def tsv(layers: str, *sentences: str, version: str = "3.3") -> str:
    """A file with these layers and sentences."""
    return HEAD.format(version=version, layers=layers) + "\n\n".join(sentences) + "\n"


def taken(content: str, **chosen: str) -> tuple[ArticleRecord, list[Refusal]]:
    """What comes in of a file, and what is refused but for the tokens."""
    [document], refused = read(reader, file(content, "one.tsv"), options=Options(types=chosen))
    return document, [one for one in refused if one.code != "type_left_out"]


def refused(content: str) -> Refusal:
    """Why a file is refused as a whole."""
    documents, [refusal] = read(reader, file(content, "one.tsv"))
    assert documents == []
    return refusal


EMOJI = "#Text=It is 😀 .\n1-1\t0-2\tIt\t_\t\n1-2\t3-5\tis\t*[1]\t\n1-3\t6-8\t😀\t*[1]\t\n1-4\t9-10\t.\t_\t"


def test_offsets_are_utf_16_units() -> None:
    document, said = taken(tsv("#T_SP=webanno.custom.Claim|value", EMOJI))

    [claim] = document.spans
    assert (document.text, claim.label, claim.fragments, said) == ("It is 😀 .", "claim", [(3, 7)], [])
    assert claim.location == "Claim 1-2"


def test_offsets_in_characters_are_named_as_such() -> None:
    content = tsv("", "#Text=😀 It\n1-1\t0-1\t😀\t\n1-2\t2-4\tIt\t")

    refusal = refused(content)

    assert (refusal.place, refusal.code) == ("line 6", "offsets_in_code_points")


def test_no_token_is_half_of_a_surrogate_pair() -> None:
    refusal = refused(tsv("", "#Text=😀 It\n1-1\t0-1\t\ufffd\t\n1-2\t3-5\tIt\t"))

    assert (refusal.place, refusal.code) == ("line 6", "quote_mismatch")
    assert refusal.detail.encode()


def test_a_token_that_is_not_in_the_text_is_an_error() -> None:
    refusal = refused(tsv("", "#Text=It is\n1-1\t0-2\tIt\t\n1-2\t3-5\tas\t"))

    assert (refusal.place, refusal.code) == ("line 7", "quote_mismatch")


def test_between_sentences_lies_a_line_end_and_space() -> None:
    document, _ = taken(
        tsv("", "#Text=One\n1-1\t0-3\tOne\t", "#Text=two\n2-1\t3-6\ttwo\t", "#Text=a\n#Text=b\n3-1\t9-10\ta\t")
    )

    assert document.text == "Onetwo\n  a\nb"


def test_backslashes_are_taken_off() -> None:
    content = tsv("#T_SP=webanno.custom.Span|value", "#Text=a\\tb\n1-1\t0-3\ta\\tb\tx\\|y\\\\|\\*\\[1\\]\\_[2]\t")

    document, _ = taken(content)

    assert document.text == "a\tb"
    assert [span.fields["value"] for span in document.spans] == ["x|y\\", "*[1]_"]


def test_java_escapes_of_old_versions_are_read() -> None:
    document, _ = taken(tsv("", "#Text=\\uD83D\\uDE00 \\u00e9\n1-1\t0-2\t😀\t\n1-2\t3-4\té\t", version="3.1"))

    assert document.text == "😀 é"


def test_stacked_and_long_annotations_are_told_apart_by_their_numbers() -> None:
    rows = "#Text=a b c\n1-1\t0-1\ta\tX[1]|Y[2]\t\n1-2\t2-3\tb\tX[1]\t\n1-3\t4-5\tc\tX\t"

    document, _ = taken(tsv("#T_SP=webanno.custom.Span|value", rows))

    found = [(span.fields["value"], span.fragments) for span in document.spans]
    assert found == [("X", [(0, 3)]), ("Y", [(0, 1)]), ("X", [(4, 5)])]


RELATED = "#T_SP=webanno.custom.Span|value\n#T_RL=webanno.custom.Relation|value|BT_webanno.custom.Span"


def test_a_relation_goes_from_the_unit_that_it_names() -> None:
    rows = "#Text=a b\n1-1\t0-1\ta\tPremise\t_\t_\t\n1-2\t2-3\tb\tx[1]|Claim[2]\tsupport\t1-1[0_2]\t"

    document, said = taken(tsv(RELATED, rows))

    [link] = document.links
    labels = {span.key: span.fields["value"] for span in document.spans}
    assert (link.relation, labels[link.source], labels[link.target], said) == ("corroborates", "Premise", "Claim", [])


@pytest.mark.parametrize("reference", ["1-9", "1-1[7]", "x", "1-2[0_0]"])
def test_a_reference_to_nothing_or_to_several_is_refused(reference: str) -> None:
    rows = f"#Text=a b\n1-1\t0-1\ta\tP\t_\t_\t\n1-2\t2-3\tb\tx[1]|C[2]\tsupport\t{reference}\t"

    refusal = refused(tsv(RELATED, rows))

    assert (refusal.place, refusal.code) == ("line 8", "broken_tsv")


def test_slots_are_taken_as_in_a_cas() -> None:
    layers = "#T_SP=webanno.custom.Claim|\n#T_SP=webanno.custom.Attribution|"
    layers += "ROLE_webanno.custom.Attribution:slots_webanno.custom.SlotsLink|webanno.custom.Claim"
    rows = "#Text=he b\n1-1\t0-2\the\t_\tContent\t1-2\t\n1-2\t3-4\tb\t*\t_\t_\t"

    document, said = taken(tsv(layers, rows))

    assert [(link.relation, link.location) for link in document.links] == [("attributes", "Attribution 1-1")]
    assert said == []


def test_a_chain_is_refused_by_name_and_its_spans_come_in() -> None:
    rows = "#Text=a b\n1-1\t0-1\ta\tn[1]\t*->1-1\t\n1-2\t2-3\tb\tn[1]\tx->1-2\t"

    document, [chain] = taken(tsv("#T_CH=webanno.custom.NameLink|referenceType|referenceRelation", rows))

    assert [span.fragments for span in document.spans] == [[(0, 1)], [(2, 3)]]
    assert (chain.code, "2 spans" in chain.detail) == ("chain", True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (tsv("#T_SP=webanno.custom.Span|value", "#Text=a\n1-1\t0-1\ta"), "broken_tsv"),
        (tsv("", "1-1\t0-1\ta\t"), "broken_tsv"),
        (tsv("", "#Text=a\nno row"), "broken_tsv"),
        (tsv("#T_SP=a.B|x\n#T_SP=a.B|y", "#Text=a\n1-1\t0-1\ta\t_\t_\t"), "broken_tsv"),
        (tsv("#T_CH=a.BLink|referenceType|referenceRelation", "#Text=a\n1-1\t0-1\ta\tx\ty\t"), "broken_tsv"),
        (tsv("", "#Text=ab\n1-1\t0-2\tab\t", "#Text=c\n2-1\t1-2\tc\t"), "fragments"),
        (tsv("", "#Text=ab\n1-1\t99999999-99999999\tab\t"), "too_large"),
        (tsv("#T_SP=a.B|x=print(1)", "#Text=a\n1-1\t0-1\ta\t_\t"), "broken_tsv"),
        (tsv("", "", version="3.x"), "not_webannotsv"),
        ("#id=1\n#text=Ms. Haag\n1\tMs.\t_\n", "old_webannotsv"),
        ("\x00", "not_webannotsv"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(content: str, code: str) -> None:
    assert refused(content).code == code


def test_a_table_of_articles_is_not_taken_for_it() -> None:
    assert recognised(Source([file(tsv("", EMOJI), "a.tsv")])) is IMPORTERS["webannotsv"]
    assert recognised(Source([file("title\ttext\nA\tB\n", "a.tsv")])) is IMPORTERS["csv"]


@pytest.mark.parametrize(
    ("cell", "parts"), [("a|b", ["a", "b"]), (r"a\|b", [r"a\|b"]), (r"a\\|b", [r"a\\", "b"]), ("", [""])]
)
def test_a_bar_after_a_backslash_that_is_escaped_parts(cell: str, parts: list[str]) -> None:
    assert cells.split(cell, "|") == parts


def test_a_name_that_is_all_underscores_is_looked_through_once() -> None:
    name = "ROLE_a:" + "a_" * 20_000
    with within(1):
        read(reader, file(tsv(f"#T_SP=webanno.custom.Claim|{name}", "#Text=Hi\n1-1\t0-2\tHi\t_\t"), "one.tsv"))
