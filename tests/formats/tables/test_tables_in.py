"""Articles, spans, links and verdicts out of tables."""

from __future__ import annotations

import io
from typing import Any, Final

import pytest

from annotations.imports import batches
from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Article, Link, Span, Verdict
from tests.cast import Cast, make_article
from tests.formats.storing.sent import waiting
from tests.formats.tables.sent_tables import sent, sent_files, told

pytestmark = pytest.mark.django_db

ARTICLES = "id,headline,body\nd1,The bridge,The bridge is open. It was closed in May.\nd2,May,It was closed in May.\n"
SPANS = "id,doc,kind,words\ns1,d1,Claim,The bridge is open.\ns2,d2,Premise,It was closed in May.\n"
MAPPED: Final[dict[str, Any]] = {"columns": {"article": "doc", "label": "kind", "quote": "words"},
          "values": {"label": {"Claim": "claim", "Premise": "fact"}}}  # fmt: skip


def test_articles_keep_their_ids_and_later_tables_name_them(cast: Cast) -> None:
    first = sent(cast, "articles", ARTICLES, columns={"title": "headline"})
    assert (first.articles, told(first)) == (2, [])
    second = sent(cast, "spans", SPANS, **MAPPED)
    assert (second.spans, told(second)) == (2, [])
    claim = Span.objects.get(external_id="s1")
    assert (claim.quote, claim.label, claim.article.external_id) == ("The bridge is open.", "claim", "d1")


def test_files_of_one_archive_come_in_any_order(cast: Cast) -> None:
    links = "source,target,relation\ns2,s1,attack\n"
    verdicts = "claim,rating,rationale,confidence\ns1,REFUTES,It was closed.,0.75\n"
    one = sent_files(
        cast,
        {"verdicts.csv": verdicts, "links.csv": links, "spans.csv": SPANS, "articles.csv": ARTICLES},
        files={
            "articles.csv": {"table": "articles", "columns": {"title": "headline"}},
            "spans.csv": {"table": "spans", **MAPPED},
            "links.csv": {"table": "links", "values": {"relation": {"attack": "contradicts"}}},
            "verdicts.csv": {"table": "verdicts", "values": {"rating": {"REFUTES": "refuted"}}},
        },
    )
    assert (one.state, one.made, told(one)) == ("done", {"articles": 2, "spans": 2, "links": 1, "verdicts": 1}, [])
    link = Link.objects.get(source__external_id="s2")
    assert (link.target.external_id, link.relation) == ("s1", "contradicts")
    verdict = Verdict.objects.get(claim__external_id="s1")
    assert (verdict.rating, verdict.rationale, verdict.confidence) == ("refuted", "It was closed.", 0.75)


def test_a_uuid_is_found_as_the_objects_own_id(cast: Cast) -> None:
    quote = cast.article.body[:3]
    one = sent(cast, "spans", f"article,label,start,end,quote\n{cast.article.pk},claim,0,3,{quote}\n")
    assert (one.spans, told(one)) == (1, [])
    claim = Span.objects.get(assignment__assignee=cast.manager)
    one = sent(cast, "verdicts", f"claim,rating\n{claim.pk},supported\n")
    assert (one.verdicts, told(one)) == (1, [])


def test_equal_texts_are_one_article(cast: Cast) -> None:
    one = sent(cast, "articles", "id,body\na,A text.\nb,A text.\n")
    assert (one.articles, one.known, told(one)) == (1, 1, [("line 3", "same_text"), ("line 3", "id_left_out")])
    assert Article.objects.get(body="A text.").external_id == "a"


def test_one_id_may_be_an_articles_a_spans_and_a_claims(cast: Cast) -> None:
    sent(cast, "articles", "id,body\n1,The bridge is open.\n")
    spans = sent(cast, "spans", "id,article,label,quote\n1,1,fact,The bridge\n")
    claims = sent(cast, "claims", "id,claim,evidence,relation\n1,It is open.,A sign says so.,corroborates\n")
    assert told(spans) + told(claims) == []
    assert Article.objects.filter(external_id="1").count() == 1
    assert set(Span.objects.filter(external_id="1").values_list("label", flat=True)) == {"fact", "claim"}


