"""Who says what, and whether evidence is independent of its claim."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.evidence import sources
from annotations.evidence.sources import COMPARED_NAME, compared, said_by, same_source, source_name, weigh
from annotations.models import Project, Span, User
from tests.cast import CRACKS, DANGER, MAYOR, SAFE, Cast, make_article, make_link, make_span


@pytest.fixture
def claim(cast: Cast) -> Span:
    """A claim that the mayor makes."""
    claim = make_span(cast.annotator, cast.article, SAFE)
    attribute(cast, claim, MAYOR, source_name="The Mayor")
    return claim


def attribute(cast: Cast, span: Span, at: tuple[int, int], **fields: Any) -> Span:
    """Ties a span to a source."""
    attribution = make_span(cast.annotator, cast.article, at, "attribution", fields=fields)
    make_link(cast.annotator, attribution, span, "attributes")
    return attribution


def weighed(claim: Span) -> dict[str, Any]:
    """The counts of a claim's evidence."""
    return dict(weigh([claim.pk], claim.assignment.assignee)[claim.pk])


def test_the_same_name_is_the_same_source_however_it_is_written(cast: Cast, claim: Span) -> None:
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    attribute(cast, fact, DANGER, source_name="  the   MAYOR ")

    assert same_source(claim.pk, fact.pk, said_by([claim.pk, fact.pk], cast.annotator))


SPELT = {
    "composed or not": ["José Ibáñez", "Jose\u0301 Iba\u0301n\u0303ez"],
    "marks in another order": ["Pha\u0323\u0302n", "Pha\u0302\u0323n", "Ph\u1eadn"],
    "syllables or letters": ["김", "\u1100\u1175\u11b7"],
    "white space": [" The\tMayor", "the\u00a0mayor", "THE \u3000\n mayor\u2003", "the\u0085mayor"],
    "case": ["ΟΔΥΣΣΕΥΣ", "οδυσσευς", "Οδυσσευσ"],
    "other scripts": ["ЖУРНАЛ Ё", "журнал е\u0308"],
}
"""Names by what differs in them and makes no other source."""

IN_DATABASE = "SELECT {} FROM (SELECT %s::jsonb AS fields, %s AS quote) s"


def compared_in_database(fields: dict[str, Any], quote: str = "") -> str:
    with connection.cursor() as cursor:
        cursor.execute(IN_DATABASE.format(COMPARED_NAME.format(s="s")), [json.dumps(fields), quote])
        found: str = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("spelt", SPELT.values(), ids=SPELT)
def test_one_name_is_one_source_in_whatever_letters_in_both_declarations(db: None, spelt: list[str]) -> None:
    forms = {compared(name) for name in spelt}

    assert len(forms) == 1
    assert {compared_in_database({"source_name": name}) for name in spelt} == forms


@pytest.mark.parametrize(
    ("fields", "quote"),
    [
        ({"source_name": " \u00a0\x1c", "source": {"quote": "The  Mayor"}}, "says"),
        ({"source": {"quote": "\u2003"}}, "The\u00a0Mayor "),
        ({"source_name": None, "source": None}, "THE MAYOR"),
    ],
)
def test_an_empty_name_counts_in_neither_declaration(db: None, fields: dict[str, Any], quote: str) -> None:
    assert compared_in_database(fields, quote) == compared(source_name(fields) or quote) == "the mayor"


def test_other_letters_are_another_source(db: None) -> None:
    for one, other in (("Jose", "José"), ("AB", "A B"), ("Şahin", "Sahin")):
        assert compared(one) != compared(other)
        assert compared_in_database({"source_name": one}) != compared_in_database({"source_name": other})


def test_without_a_name_the_words_of_the_passage_name_the_source(cast: Cast, claim: Span) -> None:
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    attribute(cast, fact, DANGER, source={"start": 0, "end": 9})

    assert [saying["source_name"] for saying in said_by([fact.pk], cast.annotator)[fact.pk]] == ["The mayor"]
    assert same_source(claim.pk, fact.pk, said_by([claim.pk, fact.pk], cast.annotator))


