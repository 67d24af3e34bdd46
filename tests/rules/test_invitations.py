"""Invitations in the database: their limits, and that they are answered once. And names that are one line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from annotations.models import Invitation, Membership, Project
from annotations.models.people.invitation import A_DAY_BY_PERSON, A_DAY_IN_PROJECT, MOST_OPEN
from annotations.rules import (
    INVITATION_CLOSED,
    INVITATION_FIXED,
    INVITATIONS_A_DAY,
    INVITATIONS_OPEN,
    NAME_CHARACTERS,
)
from tests.cast import Cast, make_cast, make_project
from tests.invited import invited
from tests.rules.attack import broken, meanwhile, sql

MANY = """
INSERT INTO annotations_invitation (project_id, email, roles, invited_by_id, state, created_at, expires_at)
SELECT %s, number || '@example.org', '{viewer}', %s, %s, now() - %s::interval, now() + interval '9 days'
FROM generate_series(1, %s) number"""


def many(cast: Cast, number: int, *, state: str = "withdrawn", ago: str = "1 hour", project: Any = None) -> None:
    """So many invitations by the manager, in one statement."""
    sql(MANY, (project or cast.project).pk, cast.manager.pk, state, ago, number)


def test_a_project_sends_so_many_invitations_a_day(cast: Cast) -> None:
    many(cast, A_DAY_IN_PROJECT - 1)
    many(cast, 30, ago="25 hours")
    invited(cast)

    with broken(INVITATIONS_A_DAY):
        many(cast, 1)


def test_a_person_sends_so_many_invitations_a_day_from_all_projects(cast: Cast) -> None:
    for _ in range(A_DAY_BY_PERSON // 50):
        many(cast, 50, project=make_project(cast.manager))

    with broken(INVITATIONS_A_DAY):
        many(cast, 1)


def test_a_project_has_so_many_open_invitations(cast: Cast) -> None:
    many(cast, MOST_OPEN, state="open", ago="3 days")

    with broken(INVITATIONS_OPEN):
        invited(cast)


@pytest.mark.parametrize("change", ["email = 'other@example.org'", "roles = '{manager}'", "expires_at = now()"])
def test_an_invitation_keeps_what_it_says(cast: Cast, change: str) -> None:
    one = invited(cast)

    with broken(INVITATION_FIXED):
        sql(f"UPDATE annotations_invitation SET {change} WHERE id = %s", one.pk)


def test_an_answered_or_expired_invitation_is_not_accepted(cast: Cast) -> None:
    late = Invitation.objects.create(
        project=cast.project, email="a@example.org", roles=["viewer"], invited_by=cast.manager,
        expires_at=cast.project.created_at - timedelta(1),
    )  # fmt: skip
    one = invited(cast)
    one.decline(by=None)

    for key in (one.pk, late.pk):
        with broken(INVITATION_CLOSED):
            sql("UPDATE annotations_invitation SET state = 'accepted' WHERE id = %s", key)


@pytest.mark.django_db(transaction=True)
def test_one_invitation_that_is_accepted_twice_at_once_makes_one_member() -> None:
    cast = make_cast()
    one = invited(cast, cast.outsider.email)

    refusal = meanwhile(
        lambda: Invitation.objects.get(pk=one.pk).accept(by=cast.outsider),
        lambda: Invitation.objects.get(pk=one.pk).accept(by=cast.outsider),
    )

    assert refusal is INVITATION_CLOSED
    assert Membership.objects.filter(user=cast.outsider).count() == 1


@pytest.mark.parametrize("sign", ["\n", "\r", "\x1b", "\x85", "\u2028", "\u202e", "\u2066"])
def test_names_are_one_line(cast: Cast, sign: str) -> None:
    with broken(NAME_CHARACTERS):
        sql("UPDATE annotations_user SET name = %s WHERE id = %s", f"A{sign}B", cast.viewer.pk)
    with broken(NAME_CHARACTERS):
        sql("UPDATE annotations_project SET name = %s WHERE id = %s", f"A{sign}B", cast.project.pk)


@pytest.mark.parametrize("name", ["Ada Keller", "شمس\u200fالدين", "Žižek\u200d", "日本", "O’Neill"])
def test_letters_of_every_script_are_no_control_characters(cast: Cast, name: str) -> None:
    with transaction.atomic():
        Project.objects.filter(pk=cast.project.pk).update(name=name)
