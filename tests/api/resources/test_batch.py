"""`projects/{slug}/batch/`"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from annotations.models import Event, Link, Span, Verdict
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, SAFE, Api, Cast, make_article, make_project, make_span, make_supported


def put_span(cast: Cast, at: tuple[int, int] = SAFE, label: str = "claim", key: UUID | None = None) -> dict[str, Any]:
    body = {"article": str(cast.article.pk), "label": label, "start": at[0], "end": at[1]}
    return {"method": "PUT", "path": f"spans/{key or uuid4()}/", "body": body}


def post(cast: Cast, *operations: dict[str, Any], user: str = "annotator", **more: Any) -> Any:
    body = {"operations": list(operations), **more}
    return Api(cast.everybody[user]).call("post", f"projects/{cast.project.slug}/batch/", body)


def results(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.content
    assert set(answer.json()) == {"results"}
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def statuses(answer: Any) -> list[int]:
    return [one["status"] for one in results(answer)]


def test_operations_are_carried_out_in_order(cast: Cast) -> None:
    claim, fact, link, verdict = (uuid4() for _ in range(4))

    answer = post(
        cast,
        put_span(cast, SAFE, "claim", claim),
        put_span(cast, CRACKS, "fact", fact),
        {
            "method": "PUT",
            "path": f"/api/v1/links/{link}/",
            "body": {"source": str(fact), "target": str(claim), "relation": "contradicts"},
        },
        {"method": "PUT", "path": f"verdicts/{verdict}/", "body": {"claim": str(claim), "rating": "refuted"}},
        {"method": "POST", "path": f"verdicts/{verdict}/submit/", "if_match": '"1"'},
    )

    assert statuses(answer) == [201, 201, 201, 201, 200]
    assert (Span.objects.count(), Link.objects.get().pk) == (2, link)
    assert Verdict.objects.get().state == "submitted"


def test_each_result_has_the_body_that_the_request_alone_would_have_had(cast: Cast) -> None:
    operation = put_span(cast)

    [made] = results(post(cast, operation))

    alone = Api(cast.annotator).call("put", operation["path"], operation["body"]).json()
    assert made == {"status": 201, "body": alone}


def test_a_failure_leaves_the_others_done(cast: Cast) -> None:
    bad = put_span(cast, (0, 10_000))

    first, second, third = results(post(cast, put_span(cast), bad, put_span(cast, CRACKS)))

    assert (first["status"], second["status"], third["status"]) == (201, 400, 201)
    assert second["body"]["type"] == "/problems/fragments"
    assert Span.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_atomic_batch_is_undone_at_its_first_failure(cast: Cast) -> None:
    with nothing_changed():
        answer = post(cast, put_span(cast), put_span(cast, (0, 10_000)), put_span(cast, CRACKS), atomic=True)

    first, second, third = results(answer)
    assert (first["status"], second["status"], third["status"]) == (409, 400, 409)
    assert first["body"]["type"] == third["body"]["type"] == "/problems/undone"
    assert second["body"]["type"] == "/problems/fragments"


def test_an_atomic_batch_without_a_failure_is_done(cast: Cast) -> None:
    assert statuses(post(cast, put_span(cast), put_span(cast, CRACKS), atomic=True)) == [201, 201]


@pytest.mark.parametrize("version", ['"1"', "1", 1, 'W/"1"', '"0", "1"'])
def test_versions_stand_in_if_match(cast: Cast, version: object) -> None:
    span = make_span(cast.annotator, cast.article)
    change = {"method": "PATCH", "path": f"spans/{span.pk}/", "body": {"note": "n"}, "if_match": version}
    without = {name: value for name, value in change.items() if name != "if_match"}

    assert statuses(post(cast, without, change, change)) == [428, 200, 412]


def test_a_deletion_has_no_body(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)
    path = f"spans/{span.pk}/"

    found = results(post(cast, {"method": "DELETE", "path": path, "if_match": '"1"'}, {"method": "GET", "path": path}))

    assert found[0] == {"status": 204, "body": None}
    assert found[1]["status"] == 404


def test_steps_and_restorations_are_operations_too(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)
    path = f"spans/{span.pk}/"

    answer = post(
        cast,
        {"method": "DELETE", "path": path, "if_match": '"1"'},
        {"method": "POST", "path": f"{path}restore/", "body": {}},
        {"method": "GET", "path": path, "body": None},
    )

    assert statuses(answer) == [204, 200, 200]


def test_a_stale_operation_tells_the_current_state(cast: Cast) -> None:
    *_, verdict = make_supported(cast)

    [result] = results(post(cast, {"method": "POST", "path": f"verdicts/{verdict.pk}/submit/", "if_match": '"7"'}))

    assert (result["status"], result["body"]["current"]["version"]) == (412, 1)


def test_a_batch_keeps_to_its_project(cast: Cast) -> None:
    project = make_project(cast.manager)
    project.memberships.create(user=cast.annotator, roles=["annotator"])
    elsewhere = make_article(project)
    span = make_span(cast.annotator, elsewhere)
    body = {"article": str(elsewhere.pk), "label": "fact", "start": 0, "end": 3}

    answer = post(
        cast,
        {"method": "GET", "path": f"spans/{span.pk}/"},
        {"method": "PUT", "path": f"spans/{uuid4()}/", "body": body},
    )

    assert statuses(answer) == [404, 400]


@pytest.mark.parametrize(
    ("operation", "field"),
    [
        ({"method": "GET", "path": "me/"}, "path"),
        ({"method": "GET", "path": "projects/x/"}, "path"),
        ({"method": "GET", "path": "spans/"}, "path"),
        ({"method": "GET", "path": "spans/not-an-id/"}, "path"),
        ({"method": "GET", "path": "http://[/spans/"}, "path"),
        ({"method": "GET", "path": f"spans/{UUID(int=1)}/../../me/"}, "path"),
        ({"method": "GET", "path": f"spans/{UUID(int=1)}/history/"}, "method"),
        ({"method": "POST", "path": f"spans/{UUID(int=1)}/"}, "method"),
        ({"method": "PATCH", "path": f"spans/{UUID(int=1)}/", "body": [], "if_match": 1}, ""),
        ({"method": "PATCH", "path": f"spans/{UUID(int=1)}/", "body": {}, "if_match": "one"}, "If-Match"),
    ],
)
def test_what_is_no_operation_fails_by_itself(cast: Cast, operation: dict[str, Any], field: str) -> None:
    first, second = results(post(cast, operation, put_span(cast)))

    assert (first["status"], second["status"]) == (400, 201)
    assert [error["field"] for error in first["body"]["errors"]] == [field]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "operations"),
        ({"operations": []}, "operations"),
        ({"operations": {}}, "operations"),
        ({"operations": [{"method": "PUT", "path": "x"}] * 501}, "operations"),
        ({"operations": ["x"]}, "operations.0"),
        ({"operations": [{"path": "spans/"}]}, "operations.0.method"),
        ({"operations": [{"method": "BREW", "path": "spans/"}]}, "operations.0.method"),
        ({"operations": [{"method": "GET", "path": 5}]}, "operations.0.path"),
        ({"operations": [{"method": "GET", "path": "spans/", "if_match": []}]}, "operations.0.if_match"),
        ({"operations": [{"method": "GET", "path": "spans/", "headers": {}}]}, "operations.0.headers"),
        ({"operations": [{"method": "GET", "path": "spans/"}], "atomic": "yes"}, "atomic"),
    ],
)
def test_what_is_no_batch_is_bad_input(cast: Cast, body: dict[str, Any], field: str) -> None:
    with nothing_changed():
        answer = Api(cast.annotator).call("post", f"projects/{cast.project.slug}/batch/", body)

    refused(answer, 400, "invalid-input", field)


def test_a_batch_takes_500_operations(cast: Cast) -> None:
    article = make_article(cast.project, "x" * 600)
    body = {"article": str(article.pk), "label": "fact"}
    operations = [
        {"method": "PUT", "path": f"spans/{uuid4()}/", "body": {**body, "start": at, "end": at + 1}}
        for at in range(500)
    ]

    assert statuses(post(cast, *operations)) == [201] * 500
    assert Event.objects.filter(kind="span", by=cast.annotator).count() == 500


@pytest.mark.parametrize("user", ["viewer", "reviewer"])
def test_a_batch_gives_no_rights(cast: Cast, user: str) -> None:
    with nothing_changed():
        answer = post(cast, put_span(cast), user=user)

    assert statuses(answer) == [403]


def test_a_batch_in_another_project_is_not_found(cast: Cast) -> None:
    refused(post(cast, put_span(cast), user="outsider"), 404, "not-found")
