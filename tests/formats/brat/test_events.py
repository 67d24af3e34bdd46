"""Attributions as brat has them: events whose trigger is the cue, with a source and what is reported."""

from __future__ import annotations

from random import Random

import pytest

from annotations.formats.reading.records import ArticleRecord
from tests.formats.brat import by_chance
from tests.formats.brat.by_hand import folder, one, read, record, written

TEXT = "The bridge, said the mayor of Derry,\nis safe 🙂 and open. Police deny it; she repeated: all open."


def at(words: str, nth: int = 1) -> str:
    """The offsets of some words, as brat writes them."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return f"{start} {start + len(words)}"


BROKEN = f"{at('The bridge')};{at('is safe 🙂')}"
EVENTS = "".join(
    line + "\n"
    for line in (
        f"T1\tAttribution {at('said')}\tsaid",
        f"T2\tCue {at('said')}\tsaid",
        f"T3\tSource {at('the mayor')}\tthe mayor",
        f"T4\tContent {BROKEN}\tThe bridge is safe 🙂",
        f"T5\tContent {at('open')}\topen",
        "E1\tAttribution:T1 Source:T3 Content:T4 Content2:T5 Cue:T2",
        "A1\tCertain E1",
        "M2\tTense E1 past",
        "#1\tAnnotatorNotes E1\tquoted from the hearing",
        f"T6\tAttribution-no-source {at('repeated')}\trepeated",
        "E2\tAttribution-no-source:T6 Content:T7",
        f"T7\tContent {at('all open')}\tall open",
        f"T8\tSource {at('Police')};{at('she')}\tPolice she",
        f"T9\tAttribution {at('deny')}\tdeny",
        "E3\tAttribution:T9 Source:T8 Content:T4",
        "R1\tAttack Arg1:T5 Arg2:T4",
        "R2\tElaborates Arg1:E3 Arg2:E1",
        "N1\tReference T3 Wikidata:Q1\tDerry",
        "*\tCoref T3 T8",
        "#2\tAnnotatorNotes R1\tsee minute 3",
        "#3\tLemma T5\topen",
    )
)


def test_an_event_is_an_attribution_with_its_source_and_cue() -> None:
    [said] = [one for one in one_of_events().spans if "hearing" in one.note]

    assert (said.label, said.fragments) == ("attribution", [(12, 26)])
    assert said.fields["source"] == {"start": 17, "end": 26, "quote": "the mayor"}
    assert said.fields["cue"] == {"start": 12, "end": 16, "quote": "said"}


def one_of_events() -> ArticleRecord:
    """The document of the events above; one relation is none that we know."""
    [document], refused = read(folder({"doc.txt": TEXT, "doc.ann": EVENTS}))
    assert [refusal.code for refusal in refused] == ["kept_in_field"]
    return document


def test_contents_are_claims_that_the_attribution_is_linked_to() -> None:
    document = one_of_events()
    quotes = {one.key: one.quote for one in document.spans}

    contents = [quotes[link.target] for link in document.links if link.relation == "attributes"]

    assert contents == ["The bridge … is safe 🙂", "open", "all open", "The bridge … is safe 🙂"]


def test_a_source_of_several_fragments_is_kept_by_its_name() -> None:
    [denied] = [one for one in one_of_events().spans if one.fields.get("source_name")]

    assert denied.fields["source_name"] == "Police she"
    assert "source" not in denied.fields
    assert denied.fields["cue"]["quote"] == "deny"


def test_what_came_in_goes_out_again_line_for_line() -> None:
    assert written(record(one_of_events())) == EVENTS


def test_a_note_on_a_relation_is_the_links() -> None:
    [attack] = [link for link in one_of_events().links if link.relation == "contradicts"]

    assert attack.note == "see minute 3"


def test_two_text_bounds_of_one_type_and_range_are_one_span_and_go_out_as_two() -> None:
    twice = "T1\tClaim 0 3\tThe\nT2\tMajorClaim 0 3\tThe\nT3\tPremise 4 10\tbridge\nR1\tSupport Arg1:T3 Arg2:T2\n"
    document = one(TEXT, twice)

    assert [(span.label, span.fragments) for span in document.spans] == [
        ("claim", [(0, 3)]),
        ("fact", [(4, 10)]),
    ]
    assert written(record(document)) == twice


def test_two_events_on_one_trigger_go_out_as_two() -> None:
    twice = (
        "T1\tAttribution 12 16\tsaid\nT2\tContent 0 10\tThe bridge\nT3\tContent 37 44\tis safe\n"
        "E1\tAttribution:T1 Content:T2\nE2\tAttribution:T1 Content:T3\n"
    )

    assert written(record(one(TEXT, twice))) == twice


def test_an_attribution_of_an_attribution_is_kept_though_it_is_no_link() -> None:
    nested = (
        f"T1\tAttribution {at('said')}\tsaid\nT2\tAttribution {at('deny')}\tdeny\n"
        "E1\tAttribution:T1\nE2\tAttribution:T2 Content:E1\n"
    )
    [document], refused = read(folder({"doc.txt": TEXT, "doc.ann": nested}))

    assert document.links == []
    assert [(refusal.place, refusal.code) for refusal in refused] == [("line 4", "kept_in_field")]
    assert written(record(document)) == nested


def test_a_content_whose_link_is_gone_leaves_the_event() -> None:
    content = record(one_of_events())
    content["links"] = [one for one in content["links"] if one["relation"] != "attributes"]

    assert "E1\tAttribution:T1 Source:T3 Cue:T2\n" in written(content)


def test_a_deleted_span_takes_what_is_said_of_it_along() -> None:
    content = record(one_of_events())
    content["spans"] = [one for one in content["spans"] if one["quote"] != "open"]
    content["links"] = [one for one in content["links"] if "open" not in one["source"] + one["target"]]

    found = written(content)

    assert "T5" not in found
    assert "E1\tAttribution:T1 Source:T3 Content:T4 Cue:T2\n" in found


def test_a_span_that_was_moved_goes_out_where_it_now_is() -> None:
    content = record(one("The bridge is safe.", "T4\tPremise 0 10\tThe bridge\nA1\tSure T4\n"))
    content["spans"][0] |= {"fragments": [[4, 10]], "quote": "bridge"}

    assert written(content) == "T4\tPremise 4 10\tbridge\nA1\tSure T4\n"


def test_an_attribution_whose_source_was_changed_is_written_anew_under_its_id() -> None:
    content = record(one_of_events())
    [said] = [one for one in content["spans"] if "hearing" in one["note"]]
    said["fields"]["source"] = {"start": 21, "end": 26, "quote": "mayor"}

    found = written(content)

    [event] = [line for line in found.splitlines() if line.startswith("E1\t")]
    assert event.startswith("E1\tAttribution:T1 Source:T2 Whole:")
    assert event.endswith("Content:T4 Content2:T5")
    assert "T2\tSource 21 26\tmayor\n" in found
    assert "A1\tCertain E1\n" in found


@pytest.mark.parametrize("seed", range(0, 400, 50))
def test_whatever_hangs_on_whatever_goes_out_as_it_came(seed: int) -> None:
    for chance in map(Random, range(seed, seed + 50)):
        lines = by_chance.ann(chance)

        [document], refused = read(folder({"doc.txt": by_chance.TEXT, "doc.ann": lines}))

        assert {refusal.code for refusal in refused} <= {"kept_in_field"}
        assert written(record(document)) == lines


def test_a_deleted_content_of_which_a_source_remains_leaves_the_source() -> None:
    lines = (
        "T1\tAttribution 12 16\tsaid\nT2\tSource 17 26\tthe mayor\nE1\tAttribution:T1 Source:T2\n"
        "T3\tAttribution 62 66\te de\nE2\tAttribution:T3 Content:T2\n"
    )
    content = record(one(TEXT, lines))
    content["links"] = []
    again = record(one(TEXT, written(content)))

    assert [(span["label"], span["quote"]) for span in again["spans"]] == [
        (span["label"], span["quote"]) for span in content["spans"]
    ]
