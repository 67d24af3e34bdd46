"""Query parameters of pages, with values that Python or PostgreSQL refuse sooner or later."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from annotations.evidence.claims import claims_of
from annotations.models import Article, Notice, Release, Span, Verdict
from annotations.paging import page_of
from annotations.web.articles import SORTS as ARTICLES
from annotations.web.articles import described
from annotations.web.claims.list import SORTS as CLAIMS
from annotations.web.review.views import ORDERS
from tests.api.access.pages_table import PAGES, places
from tests.api.bad_input.test_parameters import VALUES, cursors
from tests.cast import Cast, make_article
from tests.web.visit import signed_in

FILTERS = [
    "q", "state", "outlet", "language", "annotator", "published_after", "published_before", "sort", "rating",
    "evidence", "article", "author", "label", "relation", "joined", "view", "mention", "with", "cursor", "span",
    "comment", "part", "next", "outlet_from", "annotator_from", "article_from", "author_from",
]  # fmt: skip
READ = [name for name, methods in PAGES.items() if methods["GET"].split()[0] == "200"]
LISTS: dict[str, Any] = {
    **{f"articles by {name}": (Article, order) for name, (_, order) in ARTICLES.items()},
    **{f"claims by {name}": (Span, order) for name, (_, order) in CLAIMS.items()},
    **{f"verdicts {state}": (Verdict, order) for state, order in ORDERS.items()},
    "inbox": (Notice, ["read", "-id"]),
    "releases": (Release, ["-created_at", "-id"]),
}
"""The rows of the lists, with their orders."""


@pytest.mark.parametrize("name", READ)
def test_no_value_of_a_parameter_breaks_a_page(cast: Cast, name: str) -> None:
    client, address = signed_in(cast.manager), reverse(name, kwargs=places(cast).get(name, {}))
    for value in VALUES:
        everywhere = "&".join(f"{parameter}={value}" for parameter in FILTERS)
        assert client.get(f"{address}?{everywhere}").status_code in (200, 404), value


@pytest.mark.parametrize("name", LISTS)
def test_a_cursor_that_no_list_gave_means_the_first_page(cast: Cast, name: str) -> None:
    model, order = LISTS[name]
    rows: Any = model.objects.all()
    if model is Article:
        rows = described(rows, cast.manager)
    elif model is Span:
        rows = claims_of(cast.project, cast.manager)

    for value in cursors():
        page_of(rows, order, QueryDict(f"cursor={value}"))


@pytest.mark.parametrize("letters", ["\u00a0", "\u200d", "\n", "\u2028", "👩\u200d👧", "e\u0301"])
def test_a_list_goes_on_after_a_title_with_letters_that_are_not_printed(cast: Cast, letters: str) -> None:
    for number in range(4):
        make_article(cast.project, f"Text {number}.", title=f"{letters}{number}")
    rows = described(Article.objects.filter(project=cast.project), cast.manager)

    titles, query = [], "sort=title"
    for _ in range(4):
        found = page_of(rows, ARTICLES["title"][1], QueryDict(query), length=2)
        titles += [article.title for article in found.rows]
        query = found.next or ""
        if not query:
            break

    assert sorted(titles) == sorted(rows.values_list("title", flat=True))
