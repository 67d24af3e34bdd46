"""The lists of articles, claims and verdicts: filters, pages, and how often they ask the database."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.http import QueryDict
from django.urls import reverse

from annotations.models import Article
from annotations.paging import page_of
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    Cast,
    make_article,
    make_comment,
    make_link,
    make_span,
    make_supported,
    make_verdict,
)
from tests.web.visit import signed_in, words


def listed(cast: Cast, name: str, **filters: str) -> str:
    """The list's words for the manager."""
    response = signed_in(cast.manager).get(
        reverse(name, args=[cast.project.slug]), filters, headers={"HX-Request": "true"}
    )
    assert response.status_code == 200
    return words(response)


def test_articles_are_found_by_words_of_their_text_and_by_outlet(cast: Cast) -> None:
    make_article(cast.project, "The harbour was closed.", title="Harbour", outlet="The Port Post")
    assert "Harbour" in listed(cast, "articles", q="harbours")
    assert "The bridge" not in listed(cast, "articles", q="harbours")
    assert "The bridge" not in listed(cast, "articles", outlet="The Port Post")


def test_an_article_says_how_many_threads_are_open_in_it(cast: Cast) -> None:
    first = make_comment(cast.annotator, cast.article)
    make_comment(cast.annotator, cast.article, "Yes.", first)
    make_comment(cast.annotator, make_span(cast.annotator, cast.article))
    assert "2 open threads" in listed(cast, "articles")
    first.change(by=cast.manager, from_version=1, resolved=True)
    assert "1 open thread " in listed(cast, "articles")


def test_articles_are_filtered_by_state_annotator_and_date(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)
    make_article(cast.project, "The harbour was closed.", title="Harbour", published_on="2026-03-02")
    assert "Harbour" not in listed(cast, "articles", state="open")
    assert "The bridge" not in listed(cast, "articles", state="new")
    assert "Harbour" not in listed(cast, "articles", annotator=str(cast.annotator.pk))
    assert "The bridge" not in listed(cast, "articles", published_after="2026-03-01")
    assert "Harbour" not in listed(cast, "articles", published_before="2026-03-01")


def test_an_archived_article_is_listed_only_among_the_archived(cast: Cast) -> None:
    client = signed_in(cast.manager)
    client.post(reverse("article-details", args=[cast.article.pk]), {"archived": "yes"})
    assert "The bridge" not in listed(cast, "articles")
    assert "The bridge" in listed(cast, "articles", state="archived")
    client.post(reverse("article-details", args=[cast.article.pk]), {"archived": "no"})
    assert "The bridge" in listed(cast, "articles")


def test_a_filter_that_fits_nothing_and_an_empty_project_say_different_things(cast: Cast) -> None:
    assert "No matching articles" in listed(cast, "articles", q="zebra")
    assert "No claims yet" in listed(cast, "claims")
    make_span(cast.annotator, cast.article)
    assert "No matching claims" in listed(cast, "claims", q="zebra")
    assert "Nothing to review" in listed(cast, "review")


@pytest.mark.parametrize(
    "bad",
    [
        {"state": "x"},
        {"published_after": "soon"},
        {"annotator": "1' OR"},
        {"cursor": "%%%"},
        {"q": "a\0b"},
        {"cursor": "W2ZhbHNlLFsiXHVkODAwIiwiMSJdXQ"},
        {"cursor": "W2ZhbHNlLFsxLDJdXQ"},
    ],
)
def test_a_filter_that_makes_no_sense_narrows_nothing(cast: Cast, bad: dict[str, str]) -> None:
    assert "The bridge" in listed(cast, "articles", **bad)


def test_the_next_page_starts_after_the_last_row_and_keeps_the_filters(cast: Cast) -> None:
    for number in range(60):
        make_article(cast.project, f"Text number {number}.", title=f"Title {number:02}", outlet="Post")
    client = signed_in(cast.viewer)
    address = reverse("articles", args=[cast.project.slug])
    first = client.get(address, {"outlet": "Post", "sort": "title"}).content.decode()
    link = re.search(r'rel="next" href="(\?[^"]+)"', first)
    assert link
    second = client.get(address + link[1].replace("&amp;", "&")).content.decode()
    assert "outlet=Post" in link[1]
    assert ">Title 49<" in first
    assert ">Title 50<" not in first
    assert ">Title 50<" in second
    assert ">Title 49<" not in second
    assert 'rel="prev"' in second


