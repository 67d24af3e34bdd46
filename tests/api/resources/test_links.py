"""`links/{uuid}/`"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Link, Span
from tests.api.refusals import nothing_changed, refused
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    SAFE,
    Api,
    Cast,
    make_article,
    make_cast,
    make_link,
    make_project,
    make_span,
    make_supported,
)

FIELDS = {
    "id", "source", "target", "relation", "note", "author", "version", "created_at", "updated_at", "same_source",
}  # fmt: skip


def put(cast: Cast, source: Span, target: Span, relation: str = "corroborates", **more: Any) -> Any:
    body = {"source": str(source.pk), "target": str(target.pk), "relation": relation, **more}
    return Api(cast.annotator).call("put", f"links/{uuid4()}/", body)


@pytest.fixture
def claim(cast: Cast) -> Span:
    return make_span(cast.annotator, cast.article)


@pytest.fixture
def fact(cast: Cast) -> Span:
    return make_span(cast.annotator, cast.article, CRACKS, "fact")


def test_a_link_joins_evidence_to_a_claim(cast: Cast, claim: Span, fact: Span) -> None:
    answer = put(cast, fact, claim, "contradicts", note="In March.")

    assert (answer.status_code, answer["ETag"]) == (201, '"1"')
    link = answer.json()
    assert set(link) == FIELDS
    assert (link["source"], link["target"], link["relation"]) == (str(fact.pk), str(claim.pk), "contradicts")
    assert (link["note"], link["version"], link["same_source"]) == ("In March.", 1, False)
    assert link["author"] == {"id": cast.annotator.pk, "name": "annotator"}


def test_a_link_may_cross_articles(cast: Cast, claim: Span) -> None:
    far = make_span(cast.annotator2, make_article(cast.project, "There are cracks."), (0, 16), "fact")

    assert put(cast, far, claim).status_code == 201


@pytest.mark.parametrize(
    ("source", "relation", "target"),
    [
        ("claim", "corroborates", "claim"),
        ("attribution", "corroborates", "claim"),
        ("fact", "contradicts", "claim"),
        ("attribution", "attributes", "claim"),
        ("attribution", "attributes", "fact"),
        ("claim", "restates", "claim"),
    ],
)
def test_the_table_of_relations_allows(cast: Cast, source: str, relation: str, target: str) -> None:
    ends = make_span(cast.annotator, cast.article, MAYOR, source), make_span(cast.annotator, cast.article, SAFE, target)

    assert put(cast, *ends, relation).status_code == 201


@pytest.mark.parametrize(
    ("source", "relation", "target"),
    [
        ("claim", "corroborates", "fact"),
        ("fact", "contradicts", "attribution"),
        ("claim", "attributes", "fact"),
        ("attribution", "attributes", "attribution"),
        ("fact", "restates", "claim"),
        ("claim", "restates", "fact"),
    ],
)
def test_the_table_of_relations_forbids_the_rest(cast: Cast, source: str, relation: str, target: str) -> None:
    ends = make_span(cast.annotator, cast.article, MAYOR, source), make_span(cast.annotator, cast.article, SAFE, target)

    with nothing_changed():
        answer = put(cast, *ends, relation)

    refused(answer, 409, "relation-table", "relation")


def test_a_span_has_no_relation_to_itself(cast: Cast, claim: Span) -> None:
    with nothing_changed():
        answer = put(cast, claim, claim)

    refused(answer, 400, "self-link", "target")


def test_a_relation_between_two_spans_exists_once(cast: Cast, claim: Span, fact: Span) -> None:
    put(cast, fact, claim)

    with nothing_changed():
        answer = put(cast, fact, claim)

    refused(answer, 409, "duplicate-link", "target")
    assert put(cast, fact, claim, "contradicts").status_code == 201


def test_a_claim_restates_one_that_restates_none(cast: Cast, claim: Span) -> None:
    second, third = (make_span(cast.annotator, cast.article, at) for at in (CRACKS, DANGER))
    make_link(cast.annotator, second, claim, "restates")

    with nothing_changed():
        refused(put(cast, third, second, "restates"), 409, "restates-chain", "target")
        refused(put(cast, second, third, "restates"), 409, "restates-chain", "target")
        refused(put(cast, claim, third, "restates"), 409, "restates-chain", "target")


def test_a_link_joins_spans_of_one_project(cast: Cast, claim: Span) -> None:
    project = make_project(cast.manager)
    project.memberships.create(user=cast.annotator, roles=["annotator"])
    foreign = make_span(cast.annotator, make_article(project), CRACKS, "fact")

    with nothing_changed():
        answer = put(cast, foreign, claim)

    refused(answer, 400, "cross-project", "target")


def test_a_span_of_somebody_elses_project_is_not_there(cast: Cast, claim: Span) -> None:
    other = make_cast()
    foreign = make_span(other.annotator, other.article)

    with nothing_changed():
        refused(put(cast, foreign, claim), 400, "invalid-input", "source")
        refused(put(cast, claim, foreign), 400, "invalid-input", "target")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": "x"}, "source"),
        ({"source": str(uuid4())}, "source"),
        ({"target": None}, "target"),
        ({"relation": "likes"}, "relation"),
        ({"relation": ["corroborates"]}, "relation"),
        ({"note": {}}, "note"),
        ({"weight": 1}, "weight"),
    ],
)
def test_a_bad_link_names_its_field(cast: Cast, claim: Span, fact: Span, wrong: dict[str, Any], field: str) -> None:
    body = {"source": str(fact.pk), "target": str(claim.pk), "relation": "corroborates", **wrong}

    with nothing_changed():
        answer = Api(cast.annotator).call("put", f"links/{uuid4()}/", body)

    refused(answer, 400, "invalid-input", field)


def test_no_link_is_added_to_a_claim_under_review(cast: Cast) -> None:
    claim, *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    other = make_span(cast.annotator, cast.article, DANGER, "fact")

    with nothing_changed():
        answer = put(cast, other, claim)

    refused(answer, 409, "under-review", "state")


def test_evidence_from_the_claims_own_source_says_so(cast: Cast, claim: Span, fact: Span) -> None:
    for at, target in ((MAYOR, claim), (DANGER, fact)):
        named = make_span(cast.annotator, cast.article, at, "attribution", fields={"source_name": "The Mayor"})
        make_link(cast.annotator, named, target, "attributes")

    assert put(cast, fact, claim).json()["same_source"] is True


def test_a_link_is_read_by_everybody_who_sees_work(cast: Cast, claim: Span, fact: Span) -> None:
    link = make_link(cast.annotator, fact, claim)

    for reader in (cast.annotator2, cast.reviewer, cast.manager):
        answer = Api(reader).call("get", f"links/{link.pk}/")
        assert (answer.status_code, answer["ETag"], set(answer.json())) == (200, '"1"', FIELDS)


def test_relation_and_note_may_change(cast: Cast, claim: Span, fact: Span) -> None:
    link = make_link(cast.annotator, fact, claim)

    answer = Api(cast.annotator).call(
        "patch", f"links/{link.pk}/", {"relation": "contradicts", "note": "On second thought"}, version=1
    )

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert (answer.json()["relation"], answer.json()["note"]) == ("contradicts", "On second thought")


def test_a_link_keeps_its_ends(cast: Cast, claim: Span, fact: Span) -> None:
    link, other = make_link(cast.annotator, fact, claim), make_span(cast.annotator, cast.article, DANGER, "fact")

    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"links/{link.pk}/", {"source": str(other.pk)}, version=1)

    refused(answer, 400, "invalid-input", "source")


def test_a_put_with_a_version_replaces_a_link(cast: Cast, claim: Span, fact: Span) -> None:
    link = make_link(cast.annotator, fact, claim)
    body = {"source": str(fact.pk), "target": str(claim.pk), "relation": "contradicts", "note": "n"}

    answer = Api(cast.annotator).call("put", f"links/{link.pk}/", body, version=1)

    assert (answer.status_code, answer.json()["relation"], answer.json()["version"]) == (200, "contradicts", 2)


def test_a_link_is_deleted(cast: Cast, claim: Span, fact: Span) -> None:
    link = make_link(cast.annotator, fact, claim)

    answer = Api(cast.annotator).call("delete", f"links/{link.pk}/", version=1)

    assert (answer.status_code, answer.content) == (204, b"")
    assert not Link.objects.exists()


def test_in_a_shared_project_annotators_work_on_one_anothers_claims(cast: Cast, claim: Span, fact: Span) -> None:
    link = make_link(cast.annotator, fact, claim)

    answer = Api(cast.annotator2).call("patch", f"links/{link.pk}/", {"note": "I agree."}, version=1)

    assert answer.status_code == 200


@pytest.mark.parametrize("name", ["reviewer", "manager", "viewer"])
def test_others_do_not_link(cast: Cast, claim: Span, fact: Span, name: str) -> None:
    body = {"source": str(fact.pk), "target": str(claim.pk), "relation": "corroborates"}

    with nothing_changed():
        answer = Api(cast.everybody[name]).call("put", f"links/{uuid4()}/", body)

    # A viewer does not see the ends, so to them they are not there.
    refused(answer, *((400, "invalid-input") if name == "viewer" else (403, "forbidden")))


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_links_of_other_projects_are_not_found(cast: Cast, claim: Span, fact: Span, method: str) -> None:
    link = make_link(cast.annotator, fact, claim)

    answer = Api(cast.outsider).call(method, f"links/{link.pk}/", {} if method == "patch" else None, version=1)

    refused(answer, 404, "not-found")
