"""What a tool shows is matched with our own record of it: by id, then by shape within one annotator."""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import Any
from uuid import UUID

import pytest

from annotations.formats.reading.records import ArticleRecord, LinkRecord, Options, SpanRecord, VerdictRecord
from annotations.formats.reading.regions import Region, Relation, add

TEXT = "The bridge is safe. Engineers found cracks."
CLAIM, FACT = (0, 18), (20, 42)


def key(number: int) -> str:
    return str(UUID(int=number))


def recorded(number: int, annotator: str, label: str = "claim", at: tuple[int, int] = CLAIM) -> SpanRecord:
    """A span of our record."""
    return SpanRecord(key=key(number), id=UUID(int=number), label=label, fragments=[at], note="", annotator=annotator)


def record(*annotators: str) -> ArticleRecord:
    """A claim, a fact that contradicts it and a verdict by each; spans are numbered 1 and 2, 3 and 4 and so on."""
    document = ArticleRecord(file="f", location="1", text=TEXT)
    for number, annotator in enumerate(annotators):
        claim, fact = recorded(2 * number + 1, annotator), recorded(2 * number + 2, annotator, "fact", FACT)
        document.spans += [claim, fact]
        link = LinkRecord(
            key=key(100 + number), relation="contradicts", source=fact.key, target=claim.key, location="own link"
        )
        document.links.append(link)
        document.verdicts.append(VerdictRecord(claim=claim.key, rating="refuted", location="own verdict"))
    return document


def region(name: str, kind: str = "claim", at: tuple[int, int] = CLAIM, **more: Any) -> Region:
    """A region as a tool shows it."""
    return Region(key=name, type=kind, start=at[0], end=at[1], location=f"region {name}", **more)


def contradicts(source: str, target: str) -> Relation:
    """A relation as a tool shows it."""
    return Relation(type="contradicts", source=source, target=target, location=f"{source} to {target}")


def added(document: ArticleRecord, regions: list[Region], relations: list[Relation]) -> list[tuple[str, str]]:
    """The codes and the places of what does not come in."""
    return [(one.code, one.place) for one in add(document, regions, relations, Options())]


def kept(document: ArticleRecord) -> list[tuple[str, list[tuple[int, int]]]]:
    return [(span.key, span.fragments) for span in document.spans]


def test_a_span_whose_end_was_moved_stays_the_same_with_its_links_and_its_verdict() -> None:
    document = record("ann")
    regions = [region("a", at=(4, 18), id=key(1)), region("b", "fact", FACT, id=key(2))]

    assert added(document, regions, [contradicts("b", "a")]) == []
    assert kept(document) == [(key(1), [(4, 18)]), (key(2), [FACT])]
    assert [(link.key, link.source, link.target) for link in document.links] == [(key(100), key(2), key(1))]
    assert [one.claim for one in document.verdicts] == [key(1)]


def test_a_note_that_was_changed_comes_back_changed_and_one_that_is_not_shown_stays() -> None:
    document = record("ann")
    for span in document.spans:
        span.note = "as it was"

    added(document, [region("a", id=key(1), note="new"), region("b", "fact", FACT, id=key(2))], [])

    assert [span.note for span in document.spans] == ["new", "as it was"]


def test_a_span_whose_label_was_changed_is_another() -> None:
    document = record("ann")

    refused = added(document, [region("a", "fact", id=key(1)), region("b", "fact", FACT, id=key(2))], [])

    assert kept(document) == [("a", [CLAIM]), (key(2), [FACT])]
    assert refused == [("taken_away", ""), ("taken_away", "own link"), ("taken_away", "own verdict")]


def test_an_id_decides_where_several_people_made_the_same_span() -> None:
    document = record("ann", "ben")
    regions = [region("b", id=key(3)), region("a", id=key(1))]
    regions += [region("fb", "fact", FACT, id=key(4)), region("fa", "fact", FACT, id=key(2))]

    assert added(document, regions, [contradicts("fb", "b"), contradicts("fa", "a")]) == []
    assert [name for name, _ in kept(document)] == [key(3), key(1), key(4), key(2)]
    assert [(link.key, link.source, link.target) for link in document.links] == [
        (key(100), key(2), key(1)), (key(101), key(4), key(3)),
    ]  # fmt: skip


def test_without_an_id_a_span_is_one_of_whoever_the_tool_names() -> None:
    document = record("ann", "ben")

    refused = added(document, [region("b", annotator="ben"), region("new", annotator="cleo")], [])

    assert [(span.key, span.annotator) for span in document.spans] == [(key(3), "ben"), ("new", "cleo")]
    assert {code for code, _ in refused} == {"taken_away"}


