"""Spans over line ends, which brat has only as fragments around them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from annotations.formats.brat.lines import in_one_line, in_own_lines
from annotations.formats.brat.names import DOCUMENTS_COLUMNS
from annotations.models import Span
from tests.cast import Cast, make_article, make_cast, make_span
from tests.formats.brat.by_hand import folder, one, read, record, written
from tests.formats.brat.exported import archive, files, taken_in

TEXT = "The bridge\nis safe,\n\nsaid the mayor.\nPolice deny it.\n"
TABLES = {"fields.json": "{}", "documents.tsv": "\t".join(DOCUMENTS_COLUMNS) + "\n"}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def ann_of(cast: Cast, *spans: list[list[int]], **about: Any) -> tuple[str, bytes]:
    """The `.ann` of a text with these spans, and the archive that it is in."""
    article = make_article(cast.project, TEXT, title="Lines")
    for fragments in spans:
        make_span(cast.annotator, article, fragments=fragments, **about)
    content = archive(cast, article=str(article.pk))
    [ann] = [text for name, text in files(content).items() if name.endswith(".ann")]
    return ann, content


def fragments_in(content: bytes) -> list[list[list[int]]]:
    """The fragments of the spans as an archive comes in."""
    [document] = taken_in(content)
    return [[list(one) for one in span.fragments] for span in document.spans]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "note",
    [
        "two\nlines", "the sign ␤ itself", "␛", "␛\n", "␛␤", "␛␛\n␤␛␛␛␤\n\n", "ends in ␤\n", "␛" * 9_000 + "\n",
        "a\x0bb\x0c\x1c\x1d\x1e\x85\u2028\u2029", "␋␊\u2028␛␅",
    ],
)  # fmt: skip
def test_a_note_comes_back_with_its_line_ends_and_signs(cast: Cast, note: str) -> None:
    _, content = ann_of(cast, [[0, 3]], note=note)

    [document] = taken_in(content)
    assert [span.note for span in document.spans] == [note]


def test_a_line_of_another_tools_note_goes_out_as_it_came() -> None:
    for note in ["a␤b", "␛x", "␛␤", "␛␛␤", "␤␛", "␊␋␛␍"]:
        assert in_one_line(in_own_lines(note)) == note


@pytest.mark.django_db(transaction=True)
def test_brat_takes_a_span_over_line_ends(cast: Cast) -> None:
    ann, _ = ann_of(cast, [[4, 25]])

    assert ann == "T1\tClaim 4 10;11 19;21 25\tbridge is safe, said\n"
    [(ranges, words)] = re.findall(r"Claim ([\d ;]+)\t(.*)", ann)
    assert words == " ".join(TEXT[slice(*map(int, one.split()))] for one in ranges.split(";"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "fragments",
    [
        [[4, 25]],
        [[4, 10], [11, 25]],
        [[4, 10], [11, 19], [21, 25]],
        [[4, 11]],
        [[4, 10], [10, 11], [11, 13]],
        [[0, 3], [19, 21], [30, 35]],
        [[36, 45], [46, 53]],
        [[19, 20]],
    ],
)
def test_a_span_over_a_line_end_comes_back_as_it_was(cast: Cast, fragments: list[list[int]]) -> None:
    _, content = ann_of(cast, fragments)

    assert fragments_in(content) == [fragments]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("line_end", [*"\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"])
def test_a_span_over_what_only_some_take_for_a_line_end_comes_back(cast: Cast, line_end: str) -> None:
    article = make_article(cast.project, f"All is{line_end}safe.")
    make_span(cast.annotator, article, (0, 11))
    content = archive(cast, article=str(article.pk))

    assert "T1\tClaim 0 6;7 11\tAll is safe\n" in files(content).values()
    assert fragments_in(content) == [[[0, 11]]]


@pytest.mark.django_db(transaction=True)
def test_the_fragments_of_a_trigger_are_said_of_its_event(cast: Cast) -> None:
    ann, content = ann_of(cast, [[4, 10], [11, 19]], label="attribution")

    assert "\tFragments E1\t4 10;11 19\n" in ann
    assert fragments_in(content) == [[[4, 10], [11, 19]]]


@pytest.mark.django_db(transaction=True)
def test_a_note_says_which_fragments_were_apart_before(cast: Cast) -> None:
    ann, _ = ann_of(cast, [[4, 10], [11, 19]])

    assert ann == "T1\tClaim 4 10;11 19\tbridge is safe,\n#1\tFragments T1\t4 10;11 19\n"


@pytest.mark.django_db(transaction=True)
def test_a_source_over_a_line_end_comes_back(cast: Cast) -> None:
    source = {"start": 30, "end": 43, "quote": TEXT[30:43]}
    _, content = ann_of(cast, [[21, 43]], label="attribution", fields={"source": source})

    [document] = taken_in(content)

    assert document.spans[0].fields == {"source": source}
    assert fragments_in(content) == [[[21, 43]]]


def test_what_brat_cut_at_a_line_end_is_one_fragment_and_goes_out_as_it_came() -> None:
    line = "T1\tClaim 4 10;11 19;21 25\tbridge is safe, said\n"
    document = one(TEXT, line)

    assert document.spans[0].fragments == [(4, 25)]
    assert written(record(document)) == line


def test_fragments_with_other_things_between_them_stay_apart() -> None:
    document = one(TEXT, "T1\tClaim 4 10;14 18;18 19\tbridge safe ,\nT2\tFact 11 13;4 10\tis bridge\n")

    assert [span.fragments for span in document.spans] == [[(4, 10), (14, 18), (18, 19)], [(4, 10), (11, 13)]]


def test_a_span_that_was_stored_in_fragments_before_goes_out_with_them() -> None:
    kept = "claim in doc\n1\tT1\tPremise 4 10;11 19"
    span = {"id": "a", "label": "claim", "fragments": [[4, 10], [11, 19]], "quote": "bridge … is safe,", "note": ""}
    content = {"text": TEXT, "spans": [{**span, "fields": {"brat": kept}, "annotator": "ada"}], "links": []}

    assert written(content).splitlines()[0] == "T1\tPremise 4 10;11 19\tbridge is safe,"
    assert "\tFragments T1\t4 10;11 19\n" in written(content)


@pytest.mark.parametrize("said", ["4 10;11 18", "4 19;", "x", "0 10;11 19", f"4 10;11 {'9' * 40}"])
def test_a_note_of_other_fragments_than_the_ranges_is_refused(said: str) -> None:
    lines = f"T1\tClaim 4 10;11 19\tbridge is safe,\n#1\tFragments T1\t{said}\n"

    [document], [refusal] = read(folder({**TABLES, "doc.txt": TEXT, "doc.ann": lines}))

    assert (refusal.place, refusal.code) == ("line 2", "malformed")
    assert document.spans[0].fragments == [(4, 19)]


def test_in_files_that_are_not_ours_such_a_note_is_only_kept() -> None:
    lines = "T1\tClaim 4 10;11 19\tbridge is safe,\n#1\tFragments T1\t4 10;11 19\n"
    document = one(TEXT, lines)

    assert document.spans[0].fragments == [(4, 19)]
    assert written(record(document)) == lines


@pytest.mark.django_db(transaction=True)
def test_links_across_articles_find_spans_over_line_ends(cast: Cast) -> None:
    ann_of(cast, [[4, 25]], [[4, 10], [11, 19]])

    names = {span.key.split("\t", 2)[2] for document in taken_in(archive(cast)) for span in document.spans}

    assert names >= {"claim\t4 25", "claim\t4 10;11 19"}
    assert Span.objects.count() == 2
