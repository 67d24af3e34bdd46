"""Invitations by mail: one answer for every address, and no member before they accept."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.models import Event, Invitation, Membership, Token, User
from annotations.models.people.invitation import MOST_OPEN
from annotations.operations.invitations import token_of
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_project
from tests.invited import expired, invited, link_in, mailed


def add(cast: Cast, email: str, **more: Any) -> Any:
    body = {"email": email, "roles": ["viewer"], **more}
    return Api(cast.manager).call("post", f"projects/{cast.project.slug}/members/", body)


def test_the_answer_is_the_same_whether_or_not_there_is_an_account(
    cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    api, address = Api(cast.manager), f"projects/{cast.project.slug}/members/"
    bodies = [{"email": email, "roles": ["viewer"]} for email in (cast.outsider.email, "nobody@example.org")]

    with django_assert_max_num_queries(30) as known:
        answers = [api.call("post", address, bodies[0])]
    with django_assert_num_queries(len(known.captured_queries)):
        answers += [api.call("post", address, bodies[1])]

    assert [(one.status_code, one.json()) for one in answers] == [(201, {"state": "invited"})] * 2
    assert not Membership.objects.filter(project=cast.project, user=cast.outsider).exists()
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_the_same_mail_goes_to_every_address(cast: Cast) -> None:
    for email in (cast.outsider.email, "nobody@example.org"):
        add(cast, email)
        assert mailed(Invitation.objects.get(email=email)).to == [email]

    [one, other] = [message.body.replace(link_in(message), "LINK") for message in mail.outbox]
    assert one == other
    assert {message.subject for message in mail.outbox} == {"Factcheck: Invitation to a project"}


def test_the_mail_is_sent_by_the_worker_so_that_the_answer_does_not_wait_for_it(cast: Cast) -> None:
    add(cast, "new@example.org")

    job = ProcrastinateJob.objects.get(task_name="send_invitation")
    assert job.args == {"invitation_id": Invitation.objects.get().pk}
    assert mail.outbox == []


def test_a_withdrawn_invitation_is_not_mailed(cast: Cast) -> None:
    invitation = invited(cast)
    invitation.withdraw(by=cast.manager)

    with pytest.raises(IndexError):
        mailed(invitation)


def test_long_names_are_cut_in_the_mail(cast: Cast) -> None:
    cast.manager.name = "Buy now " * 15
    cast.manager.save()

    body = mailed(invited(cast)).body

    assert body.count("Buy now") == 7


def test_an_invited_person_accepts_with_the_token_from_the_mail(cast: Cast) -> None:
    token = link_in(mailed(invited(cast, cast.outsider.email, "reviewer"))).split("/")[2]

    answer = Api(cast.outsider).call("post", "invitations/accept/", {"token": token})

    assert answer.status_code == 200
    assert answer.json() == {"project": cast.project.slug, "name": "Bridge", "roles": ["reviewer"]}
    assert Membership.objects.get(user=cast.outsider).roles == ["reviewer"]
    assert EmailAddress.objects.get(user=cast.outsider).verified


@pytest.mark.parametrize("spoil", [lambda token: token + "x", lambda token: "1" + token, lambda _: "x"])
def test_a_token_that_no_mail_had_is_refused(cast: Cast, spoil: Any) -> None:
    token = spoil(token_of(invited(cast, cast.outsider.email)))

    with nothing_changed():
        answer = Api(cast.outsider).call("post", "invitations/accept/", {"token": token})

    refused(answer, 400, "invalid-input", "token")


def test_nobody_else_accepts_with_the_token(cast: Cast) -> None:
    token = token_of(invited(cast, cast.outsider.email))
    stranger = User.objects.create_user("stranger@example.org")

    with nothing_changed():
        refused(Api(stranger).call("post", "invitations/accept/", {"token": token}), 403, "forbidden")


def test_people_see_the_invitations_to_their_address_and_accept_or_decline(cast: Cast) -> None:
    other = make_project(cast.reviewer)
    first, second = invited(cast, cast.outsider.email), invited(cast, "else@example.org")
    third = Invitation.objects.create(
        project=other,
        email=cast.outsider.email,
        roles=["viewer"],
        invited_by=cast.reviewer,
        expires_at=first.expires_at,
    )
    api = Api(cast.outsider)

    listed = api.call("get", "me/invitations/").json()["results"]
    assert [one["id"] for one in listed] == [first.pk, third.pk]
    assert listed[0]["by"] == {"id": cast.manager.pk, "name": "manager"}
    assert api.call("get", "me/").json()["invitations"] == 2
    assert api.call("post", f"me/invitations/{first.pk}/accept/").json()["project"] == cast.project.slug
    assert api.call("post", f"me/invitations/{third.pk}/decline/").json() == {"state": "declined"}
    refused(api.call("post", f"me/invitations/{second.pk}/accept/"), 404, "not-found")
    assert api.call("get", "me/invitations/").json()["results"] == []


@pytest.mark.parametrize("how", ["accepted", "declined", "withdrawn", "expired"])
def test_an_invitation_is_answered_once(cast: Cast, how: str) -> None:
    one = expired(cast, cast.outsider.email) if how == "expired" else invited(cast, cast.outsider.email)
    match how:
        case "accepted":
            one.accept(by=cast.outsider)
            Membership.objects.filter(user=cast.outsider).delete()
        case "declined":
            one.decline(by=None)
        case "withdrawn":
            one.withdraw(by=cast.manager)

    with nothing_changed():
        answer = Api(cast.outsider).call("post", "invitations/accept/", {"token": token_of(one)})

    refused(answer, 409, "invitation-closed", "state")
    assert Api(cast.outsider).call("get", "me/invitations/").json()["results"] == []


def test_managers_list_and_withdraw_invitations_and_nobody_else_learns_of_them(cast: Cast) -> None:
    one, late = invited(cast, "new@example.org", "reviewer"), expired(cast, "late@example.org")
    address = f"projects/{cast.project.slug}/invitations/"

    listed = Api(cast.manager).call("get", address).json()["results"]
    assert [(entry["email"], entry["roles"], entry["expired"]) for entry in listed] == [
        ("new@example.org", ["reviewer"], False), ("late@example.org", ["viewer"], True)
    ]  # fmt: skip
    refused(Api(cast.reviewer).call("get", address), 403, "forbidden")
    refused(Api(cast.reviewer).call("delete", f"invitations/{one.pk}/"), 404, "not-found")
    assert Api(cast.manager).call("delete", f"invitations/{one.pk}/").status_code == 204
    refused(Api(cast.manager).call("delete", f"invitations/{one.pk}/"), 409, "invitation-closed")
    assert [entry["id"] for entry in Api(cast.manager).call("get", address).json()["results"]] == [late.pk]


def test_the_projects_history_and_feed_say_nothing_of_invitations(cast: Cast) -> None:
    invited(cast)

    feed = Api(cast.annotator).call("get", f"projects/{cast.project.slug}/changes/").json()["results"]

    assert "invitation" not in {one["kind"] for one in feed}
    assert Event.objects.filter(kind="invitation", project=None, by=cast.manager).exists()


def test_an_address_is_invited_once_and_again_after_it_expired(cast: Cast) -> None:
    expired(cast)
    assert add(cast, "new@example.org").status_code == 201

    with nothing_changed():
        refused(add(cast, "NEW@example.org"), 409, "already-invited", "email")


def test_so_many_invitations_a_day_and_then_there_is_a_wait(cast: Cast) -> None:
    for _ in range(3):
        add(cast, "new@example.org")
        Invitation.objects.get(state="open").withdraw(by=cast.manager)

    with nothing_changed():
        answer = add(cast, "new@example.org")

    refused(answer, 429, "invitations-a-day", "email")
    assert answer["Retry-After"] == "3600"


def test_a_token_for_one_project_answers_no_invitations(cast: Cast) -> None:
    project = make_project(cast.outsider)
    one = invited(cast, cast.outsider.email)
    api = Api(cast.outsider, project=project)

    assert api.call("get", "me/invitations/").json()["results"] == []
    refused(api.call("post", f"me/invitations/{one.pk}/accept/"), 403, "forbidden")
    refused(api.call("post", "invitations/accept/", {"token": token_of(one)}), 403, "forbidden")
    assert Token.objects.count() == 1


def test_an_import_that_names_an_invited_person_says_that_they_have_not_accepted(cast: Cast) -> None:
    from annotations.imports.authors import People, UnknownPerson

    invited(cast, "new@example.org")

    with pytest.raises(UnknownPerson, match="is invited to this project but has not accepted yet"):
        People(cast.project, cast.manager, {"A1": "New@example.org"})


def test_the_list_of_invitations_is_bounded(cast: Cast) -> None:
    assert MOST_OPEN == 100
    invited(cast)

    answer = Api(cast.manager).call("get", f"projects/{cast.project.slug}/invitations/?limit=501")

    refused(answer, 400, "invalid-input", "limit")
