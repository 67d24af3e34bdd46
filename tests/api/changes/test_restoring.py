"""`{spans,links,verdicts}/{uuid}/restore/`"""

from __future__ import annotations

from uuid import uuid4

import pytest

from annotations.models import EvidenceLink, Link, Verdict
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, Api, Cast, make_link, make_span, make_supported, make_verdict


def test_a_deleted_span_comes_back_with_its_id(cast: Cast) -> None:
    span, api = make_span(cast.annotator, cast.article, note="Keep me"), Api(cast.annotator)
    api.call("delete", f"spans/{span.pk}/", version=1)

    answer = api.call("post", f"spans/{span.pk}/restore/")

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert (answer.json()["id"], answer.json()["note"], answer.json()["version"]) == (str(span.pk), "Keep me", 2)
    assert api.call("get", f"spans/{span.pk}/").status_code == 200


def test_a_span_comes_back_with_what_went_with_it(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    api = Api(cast.annotator)
    api.call("patch", f"verdicts/{verdict.pk}/", {"evidence_sets": [{"links": [str(link.pk)]}]}, version=1)
    api.call("delete", f"spans/{claim.pk}/", version=1)

    api.call("post", f"spans/{claim.pk}/restore/")

    assert Link.objects.get().pk == link.pk
    assert Verdict.objects.get().pk == verdict.pk
    assert EvidenceLink.objects.get().link_id == link.pk


def test_a_deleted_link_comes_back(cast: Cast) -> None:
    *_, link, _ = make_supported(cast)
    api = Api(cast.annotator)
    api.call("delete", f"links/{link.pk}/", version=1)

    answer = api.call("post", f"links/{link.pk}/restore/", {})

    assert (answer.status_code, answer.json()["id"], answer.json()["relation"]) == (200, str(link.pk), "corroborates")


def test_a_deleted_verdict_comes_back_as_a_draft(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Why?")
    api = Api(cast.annotator)
    api.call("delete", f"verdicts/{verdict.pk}/", version=3)

    answer = api.call("post", f"verdicts/{verdict.pk}/restore/")

    assert (answer.status_code, answer.json()["state"], answer.json()["rating"]) == (200, "draft", "supported")


@pytest.mark.parametrize("kind", ["spans", "links", "verdicts"])
def test_what_is_there_is_answered_as_it_is(cast: Cast, kind: str) -> None:
    claim, _, link, verdict = make_supported(cast)
    key = {"spans": claim.pk, "links": link.pk, "verdicts": verdict.pk}[kind]

    with nothing_changed():
        answer = Api(cast.annotator).call("post", f"{kind}/{key}/restore/")

    assert (answer.status_code, answer.json()["version"]) == (200, 1)


@pytest.mark.parametrize("kind", ["spans", "links", "verdicts"])
def test_what_never_was_cannot_be_restored(cast: Cast, kind: str) -> None:
    with nothing_changed():
        answer = Api(cast.annotator).call("post", f"{kind}/{uuid4()}/restore/")

    refused(answer, 404, "not-found")


def test_a_span_whose_place_was_taken_stays_deleted(cast: Cast) -> None:
    span, api = make_span(cast.annotator, cast.article), Api(cast.annotator)
    api.call("delete", f"spans/{span.pk}/", version=1)
    api.put_span(cast.article)

    with nothing_changed():
        answer = api.call("post", f"spans/{span.pk}/restore/")

    refused(answer, 409, "duplicate-span", "fragments")


def test_a_verdict_whose_claim_has_another_now_stays_deleted(cast: Cast) -> None:
    claim, api = make_span(cast.annotator, cast.article), Api(cast.annotator)
    verdict = make_verdict(cast.annotator, claim)
    api.call("delete", f"verdicts/{verdict.pk}/", version=1)
    make_verdict(cast.annotator2, claim)

    with nothing_changed():
        answer = api.call("post", f"verdicts/{verdict.pk}/restore/")

    refused(answer, 409, "one-verdict", "claim")


@pytest.mark.parametrize("end", ["claim", "fact"])
@pytest.mark.django_db(transaction=True)
def test_a_link_whose_end_is_gone_stays_deleted(cast: Cast, end: str) -> None:
    claim, fact, link, _ = make_supported(cast)
    api, gone = Api(cast.annotator), claim if end == "claim" else fact
    api.call("delete", f"links/{link.pk}/", version=1)
    api.call("delete", f"spans/{gone.pk}/", version=1)

    with nothing_changed():
        answer = api.call("post", f"links/{link.pk}/restore/")

    refused(answer, 409, "gone")


@pytest.mark.django_db(transaction=True)
def test_a_verdict_whose_claim_is_gone_stays_deleted(cast: Cast) -> None:
    claim, _, _, verdict = make_supported(cast)
    api = Api(cast.annotator)
    api.call("delete", f"verdicts/{verdict.pk}/", version=1)
    api.call("delete", f"spans/{claim.pk}/", version=1)

    with nothing_changed():
        answer = api.call("post", f"verdicts/{verdict.pk}/restore/")

    refused(answer, 409, "gone")


def test_no_link_comes_back_to_a_claim_under_review(cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)
    other = make_link(cast.annotator, fact, claim, "contradicts")
    api = Api(cast.annotator)
    api.call("delete", f"links/{other.pk}/", version=1)
    verdict.submit(by=cast.annotator, from_version=1)

    with nothing_changed():
        answer = api.call("post", f"links/{other.pk}/restore/")

    refused(answer, 409, "under-review", "state")


@pytest.mark.parametrize("name", ["annotator2", "reviewer", "manager"])
def test_a_span_is_restored_by_its_annotator(cast: Cast, name: str) -> None:
    span = make_span(cast.annotator, cast.article, CRACKS)
    Api(cast.annotator).call("delete", f"spans/{span.pk}/", version=1)

    with nothing_changed():
        answer = Api(cast.everybody[name]).call("post", f"spans/{span.pk}/restore/")

    refused(answer, 403, "forbidden")


@pytest.mark.parametrize("name", ["viewer", "outsider"])
def test_for_others_it_is_not_there(cast: Cast, name: str) -> None:
    span = make_span(cast.annotator, cast.article, CRACKS)
    Api(cast.annotator).call("delete", f"spans/{span.pk}/", version=1)

    refused(Api(cast.everybody[name]).call("post", f"spans/{span.pk}/restore/"), 404, "not-found")


def test_a_restoration_takes_no_fields(cast: Cast) -> None:
    span, api = make_span(cast.annotator, cast.article), Api(cast.annotator)
    api.call("delete", f"spans/{span.pk}/", version=1)

    with nothing_changed():
        answer = api.call("post", f"spans/{span.pk}/restore/", {"label": "fact"})

    refused(answer, 400, "invalid-input", "label")
