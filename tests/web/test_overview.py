"""The overview of a project and its evidence map."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID, uuid4

from django.urls import reverse

from annotations.models import Assignment
from annotations.web.pictures.bars import bars, stacked
from annotations.web.pictures.evidence_map import CurveOnMap, MarkOnMap, drawn
from tests.cast import CRACKS, MAYOR, Cast, fresh, make_article, make_link, make_span, make_supported
from tests.web.visit import signed_in, words


def overview(cast: Cast, who: str = "manager") -> str:
    """The words of the overview as somebody reads it."""
    return words(signed_in(cast.everybody[who]).get(reverse("dashboard", args=[cast.project.slug])))


def test_the_overview_counts_progress_labels_verdicts_and_people(cast: Cast) -> None:
    make_supported(cast)
    make_article(cast.project, "Another.", title="Other")
    Assignment.objects.get(assignee=cast.annotator).submit(by=cast.annotator)
    page = overview(cast)
    assert "2 articles: 1 submitted · 0 in work · 1 not begun" in page
    assert "Claims 1 Attributions 0 Facts 1" in page
    assert "Supported 1 Refuted 0" in page
    assert "annotator annotator 1 2 1 1 0" in page


def test_the_latest_activity_is_told_in_words_with_the_way_there(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    page = overview(cast)
    assert "reviewer approved a verdict" in page
    assert "annotator took up an article, marked a claim, marked a fact and more" in page


def test_a_viewer_hears_nothing_of_work_in_progress(cast: Cast) -> None:
    make_supported(cast)
    page = overview(cast, "viewer")
    assert "marked a claim" not in page
    assert "Claims 0" in page
    assert "These count what you may read" in page


def test_an_empty_project_tells_its_manager_what_makes_it_ready(cast: Cast) -> None:
    cast.article.archived = True
    cast.article.save(update_fields=["archived"])
    assert "The project has no articles yet" in overview(cast)
    assert "A manager adds them" in overview(cast, "viewer")


def test_the_map_shows_marks_verdicts_and_relations_in_words(cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    response = signed_in(cast.manager).get(reverse("map", args=[cast.project.slug]))
    body = response.content.decode()
    assert f'href="{reverse("workbench", args=[cast.article.pk])}?span={claim.pk}"' in body
    assert "corroborated by “Engineers found cracks in March”" in body
    assert "2 spans · 1 link · 0 across articles" in words(response)
    assert 'class="curve corroborates"' in body


def test_the_map_shows_who_says_it_when_asked_and_only_chosen_articles(cast: Cast) -> None:
    other = make_article(cast.project, "The ferry runs.", title="The ferry")
    make_span(cast.annotator, other, (0, 9))
    make_span(cast.annotator, cast.article, MAYOR, "attribution")
    address = reverse("map", args=[cast.project.slug])
    client = signed_in(cast.manager)
    assert "The mayor says" not in words(client.get(address))
    assert "The mayor says" in words(
        client.get(address, {"who": "on", "article": [str(cast.article.pk), str(other.pk)]})
    )
    picked = client.get(address, {"article": str(other.pk)}).content.decode()
    assert "The ferry" in picked
    assert "1 article in reading order" in words(client.get(address, {"article": str(other.pk)}))


def test_in_an_independent_project_the_map_hides_what_others_mark(independent_cast: Cast) -> None:
    cast = independent_cast
    make_span(cast.annotator2, cast.article)
    make_span(cast.annotator, cast.article, CRACKS)
    page = words(signed_in(fresh(cast.annotator)).get(reverse("map", args=[cast.project.slug])))
    assert "Engineers found cracks in March" in page
    assert "the bridge is safe" not in page


def test_marks_stand_in_reading_order_and_curves_go_round_or_across() -> None:
    first, second = uuid4(), uuid4()
    a, b, c = uuid4(), uuid4(), uuid4()
    marks = [MarkOnMap(a, first), MarkOnMap(b, first), MarkOnMap(c, second)]
    picture = drawn([first, second], marks, [CurveOnMap("corroborates", b, a), CurveOnMap("contradicts", c, a)])
    left, right = picture.columns
    assert [mark.id for mark in left.marks] == [a, b]
    assert left.marks[0].y < left.marks[1].y
    assert left.marks[0].x < right.marks[0].x < picture.width
    assert [curve.across for curve in picture.curves] == [False, True]


def test_a_curve_without_its_mark_is_left_out_and_an_empty_map_has_a_size() -> None:
    article, mark = uuid4(), uuid4()
    picture = drawn([article], [MarkOnMap(mark, article)], [CurveOnMap("restates", mark, uuid4())])
    assert picture.curves == []
    assert picture.width > 0


def test_ten_articles_stand_beside_each_other_without_touching() -> None:
    articles: list[UUID] = [uuid4() for _ in range(10)]
    picture = drawn(articles, [MarkOnMap(uuid4(), article) for article in articles], [])
    edges = [column.marks[0].x for column in picture.columns]
    assert all(later - earlier > 160 for earlier, later in pairwise(edges))


def test_bars_are_measured_by_the_longest_and_pieces_by_the_whole() -> None:
    assert [bar.width for bar in bars([("a", 4, ""), ("b", 1, ""), ("c", 0, "")])] == [100.0, 25.0, 0.0]
    assert [(piece.start, piece.width) for piece in stacked([("a", 1, ""), ("b", 3, "")])] == [
        (0.0, 25.0),
        (25.0, 75.0),
    ]
    assert [bar.width for bar in bars([("a", 0, "")])] == [0.0]


def test_links_across_articles_are_counted_on_the_map(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    other = make_article(cast.project, "The ferry runs.", title="The ferry")
    make_link(cast.annotator, make_span(cast.annotator, other, (0, 9), "fact"), claim)
    assert "2 spans · 1 link · 1 across articles" in words(
        signed_in(cast.manager).get(reverse("map", args=[cast.project.slug]))
    )
