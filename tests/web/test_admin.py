"""The operators' pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from annotations.models import Event, User
from tests.cast import Cast, make_supported
from tests.web.visit import signed_in

READ_ONLY = ["article", "assignment", "span", "link", "verdict", "review", "event", "token"]


@pytest.fixture
def operator(cast: Cast) -> Any:
    """Somebody who may use the admin."""
    return signed_in(User.objects.create_superuser("operator@example.org", name="Operator"))


@pytest.mark.parametrize("kind", [*READ_ONLY, "user", "project"])
def test_every_table_can_be_looked_at(operator: Any, cast: Cast, kind: str) -> None:
    make_supported(cast)
    assert operator.get(reverse(f"admin:annotations_{kind}_changelist")).status_code == 200


@pytest.mark.parametrize(("typed", "stored"), [("René", "Rene\u0301e"), ("Rene\u0301", "Renée"), ("RENÉE", "renée")])
@pytest.mark.parametrize("kind", ["user", "project", "article"])
def test_a_search_finds_letters_however_they_are_composed(
    operator: Any, cast: Cast, kind: str, typed: str, stored: str
) -> None:
    things = {"user": (cast.viewer, "name"), "project": (cast.project, "name"), "article": (cast.article, "title")}
    thing, column = things[kind]
    setattr(thing, column, stored)
    thing.save(update_fields=[column])
    address = reverse(f"admin:annotations_{kind}_changelist")

    found = operator.get(address, {"q": typed}).context["cl"].queryset

    assert list(found) == [thing]
    assert not operator.get(address, {"q": "Renata"}).context["cl"].queryset


@pytest.mark.parametrize("kind", READ_ONLY)
def test_what_has_its_own_rules_is_not_changed_here(operator: Any, kind: str) -> None:
    assert operator.get(reverse(f"admin:annotations_{kind}_add")).status_code == 403


def test_the_history_is_shown_and_never_changed(operator: Any, cast: Cast) -> None:
    event = Event.objects.filter(project=cast.project).first()
    assert event
    address = reverse("admin:annotations_event_change", args=[event.pk])
    assert operator.get(address).status_code == 200
    assert operator.post(address, {"what": "deleted"}).status_code == 403
    assert operator.post(reverse("admin:annotations_event_delete", args=[event.pk]), {"post": "yes"}).status_code == 403


def test_a_change_here_stands_in_the_history_under_the_operators_name(operator: Any, cast: Cast) -> None:
    address = reverse("admin:annotations_user_change", args=[cast.viewer.pk])
    operator.post(address, {"email": cast.viewer.email, "name": "Vera", "language": "en", "is_active": "on"})
    assert User.objects.get(pk=cast.viewer.pk).name == "Vera"
    latest = Event.objects.of(None, "user", cast.viewer.pk)[0]
    assert latest.by is not None
    assert latest.by.email == "operator@example.org"


def test_somebody_who_is_no_operator_gets_no_further_than_the_door(cast: Cast) -> None:
    response = signed_in(cast.manager).get(reverse("admin:index"))
    assert response.status_code in (302, 403)


def test_nothing_here_runs_code_from_the_page(operator: Any) -> None:
    assert admin.site.is_registered(User)
    assert "<script>" not in operator.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("kind", [*READ_ONLY, "user", "project"])
def test_a_filter_that_cannot_be_stored_is_refused(operator: Any, kind: str) -> None:
    operator.raise_request_exception = False
    address = reverse(f"admin:annotations_{kind}_changelist")

    for name in ("q", "state__exact", "kind", "what", "id__exact", "o", "p", "nope"):
        for values in ("%00", "a%00b", f"a&{name}=%00"):
            assert operator.get(f"{address}?{name}={values}").status_code == 400