def test_an_id_of_a_claim_and_of_another_span_is_ambiguous(cast: Cast) -> None:
    sent(cast, "articles", "id,body\n1,The bridge is open.\n")
    sent(cast, "spans", "id,article,label,quote\n1,1,fact,The bridge\n2,1,fact,open\n")
    sent(cast, "claims", "id,claim,evidence,relation\n1,It is open.,A sign says so.,corroborates\n")
    one = sent(cast, "links", "source,target,relation\n2,1,corroborates\n")
    assert (one.links, told(one)) == (0, [("line 2", "ambiguous")])
    assert sent(cast, "verdicts", "claim,rating\n1,supported\n").verdicts == 1


@pytest.mark.parametrize(
    ("table", "rows", "place", "code"),
    [
        ("articles", "id,body\nd1,Another text.\n", "line 2", "duplicate_key"),
        ("articles", "id,body\nx,One text.\nx,Two texts.\n", "line 3", "duplicate_key"),
        ("articles", "id,body\nx, \n", "line 2, body", "no_text"),
        ("articles", f"id,body\n{'x' * 201},A text.\n", "line 2, id", "too_long"),
        ("spans", "id,article,label,quote\ns1,d1,claim,The bridge\n", "line 2", "duplicate_key"),
        ("spans", "id,article,label,quote\nx,d1,fact,The bridge\nx,d1,claim,The bridge\n", "line 3", "duplicate_key"),
        ("spans", "article,label,quote\nd9,claim,The bridge\n", "line 2", "article_missing"),
        ("spans", "article,label,quote\n,claim,The bridge\n", "line 2, article", "value_missing"),
        ("spans", "article,label,quote\nd1,claim,\n", "line 2, quote", "value_missing"),
        ("spans", "article,label,quote\nd1,claim,i\n", "line 2", "ambiguous"),
        ("spans", "article,label,quote\nd1,claim,The train\n", "line 2", "quote_mismatch"),
        ("spans", "article,label,start,end,quote\nd1,claim,0,3,The bridge\n", "line 2", "quote_mismatch"),
        ("spans", "article,label,start,end\nd1,claim,0,999\n", "line 2", "fragments"),
        ("spans", "article,label,start,end\nd1,claim,0,x\n", "line 2, end", "fragments"),
        ("spans", "article,label,start,end\nd1,claim,0,\n", "line 2, end", "value_missing"),
        ("spans", "article,kind,quote\nd1,Major,The bridge\n", "line 2, kind", "label_unknown"),
        ("links", "source,target,relation\ns2,s9,corroborates\n", "line 2", "end_missing"),
        ("links", "source,target,relation\ns2,s1,likes\n", "line 2, relation", "relation_unknown"),
        ("links", "source,target,relation\ns2,,corroborates\n", "line 2, target", "value_missing"),
        ("verdicts", "claim,rating\ns9,supported\n", "line 2", "end_missing"),
        ("verdicts", "claim,rating\ns2,supported\n", "line 2", "end_missing"),
        ("verdicts", "claim,rating\ns1,probably\n", "line 2, rating", "rating_unknown"),
        ("verdicts", "claim,rating,state\ns1,supported,perhaps\n", "line 2, state", "state_unknown"),
        ("verdicts", "claim,rating,confidence\ns1,supported,2\n", "line 2, confidence", "confidence_range"),
    ],
)
def test_what_does_not_come_in_is_refused_by_row_and_column(
    cast: Cast, table: str, rows: str, place: str, code: str
) -> None:
    sent(cast, "articles", ARTICLES, columns={"title": "headline"})
    sent(cast, "spans", SPANS, **MAPPED)
    one = sent(cast, table, rows, columns={"label": "kind"} if "kind" in rows else {})
    assert told(one) == [(place, code)]
    assert (one.refused, one.notes) == (1, 0)


