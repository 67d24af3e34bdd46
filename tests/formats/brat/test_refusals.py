"""Spans that are not where a file says, and what is reported with them."""

from __future__ import annotations

import time

import pytest

from annotations.imports.validation import Measured, complaint_about
from annotations.models import Project, Span
from tests.cast import make_project, person
from tests.formats.brat.by_hand import one, record, written
from tests.formats.brat.test_import import ann_files, brought
from tests.formats.reading import a_file, documents, read

TEXT = "The bridge is safe, said the mayor. Police deny it."
SAFE = "T1\tClaim 4 10;14 18\tbridge safe\n"
WRONG = "T2\tPremise 36 42\tPolitics\n"


@pytest.fixture
def project(transactional_db: None) -> Project:
    return make_project(person("somebody"))


def reported(project: Project, lines: str) -> list[tuple[int, str, str]]:
    """The line, the code and the detail of what was refused of an import, but for what is only told."""
    done = brought(project, {"doc.txt": TEXT.encode(), "doc.ann": lines.encode()})
    rows = done.refusals.exclude(code="kept_in_field").values_list("place", "code", "detail")
    return sorted((int(place.removeprefix("line ")), code, detail) for place, code, detail in rows)


def codes(found: list[tuple[int, str, str]]) -> list[tuple[int, str]]:
    """The same without details."""
    return [(line, code) for line, code, _ in found]


def test_fragments_out_of_order_come_with_their_words_and_go_out_as_they_came() -> None:
    line = "T1\tClaim 29 34;4 10;14 18\tmayor bridge safe\n"
    document = one(TEXT, line)

    [span] = document.spans
    assert (span.fragments, span.quote) == ([(4, 10), (14, 18), (29, 34)], "bridge … safe … mayor")
    assert written(record(document)) == line


def test_words_in_the_order_of_the_text_are_taken_too() -> None:
    [span] = one(TEXT, "T1\tClaim 14 18;4 10\tbridge safe\n").spans

    assert (span.fragments, span.quote) == ([(4, 10), (14, 18)], "bridge … safe")


def test_other_words_out_of_order_are_handed_over_with_their_fragments() -> None:
    [span] = one(TEXT, "T1\tClaim 14 18;4 10\tsaff bridge\n").spans

    assert (span.fragments, span.quote) == ([(4, 10), (14, 18)], "bridge … saff")


def test_a_span_moved_since_goes_out_in_the_order_of_the_text() -> None:
    content = record(one(TEXT, "T1\tClaim 14 18;4 10\tsafe bridge\n"))
    content["spans"][0] |= {"fragments": [[0, 3], [14, 18]], "quote": "The … safe"}

    assert written(content) == "T1\tClaim 0 3;14 18\tThe safe\n"


@pytest.mark.django_db(transaction=True)
def test_fragments_out_of_order_are_stored_and_exported_as_they_came(project: Project) -> None:
    line = "T7\tClaim 29 34;4 10\tmayor bridge\nT8\tPremise 36 42\tPolice\nR1\tSupport Arg1:T8 Arg2:T7\n"

    assert reported(project, line) == []
    assert Span.objects.get(label="claim").quote == "bridge … mayor"
    assert ann_files(project) == [line]


@pytest.mark.django_db(transaction=True)
def test_all_that_depends_on_a_refused_span_is_refused_by_its_line(project: Project) -> None:
    said = (
        "R1\tSupport Arg1:T2 Arg2:T1\nR2\tNear Arg1:T1 Arg2:T2\nA1\tSure T2\n#1\tAnnotatorNotes T2\tsee\n"
        "#2\tAnnotatorNotes R1\tlost too\nN1\tReference T2 Wikidata:Q1\tpolice\nA2\tSure T1\n*\tEquiv T1 T2\n"
    )

    found = reported(project, SAFE + WRONG + said)

    lost = [(number, "span_refused") for number in (4, 5, 6, 7, 8, 10)]
    assert codes(found) == [(2, "quote_mismatch"), (3, "end_missing"), *lost]
    assert found[1][2] == "The span that it links (line 2) was refused."
    assert found[4][2] == "The note #1 depends on the span on line 2, which was refused."


