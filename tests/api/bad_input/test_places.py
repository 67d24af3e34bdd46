"""Ids and addresses of what is not there, or not there for the caller."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from annotations.models import Membership
from tests.api.bad_input.writes import Write, writes
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_cast

UUID = re.compile(r"[0-9a-f-]{36}")


@pytest.fixture
def every_write(cast: Cast) -> dict[str, Write]:
    """Every write on something that exists."""
    own = ("projects/", "me/", "me/inbox/read/")
    return {name: write for name, write in writes(cast).items() if write.path not in own}


def in_a_project(every_write: dict[str, Write]) -> list[Write]:
    """The writes that a membership is needed for. An invitation is for somebody who has none."""
    return [write for write in every_write.values() if not write.path.startswith("invitations/")]


def test_nothing_of_a_project_is_there_for_an_outsider(cast: Cast, every_write: dict[str, Write]) -> None:
    stranger = Api(cast.outsider)

    with nothing_changed():
        for write in in_a_project(every_write):
            answer = replace(write, api=stranger).send()
            if write.expects == 201 and "/assignment/" not in write.path and write.method == "put":
                refused(answer, 400, "invalid-input")
            else:
                refused(answer, 404, "not-found")


def test_nothing_of_a_project_is_there_for_the_members_of_another(cast: Cast, every_write: dict[str, Write]) -> None:
    stranger = Api(make_cast().manager)

    with nothing_changed():
        for write in in_a_project(every_write):
            answer = replace(write, api=stranger).send()
            assert answer.status_code in (400, 404), answer.content


def test_what_never_was_is_not_found(cast: Cast, every_write: dict[str, Write]) -> None:
    with nothing_changed():
        for write in in_a_project(every_write):
            path = UUID.sub(str(uuid4()), write.path).replace(cast.project.slug, "no-such-project")
            path = re.sub(r"(members|assignments|invitations)/\d+", rf"\g<1>/{10**30}", path)
            if write.method == "put" and write.version is None and "/assignment/" not in path:
                continue
            refused(replace(write, path=path).send(), 404, "not-found")


def test_ids_of_another_project_in_a_body_are_refused_by_name(cast: Cast, every_write: dict[str, Write]) -> None:
    foreign = writes(make_cast())

    with nothing_changed():
        for name, write in every_write.items():
            for field, kind in write.takes.items():
                if kind != "id" or write.version is not None:
                    continue
                body = {**write.body, field: foreign[name].body[field]}
                problem = refused(write.send(body), 400, "invalid-input")
                assert field in [error["field"] for error in problem["errors"]], (name, problem)


@pytest.mark.parametrize(
    "path",
    [
        "", "nothing/", "projects/%00/", "projects/a%2Fb/", "spans/x/", "spans/%F0%9F%91%A9/",
        "spans/0dcfb414-d592-4b27-9195-c32ed90520a4/nothing/",
        "members/x/", "members/-1/", "articles/1/", "../admin/", "verdicts//submit/",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_a_problem_too(cast: Cast, path: str) -> None:
    answer = Api(cast.manager).get(f"/api/v1/{path}")

    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/not-found"


def test_a_member_who_was_removed_finds_nothing_more(cast: Cast) -> None:
    api = Api(cast.viewer)
    Membership.objects.get(user=cast.viewer).delete()

    refused(api.call("get", f"articles/{cast.article.pk}/"), 404, "not-found")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*"])
def test_only_json_is_served(cast: Cast, accept: str) -> None:
    answer = Api(cast.viewer).call("get", "me/", headers={"Accept": accept})

    refused(answer, 406, "not-acceptable")


@pytest.mark.parametrize("method", ["delete", "put", "patch"])
def test_a_method_that_does_not_apply_says_which_do(cast: Cast, method: str) -> None:
    answer = Api(cast.manager).call(method, "projects/", {})

    refused(answer, 405, "method-not-allowed")
    assert {"GET", "POST"} <= set(answer["Allow"].split(", "))
