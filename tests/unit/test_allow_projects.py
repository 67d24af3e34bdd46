"""`manage.py allowprojects`: who may start projects."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from annotations.models import User
from tests.cast import Cast


def may_start(*people: User) -> list[bool]:
    return [User.objects.get(pk=one.pk).may_start_projects for one in people]


def test_the_command_lets_people_start_projects_and_takes_that_back(cast: Cast) -> None:
    call_command("allowprojects", cast.viewer.email.upper(), cast.outsider.email)
    assert may_start(cast.viewer, cast.outsider, cast.reviewer) == [True, True, False]

    call_command("allowprojects", cast.viewer.email, withdraw=True)
    assert may_start(cast.viewer, cast.outsider) == [False, True]


def test_an_unknown_address_changes_nothing(cast: Cast) -> None:
    with pytest.raises(CommandError, match="no account with the email address nobody@example"):
        call_command("allowprojects", cast.viewer.email, "nobody@example.org")

    assert may_start(cast.viewer) == [False]


def test_operators_may_start_projects(db: None) -> None:
    assert User.objects.create_superuser("chief@example.org").may_start_projects
