"""`projects/{slug}/members/` and `members/{id}/`"""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Membership, User
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_project


def place_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def add(cast: Cast, **body: Any) -> Any:
    return Api(cast.manager).call("post", f"projects/{cast.project.slug}/members/", body)


def test_everybody_sees_who_is_in_the_project(cast: Cast) -> None:
    page = Api(cast.viewer).call("get", f"projects/{cast.project.slug}/members/").json()

    assert {one["user"]["name"]: one["roles"] for one in page["results"]} == {
        "manager": ["manager"],
        "annotator": ["annotator"],
        "annotator2": ["annotator"],
        "reviewer": ["reviewer"],
        "viewer": ["viewer"],
    }


def test_only_managers_see_addresses(cast: Cast) -> None:
    address = f"members/{place_of(cast.annotator).pk}/"

    assert "email" not in Api(cast.reviewer).call("get", address).json()
    assert Api(cast.manager).call("get", address).json()["email"] == cast.annotator.email


def test_somebody_who_shares_a_project_with_the_manager_is_a_member_at_once(cast: Cast) -> None:
    elsewhere = make_project(cast.outsider)
    Membership.objects.create(project=elsewhere, user=cast.manager, roles=["viewer"])

    answer = add(cast, email=cast.outsider.email.upper(), roles=["viewer", "annotator", "viewer"])

    assert answer.status_code == 201
    assert answer.json()["user"] == {"id": cast.outsider.pk, "name": "outsider"}
    assert answer.json()["roles"] == ["annotator", "viewer"]
    assert Membership.objects.filter(user=cast.outsider, project=cast.project).exists()


def test_a_person_is_a_member_once(cast: Cast) -> None:
    with nothing_changed():
        answer = add(cast, email=cast.viewer.email, roles=["annotator"])

    refused(answer, 409, "duplicate-member", "email")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"email": "x@example.org"}, "roles"),
        ({"roles": ["viewer"]}, "email"),
        ({"email": "not an address", "roles": ["viewer"]}, "email"),
        ({"email": "x@example.org", "roles": []}, "roles"),
        ({"email": "x@example.org", "roles": ["editor"]}, "roles.0"),
        ({"email": "x@example.org", "roles": ["viewer"], "name": "X"}, "name"),
    ],
)
def test_a_bad_addition_names_its_field(cast: Cast, body: dict[str, Any], field: str) -> None:
    with nothing_changed():
        answer = add(cast, **body)

    refused(answer, 400, "invalid-input", field)


def test_a_manager_changes_roles(cast: Cast) -> None:
    member = place_of(cast.viewer)

    answer = Api(cast.manager).call("patch", f"members/{member.pk}/", {"roles": ["manager", "reviewer"]})

    assert answer.status_code == 200
    assert answer.json()["roles"] == ["reviewer", "manager"]
    member.refresh_from_db()
    assert member.roles == ["reviewer", "manager"]


def test_a_manager_removes_a_member(cast: Cast) -> None:
    answer = Api(cast.manager).call("delete", f"members/{place_of(cast.viewer).pk}/")

    assert (answer.status_code, answer.content) == (204, b"")
    assert not Membership.objects.filter(user=cast.viewer).exists()
    refused(Api(cast.viewer).call("get", f"projects/{cast.project.slug}/"), 404, "not-found")


@pytest.mark.parametrize(("method", "body"), [("delete", None), ("patch", {"roles": ["viewer"]})])
def test_the_last_manager_stays(cast: Cast, method: str, body: dict[str, Any] | None) -> None:
    with nothing_changed():
        answer = Api(cast.manager).call(method, f"members/{place_of(cast.manager).pk}/", body)

    refused(answer, 409, "last-manager", "roles")


def test_a_manager_may_go_where_another_stays(cast: Cast) -> None:
    Api(cast.manager).call("patch", f"members/{place_of(cast.viewer).pk}/", {"roles": ["manager"]})

    assert Api(cast.manager).call("delete", f"members/{place_of(cast.manager).pk}/").status_code == 204


@pytest.mark.parametrize("name", ["annotator", "reviewer", "viewer"])
def test_others_neither_add_change_nor_remove_members(cast: Cast, name: str) -> None:
    api, member = Api(cast.everybody[name]), place_of(cast.annotator2).pk

    with nothing_changed():
        refused(api.call("post", f"projects/{cast.project.slug}/members/", {}), 403, "forbidden")
        refused(api.call("patch", f"members/{member}/", {"roles": ["manager"]}), 403, "forbidden")
        refused(api.call("delete", f"members/{member}/"), 403, "forbidden")


def test_members_of_other_projects_are_not_found(cast: Cast) -> None:
    api, member = Api(cast.outsider), place_of(cast.manager).pk

    refused(api.call("get", f"members/{member}/"), 404, "not-found")
    refused(api.call("patch", f"members/{member}/", {"roles": ["viewer"]}), 404, "not-found")
    refused(api.call("delete", f"members/{member}/"), 404, "not-found")
    refused(api.call("get", f"members/{'9' * 40}/"), 404, "not-found")
