"""What tokens reach that do not read, or are for one project, by every route that there is."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from annotations.models import Token
from tests.api.access.api_table import API, Asked, asked
from tests.api.bad_input.writes import writes
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_cast, make_span, make_supported, make_verdict

PUBLIC = ("api:schema", "api:docs")
OF_A_PERSON = (
    "api:me", "api:projects", "api:inbox", "api:inbox-read", "api:invitation-accept", "api:own-invitations",
    "api:own-invitation-accept", "api:own-invitation-decline",
)  # fmt: skip
"""Routes that name no project."""


def write_only(cast: Cast, name: str = "annotator") -> Api:
    return Api(cast.everybody[name], ("write",))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_token_that_does_not_read_is_refused_by_every_route(cast: Cast, method: str) -> None:
    how, api = asked(cast), write_only(cast, "manager")

    for name in set(API) - set(PUBLIC):
        ask = how.get(name, Asked())
        answer = api.generic(method, reverse(name, kwargs=ask.kwargs) + ask.query)
        assert answer.status_code == 403, name
        assert method == "HEAD" or answer.json()["detail"] == "This token doesn't have the scope read."


def test_every_write_without_reading_tells_only_what_it_is_about(cast: Cast) -> None:
    every_write = writes(cast)
    Token.objects.update(scopes=["write"])

    for name, write in every_write.items():
        answer = write.send()
        assert answer.status_code == write.expects, (name, answer.content)
        if name != "batch":
            assert set(answer.json()) <= {"id", "slug", "version"}, name


def operations(cast: Cast, api: Api, *wanted: dict[str, Any]) -> list[dict[str, Any]]:
    answer = api.call("post", f"projects/{cast.project.slug}/batch/", {"operations": list(wanted)})
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def test_a_batch_reads_nothing_for_a_token_that_does_not(cast: Cast) -> None:
    span, link, verdict = (thing.pk for thing in make_supported(cast)[1:])

    for path in (f"spans/{span}/", f"/api/v1/links/{link}/", f"verdicts/{verdict}/", f"spans/{uuid4()}/"):
        [result] = operations(cast, write_only(cast), {"method": "GET", "path": path})
        assert (result["status"], result["body"]["type"]) == (403, "/problems/forbidden")
        assert result["body"]["detail"] == "This token doesn't have the scope read."


def test_a_batch_without_reading_tells_ids_and_versions(cast: Cast) -> None:
    span, new = make_span(cast.annotator, cast.article, note="secret"), [uuid4() for _ in range(3)]
    marks = [{"article": str(cast.article.pk), "label": "fact", "start": at, "end": at + 2} for at in range(3)]

    results = operations(
        cast,
        write_only(cast),
        *({"method": "PUT", "path": f"spans/{key}/", "body": body} for key, body in zip(new, marks, strict=True)),
        {"method": "PATCH", "path": f"spans/{span.pk}/", "body": {"fields": {}}, "if_match": 1},
        {"method": "DELETE", "path": f"spans/{new[0]}/", "if_match": 1},
        {"method": "PATCH", "path": f"spans/{span.pk}/", "body": {"fields": {}}, "if_match": 1},
    )

    assert [one["status"] for one in results] == [201, 201, 201, 200, 204, 412]
    assert [one["body"] for one in results[:3]] == [{"id": str(key), "version": 1} for key in new]
    assert results[3]["body"] == results[5]["body"]["current"] == {"id": str(span.pk), "version": 2}
    assert results[4]["body"] is None


def test_a_stale_write_without_reading_tells_the_version_alone(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    api = write_only(cast)

    for path, thing in (("spans", claim), ("links", link), ("verdicts", verdict)):
        problem = refused(api.call("patch", f"{path}/{thing.pk}/", {}, version=7), 412, "stale-version")
        assert problem["current"] == {"id": str(thing.pk), "version": 1}
    problem = refused(api.call("post", f"verdicts/{verdict.pk}/submit/", version=7), 412, "stale-version")
    assert problem["current"] == {"id": str(verdict.pk), "version": 1}


def test_a_text_that_is_there_is_named_by_its_id_to_a_token_that_does_not_read(cast: Cast) -> None:
    body = {"title": "Other", "body": cast.article.body}

    answer = write_only(cast, "manager").call("post", f"projects/{cast.project.slug}/articles/", body)

    assert refused(answer, 409, "duplicate-article")["current"] == {"id": str(cast.article.pk)}


def test_a_broken_rule_tells_no_state_without_reading(cast: Cast) -> None:
    verdict = make_verdict(cast.annotator, make_span(cast.annotator, cast.article))

    answer = write_only(cast).call("post", f"verdicts/{verdict.pk}/withdraw/", version=1)

    assert refused(answer, 409, "verdict-state")["detail"] == "You can't do this in the verdict's current state."
    answer = Api(cast.annotator).call("post", f"verdicts/{verdict.pk}/withdraw/", version=1)
    assert refused(answer, 409, "verdict-state")["detail"].endswith("is: Draft.")


def test_a_token_for_one_project_reaches_no_other_by_any_route(cast: Cast) -> None:
    how, theirs = asked(cast), make_cast().project
    for user in cast.everybody.values():
        theirs.memberships.create(user=user, roles=["manager", "annotator"])
    api = Api(cast.annotator, project=theirs)

    with nothing_changed():
        for name in set(API) - {*PUBLIC, *OF_A_PERSON}:
            ask = how.get(name, Asked())
            for method in API[name]:
                makes = method == "PUT" and ask.new
                answer = api.generic(
                    method,
                    reverse(name, kwargs=ask.new if makes else ask.kwargs) + ask.query,
                    json.dumps(ask.bodies.get(method, {})),
                    "application/json",
                    headers={} if makes else {"If-Match": f'"{ask.version}"'},
                )
                assert answer.status_code == (400 if makes else 404), (name, method, answer.content)


def test_what_names_no_project_tells_a_token_of_its_own_alone(cast: Cast) -> None:
    theirs = make_cast().project
    theirs.memberships.create(user=cast.annotator, roles=["annotator"])
    api = Api(cast.annotator, project=theirs)

    told = "".join(api.call("get", path).content.decode() for path in ("me/", "projects/", "me/inbox/"))

    assert theirs.slug in told
    assert cast.project.slug not in told