@pytest.mark.parametrize("order", [["created_at", "id"], ["-title", "id"], ["outlet", "-title", "id"]])
def test_pages_by_key_give_every_row_once_in_both_directions(cast: Cast, order: list[str]) -> None:
    for number in range(9):
        make_article(cast.project, f"Text {number}.", title=f"Title {number % 3}", outlet=f"{number % 2}")
    rows = Article.objects.filter(project=cast.project)
    page = page_of(rows, order, QueryDict(), length=4)
    seen = [page.rows]
    while page.next:
        page = page_of(rows, order, QueryDict(page.next), length=4)
        seen.append(page.rows)
    assert [row.pk for rows_ in seen for row in rows_] == list(rows.order_by(*order).values_list("pk", flat=True))
    back = page_of(rows, order, QueryDict(page.previous or ""), length=4)
    assert back.rows == seen[-2]
    assert back.next


def test_claims_show_who_says_them_and_how_independent_their_evidence_is(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    says = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"source_name": "the mayor"})
    council = make_span(cast.annotator, cast.article, DANGER, "fact")
    make_link(cast.annotator, says, claim, "attributes")
    make_link(cast.annotator, says, council, "attributes")
    make_link(cast.annotator, council, claim)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, CRACKS, "fact"), claim, "contradicts")
    page = listed(cast, "claims")
    assert "the bridge is safe Said by: the mayor" in page
    assert "1 from 1 source, 0 independent 1 from 1 source, 1 independent" in page


def test_claims_are_filtered_by_verdict_rating_and_evidence(cast: Cast) -> None:
    make_supported(cast)
    make_span(cast.annotator, cast.article, DANGER, fields={"statement": "There is no danger."})
    assert "There is no danger" not in listed(cast, "claims", state="draft")
    assert "the bridge is safe" not in listed(cast, "claims", state="none")
    assert "There is no danger" not in listed(cast, "claims", rating="supported")
    assert "the bridge is safe" not in listed(cast, "claims", evidence="none")
    assert "There is no danger" not in listed(cast, "claims", evidence="corroborates")
    assert "There is no danger" in listed(cast, "claims", q="no danger")


def test_a_viewer_reads_no_verdict_that_is_not_approved(cast: Cast) -> None:
    """A claim that is evidence for an approved one is shown, but not its own draft."""
    approved = make_span(cast.annotator, cast.article)
    evidence = make_span(cast.annotator, cast.article, CRACKS)
    make_link(cast.annotator, evidence, approved)
    make_verdict(cast.annotator, evidence, "not_enough_evidence")
    verdict = make_verdict(cast.annotator, approved, "supported")
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    page = words(signed_in(cast.viewer).get(reverse("claims", args=[cast.project.slug])))
    listing = page.partition("Corroborated by Contradicted by")[2]
    assert "Supported Approved" in listing
    assert "Engineers found cracks in March" in listing
    assert "Draft" not in listing


@pytest.mark.parametrize("name", ["articles", "claims", "review", "map", "dashboard"])
def test_a_page_asks_the_database_as_often_for_many_rows_as_for_few(
    cast: Cast, name: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def more(number: int) -> None:
        article = make_article(cast.project, f"A bridge and a ferry, number {number}.", title=f"{number}")
        claim = make_span(cast.annotator, article, (2, 8))
        make_link(cast.annotator2, make_span(cast.annotator2, article, (15, 20), "fact"), claim)
        make_verdict(cast.annotator, claim, "supported").submit(by=cast.annotator, from_version=1)

    client = signed_in(cast.manager)
    address = reverse(name, args=[cast.project.slug])
    more(0)
    with django_assert_max_num_queries(30) as few:
        client.get(address)
    for number in range(1, 6):
        more(number)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(address)


def test_an_articles_details_are_corrected_and_search_follows_its_language(cast: Cast) -> None:
    client = signed_in(cast.manager)
    address = reverse("article-details", args=[cast.article.pk])
    form = {
        "title": "Die Brücke",
        "language": "de",
        "direction": "ltr",
        "published_on": "2026-03-02",
        "url": "",
        "author": "",
    }
    assert client.post(address, form).status_code == 302
    cast.article.refresh_from_db()
    assert (cast.article.title, cast.article.language, str(cast.article.published_on)) == (
        "Die Brücke",
        "de",
        "2026-03-02",
    )
    assert "Die Brücke" in listed(cast, "articles", q="Brücken")
    refused = client.post(address, {**form, "title": "", "published_on": "soon"})
    assert refused.status_code == 400
    assert "Enter a title" in words(refused)
    assert "as YYYY-MM-DD" in words(refused)
