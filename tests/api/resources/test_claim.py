"""`claims/{uuid}/`: one claim whole."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.api.projects import claims as claim_api
from tests.cast import CRACKS, MAYOR, Api, Cast, make_link, make_span, make_supported


def whole(cast: Cast, claim: Any, who: str = "annotator") -> Any:
    """The claim as the API gives it to somebody."""
    answer = Api(cast.everybody[who]).call("get", f"claims/{claim.pk}/")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_claim_comes_with_what_the_list_says_its_links_and_its_verdict(cast: Cast) -> None:
    claim, fact, link, verdict = make_supported(cast)
    found = whole(cast, claim)
    [listed] = Api(cast.annotator).call("get", f"projects/{cast.project.slug}/claims/").json()["results"]
    assert {name: found[name] for name in listed if name != "verdict"} == {
        name: value for name, value in listed.items() if name != "verdict"
    }
    assert [(one["id"], one["relation"], one["source_span"]["id"]) for one in found["links"]] == [
        (str(link.pk), "corroborates", str(fact.pk))
    ]
    assert (found["verdict"]["id"], found["verdict"]["rating"]) == (str(verdict.pk), "supported")
    assert (found["version"], found["annotator"]["id"]) == (1, cast.annotator.pk)


def test_attributions_and_mentions_are_among_the_links(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, MAYOR, "attribution"), claim, "attributes")
    mention = make_span(cast.annotator, cast.article, CRACKS)
    make_link(cast.annotator, mention, claim, "restates")
    assert {one["relation"] for one in whole(cast, claim)["links"]} == {"attributes", "restates"}
    assert whole(cast, mention)["restates"] == str(claim.pk)


def test_a_viewer_reads_approvals_and_not_what_was_returned(cast: Cast) -> None:
    claim, *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Who else?")
    verdict.submit(by=cast.annotator, from_version=3)
    verdict.approve(by=cast.reviewer, from_version=4)
    decisions = {who: [one["decision"] for one in whole(cast, claim, who)["reviews"]] for who in ("viewer", "reviewer")}
    assert decisions == {"viewer": ["approved"], "reviewer": ["returned", "approved"]}


def test_what_is_no_claim_is_not_found(cast: Cast) -> None:
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    assert Api(cast.annotator).call("get", f"claims/{fact.pk}/").status_code == 404


def test_a_claim_takes_the_same_queries_however_much_bears_on_it(
    cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    claim, *_ = make_supported(cast)
    api = Api(cast.reviewer)
    with django_assert_max_num_queries(24) as few:
        api.call("get", f"claims/{claim.pk}/")
    for start in range(99, 120, 4):
        make_link(cast.annotator, make_span(cast.annotator, cast.article, (start, start + 3), "fact"), claim)
    with django_assert_num_queries(len(few.captured_queries)):
        api.call("get", f"claims/{claim.pk}/")


def test_of_many_links_and_decisions_the_claim_has_the_first_and_leads_to_the_others(
    cast: Cast, monkeypatch: Any
) -> None:
    monkeypatch.setattr(claim_api, "USUAL_PAGE", 3)
    claim, *_, verdict = make_supported(cast)
    for start in range(6):
        make_link(cast.annotator, make_span(cast.annotator, cast.article, (40 + start, 60), "fact"), claim)
    for _ in range(5):
        verdict.submit(by=cast.annotator, from_version=None)
        verdict.send_back(by=cast.reviewer, from_version=None, reason="Who else?")
    found, api = whole(cast, claim), Api(cast.annotator)
    others = {name: api.get(found[f"{name}_next"]).json()["results"] for name in ("links", "reviews")}
    links = [one["id"] for one in [*found["links"], *others["links"]]]
    versions = [one["verdict_version"] for one in [*found["reviews"], *others["reviews"]]]
    assert (len(found["links"]), len(found["reviews"]), len(set(links)), len(links)) == (3, 3, 7, 7)
    assert versions == [2, 4, 6, 8, 10]
    assert found["evidence"]["corroborates"]["count"] == 7


@pytest.mark.parametrize("part", ["links", "reviews"])
def test_parts_of_a_claim_are_for_whoever_reads_it(cast: Cast, part: str) -> None:
    claim, *_ = make_supported(cast)
    assert Api(cast.outsider).call("get", f"claims/{claim.pk}/{part}/").status_code == 404
    assert Api(cast.viewer).call("get", f"claims/{claim.pk}/{part}/").status_code == 404
    assert Api(cast.annotator).call("get", f"claims/{claim.pk}/{part}/?limit=0").status_code == 400
