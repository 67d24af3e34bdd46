"""The OpenAPI description: without a warning, complete, and true."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from annotations.project_settings import starting_label_fields, starting_scale
from soak.__main__ import RULED
from tests.api.access.api_table import API, Asked, asked
from tests.api.access.routes import ROLES, callers
from tests.api.bad_input.writes import writes
from tests.api.description.schema import body_misfits, check_answer, described, misfits, operation
from tests.api.refusals import refused
from tests.cast import Api, Cast, make_supported

pytestmark = pytest.mark.django_db

CONTRACT = {
    "me/": "GET PATCH",
    "projects/": "GET POST",
    "projects/{slug}/": "GET PATCH",
    "projects/{slug}/invitations/": "GET",
    "invitations/accept/": "POST",
    "invitations/{invitation_id}/": "DELETE",
    "me/invitations/": "GET",
    "me/invitations/{invitation_id}/accept/": "POST",
    "me/invitations/{invitation_id}/decline/": "POST",
    "projects/{slug}/hand-over/": "POST",
    "projects/{slug}/members/": "GET POST",
    "members/{member_id}/": "GET PATCH DELETE",
    "projects/{slug}/articles/": "GET POST",
    "articles/{key}/": "GET PATCH",
    "articles/{key}/annotations/": "GET",
    "articles/{key}/events/": "GET",
    "articles/{key}/assignment/": "PUT",
    "articles/{key}/assignment/submit/": "POST",
    "articles/{key}/assignment/reopen/": "POST",
    "articles/{key}/assignments/": "GET",
    "assignments/{assignment_id}/reopen/": "POST",
    "spans/{key}/": "GET PUT PATCH DELETE",
    "links/{key}/": "GET PUT PATCH DELETE",
    "verdicts/{key}/": "GET PUT PATCH DELETE",
    "verdicts/{key}/submit/": "POST",
    "verdicts/{key}/withdraw/": "POST",
    "verdicts/{key}/approve/": "POST",
    "verdicts/{key}/return/": "POST",
    "verdicts/{key}/reopen/": "POST",
    "comments/{key}/": "GET PUT PATCH DELETE",
    "comments/{key}/history/": "GET",
    "comments/{key}/restore/": "POST",
    "articles/{key}/comments/": "GET",
    "me/inbox/": "GET",
    "me/inbox/read/": "POST",
    "projects/{slug}/imports/": "GET POST",
    "imports/{key}/": "GET DELETE",
    "imports/{key}/report/": "DELETE",
    "imports/{key}/refused.csv": "GET",
    "imports/{key}/notes.csv": "GET",
    "projects/{slug}/verdicts/": "GET",
    "projects/{slug}/claims/": "GET",
    "claims/{key}/": "GET",
    "claims/{key}/links/": "GET",
    "claims/{key}/reviews/": "GET",
    "projects/{slug}/search/": "GET",
    "spans/{key}/history/": "GET",
    "links/{key}/history/": "GET",
    "verdicts/{key}/history/": "GET",
    "spans/{key}/restore/": "POST",
    "links/{key}/restore/": "POST",
    "verdicts/{key}/restore/": "POST",
    "projects/{slug}/batch/": "POST",
    "projects/{slug}/export/": "GET",
    "projects/{slug}/changes/": "GET",
    "projects/{slug}/releases/": "GET POST",
    "releases/{key}/": "GET DELETE",
    "releases/{key}/files/{name}": "GET",
    "releases/{key}/compare/{other}/": "GET",
}
"""What programs are written against."""


def test_the_description_is_made_without_a_warning() -> None:
    said = StringIO()

    call_command("spectacular", "--validate", "--fail-on-warn", stdout=said, stderr=said)

    assert said.getvalue().startswith("openapi: 3.1")
    assert "Warning" not in said.getvalue()


def test_every_path_and_method_of_the_contract_is_described() -> None:
    methods = ("get", "post", "put", "patch", "delete")
    found = {
        path.removeprefix("/api/v1/"): " ".join(method.upper() for method in methods if method in operations)
        for path, operations in described()["paths"].items()
    }

    assert found == CONTRACT


def test_every_operation_has_a_name_words_and_a_problem_for_every_refusal() -> None:
    operations = [one for path in described()["paths"].values() for one in path.values()]

    assert len({one["operationId"] for one in operations}) == len(operations)
    for one in operations:
        assert one.get("summary") or one.get("description"), one["operationId"]
        for status, response in one["responses"].items():
            assert status.startswith("2") or status == "304" or set(response["content"]) == {"application/problem+json"}


def test_changes_of_versioned_things_are_described_with_if_match() -> None:
    for kind in ("spans", "links", "verdicts", "comments"):
        for method in ("PUT", "PATCH", "DELETE"):
            one = operation(method, f"/api/v1/{kind}/x/")
            assert "If-Match" in [parameter["name"] for parameter in one["parameters"]]
            assert {"409", "412", "428"} <= set(one["responses"])


def test_answers_to_every_role_are_as_described(cast: Cast) -> None:
    how, clients = asked(cast), callers(cast, with_tokens=True)
    worked = set()
    for name, row in API.items():
        if name in ("api:schema", "api:docs"):
            continue
        ask = how.get(name, Asked())
        for method in row:
            for role in ROLES:
                makes = method == "PUT" and ask.new
                address = reverse(name, kwargs=ask.new if makes else ask.kwargs) + ask.query
                options: dict[str, Any] = {"headers": {} if makes else {"If-Match": f'"{ask.version}"'}}
                if method in ask.bodies:
                    options |= {"data": json.dumps(ask.bodies[method]), "content_type": "application/json"}
                with transaction.atomic():
                    answer = clients[role].generic(method, address, **options)
                    transaction.set_rollback(True)
                check_answer(method, address, answer)
                if answer.status_code < 300:
                    worked.add(operation(method, address)["operationId"])

    assert worked == {one["operationId"] for path in described()["paths"].values() for one in path.values()}


def test_refusals_are_as_described(cast: Cast) -> None:
    for write in writes(cast).values():
        address = f"/api/v1/{write.path}"
        for body in (b"{", b'{"nope": 1}', b"[]", json.dumps(dict.fromkeys(write.takes, 5)).encode()):
            check_answer(write.method, address, write.send(body))
        check_answer(write.method, address, write.send(b"{}", content_type="text/plain"))
        check_answer(write.method, address, write.send({**write.body}, headers={"Accept": "text/html"}))


def test_conflicts_are_as_described(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    api, manager = Api(cast.annotator), Api(cast.manager)
    project = f"/api/v1/projects/{cast.project.slug}"
    for path in (f"spans/{claim.pk}", f"links/{link.pk}", f"verdicts/{verdict.pk}"):
        for version in (None, 7):
            for method in ("PATCH", "DELETE"):
                answer = api.call(method, f"{path}/", {} if method == "PATCH" else None, version=version)
                assert answer.status_code in (428, 412)
                check_answer(method, f"/api/v1/{path}/", answer)
    for address, body in (
        (f"{project}/articles/", {"title": "T", "body": cast.article.body}),
        (f"{project}/members/", {"email": cast.viewer.email, "roles": ["viewer"]}),
        ("/api/v1/projects/", {"slug": cast.project.slug, "name": "N"}),
    ):
        answer = manager.call("POST", address, body)
        assert answer.status_code == 409
        check_answer("POST", address, answer)


def test_bodies_that_work_fit_the_description(cast: Cast) -> None:
    for name, write in writes(cast).items():
        assert not body_misfits(write.method, f"/api/v1/{write.path}", write.body), name


def test_the_fields_of_bodies_are_those_described(cast: Cast) -> None:
    schemas = described()["components"]["schemas"]
    for name, write in writes(cast).items():
        if not write.takes:
            continue
        content = operation(write.method, f"/api/v1/{write.path}")["requestBody"]["content"]
        schema = schemas[content["application/json"]["schema"]["$ref"].rpartition("/")[2]]
        assert set(schema["properties"]) == set(write.takes), name


def test_bodies_have_no_fields_but_those_described() -> None:
    bodies = {name: one for name, one in described()["components"]["schemas"].items() if name.endswith("Request")}

    assert len(bodies) > 20
    assert not [name for name, one in bodies.items() if one.get("additionalProperties") is not False]


def test_lists_and_objects_are_described_as_long_as_they_may_be() -> None:
    schemas = described()["components"]["schemas"]
    operations, formats, people = (
        schemas[f"{body}Request"]["properties"][name]
        for body, name in (("BatchBody", "operations"), ("ReleaseBody", "formats"), ("OptionsBody", "people"))
    )

    assert (operations["minItems"], operations["maxItems"]) == (1, 500)
    assert (formats["minItems"], formats["maxItems"]) == (1, 30)
    assert people["maxProperties"] == 10_000


def test_what_a_project_starts_with_fits_the_description() -> None:
    body = {"slug": "a", "name": "A", "scale": starting_scale(), "label_fields": starting_label_fields()}
    wrong: tuple[Any, ...] = ({"scale": []}, {"scale": [{"key": "A", "name": "A"}]}, {"label_fields": {"nope": []}})

    assert not body_misfits("POST", "/api/v1/projects/", body)
    for one in wrong:
        assert body_misfits("POST", "/api/v1/projects/", {**body, **one})


@pytest.mark.parametrize(
    ("path", "name", "taken", "wrong"),
    [
        ("projects/x/articles/", "limit", [1, 500], [0, 501, "x"]),
        ("projects/x/articles/", "state", ["", "new", "archived"], ["begun"]),
        ("projects/x/articles/", "published_after", ["", "2026-01-31"], ["2026", "today"]),
        ("projects/x/verdicts/", "author", ["", "me", "17"], ["you", "-1"]),
        ("projects/x/claims/", "article", ["", "0192b3a4-0000-7000-8000-000000000001"], ["x"]),
        ("projects/x/export/", "format", ["jsonl", "brat"], ["", "pdf"]),
        ("projects/x/search/", "q", ["bridge"], ["", "a" * 5001]),
        ("articles/x/annotations/", "from", [0, 2_000_000], [-1, 2_000_001]),
    ],
)
def test_parameters_are_described_by_what_they_take(path: str, name: str, taken: list[Any], wrong: list[Any]) -> None:
    [schema] = [one["schema"] for one in operation("GET", f"/api/v1/{path}")["parameters"] if one["name"] == name]

    assert not [value for value in taken if misfits(schema, value)]
    assert not [value for value in wrong if not misfits(schema, value)]


def test_the_exceptions_of_the_soak_are_operations() -> None:
    assert set(RULED) <= {one["operationId"] for path in described()["paths"].values() for one in path.values()}


def test_the_check_itself_finds_what_does_not_fit() -> None:
    link = {"$ref": "#/components/schemas/PersonAnswer"}

    assert not misfits(link, {"id": 1, "name": "A"})
    assert misfits(link, {"id": 1})
    assert misfits(link, {"id": "1", "name": "A"})
    assert misfits(link, {"id": 1, "name": "A", "email": "a@example.org"})


def test_the_page_about_it_needs_no_other_server() -> None:
    page = Client().get("/api/docs/").content.decode()
    script = Client().get("/api/docs/?script=").content.decode()

    assert "swagger-ui-bundle.js" in page
    assert "//" not in page.replace("<!--", "").replace("://testserver", "")
    assert "http" not in script.replace('"http"', "").replace("'http'", "")
    for address in [part.partition('"')[0] for part in page.split('src="')[1:]]:
        assert address.startswith("/api/docs/") or finders.find(address.removeprefix(settings.STATIC_URL))


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_the_description_is_served_in_json_and_yaml(form: str) -> None:
    answer = Client().get("/api/v1/schema/", {"format": form})

    assert answer.status_code == 200
    assert yaml.safe_load(answer.content)["openapi"].startswith("3.1")


def test_the_api_root_is_no_resource(cast: Cast) -> None:
    refused(Api(cast.manager).call("get", "/api/v1/"), 404, "not-found")
