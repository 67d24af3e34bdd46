"""The filters of `projects/{slug}/articles/`."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Article, Assignment
from tests.api.refusals import refused
from tests.cast import Api, Cast, make_article, make_span


def titles(cast: Cast, query: str = "") -> list[str]:
    answer = Api(cast.viewer).call("get", f"projects/{cast.project.slug}/articles/{query}")
    assert answer.status_code == 200, answer.content
    return [article["title"] for article in answer.json()["results"]]


@pytest.fixture
def shelf(cast: Cast) -> dict[str, Article]:
    """Articles that differ in what one can filter by."""
    known: dict[str, dict[str, Any]] = {
        "Floods": {
            "outlet": "The Post",
            "language": "en",
            "published_on": "2024-05-01",
            "body": "Rivers rose overnight.",
        },
        "Hochwasser": {
            "outlet": "Die Presse",
            "language": "de",
            "published_on": "2024-05-02",
            "body": "Flüsse stiegen.",
        },
        "Fires": {"outlet": "The Post", "language": "en", "published_on": "2024-06-01", "body": "Forests burn."},
    }
    Article.objects.update(archived=True)
    return {title: make_article(cast.project, **metadata, title=title) for title, metadata in known.items()}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Floods", "Hochwasser", "Fires"]),
        ("?outlet=The+Post", ["Floods", "Fires"]),
        ("?outlet=the+post", []),
        ("?language=de", ["Hochwasser"]),
        ("?published_after=2024-05-02", ["Hochwasser", "Fires"]),
        ("?published_before=2024-05-02", ["Floods", "Hochwasser"]),
        ("?published_after=2024-05-02&published_before=2024-05-02", ["Hochwasser"]),
        ("?q=river", ["Floods"]),
        ("?q=forests+burning", ["Fires"]),
        ("?q=hochwasser", ["Hochwasser"]),
        ("?q=presse", ["Hochwasser"]),
        ("?q=nothing+of+the+kind", []),
        ("?q=fires&outlet=Die+Presse", []),
        ("?state=archived", ["The bridge"]),
        ("?state=&q=&outlet=", ["Floods", "Hochwasser", "Fires"]),
    ],
)
def test_articles_are_filtered(cast: Cast, shelf: dict[str, Article], query: str, found: list[str]) -> None:
    assert titles(cast, query) == found


def test_articles_are_found_by_how_far_they_are(cast: Cast, shelf: dict[str, Article]) -> None:
    make_span(cast.annotator, shelf["Floods"], (0, 3))
    make_span(cast.annotator2, shelf["Floods"], (0, 3))
    make_span(cast.annotator, shelf["Fires"], (0, 3))
    Assignment.objects.get(article=shelf["Fires"]).submit(by=cast.annotator)
    Assignment.objects.get(article=shelf["Floods"], assignee=cast.annotator).submit(by=cast.annotator)

    assert titles(cast, "?state=new") == ["Hochwasser"]
    assert titles(cast, "?state=open") == ["Floods"]
    assert titles(cast, "?state=submitted") == ["Fires"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?state=lost", "state"),
        ("?published_after=yesterday", "published_after"),
        ("?published_before=2024-02-30", "published_before"),
        ("?colour=red", "colour"),
        ("?Outlet=x", "Outlet"),
        ("?q=%00", "q"),
        ("?outlet=%00", "outlet"),
    ],
)
def test_a_filter_that_cannot_be_is_named(cast: Cast, query: str, field: str) -> None:
    answer = Api(cast.viewer).call("get", f"projects/{cast.project.slug}/articles/{query}")

    refused(answer, 400, "invalid-input", field)


def test_any_words_can_be_looked_for(cast: Cast) -> None:
    for words in ("%EF%BF%BD", "%FF%FE", "'", '"', "\\", "%26%7C!()", "a'b\\", ":*", "<->", "-", "*" * 3000):
        assert titles(cast, f"?q={words}") == []


@pytest.mark.parametrize(
    "path",
    [
        "projects/",
        "projects/{slug}/members/",
        "projects/{slug}/claims/",
        "projects/{slug}/verdicts/",
        "spans/{span}/history/",
    ],
)
def test_no_list_passes_over_a_filter_that_it_does_not_know(cast: Cast, path: str) -> None:
    span = make_span(cast.annotator, cast.article)

    answer = Api(cast.annotator).call("get", path.format(slug=cast.project.slug, span=span.pk) + "?colour=red")

    refused(answer, 400, "invalid-input", "colour")
