"""The same creation sent twice is one creation."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Span, User
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, DANGER, SAFE, Api, Cast, make_link, make_span, make_supported

KINDS = ["spans", "links", "verdicts", "comments"]


def creation(cast: Cast, kind: str) -> dict[str, Any]:
    """A body that creates one of the kind."""
    if kind == "spans":
        return {"article": str(cast.article.pk), "label": "claim", "start": SAFE[0], "end": SAFE[1]}
    claim = make_span(cast.annotator, cast.article, DANGER)
    if kind == "comments":
        return {"on": {"span": str(claim.pk)}, "text": "Who says so, @reviewer?"}
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    if kind == "links":
        return {"source": str(fact.pk), "target": str(claim.pk), "relation": "corroborates", "note": "In March"}
    link = make_link(cast.annotator, fact, claim)
    return {"claim": str(claim.pk), "rating": "supported", "evidence_sets": [{"links": [str(link.pk)]}]}


DIFFERENT: dict[str, list[dict[str, Any]]] = {
    "spans": [{"end": 20}, {"label": "fact"}, {"note": "x"}, {"fields": {"statement": "It is safe."}}],
    "links": [{"relation": "contradicts"}, {"note": "x"}],
    "comments": [{"text": "x"}],
    "verdicts": [{"rating": "refuted"}, {"rationale": "x"}, {"confidence": 0.5}, {"evidence_sets": []}],
}


def put(user: User, path: str, body: dict[str, Any]) -> Any:
    return Api(user).call("put", path, body)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db(transaction=True)
def test_the_same_creation_again_answers_what_is_there(cast: Cast, kind: str) -> None:
    path, body = f"{kind}/{uuid4()}/", creation(cast, kind)
    first = put(cast.annotator, path, body)

    with nothing_changed():
        again = put(cast.annotator, path, body)

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert again["ETag"] == first["ETag"] == '"1"'


CHANGES = {
    "spans": {"note": "changed"},
    "links": {"note": "changed"},
    "verdicts": {"rationale": "changed", "evidence_sets": []},
    "comments": {"text": "Who says this?"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_does_so_after_a_change_too(cast: Cast, kind: str) -> None:
    path, body = f"{kind}/{uuid4()}/", creation(cast, kind)
    put(cast.annotator, path, body)
    changed = Api(cast.annotator).call("patch", path, CHANGES[kind], version=1)

    again = put(cast.annotator, path, body)

    assert (again.status_code, again.json(), again["ETag"]) == (200, changed.json(), '"2"')


@pytest.mark.parametrize(("kind", "other"), [(kind, other) for kind in KINDS for other in DIFFERENT[kind]])
def test_another_creation_at_the_same_id_needs_a_version(cast: Cast, kind: str, other: dict[str, Any]) -> None:
    path, body = f"{kind}/{uuid4()}/", creation(cast, kind)
    put(cast.annotator, path, body)

    with nothing_changed():
        answer = put(cast.annotator, path, body | other)

    refused(answer, 428, "version-required")


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_creation_by_somebody_else_needs_a_version(cast: Cast, kind: str) -> None:
    path, body = f"{kind}/{uuid4()}/", creation(cast, kind)
    put(cast.annotator, path, body)

    with nothing_changed():
        answer = put(cast.annotator2, path, body)

    refused(answer, 428, "version-required")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.django_db(transaction=True)
def test_an_id_in_use_where_the_caller_cannot_see_it_is_not_found(cast: Cast, kind: str) -> None:
    path, body = f"{kind}/{uuid4()}/", creation(cast, kind)
    put(cast.annotator, path, body)
    other = make_cast_like(cast)

    with nothing_changed():
        answer = put(other.annotator, path, creation(other, kind) if kind == "spans" else body)

    refused(answer, *((404, "not-found") if kind == "spans" else (400, "invalid-input")))


def make_cast_like(cast: Cast) -> Cast:
    """Another project with people of its own."""
    from tests.cast import make_cast

    return make_cast(mode=cast.project.mode)


@pytest.mark.parametrize("kind", KINDS)
def test_a_version_creates_nothing(cast: Cast, kind: str) -> None:
    body = creation(cast, kind)

    with nothing_changed():
        answer = Api(cast.annotator).call("put", f"{kind}/{uuid4()}/", body, version=1)

    refused(answer, 404, "not-found")


def test_a_link_is_repeated_even_while_its_claim_is_under_review(cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)
    path = f"links/{uuid4()}/"
    body = {"source": str(fact.pk), "target": str(claim.pk), "relation": "contradicts"}
    put(cast.annotator, path, body)
    verdict.submit(by=cast.annotator, from_version=None)

    assert put(cast.annotator, path, body).status_code == 200


def test_fragments_and_offsets_are_the_same_creation(cast: Cast) -> None:
    path, body = f"spans/{uuid4()}/", creation(cast, "spans")
    put(cast.annotator, path, body)
    fragments = [{"start": body.pop("start"), "end": body.pop("end")}]

    answer = put(cast.annotator, path, {**body, "fragments": fragments, "note": "", "fields": {}})

    assert answer.status_code == 200


def test_passages_are_the_same_with_and_without_their_quotes(cast: Cast) -> None:
    path, body = f"spans/{uuid4()}/", creation(cast, "spans") | {"label": "attribution"}
    put(cast.annotator, path, body | {"fields": {"cue": {"start": 10, "end": 14}}})

    answer = put(cast.annotator, path, body | {"fields": {"cue": {"start": 10, "end": 14, "quote": "says"}}})

    assert answer.status_code == 200


def test_what_was_deleted_can_be_made_anew_at_its_id(cast: Cast) -> None:
    path, body = f"spans/{uuid4()}/", creation(cast, "spans")
    put(cast.annotator, path, body)
    Api(cast.annotator).call("delete", path, version=1)

    assert put(cast.annotator, path, body).status_code == 201
    assert Span.objects.count() == 1


def test_a_restored_span_is_still_the_creation_it_was(cast: Cast) -> None:
    path, body = f"spans/{uuid4()}/", creation(cast, "spans")
    put(cast.annotator, path, body)
    Api(cast.annotator).call("delete", path, version=1)
    Api(cast.annotator).call("post", f"{path}restore/")

    assert put(cast.annotator, path, body).status_code == 200
