"""Which files belong together, whose they are, and what is wrong with a line."""

from __future__ import annotations

import time

import pytest

from annotations.formats.brat.names import DOCUMENTS_COLUMNS, LINKS_COLUMNS
from annotations.formats.brat.reader import BRAT
from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.imports.proposal import TypesMet
from tests.formats.brat.by_hand import folder, one, read, record, written

TEXT = "The bridge is safe."
CLAIM = "T1\tClaim 4 10\tbridge\n"


@pytest.mark.parametrize(
    ("paths", "people"),
    [
        (["doc.txt", "doc.ann"], [None]),
        (["doc.txt", "doc_anna.ann", "doc_ben.ann"], ["anna", "ben"]),
        (["doc.txt", "anna_doc.ann", "ben.doc.ann"], ["anna", "ben"]),
        (["doc_anna.txt", "doc_anna.ann", "doc_ben.txt", "doc_ben.ann"], ["anna", "ben"]),
        (["anna/doc.txt", "anna/doc.ann", "ben/doc.txt", "ben/doc.ann"], ["anna", "ben"]),
        (["texts/doc.txt", "anna/doc.ann", "ben/doc.ann"], ["anna", "ben"]),
        (["train/doc.txt", "train/doc.ann", "test/doc.txt", "test/doc.ann"], [None, None]),
        (["a_test/doc.txt", "a_test/doc.ann", "b_test/doc.txt", "b_test/doc.ann"], [None, None]),
        (["doc_1.txt", "doc_1.ann", "doc_2.txt", "doc_2.ann"], [None, None]),
    ],
)
def test_the_name_of_a_file_or_of_its_folder_names_the_annotator(paths: list[str], people: list[str | None]) -> None:
    documents, refused = read(folder({path: TEXT if path.endswith(".txt") else CLAIM for path in paths}))

    assert [document.spans[0].annotator for document in documents] == people
    assert refused == []


def test_a_text_without_annotations_is_an_article() -> None:
    [document], refused = read(folder({"bridge.txt": "\ufeff" + TEXT}))

    assert (document.text, document.metadata["title"], document.spans) == (TEXT, "bridge", [])
    assert refused == []