def test_unnamed_evidence_is_not_the_same_source(cast: Cast, claim: Span) -> None:
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")

    assert not same_source(claim.pk, fact.pk, said_by([claim.pk, fact.pk], cast.annotator))


def test_an_attribution_as_evidence_speaks_for_itself(cast: Cast, claim: Span) -> None:
    again = make_span(cast.annotator, cast.article, DANGER, "attribution", fields={"source_name": "The mayor"})

    assert same_source(claim.pk, again.pk, said_by([claim.pk, again.pk], cast.annotator))


def test_counts_tell_links_sources_and_independent_ones(cast: Cast, claim: Span) -> None:
    own = make_span(cast.annotator, cast.article, CRACKS, "fact")
    attribute(cast, own, DANGER, source_name="the mayor")
    other = make_span(cast.annotator, make_article(cast.project, "The bridge stands firm."), (0, 23), "fact")
    for evidence in (own, other):
        make_link(cast.annotator, evidence, claim)

    assert weighed(claim) == {
        "corroborates": {"count": 2, "sources": 2, "independent": 1},
        "contradicts": {"count": 0, "sources": 0, "independent": 0},
    }


def test_two_passages_in_an_articles_own_voice_are_one_source(cast: Cast, claim: Span) -> None:
    for at in (CRACKS, DANGER):
        make_link(cast.annotator, make_span(cast.annotator, cast.article, at, "fact"), claim, "contradicts")

    assert weighed(claim)["contradicts"] == {"count": 2, "sources": 1, "independent": 1}


def test_of_very_many_attributions_the_first_are_told_and_all_are_counted_and_compared(
    cast: Cast, claim: Span, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "MOST_SAID", 2)
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    attribute(cast, claim, (1, 14), source_name="The council")
    attribute(cast, claim, (2, 14), source_name="The report")
    attribute(cast, fact, (3, 14), source_name="The report")
    said = said_by([claim.pk, fact.pk], cast.annotator)
    assert [saying["source_name"] for saying in said[claim.pk]] == ["The Mayor", "The council"]
    assert (said[claim.pk].total, said[claim.pk].more) == (3, 1)
    assert same_source(claim.pk, fact.pk, said)


def test_attributions_of_many_spans_cost_two_queries(cast: Cast, claim: Span) -> None:
    spans = [make_span(cast.annotator, cast.article, (place, place + 3)) for place in range(20)]

    reader = cast.annotator
    assert reader.places

    with CaptureQueriesContext(connection) as queries:
        said_by([claim.pk, *(span.pk for span in spans)], reader)

    assert len(queries) == 2


def test_the_evidence_of_many_claims_costs_two_queries(cast: Cast, claim: Span) -> None:
    claims = [claim, *(make_span(cast.annotator, cast.article, (place, place + 3)) for place in range(20))]
    for place, one in enumerate(claims):
        make_link(cast.annotator, make_span(cast.annotator, cast.article, (place, 60), "fact"), one)

    reader = cast.annotator
    assert reader.places

    with CaptureQueriesContext(connection) as queries:
        weights = weigh([one.pk for one in claims], reader)

    assert len(queries) == 2
    assert all(weight["corroborates"]["count"] == 1 for weight in weights.values())


def test_whom_another_annotator_heard_stays_unsaid_in_an_independent_project(cast: Cast, claim: Span) -> None:
    heard = make_span(cast.annotator2, cast.article, DANGER, "attribution", fields={"source_name": "A clerk"})
    make_link(cast.annotator2, heard, claim, "attributes")
    Project.objects.filter(pk=cast.project.pk).update(mode="independent")

    def heard_by(reader: User) -> set[str]:
        again = User.objects.get(pk=reader.pk)
        return {saying["source_name"] for saying in said_by([claim.pk], again)[claim.pk]}

    assert heard_by(cast.annotator) == {"The Mayor"}
    assert heard_by(cast.annotator2) == {"A clerk"}
    assert heard_by(cast.reviewer) == heard_by(cast.viewer) == {"The Mayor", "A clerk"}
