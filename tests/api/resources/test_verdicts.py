"""`verdicts/{uuid}/`"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Span, Verdict
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, DANGER, Api, Cast, make_link, make_span, make_supported, make_verdict

FIELDS = {
    "id", "claim", "author", "holder", "rating", "rationale", "confidence", "state", "version", "evidence_sets",
    "submitted_at", "reviewer", "approved_at", "approval", "created_at", "updated_at",
    "returned_reason",
}  # fmt: skip


def put(cast: Cast, claim: Span, **more: Any) -> Any:
    body = {"claim": str(claim.pk), "rating": "refuted", "rationale": "Cracks.", **more}
    return Api(cast.annotator).call("put", f"verdicts/{uuid4()}/", body)


@pytest.fixture
def claim(cast: Cast) -> Span:
    return make_span(cast.annotator, cast.article)


def test_a_claim_gets_its_verdict(cast: Cast, claim: Span) -> None:
    answer = put(cast, claim, confidence=0.8)

    assert (answer.status_code, answer["ETag"]) == (201, '"1"')
    verdict = answer.json()
    assert set(verdict) == FIELDS
    assert (verdict["claim"], verdict["rating"], verdict["rationale"]) == (str(claim.pk), "refuted", "Cracks.")
    assert (verdict["confidence"], verdict["state"], verdict["version"]) == (0.8, "draft", 1)
    assert verdict["author"] == {"id": cast.annotator.pk, "name": "annotator"}
    assert verdict["evidence_sets"] == []
    assert [verdict[name] for name in ("reviewer", "submitted_at", "approved_at", "returned_reason")] == [None] * 4


def test_a_draft_needs_a_claim_only(cast: Cast, claim: Span) -> None:
    verdict = Api(cast.annotator).call("put", f"verdicts/{uuid4()}/", {"claim": str(claim.pk)}).json()

    assert [verdict[name] for name in ("rating", "rationale", "confidence")] == [None, "", None]


def test_evidence_sets_are_kept_in_order(cast: Cast, claim: Span) -> None:
    first, second = (
        make_link(cast.annotator, make_span(cast.annotator, cast.article, at, "fact"), claim) for at in (CRACKS, DANGER)
    )
    sets = [
        {"question": "Were there cracks?", "answer": "Yes.", "links": [str(second.pk), str(first.pk)]},
        {"question": None, "answer": None, "links": [str(first.pk)]},
    ]

    assert put(cast, claim, evidence_sets=sets).json()["evidence_sets"] == sets


def test_question_and_answer_may_be_left_out(cast: Cast) -> None:
    *_, link, verdict = make_supported(cast)
    sets = [{"links": [str(link.pk)]}]

    answer = Api(cast.annotator).call("patch", f"verdicts/{verdict.pk}/", {"evidence_sets": sets}, version=1)

    assert answer.json()["evidence_sets"] == [{"question": None, "answer": None, "links": [str(link.pk)]}]


def test_a_set_holds_links_that_end_at_the_claim(cast: Cast, claim: Span) -> None:
    other = make_span(cast.annotator, cast.article, CRACKS)
    link = make_link(cast.annotator, make_span(cast.annotator, cast.article, DANGER, "fact"), other)

    with nothing_changed():
        for key in (link.pk, uuid4()):
            answer = put(cast, claim, evidence_sets=[{"links": []}, {"links": [str(key)]}])
            refused(answer, 400, "invalid-input", "evidence_sets.1.links")


@pytest.mark.parametrize("label", ["fact", "attribution"])
def test_only_a_claim_has_a_verdict(cast: Cast, label: str) -> None:
    span = make_span(cast.annotator, cast.article, CRACKS, label)

    with nothing_changed():
        answer = put(cast, span)

    refused(answer, 409, "verdict-needs-claim", "claim")


def test_a_claim_has_one_verdict_at_most(cast: Cast, claim: Span) -> None:
    make_verdict(cast.annotator, claim)

    with nothing_changed():
        answer = put(cast, claim)

    refused(answer, 409, "one-verdict", "claim")


def test_a_claim_that_restates_another_has_none(cast: Cast, claim: Span) -> None:
    mention = make_span(cast.annotator, cast.article, DANGER)
    make_link(cast.annotator, mention, claim, "restates")

    with nothing_changed():
        answer = put(cast, mention)

    refused(answer, 409, "restated-claim", "claim")


def test_a_rating_is_on_the_projects_scale(cast: Cast, claim: Span) -> None:
    with nothing_changed():
        answer = put(cast, claim, rating="mostly_true")

    refused(answer, 400, "rating-unknown", "rating")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"claim": None}, "claim"),
        ({"claim": str(uuid4())}, "claim"),
        ({"confidence": 1.01}, "confidence"),
        ({"confidence": -0.1}, "confidence"),
        ({"confidence": "high"}, "confidence"),
        ({"rating": 5}, "rating"),
        ({"rationale": None}, "rationale"),
        ({"rationale": "x" * 100_001}, "rationale"),
        ({"state": "approved"}, "state"),
        ({"author": 1}, "author"),
        ({"evidence_sets": {}}, "evidence_sets"),
        ({"evidence_sets": [{"question": "?"}]}, "evidence_sets.0.links"),
        ({"evidence_sets": [{"links": ["x"]}]}, "evidence_sets.0.links.0"),
        ({"evidence_sets": [{"links": [], "note": ""}]}, "evidence_sets.0.note"),
        ({"evidence_sets": ["x"]}, "evidence_sets.0"),
    ],
)
def test_a_bad_verdict_names_its_field(cast: Cast, claim: Span, wrong: dict[str, Any], field: str) -> None:
    body = {"claim": str(claim.pk), **wrong}

    with nothing_changed():
        answer = Api(cast.annotator).call("put", f"verdicts/{uuid4()}/", body)

    refused(answer, 400, "invalid-input", field)


def test_a_link_stands_once_in_a_set(cast: Cast) -> None:
    *_, link, verdict = make_supported(cast)
    sets = [{"links": [str(link.pk), str(link.pk)]}]

    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"verdicts/{verdict.pk}/", {"evidence_sets": sets}, version=1)

    refused(answer, 400, "invalid-input", "evidence_sets.0.links")


def test_a_verdict_is_read_with_its_version(cast: Cast, claim: Span) -> None:
    verdict = make_verdict(cast.annotator, claim)

    answer = Api(cast.reviewer).call("get", f"verdicts/{verdict.pk}/")

    assert (answer.status_code, answer["ETag"], set(answer.json())) == (200, '"1"', FIELDS)


def test_a_draft_changes(cast: Cast, claim: Span) -> None:
    verdict = make_verdict(cast.annotator, claim)
    change = {"rating": "refuted", "rationale": "Engineers found cracks.", "confidence": 1}

    answer = Api(cast.annotator).call("patch", f"verdicts/{verdict.pk}/", change, version=1)

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert {name: answer.json()[name] for name in change} == change


def test_a_change_without_evidence_sets_leaves_them(cast: Cast) -> None:
    *_, link, verdict = make_supported(cast)
    api, sets = Api(cast.annotator), [{"links": [str(link.pk)]}]
    api.call("patch", f"verdicts/{verdict.pk}/", {"evidence_sets": sets}, version=1)

    answer = api.call("patch", f"verdicts/{verdict.pk}/", {"rationale": "So it is."}, version=2)

    assert [one["links"] for one in answer.json()["evidence_sets"]] == [[str(link.pk)]]


def test_a_put_with_a_version_replaces_a_verdict(cast: Cast, claim: Span) -> None:
    verdict = make_verdict(cast.annotator, claim)
    body = {"claim": str(claim.pk), "rating": "refuted", "rationale": "No.", "confidence": 0.5, "evidence_sets": []}

    answer = Api(cast.annotator).call("put", f"verdicts/{verdict.pk}/", body, version=1)

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert {name: answer.json()[name] for name in body} == body


def test_a_verdict_stays_with_its_claim(cast: Cast, claim: Span) -> None:
    verdict, other = make_verdict(cast.annotator, claim), make_span(cast.annotator, cast.article, CRACKS)

    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"verdicts/{verdict.pk}/", {"claim": str(other.pk)}, version=1)

    refused(answer, 400, "invalid-input", "claim")


def test_a_draft_is_deleted(cast: Cast, claim: Span) -> None:
    verdict = make_verdict(cast.annotator, claim)

    answer = Api(cast.annotator).call("delete", f"verdicts/{verdict.pk}/", version=1)

    assert (answer.status_code, answer.content) == (204, b"")
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("name", ["reviewer", "manager"])
def test_reviewers_and_managers_do_not_judge(cast: Cast, claim: Span, name: str) -> None:
    api, verdict = Api(cast.everybody[name]), make_verdict(cast.annotator, claim)

    with nothing_changed():
        refused(api.call("patch", f"verdicts/{verdict.pk}/", {"rationale": "x"}, version=1), 403, "forbidden")
        refused(api.call("delete", f"verdicts/{verdict.pk}/", version=1), 403, "forbidden")


@pytest.mark.parametrize("name", ["viewer", "outsider"])
def test_a_draft_is_not_there_for_viewers_and_outsiders(cast: Cast, claim: Span, name: str) -> None:
    api, verdict = Api(cast.everybody[name]), make_verdict(cast.annotator, claim)

    refused(api.call("get", f"verdicts/{verdict.pk}/"), 404, "not-found")
    refused(api.call("patch", f"verdicts/{verdict.pk}/", {}, version=1), 404, "not-found")
    refused(api.call("delete", f"verdicts/{verdict.pk}/", version=1), 404, "not-found")
    refused(api.call("put", f"verdicts/{uuid4()}/", {"claim": str(claim.pk)}), 400, "invalid-input", "claim")
