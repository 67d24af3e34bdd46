"""Who gets to see which page."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, make_supported
from tests.web.visit import signed_in, words

FOR_MEMBERS = ["dashboard", "articles", "claims", "map", "guidelines"]
FOR_REVIEWERS = ["review"]
FOR_MANAGERS = [
    "import",
    "guidelines-edit",
    "members",
    "settings",
    "settings-fields",
    "settings-scale",
    "settings-archive",
]


@pytest.mark.parametrize("name", [*FOR_MEMBERS, *FOR_REVIEWERS, *FOR_MANAGERS])
def test_a_page_of_a_project_does_not_exist_for_an_outsider(cast: Cast, name: str) -> None:
    address = reverse(name, args=[cast.project.slug])
    client = signed_in(cast.outsider)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("name", [*FOR_MEMBERS, *FOR_REVIEWERS, *FOR_MANAGERS])
def test_a_page_sends_a_stranger_to_sign_in(cast: Cast, name: str) -> None:
    response = Client().get(reverse(name, args=[cast.project.slug]))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["viewer", "annotator", "reviewer", "manager"])
def test_each_role_opens_the_pages_that_are_for_it_and_no_other(cast: Cast, role: str) -> None:
    client = signed_in(cast.everybody[role])
    allowed = {*FOR_MEMBERS}
    allowed |= {*FOR_REVIEWERS} if role in ("reviewer", "manager") else set()
    allowed |= {*FOR_MANAGERS} if role == "manager" else set()
    for name in [*FOR_MEMBERS, *FOR_REVIEWERS, *FOR_MANAGERS]:
        expected = 200 if name in allowed else 403
        assert client.get(reverse(name, args=[cast.project.slug])).status_code == expected, name


def test_an_articles_details_are_for_managers_of_its_project(cast: Cast) -> None:
    address = reverse("article-details", args=[cast.article.pk])
    codes = {role: signed_in(user).get(address).status_code for role, user in cast.everybody.items()}
    assert codes == {
        "manager": 200,
        "annotator": 403,
        "annotator2": 403,
        "reviewer": 403,
        "viewer": 403,
        "outsider": 404,
    }


def test_a_draft_verdict_is_no_page_for_a_viewer(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    address = reverse("verdict", args=[verdict.pk])
    assert signed_in(cast.viewer).get(address).status_code == 404
    assert signed_in(cast.annotator).get(address).status_code == 200


def test_a_method_that_a_page_does_not_answer_is_405(cast: Cast) -> None:
    client = signed_in(cast.manager)
    assert client.delete(reverse("dashboard", args=[cast.project.slug])).status_code == 405
    assert client.get(reverse("new-token")).status_code == 405


def test_a_missing_page_says_so_in_words_and_keeps_the_way_back(cast: Cast) -> None:
    response = signed_in(cast.annotator).get("/nowhere/")
    assert response.status_code == 404
    assert "Page not found" in words(response)
    assert f'href="{reverse("work")}"' in response.content.decode()


def test_the_navigation_offers_only_what_the_role_may_open(cast: Cast) -> None:
    def sections(user: Any) -> str:
        return words(signed_in(user).get(reverse("dashboard", args=[cast.project.slug])))

    assert "Members" in sections(cast.manager)
    assert "Members Settings" not in sections(cast.reviewer)
    assert "Claims Evidence map" in sections(cast.viewer)


def test_pages_carry_a_policy_that_forbids_inline_code(cast: Cast) -> None:
    response = signed_in(cast.manager).get(reverse("settings-scale", args=[cast.project.slug]))
    body = response.content.decode()
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    assert " style=" not in body
    assert " onclick=" not in body


@pytest.mark.parametrize("code", [500, 503])
def test_a_failure_page_is_drawn_without_request_and_database(code: int) -> None:
    page = get_template(f"{code}.html").render()
    assert "Go to my work" in page
    assert "annotations/css/tokens.css" in page


def test_a_form_that_is_refused_is_answered_in_words(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.annotator)
    response = client.post(reverse("account"), {"name": "Ada", "language": "en"})
    assert response.status_code == 403
    assert "Your browser sent no cookie" in words(response)
