"""The steps of a verdict's life: `submit/`, `withdraw/`, `approve/`, `return/`, `reopen/`."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Review, Verdict
from tests.api.refusals import nothing_changed, refused
from tests.api.resources.test_verdicts import FIELDS
from tests.cast import CRACKS, SAFE, Api, Cast, make_span, make_supported, make_verdict

REASON = {"reason": "Who says so?"}


@pytest.fixture
def verdict(cast: Cast) -> Verdict:
    """A draft with the evidence that its rating needs."""
    return make_supported(cast)[-1]


def step(cast: Cast, who: str, name: str, verdict: Verdict, version: int | str | None, body: Any = None) -> Any:
    return Api(cast.everybody[who]).call("post", f"verdicts/{verdict.pk}/{name}/", body, version=version)


def brought_to(state: str, cast: Cast, verdict: Verdict) -> int:
    """Brings a draft to a state and tells its version there."""
    if state != "draft":
        verdict.submit(by=cast.annotator, from_version=None)
    if state == "approved":
        verdict.approve(by=cast.reviewer, from_version=None)
    if state == "returned":
        verdict.send_back(by=cast.reviewer, from_version=None, reason="Why?")
    return verdict.version


def test_submitting_hands_a_draft_to_review(cast: Cast, verdict: Verdict) -> None:
    answer = step(cast, "annotator", "submit", verdict, 1)

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert set(answer.json()) == FIELDS
    assert answer.json()["state"] == "submitted"
    assert answer.json()["submitted_at"].endswith("Z")


def test_withdrawing_makes_it_a_draft_again(cast: Cast, verdict: Verdict) -> None:
    brought_to("submitted", cast, verdict)

    answer = step(cast, "annotator", "withdraw", verdict, 2)

    assert (answer.status_code, answer.json()["state"], answer.json()["submitted_at"]) == (200, "draft", None)


@pytest.mark.parametrize("who", ["reviewer", "manager"])
def test_somebody_else_approves(cast: Cast, verdict: Verdict, who: str) -> None:
    brought_to("submitted", cast, verdict)

    answer = step(cast, who, "approve", verdict, 2)

    assert (answer.status_code, answer.json()["state"], answer.json()["version"]) == (200, "approved", 3)
    assert answer.json()["reviewer"] == {"id": cast.everybody[who].pk, "name": who}
    assert answer.json()["approved_at"].endswith("Z")


def test_a_return_says_why(cast: Cast, verdict: Verdict) -> None:
    brought_to("submitted", cast, verdict)

    answer = step(cast, "reviewer", "return", verdict, 2, REASON)

    assert (answer.status_code, answer.json()["state"]) == (200, "returned")
    assert answer.json()["returned_reason"] == "Who says so?"
    assert Review.objects.get().decision == "returned"


def test_reopening_says_why_and_returns_it(cast: Cast, verdict: Verdict) -> None:
    brought_to("approved", cast, verdict)

    answer = step(cast, "manager", "reopen", verdict, 3, REASON)

    assert (answer.status_code, answer.json()["state"]) == (200, "returned")
    assert (answer.json()["reviewer"], answer.json()["approved_at"]) == (None, None)
    assert answer.json()["returned_reason"] == "Who says so?"


def test_an_edit_makes_a_returned_verdict_a_draft_that_can_be_submitted(cast: Cast, verdict: Verdict) -> None:
    brought_to("returned", cast, verdict)
    api = Api(cast.annotator)

    edited = api.call("patch", f"verdicts/{verdict.pk}/", {"rationale": "The engineers."}, version=3)
    submitted = step(cast, "annotator", "submit", verdict, 4)

    assert (edited.json()["state"], edited.json()["returned_reason"]) == ("draft", "Why?")
    assert submitted.json()["state"] == "submitted"


STEPS = {
    "submit": ("annotator", None, {"draft", "returned"}),
    "withdraw": ("annotator", None, {"submitted"}),
    "approve": ("reviewer", None, {"submitted"}),
    "return": ("reviewer", REASON, {"submitted"}),
    "reopen": ("reviewer", REASON, {"approved"}),
}


@pytest.mark.parametrize(
    ("name", "state"),
    [(name, state) for name in STEPS for state in Verdict.State.values if state not in STEPS[name][2]],
)
def test_a_step_is_refused_from_every_other_state(cast: Cast, verdict: Verdict, name: str, state: str) -> None:
    version = brought_to(state, cast, verdict)
    who, body, _ = STEPS[name]

    with nothing_changed():
        answer = step(cast, who, name, verdict, version, body)

    refused(answer, 409, "verdict-state", "state")


@pytest.mark.parametrize("name", STEPS)
def test_a_step_states_the_version_it_decided_on(cast: Cast, verdict: Verdict, name: str) -> None:
    who, body, states = STEPS[name]
    version = brought_to(min(states), cast, verdict)

    with nothing_changed():
        missing = step(cast, who, name, verdict, None, body)
        stale = step(cast, who, name, verdict, version + 1, body)
        malformed = step(cast, who, name, verdict, "one", body)

    refused(missing, 428, "version-required")
    assert refused(stale, 412, "stale-version")["current"]["version"] == version
    refused(malformed, 400, "invalid-input", "If-Match")


@pytest.mark.parametrize("name", STEPS)
def test_a_step_takes_a_version_that_a_proxy_weakened(cast: Cast, verdict: Verdict, name: str) -> None:
    who, body, states = STEPS[name]
    version = brought_to(min(states), cast, verdict)
    headers = {"If-Match": f'W/"{version}"'}

    answer = Api(cast.everybody[who]).call("post", f"verdicts/{verdict.pk}/{name}/", body, headers=headers)

    assert (answer.status_code, answer.json()["version"]) == (200, version + 1)


@pytest.mark.parametrize("name", ["return", "reopen"])
def test_a_decision_against_needs_a_reason(cast: Cast, verdict: Verdict, name: str) -> None:
    version = brought_to("submitted" if name == "return" else "approved", cast, verdict)

    with nothing_changed():
        for body in (None, {}, {"reason": ""}, {"reason": "  "}, {"reason": None}, {"reason": 5}):
            refused(step(cast, "reviewer", name, verdict, version, body), 400, "invalid-input", "reason")


@pytest.mark.parametrize("name", ["submit", "withdraw", "approve"])
def test_the_other_steps_take_no_fields(cast: Cast, verdict: Verdict, name: str) -> None:
    version = brought_to("draft" if name == "submit" else "submitted", cast, verdict)

    with nothing_changed():
        answer = step(cast, STEPS[name][0], name, verdict, version, {"comment": "Fine."})

    refused(answer, 400, "invalid-input", "comment")


@pytest.mark.parametrize(
    ("name", "who"),
    [(name, who) for name in ("submit", "withdraw") for who in ("annotator2", "reviewer", "manager")]
    + [(name, who) for name in ("approve", "return", "reopen") for who in ("annotator", "annotator2")],
)
def test_a_step_is_for_those_whose_it_is(cast: Cast, verdict: Verdict, name: str, who: str) -> None:
    version = brought_to(min(STEPS[name][2]), cast, verdict)

    with nothing_changed():
        answer = step(cast, who, name, verdict, version, STEPS[name][1])

    refused(answer, 403, "forbidden")


def test_nobody_reviews_their_own_verdict(cast: Cast) -> None:
    cast.project.memberships.filter(user=cast.annotator).update(roles=["annotator", "reviewer"])
    *_, verdict = make_supported(cast)
    brought_to("submitted", cast, verdict)

    with nothing_changed():
        answer = step(cast, "annotator", "approve", verdict, 2)

    refused(answer, 409, "own-verdict", "reviewer")


def test_nobody_reviews_a_verdict_that_they_edited(cast: Cast, verdict: Verdict) -> None:
    cast.project.memberships.filter(user=cast.annotator2).update(roles=["annotator", "reviewer"])
    Api(cast.annotator2).call("patch", f"verdicts/{verdict.pk}/", {"rationale": "Mine now"}, version=1)
    step(cast, "annotator", "submit", verdict, 2)

    with nothing_changed():
        answer = step(cast, "annotator2", "approve", verdict, 3)

    refused(answer, 409, "own-verdict", "reviewer")


@pytest.mark.parametrize("rating", ["supported", "refuted", "conflicting_evidence", None])
def test_a_rating_needs_its_evidence(cast: Cast, rating: str | None) -> None:
    verdict = make_verdict(cast.annotator, make_span(cast.annotator, cast.article), rating)

    with nothing_changed():
        answer = step(cast, "annotator", "submit", verdict, 1)

    refused(answer, 409, "evidence-needed", "rating")


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_what_is_under_review_stands_still(cast: Cast, state: str) -> None:
    claim, fact, link, verdict = make_supported(cast)
    version = brought_to(state, cast, verdict)
    api = Api(cast.annotator)

    with nothing_changed():
        for path, held in ((f"spans/{claim.pk}/", 1), (f"spans/{fact.pk}/", 1), (f"links/{link.pk}/", 1)):
            refused(api.call("patch", path, {"note": "x"}, version=held), 409, "under-review", "state")
            refused(api.call("delete", path, version=held), 409, "under-review", "state")
        path = f"verdicts/{verdict.pk}/"
        refused(api.call("patch", path, {"rationale": "x"}, version=version), 409, "under-review", "state")
        refused(api.call("patch", path, {"evidence_sets": []}, version=version), 409, "under-review", "state")
        refused(api.call("delete", path, version=version), 409, "under-review", "state")


@pytest.mark.parametrize("name", STEPS)
def test_a_step_of_a_verdict_that_is_not_there_is_not_found(cast: Cast, verdict: Verdict, name: str) -> None:
    who, body, _ = STEPS[name]

    refused(Api(cast.everybody[who]).call("post", f"verdicts/{uuid4()}/{name}/", body, version=1), 404, "not-found")
    refused(step(cast, "outsider", name, verdict, 1, body), 404, "not-found")
    refused(step(cast, "viewer", name, verdict, 1, body), 404, "not-found")


def test_evidence_outside_the_sets_does_not_count(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    api = Api(cast.annotator)
    body = {"source": str(fact.pk), "target": str(claim.pk)}
    for key, relation in ((uuid4(), "corroborates"), (against := uuid4(), "contradicts")):
        api.call("put", f"links/{key}/", {**body, "relation": relation})
    sets = [{"links": [str(against)]}]
    verdict = api.call(
        "put", f"verdicts/{uuid4()}/", {"claim": str(claim.pk), "rating": "supported", "evidence_sets": sets}
    ).json()

    answer = api.call("post", f"verdicts/{verdict['id']}/submit/", version=1)

    refused(answer, 409, "evidence-needed", "rating")
