"""Invitations on the pages: members, the link in the mail, my work."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from annotations.models import Invitation, Membership, User
from annotations.operations.invitations import token_of
from tests.cast import Cast, make_project
from tests.invited import expired, invited, link_in, mailed
from tests.web.visit import signed_in, words

PASSWORD = "a bridge too far away"
JOIN = {"do": "join", "name": "Nora New", "password1": PASSWORD, "password2": PASSWORD}


def sent(cast: Cast, page: str, /, *args: Any, **values: Any) -> Any:
    """What a page answers to the manager, redirects followed."""
    return signed_in(cast.manager).post(reverse(page, args=[cast.project.slug, *args]), values, follow=True)


@pytest.mark.parametrize("known", [True, False])
def test_whether_an_address_has_an_account_does_not_show(cast: Cast, known: bool) -> None:
    email = cast.outsider.email if known else "outsider-0@example.org"

    page = words(sent(cast, "members", email=email, roles=["viewer"]))

    assert f"{email} is invited by email, and becomes a member after accepting." in page
    assert f"{email} Viewer manager" in page


def test_somebody_who_shares_a_project_with_the_manager_is_a_member_at_once(cast: Cast) -> None:
    Membership.objects.create(project=make_project(cast.manager), user=cast.outsider, roles=["viewer"])
    Invitation.objects.create(
        project=cast.project, email=cast.outsider.email, roles=["viewer"], invited_by=cast.manager,
        expires_at=invited(cast).expires_at,
    )  # fmt: skip

    assert "outsider is now a member." in words(sent(cast, "members", email=cast.outsider.email, roles=["viewer"]))
    assert not Invitation.objects.open().filter(email=cast.outsider.email).exists()


def test_a_manager_withdraws_an_invitation(cast: Cast) -> None:
    one = invited(cast)

    page = words(sent(cast, "withdraw-invitation", one.pk))

    assert "Invitation of new@example.org withdrawn." in page
    assert "Invited by" not in page
    assert "no longer open" in words(Client().get(link_in_mail_of(one)))


def link_in_mail_of(invitation: Invitation) -> str:
    return reverse("invitation", args=[token_of(invitation)])


def test_the_limits_are_told_in_the_form(cast: Cast) -> None:
    invited(cast)

    response = sent(cast, "members", email="new@example.org", roles=["viewer"])

    assert response.status_code == 400
    assert "This address is already invited." in words(response)


def test_somebody_new_chooses_name_and_password_and_is_in_the_project(cast: Cast) -> None:
    link, client = link_in(mailed(invited(cast, "new@example.org", "reviewer"))), Client()
    assert words(client.get(link)).count("new@example.org") == 2

    page = client.post(link, JOIN, follow=True)

    assert page.redirect_chain[-1][0] == reverse("dashboard", args=[cast.project.slug])
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.check_password(PASSWORD)) == ("Nora New", True)
    assert EmailAddress.objects.get(user=user).verified
    assert Membership.objects.get(user=user).roles == ["reviewer"]
    assert not user.may_start_projects


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"name": ""}, "Enter your name."),
        ({"name": "A\u2028B"}, "can't contain line breaks"),
        ({"password2": "another one"}, "Enter the same password twice."),
        ({"password1": "12345678", "password2": "12345678"}, "too common"),
    ],
)
def test_a_bad_account_is_not_made(cast: Cast, values: dict[str, str], complaint: str) -> None:
    response = Client().post(link_in_mail_of(invited(cast)), JOIN | values)

    assert response.status_code == 400
    assert complaint in words(response)
    assert not User.objects.filter(email="new@example.org").exists()


def test_the_link_sets_no_password_of_an_account_that_has_one(cast: Cast) -> None:
    cast.outsider.set_password("the old password")
    cast.outsider.save()
    link = link_in_mail_of(invited(cast, cast.outsider.email))

    assert "Sign in to accept" in words(Client().get(link))
    assert Client().post(link, JOIN).status_code == 400
    assert User.objects.get(pk=cast.outsider.pk).check_password("the old password")
    assert not Membership.objects.filter(user=cast.outsider).exists()


def test_somebody_signed_in_accepts_on_the_page_of_the_link(cast: Cast) -> None:
    link = link_in_mail_of(invited(cast, cast.outsider.email))

    signed_in(cast.outsider).post(link, {"do": "accept"})

    assert Membership.objects.filter(user=cast.outsider, project=cast.project).exists()


def test_another_account_cannot_accept_with_the_link(cast: Cast) -> None:
    link, client = link_in_mail_of(invited(cast)), signed_in(cast.outsider)

    assert "You are signed in as" in words(client.get(link))
    assert client.post(link, {"do": "accept"}).status_code == 400
    assert not Membership.objects.filter(user=cast.outsider).exists()


def test_whoever_has_the_link_declines_without_an_account(cast: Cast) -> None:
    one = invited(cast)

    assert "Invitation declined" in words(Client().post(link_in_mail_of(one), {"do": "decline"}))
    one.refresh_from_db()
    assert one.state == "declined"


def test_a_deactivated_account_stays_so(cast: Cast) -> None:
    User.objects.filter(pk=cast.outsider.pk).update(is_active=False)
    link = link_in_mail_of(invited(cast, cast.outsider.email))

    assert "is deactivated" in words(Client().get(link))
    assert Client().post(link, JOIN).status_code == 400


def test_a_link_that_is_wrong_or_late_says_so(cast: Cast) -> None:
    for link in (link_in_mail_of(expired(cast)), "/invitations/1.wrong/"):
        response = Client().get(link)
        assert response.status_code == 404
        assert "This invitation is no longer open" in words(response)


@pytest.mark.parametrize(("do", "joins"), [("accept", True), ("decline", False)])
def test_invitations_are_answered_on_my_work(cast: Cast, do: str, joins: bool) -> None:
    one, client = invited(cast, cast.outsider.email), signed_in(cast.outsider)
    assert "Roles: Annotator · Invited by" in words(client.get(reverse("work")))

    response = client.post(reverse("answer-invitation", args=[one.pk]), {"do": do}, follow=True)

    assert ("You are now a member of" in words(response)) == joins
    assert Membership.objects.filter(user=cast.outsider).exists() == joins
    assert "Roles: Annotator · Invited by" not in words(client.get(reverse("work")))


def test_the_list_of_members_is_paged(cast: Cast) -> None:
    people = User.objects.bulk_create(User(email=f"m{n}@example.org", name=f"M{n:02}") for n in range(60))
    Membership.objects.bulk_create(Membership(project=cast.project, user=one, roles=["viewer"]) for one in people)

    page = signed_in(cast.manager).get(reverse("members", args=[cast.project.slug])).content.decode()

    assert page.count('aria-label="Roles of ') == 50
    assert 'rel="next"' in page