@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("articles", "id,title"),
        ("spans", "article,label,start"),
        ("spans", "label,quote"),
        ("links", "source,target"),
        ("verdicts", "claim,rationale"),
        ("claims", "claim,relation,article"),
        ("claims", "claim,evidence"),
    ],
)
def test_a_needed_column_that_is_missing_refuses_the_file(cast: Cast, table: str, header: str) -> None:
    assert told(sent(cast, table, f"{header}\na,b,c\n")) == [("header", "column_missing")]


def test_a_named_column_that_is_missing_refuses_the_file(cast: Cast) -> None:
    one = sent(cast, "articles", "id,body\na,A text.\n", columns={"title": "headline"})
    assert (one.articles, told(one)) == (0, [("header", "column_missing")])
    assert "headline" in one.reported.get().detail
    assert "id, body" in one.reported.get().detail


def test_a_column_that_stands_twice_is_not_guessed(cast: Cast) -> None:
    assert told(sent(cast, "articles", "body,body\na,b\n")) == [("header", "duplicate_column")]


def test_columns_that_nothing_names_are_noted(cast: Cast) -> None:
    one = sent(cast, "articles", "body,mood\nA text.,grave\n")
    assert (one.articles, told(one), one.notes) == (1, [("header", "column_left_out")], 1)


def test_values_mapped_to_null_are_left_out_and_noted(cast: Cast) -> None:
    sent(cast, "articles", ARTICLES, columns={"title": "headline"})
    spans = sent(cast, "spans", SPANS, **{**MAPPED, "values": {"label": {"Claim": "claim", "Premise": None}}})
    assert (spans.spans, told(spans), spans.refused) == (1, [("line 3, kind", "value_left_out")], 0)
    verdicts = sent(cast, "verdicts", "claim,rating\ns1,NEI\n", values={"rating": {"NEI": None}})
    assert (verdicts.verdicts, told(verdicts), verdicts.notes) == (0, [("line 2, rating", "value_left_out")], 1)


def test_the_same_table_again_is_nothing_new(cast: Cast) -> None:
    sent(cast, "articles", ARTICLES, columns={"title": "headline"})
    sent(cast, "spans", SPANS, **MAPPED)
    again = sent(cast, "articles", ARTICLES, columns={"title": "headline"})
    assert (again.articles, again.known, told(again)) == (0, 2, [])
    again = sent(cast, "spans", SPANS + SPANS.partition("\n")[2], **MAPPED)
    assert (again.spans, told(again)) == (0, [])


def test_a_text_that_is_there_already_is_given_its_id(cast: Cast) -> None:
    one = sent(cast, "articles", f'id,body\nd7,"{cast.article.body}"\n')
    assert (one.known, told(one)) == (1, [("lines 2 to 3", "same_text")])
    cast.article.refresh_from_db()
    assert cast.article.external_id == "d7"


def test_named_columns_become_text_fields_of_the_span(cast: Cast) -> None:
    sent(cast, "articles", ARTICLES, columns={"title": "headline"})
    rows = "article,label,quote,Said By,note\nd1,claim,The bridge,The mayor,Look again.\n"
    one = sent(cast, "spans", rows, fields=["Said By"])
    span = Span.objects.get(quote="The bridge")
    assert (span.fields, span.note, told(one)) == ({"said_by": "The mayor"}, "Look again.", [])
    cast.project.refresh_from_db()
    assert {"key": "said_by", "name": "Said By", "kind": "text"} in cast.project.label_fields["claim"]