def test_annotations_without_a_text_are_refused() -> None:
    documents, refused = read(folder({"lost.ann": CLAIM, "other.txt": TEXT, "notes.pdf": "%PDF"}))

    assert [document.file for document in documents] == ["other.txt"]
    assert [(one.file, one.code) for one in refused] == [("lost.ann", "text_missing"), ("notes.pdf", "not_read")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("T2 Claim 0 3 The", "malformed"),
        ("T2\tClaim 0\tThe", "malformed"),
        ("T2\tClaim 0 x\tThe", "malformed"),
        ("no annotation", "malformed"),
        ("R1\tSupport T1 T1", "malformed"),
        ("R1\tSupport Arg1:T1", "malformed"),
        ("E1\t", "malformed"),
        ("E1\tEvent:R1", "malformed"),
        ("A1\tNegated", "malformed"),
        ("#1\tAnnotatorNotes T9\tlost", "missing_target"),
        ("R1\tSupport Arg1:T1 Arg2:T9", "missing_target"),
        ("T1\tClaim 0 3\tThe", "duplicate_id"),
        ("*\tEquiv T1 T9", "missing_target"),
        ("A1\tOf A2\nA2\tOf A1", "missing_target"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_and_the_rest_comes_in(line: str, code: str) -> None:
    [document], refused = read(folder({"doc.txt": TEXT, "doc.ann": CLAIM + line + "\nT8\tPremise 14 18\tsafe\n"}))

    assert {(refusal.place.split()[0], refusal.code) for refusal in refused} == {("line", code)}
    assert refused[0].place == "line 2"
    assert [span.quote for span in document.spans] == ["bridge", "safe"]


def test_a_type_that_somebody_leaves_out_is_reported_once_with_what_hangs_on_it() -> None:
    lines = CLAIM + "T2\tCue 0 3\tThe\nA1\tStrong T2\nR1\tSupport Arg1:T2 Arg2:T1\nT3\tCue 14 18\tsafe\n"

    [document], [refusal] = read(folder({"doc.txt": TEXT, "doc.ann": lines}), Cue="")

    assert [span.quote for span in document.spans] == ["bridge"]
    assert (refusal.place, refusal.code) == ("line 2", "type_left_out")
    assert "4 lines" in refusal.detail


@pytest.mark.parametrize(
    ("type_", "relation"), [("supports", "corroborates"), ("attacks", "contradicts"), ("Partial-Attack", "contradicts")]
)
def test_the_relations_of_argument_corpora_are_ours(type_: str, relation: str) -> None:
    document = one(TEXT, CLAIM + f"T2\tPremise 14 18\tsafe\nR1\t{type_} Arg1:T2 Arg2:T1\nA1\tStance T1 For\n")

    assert [(link.relation, link.source.split("\t")[2]) for link in document.links] == [(relation, "fact")]


def test_a_chosen_type_overrules_the_defaults() -> None:
    document = one(TEXT, CLAIM + "T2\tFinding 14 18\tsafe\nR1\tProves Arg1:T1 Arg2:T2\n", Claim="fact", Finding="claim",
                   Proves="corroborates")  # fmt: skip

    assert [span.label for span in document.spans] == ["fact", "claim"]
    assert [link.relation for link in document.links] == ["corroborates"]


def test_a_page_can_list_the_types_with_what_they_usually_become() -> None:
    met = TypesMet({"Lemma": ""})
    lines = CLAIM + "T2\tGene 14 18\tsafe\n#1\tLemma T1\tbridge\nA1\tSure T1\nR1\tAttack Arg1:T2 Arg2:T1\n"

    items = list(BRAT.read(folder({"doc.txt": TEXT, "doc.ann": lines + "R2\tNear Arg1:T2 Arg2:T1\n"}), Options(met)))

    assert met.met == {"Lemma": None, "Claim": "claim", "Gene": "fact", "Attack": "contradicts", "Near": None}
    assert [item.code for item in items if isinstance(item, Refusal)] == ["type_left_out", "kept_in_field"]


def test_a_type_that_nothing_names_is_a_fact_that_keeps_its_type() -> None:
    document = one(TEXT, "T1\tGene 4 10\tbridge\n")

    assert (document.spans[0].label, document.spans[0].fields["imported_type"]) == ("fact", "Gene")
    assert {"brat", "imported_type"} <= {field["key"] for field in document.fields["fact"]}
    assert written(record(document)) == "T1\tGene 4 10\tbridge\n"


def test_offsets_follow_the_line_ends() -> None:
    [document], _ = read(folder({"doc.txt": "One.\r\nTwo.\r\nThree.", "doc.ann": "T1\tClaim 6 18\tTwo.  Three.\r\n"}))

    [span] = document.spans
    assert (span.fragments, span.quote) == ([(5, 16)], "Two.\nThree.")


def test_a_quote_that_does_not_match_is_handed_over_as_it_is() -> None:
    document = one(TEXT, "T1\tClaim 4 10;14 18\tbrücke safe\n")

    assert document.spans[0].quote == "brücke … safe"


def test_a_thousand_documents_with_a_hundred_thousand_annotations_are_read_in_seconds() -> None:
    text = "A word or two. " * 100
    lines = "".join(f"T{n}\tClaim {15 * n} {15 * n + 13}\tA word or two\n" for n in range(100))
    source = folder({f"{n}.{end}": content for n in range(1000) for end, content in (("txt", text), ("ann", lines))})
    begun = time.monotonic()

    count = sum(len(item.spans) for item in BRAT.read(source, Options()) if isinstance(item, ArticleRecord))

    assert count == 100_000
    assert time.monotonic() - begun < 20


def test_documents_refer_to_one_another_only_where_a_table_says_so() -> None:
    tables = {"fields.json": "{}", "documents.tsv": "\t".join(DOCUMENTS_COLUMNS) + "\n"}
    header = "\t".join(LINKS_COLUMNS) + "\n"
    row = header + "\t".join(["x"] * len(LINKS_COLUMNS)) + "\n"

    assert not BRAT.facing(folder({"doc.txt": TEXT, "doc.ann": CLAIM})).crosses
    assert not BRAT.facing(folder({**tables, "links.tsv": header})).crosses
    assert BRAT.facing(folder({**tables, "links.tsv": row})).crosses


def test_a_folder_of_brat_is_recognised() -> None:
    assert BRAT.recognises(folder({"doc.txt": TEXT, "doc.ann": CLAIM}))
    assert not BRAT.recognises(folder({"doc.txt": TEXT}))
    assert not BRAT.recognises(folder({"doc.txt": TEXT, "doc.ann": "<xml/>"}))


def test_a_long_chain_of_annotations_is_read_in_no_time() -> None:
    chain = "".join(f"A{n}\tOf A{n + 1}\n" for n in range(1, 60_000))
    begun = time.monotonic()

    _, whole = read(folder({"doc.txt": TEXT, "doc.ann": CLAIM + chain + "A60000\tOf T1\n"}))
    _, broken = read(folder({"doc.txt": TEXT, "doc.ann": CLAIM + chain}))

    assert {refusal.code for refusal in whole} == {"field_full"}
    assert len(broken) == 59_999
    assert time.monotonic() - begun < 20


def test_a_part_whose_text_is_not_at_its_offsets_gives_its_attribution_away() -> None:
    lines = "T1\tAttribution 11 13\tis\nT2\tSource 0 6\tbridge\nE1\tAttribution:T1 Source:T2\n"

    assert [span.quote for span in one(TEXT, lines).spans] == ["bridge"]


def test_more_annotations_than_a_file_has_are_refused() -> None:
    lines = "".join(f"T{n}\tClaim {n % 18} {n % 18 + 1}\tx\n" for n in range(100_001))

    _, refused = read(folder({"doc.txt": TEXT, "doc.ann": lines}))

    assert (refused[0].place, refused[0].code) == ("line 100001", "too_many")
