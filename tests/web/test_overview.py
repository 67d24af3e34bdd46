"""The overview of a project."""

from __future__ import annotations

from django.urls import reverse

from annotations.models import Assignment
from annotations.web.dashboard.activity import events_of
from annotations.web.dashboard.counts import bars, stacked
from tests.cast import Cast, make_article, make_comment, make_supported
from tests.web.visit import signed_in, words


def overview(cast: Cast, who: str = "manager") -> str:
    """The words of the overview as somebody reads it."""
    return words(signed_in(cast.everybody[who]).get(reverse("dashboard", args=[cast.project.slug])))


def test_the_overview_counts_progress_labels_verdicts_and_people(cast: Cast) -> None:
    make_supported(cast)
    make_article(cast.project, "Another.", title="Other")
    Assignment.objects.get(assignee=cast.annotator).submit(by=cast.annotator)
    page = overview(cast)
    assert "2 articles: 1 submitted · 0 in progress · 1 not started" in page
    assert "Claims 1 Attributions 0 Facts 1" in page
    assert "Supported 1 Refuted 0" in page
    assert "annotator Annotator 1 2 1 1 0" in page


def test_the_latest_activity_is_told_in_words_with_the_way_there(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    page = overview(cast)
    assert "reviewer : approved a verdict" in page
    assert "annotator : started annotating an article, added a span (Claim), added a span (Fact), and more" in page


def test_the_latest_activity_is_told_without_reading_whole_texts(cast: Cast) -> None:
    make_supported(cast)
    make_comment(cast.annotator, cast.article, "Why? " * 1000)
    for guidelines in ("Mark claims. " * 10_000, ""):
        cast.project.guidelines = guidelines
        cast.project.save(update_fields=["guidelines"])
    events = events_of(cast.project, cast.manager)
    assert sum(len(str(event.was)) + len(str(event.became)) for event in events) < 10_000
    assert all({"before", "after"} <= event.get_deferred_fields() for event in events)


def test_comments_are_told_of_too(cast: Cast) -> None:
    first = make_comment(cast.annotator, cast.article)
    make_comment(cast.reviewer, cast.article, "No.", first)
    first.change(by=cast.reviewer, from_version=1, resolved=True)
    page = overview(cast)
    assert "reviewer : replied to a comment, resolved a thread" in page
    assert "annotator : commented" in page
    assert "commented" not in overview(cast, "viewer")


def test_a_viewer_hears_nothing_of_work_in_progress(cast: Cast) -> None:
    make_supported(cast)
    page = overview(cast, "viewer")
    assert "added a span" not in page
    assert "Claims 0" in page
    assert "These figures count what you can see" in page


def test_an_empty_project_tells_its_manager_what_makes_it_ready(cast: Cast) -> None:
    cast.article.archived = True
    cast.article.save(update_fields=["archived"])
    assert "This project has no articles yet" in overview(cast)
    assert "Managers add articles" in overview(cast, "viewer")


def test_bars_are_measured_by_the_longest_and_pieces_by_the_whole() -> None:
    assert [bar.width for bar in bars([("a", 4, ""), ("b", 1, ""), ("c", 0, "")])] == [100.0, 25.0, 0.0]
    assert [(piece.start, piece.width) for piece in stacked([("a", 1, ""), ("b", 3, "")])] == [
        (0.0, 25.0),
        (25.0, 75.0),
    ]
    assert [bar.width for bar in bars([("a", 0, "")])] == [0.0]