def test_what_offsets_count_is_settled_by_the_quote_or_chosen(cast: Cast) -> None:
    sent(cast, "articles", "id,body\ne,👍 is so.\n")
    assert told(sent(cast, "spans", "article,label,start,end\ne,claim,3,5\n")) == [("line 2", "unit_unknown")]
    assert sent(cast, "spans", "article,label,start,end,quote\ne,claim,3,5,is\n").spans == 1
    assert sent(cast, "spans", "article,label,start,end\ne,fact,3,5\n", offset_unit="utf16").spans == 1
    assert set(Span.objects.filter(article__external_id="e").values_list("quote", flat=True)) == {"is"}


def test_offsets_over_line_ends_of_two_characters_count_those_of_the_original(cast: Cast) -> None:
    sent(cast, "articles", 'id,body\r\nw,"One.\r\nTwo."\r\n')
    assert Article.objects.get(external_id="w").body == "One.\nTwo."
    assert told(sent(cast, "spans", "article,label,start,end\nw,claim,6,9\n")) == [("line 2", "unit_unknown")]
    for crlf, quote in (("two", "Two"), ("one", "wo.")):
        sent(cast, "spans", "article,label,start,end\nw,claim,6,9\n", crlf=crlf)
        assert Span.objects.filter(article__external_id="w", quote=quote).exists()


def test_people_of_a_table_are_kept_apart(cast: Cast) -> None:
    sent(cast, "articles", ARTICLES, columns={"title": "headline"})
    rows = "article,label,quote,annotator\nd1,claim,The bridge,Ada\nd1,claim,The bridge,Bob\n"
    one = sent(cast, "spans", rows, others="keep")
    assert (one.spans, told(one)) == (2, [])
    names = Span.objects.filter(quote="The bridge").values_list("assignment__assignee__name", flat=True)
    assert set(names) == {"Ada", "Bob"}


def test_a_submitted_verdict_comes_in_as_one_and_an_approved_one_as_submitted(cast: Cast) -> None:
    rows = "id,claim,evidence,relation\n1,One.,E.,corroborates\n2,Two.,E.,corroborates\n3,Three.,,\n"
    sent(cast, "claims", rows)
    verdicts = "claim,rating,state\n1,supported,submitted\n2,supported,approved\n3,supported,submitted\n"
    one = sent(cast, "verdicts", verdicts)
    assert told(one) == [("line 4", "evidence_needed"), ("line 3", "no_reviewer")]
    states = dict(Verdict.objects.filter(claim__external_id__in="123").values_list("claim__external_id", "state"))
    assert states == {"1": "submitted", "2": "submitted", "3": "draft"}


def test_several_ratings_of_one_claim_are_none(cast: Cast) -> None:
    sent(cast, "claims", "id,claim,evidence,relation\n1,One.,,\n2,Two.,,\n3,Three.,,\n")
    rows = "claim,rating,author\n1,supported,Ada\n2,supported,Ada\n3,supported,Ada\n1,refuted,Ada\n2,refuted,Bob\n"
    one = sent(cast, "verdicts", rows, others="keep")
    conflicts = [(f"line {line}", "verdict_conflict") for line in (2, 3, 5, 6)]
    assert (one.verdicts, told(one)) == (1, conflicts)
    assert list(Verdict.objects.filter(claim__external_id__in="123").values_list("claim__external_id", flat=True)) == [
        "3"
    ]


def test_strict_takes_all_rows_or_none(cast: Cast) -> None:
    one = sent_files(cast, {"a.csv": "id,body\na,A text.\nb,\n"}, table="articles", strict=True)
    assert (one.state, Article.objects.filter(imported_in=one).exists()) == ("failed", False)
    one = sent_files(cast, {"a.csv": "id,body\na,A text.\n"}, table="articles", strict=True)
    assert (one.state, one.articles) == ("done", 1)


