"""Spans that select more text than they may are refused, each at its place, and the rest comes in."""

from __future__ import annotations

import pytest

from annotations.models import Article, Assignment, Span
from annotations.models.span_rules import LONG, MOST_IN_PASS, MOST_SELECTED
from tests.cast import Cast, make_article
from tests.formats.storing.sent import brought, line, link, refusals, span
from tests.formats.tables.sent_tables import sent, told
from tests.rules.test_selected_text import fill

TEXT = ("The bridge. " * 2_500).strip()


def test_a_span_that_is_too_long_is_refused_and_the_rest_comes_in(cast: Cast) -> None:
    whole, longest, short = span((0, len(TEXT))), span((0, MOST_SELECTED)), span((0, 11), "fact")
    links = [link(short, whole), link(short, longest)]

    one = brought(cast.project, cast.manager, line(TEXT, spans=[whole, longest, short], links=links), line("More."))

    assert (one.state, one.articles, one.spans, one.links) == ("done", 2, 2, 1)
    assert refusals(one) == [("line 1, spans[0]", "span_length"), ("line 1, links[0]", "end_missing")]


def test_so_is_one_with_passages_that_are_too_long(cast: Cast) -> None:
    spans = [span((0, end), "attribution", fields={"source": {"start": 0, "end": end * 100}}) for end in (100, 101)]

    one = brought(cast.project, cast.manager, line(TEXT, spans=spans))

    assert (one.spans, refusals(one)) == (1, [("line 1, spans[1]", "passage_length")])


def test_what_a_pass_has_no_room_for_is_refused_and_the_rest_comes_in(cast: Cast) -> None:
    article: Article = make_article(cast.project, TEXT)
    fill(Assignment.objects.take_up(article, by=cast.manager)[0], MOST_IN_PASS - MOST_SELECTED)
    spans = [span((start, start + MOST_SELECTED), annotator="ann") for start in range(3)]
    spans += [span((0, LONG), annotator="ann"), span((5, MOST_SELECTED), annotator="ben")]

    one = brought(cast.project, cast.manager, line(TEXT, spans=spans), options={"people": {"ann": "me"}})

    assert one.spans == 3
    beyond = [("line 1, spans[1]", "selected_text"), ("line 1, spans[2]", "selected_text")]
    assert refusals(one) == [("line 1", "same_text"), *beyond]


def test_an_import_of_all_or_nothing_brings_nothing_then(cast: Cast) -> None:
    one = brought(cast.project, cast.manager, line("One."), line(TEXT, spans=[span((0, len(TEXT)))]), strict=True)

    assert (one.state, one.articles, refusals(one)) == ("failed", 0, [("line 2, spans[0]", "span_length")])


@pytest.mark.parametrize("place", [f"0,{len(TEXT)},", f",,{TEXT}"], ids=["by offsets", "by its quote"])
def test_a_row_of_a_table_that_selects_too_much_is_refused(cast: Cast, place: str) -> None:
    article = make_article(cast.project, TEXT)
    rows = f"article,label,start,end,quote\n{article.pk},claim,{place}\n{article.pk},fact,0,11,\n"

    one = sent(cast, "spans", rows)

    assert (one.spans, told(one)) == (1, [("line 2", "span_length")])
    assert Span.objects.get().quote == "The bridge."
