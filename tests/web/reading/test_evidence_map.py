"""The evidence map: what it draws, what it is narrowed to, and what it says it leaves out."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from annotations.web.evidence_map import data, filters
from annotations.web.evidence_map import views as page
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    Cast,
    fresh,
    make_article,
    make_link,
    make_span,
    make_supported,
    make_verdict,
)
from tests.crowd import crowd
from tests.web.visit import signed_in, words


def map_of(cast: Cast, who: str = "manager", **query: Any) -> Any:
    """The map as somebody gets it."""
    response = signed_in(fresh(cast.everybody[who])).get(reverse("map", args=[cast.project.slug]), query)
    assert response.status_code == 200
    return response


def spans_on(response: Any) -> list[str]:
    """The ids of the spans in their order."""
    return re.findall(r'data-span="([^"]+)"', response.content.decode())


def data_of(response: Any) -> dict[str, Any]:
    """What the page's program is told."""
    found = re.search(r'<script id="map-data" type="application/json">(.*?)</script>', response.content.decode())
    assert found
    told: dict[str, Any] = json.loads(found[1])
    return told


def test_a_mark_says_aloud_what_it_is_how_it_was_judged_and_what_bears_on_it(cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, DANGER, "fact"), claim, "contradicts")
    response = map_of(cast)
    spoken = "Claim, supported, draft: the bridge is safe. 1 corroborates, 1 contradicts"
    assert f'aria-label="{spoken}"' in response.content.decode()
    assert 'aria-label="Fact: Engineers found cracks in March. Corroborates: 1"' in response.content.decode()
    assert "3 spans · 2 links · 0 across articles" in words(response)


def test_a_span_leads_into_the_workbench_with_the_other_article_beside(cast: Cast) -> None:
    other = make_article(cast.project, "The ferry runs.", title="The ferry")
    claim = make_span(cast.annotator, cast.article)
    fact = make_span(cast.annotator, other, (0, 9), "fact")
    make_link(cast.annotator, fact, claim)
    response = map_of(cast)
    page = response.content.decode()
    assert f'href="/articles/{cast.article.pk}/?span={claim.pk}&amp;evidence={other.pk}"' in page
    assert f'href="/articles/{other.pk}/?span={fact.pk}&amp;evidence={cast.article.pk}"' in page
    assert "2 spans · 1 link · 1 across articles" in words(response)


def test_the_head_of_a_column_says_how_many_spans_it_has(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)
    make_span(cast.annotator, cast.article, DANGER, "fact")
    assert re.search(r'class="map-outlet"[^>]*>[^<]* · 2 spans</text>', map_of(cast).content.decode())


def test_articles_stand_in_the_order_of_the_address(cast: Cast) -> None:
    other = make_article(cast.project, "The ferry runs.", title="The ferry")
    here, there = make_span(cast.annotator, cast.article), make_span(cast.annotator, other, (0, 9))
    ids = [str(cast.article.pk), str(other.pk)]
    assert spans_on(map_of(cast, article=ids)) == [str(here.pk), str(there.pk)]
    assert spans_on(map_of(cast, article=ids[::-1])) == [str(there.pk), str(here.pk)]
    assert spans_on(map_of(cast, article=ids[1])) == [str(there.pk)]


def test_the_map_is_narrowed_by_label_relation_verdict_and_links(cast: Cast) -> None:
    claim, fact, *_ = make_supported(cast)
    says = make_span(cast.annotator, cast.article, MAYOR, "attribution")
    alone = make_span(cast.annotator, cast.article, DANGER)
    make_link(cast.annotator, says, claim, "attributes")
    found = {
        tuple(query.items()): set(spans_on(map_of(cast, **query)))
        for query in (
            {}, {"label": "claim"}, {"label": "all"}, {"relation": "corroborates"}, {"joined": "yes"},
            {"rating": "supported"}, {"rating": "none"}, {"rating": "refuted"},
        )
    }  # fmt: skip
    names = {str(claim.pk): "claim", str(fact.pk): "fact", str(says.pk): "says", str(alone.pk): "alone"}
    assert {query: {names[one] for one in ids} for query, ids in found.items()} == {
        (): {"claim", "fact", "alone"},
        (("label", "claim"),): {"claim", "alone"},
        (("label", "all"),): {"claim", "fact", "says", "alone"},
        (("relation", "corroborates"),): {"claim", "fact"},
        (("joined", "yes"),): {"claim", "fact"},
        (("rating", "supported"),): {"claim", "fact"},
        (("rating", "none"),): {"alone"},
        (("rating", "refuted"),): set(),
    }


