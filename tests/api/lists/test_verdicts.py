"""`projects/{slug}/verdicts/`: the review queue."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Verdict
from tests.api.refusals import refused
from tests.api.resources.test_verdicts import FIELDS
from tests.cast import MAYOR, SAFE, Api, Cast, make_article, make_link, make_span, make_supported, make_verdict


def queue(cast: Cast, query: str = "", who: str = "reviewer") -> list[dict[str, Any]]:
    answer = Api(cast.everybody[who]).call("get", f"projects/{cast.project.slug}/verdicts/{query}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


@pytest.fixture
def verdicts(cast: Cast) -> dict[str, Verdict]:
    """One verdict in each state, the approved one in another article and by another author."""
    found = {}
    for number, state in enumerate(("draft", "submitted", "returned")):
        found[state] = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, (number, number + 9)))
    elsewhere = make_article(cast.project, "Something else.")
    found["approved"] = make_verdict(
        cast.annotator2, make_span(cast.annotator2, elsewhere, (0, 9)), "not_enough_evidence"
    )
    for state, verdict in found.items():
        if state != "draft":
            verdict.submit(by=verdict.author, from_version=None)
        if state == "returned":
            verdict.send_back(by=cast.reviewer, from_version=None, reason="Why?")
        if state == "approved":
            verdict.approve(by=cast.manager, from_version=None)
    return found


def test_the_queue_holds_every_verdict_with_its_claim(cast: Cast) -> None:
    claim, *_, verdict = make_supported(cast)
    said = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"source_name": "The mayor"})
    make_link(cast.annotator, said, claim, "attributes")

    [found] = queue(cast)

    assert set(found) == {*FIELDS, "claim_span"}
    assert found["id"] == str(verdict.pk)
    assert (found["claim_span"]["quote"], found["claim_span"]["article"]["title"]) == (
        "the bridge is safe",
        "The bridge",
    )
    assert found["claim_span"]["said_by"][0]["source_name"] == "The mayor"


@pytest.mark.parametrize("state", Verdict.State.values)
def test_the_queue_is_filtered_by_state(cast: Cast, verdicts: dict[str, Verdict], state: str) -> None:
    assert [found["id"] for found in queue(cast, f"?state={state}")] == [str(verdicts[state].pk)]


def test_the_queue_is_filtered_by_people(cast: Cast, verdicts: dict[str, Verdict]) -> None:
    assert len(queue(cast, f"?author={cast.annotator.pk}")) == 3
    assert [found["state"] for found in queue(cast, f"?reviewer={cast.manager.pk}")] == ["approved"]
    assert len(queue(cast, "?author=me", "annotator")) == 3
    assert queue(cast, "?author=me") == []
    assert queue(cast, f"?author={10**17}") == []


def test_the_queue_is_filtered_by_article_and_rating(cast: Cast, verdicts: dict[str, Verdict]) -> None:
    assert len(queue(cast, f"?article={cast.article.pk}")) == 3
    assert queue(cast, f"?article={uuid4()}") == []
    assert len(queue(cast, "?rating=not_enough_evidence")) == 4
    assert queue(cast, "?rating=refuted") == []


def test_filters_add_up(cast: Cast, verdicts: dict[str, Verdict]) -> None:
    query = f"?state=approved&author={cast.annotator2.pk}&reviewer={cast.manager.pk}&rating=not_enough_evidence"

    assert [found["id"] for found in queue(cast, query)] == [str(verdicts["approved"].pk)]
    assert queue(cast, f"{query}&article={cast.article.pk}") == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?state=lost", "state"),
        ("?author=somebody", "author"),
        ("?author=-1", "author"),
        ("?reviewer=1e3", "reviewer"),
        ("?reviewer=" + "9" * 30, "reviewer"),
        ("?article=first", "article"),
        ("?rating=%00", "rating"),
    ],
)
def test_a_filter_that_cannot_be_is_named(cast: Cast, query: str, field: str) -> None:
    answer = Api(cast.reviewer).call("get", f"projects/{cast.project.slug}/verdicts/{query}")

    refused(answer, 400, "invalid-input", field)


def test_a_viewer_sees_what_is_approved(cast: Cast, verdicts: dict[str, Verdict]) -> None:
    assert [found["state"] for found in queue(cast, who="viewer")] == ["approved"]
    assert queue(cast, "?state=submitted", "viewer") == []


def test_the_queue_of_another_project_is_not_found(cast: Cast) -> None:
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article, SAFE))

    refused(Api(cast.outsider).call("get", f"projects/{cast.project.slug}/verdicts/"), 404, "not-found")