@pytest.mark.django_db(transaction=True)
def test_a_role_whose_span_is_refused_is_reported_and_the_event_comes_in(project: Project) -> None:
    event = "T3\tAttribution 20 24\tsaid\nE1\tAttribution:T3 Content:T2 Addressee:T2 Content2:T1\n"

    found = reported(project, SAFE + WRONG + event)

    assert codes(found) == [(2, "quote_mismatch"), (4, "end_missing"), (4, "span_refused")]
    assert found[2][2].startswith("The role Addressee of E1 depends")
    assert Span.objects.get(label="attribution").links_out.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_refused_attribution_takes_its_parts_and_what_is_said_of_it(project: Project) -> None:
    event = "T3\tAttribution 20 24\tsays\nT4\tSource 25 34\tthe mayor\nE1\tAttribution:T3 Source:T4 Content:T1\n"

    found = reported(project, SAFE + event + "A1\tSure E1\n#1\tLemma T4\tmayor\n")

    lost = [(number, "span_refused") for number in (2, 3, 5, 6)]
    assert sorted(codes(found)) == sorted([*lost, (4, "quote_mismatch"), (4, "end_missing")])


@pytest.mark.django_db(transaction=True)
def test_a_long_chain_of_lines_about_a_refused_span_is_reported_line_by_line(project: Project) -> None:
    chain = "".join(f"A{number + 1}\tOf A{number}\n" for number in range(1, 1_000))

    found = reported(project, SAFE + WRONG + "A1\tSure T2\n" + chain)

    assert codes(found) == [(2, "quote_mismatch"), *((line, "span_refused") for line in range(3, 1_003))]


@pytest.mark.django_db(transaction=True)
def test_a_line_of_other_words_is_refused_though_another_line_on_the_same_words_is_right(project: Project) -> None:
    lines = SAFE + "T2\tMajorClaim 4 10;14 18\tbridges fall\nA1\tSure T2\nA2\tSure T1\n"

    found = reported(project, lines)

    assert codes(found) == [(2, "quote_mismatch"), (3, "span_refused")]
    assert ann_files(project) == [SAFE + "A2\tSure T1\n"]


@pytest.mark.django_db(transaction=True)
def test_a_part_that_a_refused_attribution_shares_stays_with_the_other(project: Project) -> None:
    wrong = "T3\tAttribution 43 47\tdenies\nE1\tAttribution:T3 Source:T4\n"
    right = "T4\tSource 25 34\tthe mayor\nT5\tAttribution 20 24\tsaid\nE2\tAttribution:T5 Source:T4\nA1\tSure T4\n"

    found = reported(project, wrong + right)

    assert codes(found) == [(1, "span_refused"), (2, "quote_mismatch")]
    assert ann_files(project) == [right]


@pytest.mark.django_db(transaction=True)
def test_an_event_that_is_no_attribution_reports_any_role_that_it_loses(project: Project) -> None:
    lines = SAFE + "T3\tCue 20 24\tsays\nE1\tAttribution:T3\nE2\tMove:T1 Cue:T3\n"

    assert codes(reported(project, lines)) == [(2, "span_refused"), (3, "quote_mismatch"), (4, "span_refused")]
    assert ann_files(project) == [SAFE + "E2\tMove:T1\n"]


def test_lines_that_each_name_a_whole_long_text_take_time_by_their_own_length() -> None:
    text = "The dam broke. " * 40_000
    lines = "".join(f"T{number}\tClaim 0 {len(text)}\tThe dam\n" for number in range(1, 2_001))
    begun = time.process_time()
    [document] = documents(read("brat", a_file("a.txt", text), a_file("a.ann", lines)))
    measured = Measured(document.text)
    complaints = [complaint_about(span, measured, {}) for span in document.spans]
    assert len(complaints) == 2_000
    assert all(complaint and complaint[0] == "quote_mismatch" for complaint in complaints)
    assert time.process_time() - begun < 15  # minutes, where each compared the whole text word by word