def test_a_link_to_what_is_not_drawn_is_still_told(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    says = make_span(cast.annotator, cast.article, MAYOR, "attribution")
    make_link(cast.annotator, says, claim, "attributes")
    told = data_of(map_of(cast))
    assert told["links"] == [[str(says.pk), str(claim.pk), "attributes"]]
    assert "column" not in told["spans"][str(says.pk)]
    assert told["spans"][str(claim.pk)]["column"] == 0


def test_the_same_links_are_there_as_a_table(cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    page = words(map_of(cast, view="table"))
    assert "Engineers found cracks in March Fact The bridge corroborates the bridge is safe Same article" in page
    assert f'href="{reverse("claim", args=[claim.pk])}"' in map_of(cast, view="table").content.decode()


def test_a_thousand_spans_with_five_hundred_links_are_drawn_whole(cast: Cast) -> None:
    crowd(cast.project, cast.annotator)
    response = map_of(cast)
    page = response.content.decode()
    assert len(spans_on(response)) == 1100
    assert page.count('<g class="curve"') == 500
    assert "leaves out" not in page


def test_what_does_not_fit_is_left_out_and_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "MOST_SPANS", 25)
    crowd(cast.project, cast.annotator, articles=3, spans=10, links=20)
    response = map_of(cast)
    assert len(spans_on(response)) == 20
    assert "Not shown: What" in words(response)


def test_a_long_article_by_itself_shows_what_something_is_linked_to_and_says_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "MOST_SPANS", 3)
    claim, fact, *_ = make_supported(cast)
    for start in range(99, 115, 4):
        make_span(cast.annotator, cast.article, (start, start + 3))
    response = map_of(cast)
    assert spans_on(response) == [str(claim.pk), str(fact.pk)]
    assert "This article has 6 spans" in words(response)


def test_more_articles_than_the_map_holds_are_not_cut_silently(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    other = make_article(cast.project, "The ferry runs.", title="The ferry")
    make_span(cast.annotator, other, (0, 9))
    monkeypatch.setattr("annotations.web.evidence_map.views.MOST_ARTICLES", 1)
    monkeypatch.setattr(filters, "MOST_ARTICLES", 1)
    response = map_of(cast, article=[str(other.pk), str(cast.article.pk)])
    assert "The map shows only the first 1 article that you chose." in words(response)


def test_filters_that_fit_nothing_and_values_without_sense_are_answered(cast: Cast) -> None:
    make_supported(cast)
    assert "No matching spans" in words(map_of(cast, rating="refuted"))
    assert len(spans_on(map_of(cast, rating="nonsense", article="nonsense", label="x"))) == 2


def test_in_an_independent_project_the_map_hides_what_others_mark(independent_cast: Cast) -> None:
    cast = independent_cast
    make_span(cast.annotator2, cast.article)
    make_span(cast.annotator, cast.article, CRACKS)
    page = map_of(cast, "annotator").content.decode()
    assert "Engineers found cracks in March" in page
    assert "the bridge is safe" not in page


def test_a_viewer_sees_the_evidence_of_approved_verdicts_alone(cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)
    hidden = make_span(cast.annotator, cast.article, DANGER)
    make_verdict(cast.annotator, hidden)
    assert spans_on(map_of(cast, "viewer")) == []
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    assert spans_on(map_of(cast, "viewer")) == [str(claim.pk), str(fact.pk)]


def test_a_changed_filter_brings_the_drawing_and_the_counts_alone(cast: Cast) -> None:
    make_supported(cast)
    client = signed_in(cast.manager)
    address = reverse("map", args=[cast.project.slug])
    page = client.get(address, {"label": "claim"}, headers={"HX-Request": "true"}).content.decode()
    assert page.startswith('<evidence-map id="map-body"')
    assert 'id="map-counts" hx-swap-oob="innerHTML">1 span · 0 links' in page


def test_the_map_asks_the_database_as_often_for_many_spans_as_for_few(
    cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    make_supported(cast)
    client, address = signed_in(cast.manager), reverse("map", args=[cast.project.slug])
    with django_assert_max_num_queries(18) as few:
        client.get(address)
    crowd(cast.project, cast.annotator, articles=4, spans=30, links=60)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(address)


@pytest.mark.parametrize("view", ["", "table"])
def test_of_too_many_links_the_first_are_shown_and_all_are_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, view: str
) -> None:
    for module in (data, page):
        monkeypatch.setattr(module, "MOST_LINKS", 3)
    claim = make_span(cast.annotator, cast.article)
    others = [make_article(cast.project, f"Article {number} says so.") for number in range(3)]
    for other in others:
        make_link(cast.annotator, make_span(cast.annotator, other, (0, 9), "fact"), claim)
    for at in (40, 41):
        make_link(cast.annotator, make_span(cast.annotator, cast.article, (at, 60), "fact"), claim)
    shown = map_of(cast, article=[str(cast.article.pk)], view=view)
    assert "These spans have 5 links, and the map shows up to 3" in words(shown)
    assert "3 spans · 2 links · 0 across articles" in words(shown)
