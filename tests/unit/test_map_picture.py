"""Where things stand on the evidence map."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID, uuid4

from annotations.web.charts.evidence_map import LINE, SLACK, TOP, SpanOnMap, laid_out
from annotations.web.charts.map_curves import CurveOnMap, curves_between

LONG = "The inspection of 2016 was never made, although the minutes mention it and a bill for it was paid in full."


def test_spans_stand_in_reading_order_and_curves_go_round_or_across() -> None:
    first, second = uuid4(), uuid4()
    a, b, c = uuid4(), uuid4(), uuid4()
    layout = laid_out([first, second], [SpanOnMap(a, first), SpanOnMap(b, first), SpanOnMap(c, second)])
    curves = curves_between(layout, [CurveOnMap("corroborates", b, a), CurveOnMap("contradicts", c, a)])
    left, right = layout.columns
    assert [span.id for span in left.spans] == [a, b]
    assert left.spans[0].y < left.spans[1].y
    assert left.spans[0].x < right.spans[0].x < layout.width
    assert [(curve.across, curve.sign) for curve in curves] == [(False, "+"), (True, "−")]


def test_two_columns_have_the_same_edges_and_the_last_of_many_has_room_for_wide_letters() -> None:
    two, ten = laid_out([uuid4() for _ in range(2)], []), laid_out([uuid4() for _ in range(10)], [])
    assert two.width - two.columns[-1].right == two.columns[0].left
    assert ten.width - ten.columns[-1].right >= SLACK * ten.sizes.words


def test_a_curve_without_its_span_is_left_out_and_an_empty_map_has_a_size() -> None:
    article, span = uuid4(), uuid4()
    layout = laid_out([article], [SpanOnMap(span, article)])
    assert curves_between(layout, [CurveOnMap("restates", span, uuid4())]) == []
    assert layout.width > 0


def test_ten_articles_stand_beside_each_other_without_touching() -> None:
    articles: list[UUID] = [uuid4() for _ in range(10)]
    layout = laid_out(articles, [SpanOnMap(uuid4(), article, LONG) for article in articles])
    for column, following in pairwise(layout.columns):
        assert column.right <= following.left
        assert column.spans[0].far_x < following.spans[0].x


def test_every_span_has_room_for_its_words_and_what_is_noted_about_it() -> None:
    articles: list[UUID] = [uuid4() for _ in range(3)]
    spans = [SpanOnMap(uuid4(), articles[0], LONG, noted=True) for _ in range(40)]
    column = laid_out(articles, spans).columns[0]
    assert all(len(span.rows) == 2 for span in column.spans)
    for span, following in pairwise(column.spans):
        assert span.note_y < following.y - LINE / 2
        assert (span.y - TOP - LINE / 2) % LINE == 0


def test_a_short_column_reaches_further_down_than_its_words_need_it_to() -> None:
    first, second = uuid4(), uuid4()
    spans = [SpanOnMap(uuid4(), first) for _ in range(30)] + [SpanOnMap(uuid4(), second) for _ in range(20)]
    left, right = laid_out([first, second], spans).columns
    assert right.spans[-1].y > left.spans[19].y
    assert right.spans[-1].y <= left.spans[-1].y


def test_a_curve_between_columns_leaves_from_behind_the_words_and_lands_before_the_span() -> None:
    articles: list[UUID] = [uuid4() for _ in range(3)]
    here, there = SpanOnMap(uuid4(), articles[0], "Short."), SpanOnMap(uuid4(), articles[2], "Short.")
    layout = laid_out(articles, [here, there])
    [curve] = curves_between(layout, [CurveOnMap("corroborates", here.id, there.id)])
    start = float(curve.path.removeprefix("M").partition(",")[0])
    stop = float(curve.path.rpartition("H")[2])
    assert start > layout.columns[0].spans[0].words_x
    assert stop < layout.columns[2].spans[0].x
    assert curve.sign_x < stop
