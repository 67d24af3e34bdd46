"""The pages' session: it works with the CSRF token only."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.test import Client

from tests.api.refusals import nothing_changed, refused
from tests.cast import Cast


def browser(cast: Cast) -> Client:
    """A browser in which the annotator signed in and opened a page."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.annotator)
    client.get(f"/articles/{cast.article.pk}/")
    return client


def take_up(client: Client, cast: Cast, **headers: str) -> Any:
    return client.put(
        f"/api/v1/articles/{cast.article.pk}/assignment/", data="{}", content_type="application/json", headers=headers
    )


def test_a_session_reads(cast: Cast) -> None:
    assert browser(cast).get("/api/v1/me/").json()["id"] == cast.annotator.pk


def test_a_session_without_the_csrf_token_writes_nothing(cast: Cast) -> None:
    client = browser(cast)

    with nothing_changed():
        refused(take_up(client, cast), 403, "forbidden")
        refused(take_up(client, cast, **{"X-CSRFToken": "x" * 32}), 403, "forbidden")


def test_a_session_with_the_csrf_token_writes(cast: Cast) -> None:
    client = browser(cast)

    answer = take_up(client, cast, **{"X-CSRFToken": client.cookies[settings.CSRF_COOKIE_NAME].value})

    assert answer.status_code == 201


def test_a_page_of_somebody_who_signed_in_before_writes_nothing(cast: Cast) -> None:
    client = browser(cast)
    token = client.cookies[settings.CSRF_COOKIE_NAME].value

    with nothing_changed():
        answer = take_up(client, cast, **{"X-CSRFToken": token, "Factcheck-User": str(cast.manager.pk)})

    refused(answer, 401, "unauthenticated")
    own = take_up(client, cast, **{"X-CSRFToken": token, "Factcheck-User": str(cast.annotator.pk)})
    assert own.status_code == 201


def test_a_form_of_another_site_writes_nothing(cast: Cast) -> None:
    client = browser(cast)

    with nothing_changed():
        answer = client.post(
            "/api/v1/projects/", data=json.dumps({"slug": "x", "name": "x"}), content_type="text/plain"
        )

    # The token is looked for in the form, which is not of a type that the API reads.
    refused(answer, 415, "unsupported-media-type")


def test_a_token_needs_no_csrf_token(cast: Cast) -> None:
    from annotations.models import Token

    _, secret = Token.objects.create(cast.annotator, scopes=["read", "write"])

    answer = take_up(Client(enforce_csrf_checks=True), cast, Authorization=f"Bearer {secret}")

    assert answer.status_code == 201


def test_the_session_of_somebody_who_left_is_over(cast: Cast) -> None:
    client = browser(cast)
    cast.annotator.is_active = False
    cast.annotator.save()

    refused(client.get("/api/v1/me/"), 401, "unauthenticated")


def test_after_signing_out_the_session_is_over(cast: Cast) -> None:
    client = browser(cast)
    client.logout()

    refused(client.get("/api/v1/me/"), 401, "unauthenticated")
