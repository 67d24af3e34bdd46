"""Tables of claims with their evidence: each row a claim, what bears on it, and how it was rated."""

from __future__ import annotations

from typing import Any, Final

import pytest

from annotations.models import Article, Link, Span, Verdict
from tests.cast import Cast
from tests.formats.tables.sent_tables import sent, sent_files, told

pytestmark = pytest.mark.django_db

FEVER: Final[dict[str, Any]] = {
    "columns": {"relation": "label", "rating": "label"},
    "values": {
        "relation": {"SUPPORTS": "corroborates", "REFUTES": "contradicts", "NOT ENOUGH INFO": None},
        "rating": {"SUPPORTS": "supported", "REFUTES": "refuted", "NOT ENOUGH INFO": "not_enough_evidence"},
    },
}
ROWS = (
    "id,claim,evidence,label\n"
    "75,The bridge is open.,The bridge opened in May.,SUPPORTS\n"
    "75,The bridge is open.,Cars cross it.,SUPPORTS\n"
    "76,The bridge fell.,The bridge opened in May.,REFUTES\n"
    "77,The bridge is blue.,Cars cross it.,NOT ENOUGH INFO\n"
)


def test_claim_evidence_link_and_verdict_come_in_one_row(cast: Cast) -> None:
    one = sent(cast, "claims", ROWS, **FEVER)
    assert one.made == {"articles": 5, "spans": 5, "links": 3, "verdicts": 3}
    assert (told(one), one.known) == ([("line 5, label", "value_left_out")], 0)
    claim = Span.objects.get(external_id="75")
    assert (claim.label, claim.quote, claim.article.body) == ("claim", "The bridge is open.", "The bridge is open.")
    links = Link.objects.filter(target=claim).order_by("source__quote")
    assert [(link.source.quote, link.source.label, link.relation) for link in links] == [
        ("Cars cross it.", "fact", "corroborates"), ("The bridge opened in May.", "fact", "corroborates"),
    ]  # fmt: skip
    ratings = Verdict.objects.filter(claim__external_in=cast.project).values_list("claim__external_id", "rating")
    assert dict(ratings) == {"75": "supported", "76": "refuted", "77": "not_enough_evidence"}


def test_a_relation_mapped_to_null_leaves_out_the_link_alone_and_a_rating_the_verdict_alone(cast: Cast) -> None:
    rows = "claim,evidence,stance,label\nA claim.,A text.,discuss,mixture\n"
    values = {"relation": {"discuss": None}, "rating": {"mixture": None}}
    one = sent(cast, "claims", rows, columns={"relation": "stance", "rating": "label"}, values=values)
    assert one.made == {"articles": 2, "spans": 2, "links": 0, "verdicts": 0}
    assert (told(one), one.notes) == (
        [("line 2, stance", "value_left_out"), ("line 2, label", "value_left_out")], 2
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "place", "code", "made"),
    [
        ("7,A claim.,A text.,likes,supported", "line 2, relation", "relation_unknown", [2, 2, 0, 1]),
        ("7,A claim.,A text.,,supported", "line 2, relation", "value_missing", [2, 2, 0, 1]),
        ("7,A claim.,A text.,corroborates,perhaps", "line 2, rating", "rating_unknown", [2, 2, 1, 0]),
        ("7, ,A text.,corroborates,supported", "line 2, claim", "value_missing", [0, 0, 0, 0]),
        ("1,A claim.,A text.,corroborates,supported", "line 2", "duplicate_key", [1, 1, 0, 0]),
    ],
)
def test_what_is_refused_of_a_row_is_named_and_the_rest_comes_in(
    cast: Cast, row: str, place: str, code: str, made: list[int]
) -> None:
    sent(cast, "claims", "id,claim,evidence,relation\n1,The first claim.,,\n")
    one = sent(cast, "claims", f"id,claim,evidence,relation,rating\n{row}\n")
    assert list(one.made.values()) == made
    assert told(one)[0] == (place, code)


def test_evidence_may_be_a_quote_of_an_article_that_is_named(cast: Cast) -> None:
    claims = (
        "claim,article,quote,relation\nThe bridge is open.,d1,cross it,corroborates\n"
        "It fell.,d1,it,contradicts\nIt is blue.,d9,it,contradicts\n"
    )
    one = sent_files(
        cast,
        {"claims.csv": claims, "articles.csv": "id,body\nd1,Cars cross it. So it is.\n"},
        files={"claims.csv": {"table": "claims"}, "articles.csv": {"table": "articles"}},
    )
    assert one.made == {"articles": 4, "spans": 4, "links": 1, "verdicts": 0}
    assert Link.objects.get(source__quote="cross it").target.quote == "The bridge is open."
    refused = sorted(item for item in told(one) if item[1] != "end_missing")
    assert refused == [("line 3", "ambiguous"), ("line 4", "article_missing")]