def test_line_ends_of_a_text_that_was_there_without_them_are_not_guessed(cast: Cast) -> None:
    sent(cast, "articles", 'body\n"One.\nTwo. Three."\n')
    files: dict[str, str | bytes] = {
        "a.csv": 'id,body\r\nw,"One.\r\nTwo. Three."\r\n',
        "b.csv": "article,label,start,end,quote\nw,claim,6,9,\nw,fact,5,8,Two\n",
    }
    one = sent_files(cast, files, files={"a.csv": {"table": "articles"}, "b.csv": {"table": "spans"}})
    assert (one.spans, told(one)) == (1, [("lines 2 to 3", "same_text"), ("line 2", "unit_unknown")])
    assert Span.objects.get(label="fact", article__external_id="w").quote == "Two"


def test_line_ends_of_articles_that_came_as_csv_are_known(cast: Cast) -> None:
    opened = [("a.csv", io.BytesIO(b'title,text\r\nT,"One.\r\nTwo."\r\n'))]
    run(waiting(receive(cast.project, cast.manager, opened, format="csv")).pk, stopping=lambda: False)
    key = Article.objects.get(title="T").pk
    assert told(sent(cast, "spans", f"article,label,start,end\n{key},claim,6,9\n")) == [("line 2", "unit_unknown")]
    assert sent(cast, "spans", f"article,label,start,end\n{key},claim,6,9\n", crlf="two").spans == 1
    assert Span.objects.get(article=key).quote == "Two"


def test_a_second_id_of_a_span_holds_for_the_import_and_is_noted(cast: Cast) -> None:
    sent(cast, "articles", "id,body\nd1,The bridge is open.\n")
    files: dict[str, str | bytes] = {
        "a.csv": "id,article,label,quote\n1,d1,claim,The bridge\n2,d1,claim,The bridge\n",
        "b.csv": "claim,rating\n2,refuted\n",
    }
    one = sent_files(cast, files, files={"a.csv": {"table": "spans"}, "b.csv": {"table": "verdicts"}})
    assert (one.spans, told(one)) == (1, [("line 3", "id_left_out")])
    assert Verdict.objects.get(claim__external_id="1").rating == "refuted"


def test_a_text_that_keeps_its_line_ends_is_quoted_with_whichever(cast: Cast) -> None:
    article = make_article(cast.project, "One.\r\nTwo.\r\nThree.\r\n")
    rows = f'article,label,start,end,quote\n{article.pk},claim,5,10,"Two.\n"\n{article.pk},fact,,,"Two.\r\nThree."\n'
    one = sent(cast, "spans", rows)
    assert (one.spans, told(one)) == (2, [])
    quotes = set(Span.objects.filter(article=article).values_list("label", "quote"))
    assert quotes == {("claim", "Two.\r\n"), ("fact", "Two.\r\nThree.")}


def test_an_import_that_is_interrupted_goes_on_in_each_phase(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_ITEMS", 2)
    monkeypatch.setattr(batches, "MOST_PARTS", 2)
    claims = "id,claim,evidence,relation,rating\n" + "".join(
        f"{number},Claim {number}.,Text {number}.,corroborates,supported\n" for number in range(5)
    )
    files = {"claims.csv": claims, "spans.csv": SPANS, "articles.csv": ARTICLES}
    said = {"claims.csv": {"table": "claims"}, "spans.csv": {"table": "spans", **MAPPED},
            "articles.csv": {"table": "articles", "columns": {"title": "headline"}}}  # fmt: skip
    opened = [(name, io.BytesIO(content.encode())) for name, content in files.items()]
    one = waiting(receive(cast.project, cast.manager, opened, format="table", options={"files": said}))
    breaks = 0
    while not run(one.pk, stopping=iter([*[False] * 1, *[True] * 9]).__next__):
        breaks += 1
    one.refresh_from_db()
    assert (one.state, told(one)) == ("done", [])
    assert (one.done, one.total) == (14, 14)
    assert (one.made, breaks > 15) == ({"articles": 12, "spans": 12, "links": 5, "verdicts": 5}, True)