def test_what_stands_with_one_persons_work_is_theirs_though_the_tool_names_its_own_user() -> None:
    document = record("ann", "ben")
    regions = [
        region("x", annotator="7", group="second"), region("fb", "fact", FACT, id=key(4), group="second"),
        region("y", annotator="7", group="first"), region("fa", "fact", FACT, id=key(2), group="first"),
    ]  # fmt: skip

    assert added(document, regions, [contradicts("fb", "x"), contradicts("fa", "y")]) == []
    assert [span.annotator for span in document.spans] == ["ben", "ben", "ann", "ann"]


def test_where_nobody_is_named_and_one_of_several_is_gone_nothing_is_guessed() -> None:
    document = record("ann", "ben")

    refused = added(document, [region("x"), region("f", "fact", FACT), region("g", "fact", FACT)], [])

    assert [name for name, _ in kept(document)] == [key(2), key(4)]
    assert [code for code, _ in refused] == ["person_unknown"] * 3 + ["taken_away"] * 4
    assert (document.links, document.verdicts) == ([], [])


def test_where_all_are_there_their_links_are_those_of_the_record_and_a_missing_one_is_not_guessed() -> None:
    regions = [region("x"), region("y"), region("f", "fact", FACT), region("g", "fact", FACT)]
    whole, less, more = record("ann", "ben"), record("ann", "ben"), record("ann", "ben")

    assert added(whole, regions, [contradicts("f", "y"), contradicts("g", "x")]) == []
    assert [(link.source, link.target) for link in whole.links] == [(key(2), key(1)), (key(4), key(3))]
    assert added(less, regions, [contradicts("f", "y")]) == [
        ("person_unknown", "own link"), ("person_unknown", "own link"),
    ]  # fmt: skip
    assert less.links == []
    assert added(more, regions, [contradicts(*ends) for ends in ("fx", "fy", "gy")]) == [("person_unknown", "g to y")]
    assert len(more.links) == 2


def test_a_link_that_was_deleted_beside_the_work_of_others_does_not_come_back() -> None:
    document = record("ann", "ben")
    regions = [
        region("a", id=key(1), group="first"), region("fa", "fact", FACT, id=key(2), group="first"),
        region("b", id=key(3), group="second"), region("fb", "fact", FACT, id=key(4), group="second"),
    ]  # fmt: skip
    document.links.append(
        LinkRecord(key=key(200), relation="restates", source=key(1), target=key(3), location="across")
    )

    assert added(document, regions, [contradicts("fb", "b")]) == [("taken_away", "own link")]
    # A tool that keeps people apart shows no link between two of them.
    assert sorted(link.key for link in document.links) == [key(101), key(200)]


def chain(*names: str) -> list[Relation]:
    """Each of the regions continues the one before it."""
    return [Relation(type="continues", source=now, target=before, location="") for before, now in pairwise(names)]


@pytest.mark.parametrize("order", list(permutations("abc")))
def test_fragments_are_those_of_the_chain_whatever_the_order_of_its_regions(order: tuple[str, ...]) -> None:
    document = ArticleRecord(file="f", location="1", text=TEXT)
    at = {"a": (0, 3), "b": (4, 10), "c": (20, 42)}

    assert added(document, [region(name, at=at[name]) for name in order], chain("a", "b", "c")[::-1]) == []
    assert kept(document) == [("a", [(0, 3), (4, 10), (20, 42)])]


def test_regions_in_a_ring_or_before_one_are_spans_by_themselves() -> None:
    document = ArticleRecord(file="f", location="1", text=TEXT)

    added(document, [region(name) for name in "abcd"], chain("c", "a", "b", "c", "d"))

    assert [name for name, _ in kept(document)] == ["a", "b", "c", "d"]


def test_a_long_chain_and_a_long_ring_take_time_in_proportion_to_their_length() -> None:
    names = [str(number) for number in range(100_000)]
    document = ArticleRecord(file="f", location="1", text=TEXT)
    regions = [region(name) for name in names]

    added(document, regions, chain(*names))
    assert [len(fragments) for _, fragments in kept(document)] == [100_000]
    added(document, regions, chain(*names, names[0]))
    assert len(document.spans) == 100_000


def test_the_same_span_by_very_many_people_is_matched_in_time_in_proportion_to_their_number() -> None:
    number = 30_000
    document = ArticleRecord(file="f", location="1", text=TEXT)
    document.spans += [recorded(one, f"person {one}") for one in range(number)]

    assert added(document, [region(str(one), annotator=f"person {one}") for one in reversed(range(number))], []) == []
    assert len(document.spans) == number
