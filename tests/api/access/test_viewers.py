"""Viewers read approved verdicts with their claims and evidence, and no work in progress."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tests.api.access.reading import all_that_is_told, approve, codes, details, is_told, secret_work, touching
from tests.api.refusals import refused
from tests.cast import CRACKS, Api, Cast, make_link, make_span, make_verdict

Work = dict[str, list[UUID]]


@pytest.fixture
def work(cast: Cast) -> Work:
    return secret_work(cast)


def plain(work: Work) -> list[str]:
    return [path for path in details(work) if not path.endswith("history/")]


def test_work_in_progress_is_not_there(cast: Cast, work: Work) -> None:
    api = Api(cast.viewer)

    assert not is_told(all_that_is_told(api, cast), work)
    assert codes(api, details(work)) == {404}


def test_a_verdict_under_review_is_not_there(cast: Cast, work: Work) -> None:
    Api(cast.annotator).call("post", f"verdicts/{work['verdicts'][0]}/submit/", version=1)
    api = Api(cast.viewer)

    assert not is_told(all_that_is_told(api, cast), work)
    assert codes(api, details(work)) == {404}


def test_an_approved_verdict_comes_with_claim_and_evidence(cast: Cast, work: Work) -> None:
    approve(cast, work["verdicts"][0])
    api = Api(cast.viewer)

    assert codes(api, plain(work | {"comments": []})) == {200}
    found = api.call("get", f"articles/{cast.article.pk}/annotations/").json()
    assert [verdict["state"] for verdict in found["verdicts"]] == ["approved"]
    assert {link["id"] for link in found["links"]} == touching(found["verdicts"][0]["claim"])
    assert {span["id"] for span in found["spans"]} == {str(key) for key in work["spans"]}


def test_nor_are_its_comments(cast: Cast, work: Work) -> None:
    approve(cast, work["verdicts"][0])
    api = Api(cast.viewer)

    assert codes(api, details({"comments": work["comments"]})) == {404}
    assert api.call("get", f"articles/{cast.article.pk}/comments/").json()["results"] == []
    answer = api.call("put", f"comments/{uuid4()}/", {"on": {"article": str(cast.article.pk)}, "text": "Hello"})
    refused(answer, 403, "forbidden")


def test_other_work_beside_an_approved_verdict_stays_hidden(cast: Cast, work: Work) -> None:
    approve(cast, work["verdicts"][0])
    other = make_span(cast.annotator, cast.article, (0, 50), note="unfinished")
    make_link(cast.annotator, make_span(cast.annotator, cast.article, (1, 50), "fact"), other, note="unfinished")
    make_verdict(cast.annotator, other, rationale="unfinished")
    api = Api(cast.viewer)

    told = all_that_is_told(api, cast)

    assert is_told(told, work)
    assert "unfinished" not in told
    assert str(other.pk) not in told
    refused(api.call("get", f"spans/{other.pk}/"), 404, "not-found")


def test_a_reopened_verdict_is_hidden_again(cast: Cast, work: Work) -> None:
    approve(cast, work["verdicts"][0])
    Api(cast.reviewer).call("post", f"verdicts/{work['verdicts'][0]}/reopen/", {"reason": "Wrong."}, version=3)
    api = Api(cast.viewer)

    assert not is_told(all_that_is_told(api, cast), work)
    assert codes(api, details(work)) == {404}


def test_a_viewer_does_not_learn_what_a_deletion_would_take_along(cast: Cast, work: Work) -> None:
    approve(cast, work["verdicts"][0])
    fact = make_span(cast.annotator, cast.article, CRACKS, "claim", note="evidence for something unfinished")
    evidence = next(
        key for key in work["spans"] if Api(cast.viewer).call("get", f"spans/{key}/").json()["label"] == "fact"
    )
    api = Api(cast.annotator)
    body = {"source": str(evidence), "target": str(fact.pk), "relation": "corroborates"}
    hidden = api.call("put", "links/01890a5d-ac96-774b-bcce-b302099a8057/", body).json()["id"]

    told = Api(cast.viewer).call("get", f"spans/{evidence}/").content.decode()

    assert hidden not in told


def test_a_member_with_two_roles_sees_what_either_sees(cast: Cast, work: Work) -> None:
    cast.project.memberships.filter(user=cast.viewer).update(roles=["viewer", "reviewer"])

    assert codes(Api(cast.viewer), details(work)) == {200}