def test_equal_texts_of_one_annotator_are_one_span_and_a_claim_is_one_for_all(cast: Cast) -> None:
    rows = (
        "claim,evidence,relation,annotator\nIt is so.,A text.,corroborates,Ada\nIt is so.,A text.,contradicts,Ada\n"
        "It is so.,A text.,contradicts,Bob\n"
    )
    one = sent(cast, "claims", rows, others="keep")
    assert (one.made, told(one)) == ({"articles": 2, "spans": 3, "links": 3, "verdicts": 0}, [])
    evidence = Span.objects.filter(article__body="A text.").values_list("assignment__assignee__name", flat=True)
    assert sorted(evidence) == ["Ada", "Bob"]


def test_differing_ratings_of_one_annotator_and_ratings_of_several_are_no_verdict(cast: Cast) -> None:
    rows = (
        "claim,evidence,relation,rating,annotator\n"
        "One.,,,supported,Ada\nOne.,,,refuted,Ada\nTwo.,,,supported,Ada\nTwo.,,,supported,Bob\nThree.,,,refuted,Bob\n"
        "Three.,,,refuted,Bob\n"
    )
    one = sent(cast, "claims", rows, others="keep")
    assert one.made == {"articles": 3, "spans": 3, "links": 0, "verdicts": 1}
    assert told(one) == [(f"line {line}", "verdict_conflict") for line in (2, 3, 4, 5)]


def test_who_said_it_becomes_an_attribution_and_when_a_field_of_the_claim(cast: Cast) -> None:
    rows = "claim,evidence,relation,speaker,date\nIt is open.,Cars cross.,corroborates,The mayor,2026-01-31\n"
    one = sent(cast, "claims", rows)
    assert (one.made, told(one)) == ({"articles": 2, "spans": 3, "links": 2, "verdicts": 0}, [])
    claim = Span.objects.get(label="claim", quote="It is open.")
    assert (claim.article.body, claim.fields) == ("It is open.\n— The mayor", {"date": "2026-01-31"})
    said = Link.objects.get(target=claim, relation="attributes").source
    assert (said.label, said.quote, said.fields) == ("attribution", "The mayor", {"source_name": "The mayor"})


def test_a_day_that_can_be_read_in_two_ways_is_refused_and_the_claim_comes_in(cast: Cast) -> None:
    one = sent(cast, "claims", "claim,evidence,relation,date\nIt is open.,,,01/02/2026\n")
    assert (one.spans, told(one)) == (1, [("line 2, date", "date")])


def test_the_same_claims_again_are_nothing_new(cast: Cast) -> None:
    sent(cast, "claims", ROWS, **FEVER)
    again = sent(cast, "claims", ROWS, **FEVER)
    assert (list(again.made.values()), again.known) == ([0, 0, 0, 0], 5)
    assert told(again) == [("line 5, label", "value_left_out")]


def test_a_second_id_of_a_claim_holds_for_the_import_and_is_noted(cast: Cast) -> None:
    claims = "id,claim,evidence,relation\n1,It is so.,,\n2,It is so.,,\n"
    one = sent_files(
        cast,
        {"claims.csv": claims, "verdicts.csv": "claim,rating\n2,refuted\n"},
        files={"claims.csv": {"table": "claims"}, "verdicts.csv": {"table": "verdicts"}},
    )
    assert told(one) == [("line 3", "id_left_out")]
    assert Verdict.objects.get(claim__external_id="1").rating == "refuted"


def test_evidence_that_restates_is_a_claim(cast: Cast) -> None:
    one = sent(cast, "claims", "claim,evidence,relation\nIt is open.,The bridge is open.,restates\n")
    assert (one.links, told(one)) == (1, [])
    assert Article.objects.get(body="The bridge is open.").spans.get().label == "claim"


def test_rows_of_one_claim_that_say_different_things_of_it_are_named(cast: Cast) -> None:
    rows = "claim,evidence,relation,date\nIt is so.,,,2026-01-31\nIt is so.,,,2026-01-31\nIt is so.,,,2026-02-01\n"
    one = sent(cast, "claims", rows)
    assert (one.spans, told(one)) == (1, [("line 4", "duplicate_span")])
    assert Span.objects.get(quote="It is so.").fields == {"date": "2026-01-31"}
