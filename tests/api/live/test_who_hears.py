"""Nobody hears what they may not read, and whoever may no longer read hears nothing more."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from annotations.models import Article, Assignment, Membership, Token, User
from tests.api.live.conftest import Listen
from tests.api.live.ear import PATIENCE, Ear
from tests.cast import CRACKS, DANGER, SAFE, Api, Cast, make_comment, make_link, make_project, make_span, make_verdict

pytestmark = pytest.mark.django_db(transaction=True)


def submit(article: Article, *people: User) -> None:
    """Each of them has done the article."""
    for one in people:
        Assignment.objects.take_up(article, by=one)
        article.assignments.get(assignee=one).submit(by=one)


def test_in_an_independent_project_nothing_is_heard_of_others_work(independent_cast: Cast, listen: Listen) -> None:
    cast = independent_cast
    ear = listen(cast.annotator2, cast.article)
    span = make_span(cast.annotator, cast.article)
    make_verdict(cast.annotator, span)
    span.change(by=cast.annotator, from_version=1, note="secret")
    make_span(cast.annotator, cast.article, CRACKS).remove(by=cast.annotator, from_version=1)
    own = make_span(cast.annotator2, cast.article, DANGER)
    ear.until(Ear.changes)

    assert ear.told() == [("created", str(own.pk))]
    assert {event.name for event in ear.heard} == {"change", "presence"}


def test_it_opens_when_both_have_submitted_and_closes_when_one_goes_on(independent_cast: Cast, listen: Listen) -> None:
    cast = independent_cast
    span = make_span(cast.annotator, cast.article)
    verdict = make_verdict(cast.annotator, span)
    ear = listen(cast.annotator2, cast.article)
    submit(cast.article, cast.annotator)
    submit(cast.article, cast.annotator2)
    ear.until(lambda ear: len(ear.changes()) == 2)
    assert set(ear.told()) == {("created", str(span.pk)), ("created", str(verdict.pk))}

    cast.article.assignments.get(assignee=cast.annotator).reopen(by=cast.manager)
    ear.until(lambda ear: len(ear.changes()) == 4)
    assert set(ear.told()[2:]) == {("deleted", str(span.pk)), ("deleted", str(verdict.pk))}
    assert all(change["object"] is None for change in ear.changes()[2:])


def test_a_reviewer_of_it_hears_everybody(independent_cast: Cast, listen: Listen) -> None:
    ear = listen(independent_cast.reviewer, independent_cast.article)
    span = make_span(independent_cast.annotator, independent_cast.article)

    assert ear.until(Ear.told) == [("created", str(span.pk))]


def back(cast: Cast, by: User, meanwhile: Callable[[], object]) -> list[tuple[str, object]]:
    """What somebody is told first who was away `meanwhile`: the names of events, and what changed."""
    api = Api(by)
    point = api.call("get", f"articles/{cast.article.pk}/annotations/").json()["events_after"]
    meanwhile()
    told = api.call("get", f"articles/{cast.article.pk}/events/", query_params={"after": point}).content.decode()
    events = re.findall(r"^event: (.+)\ndata: (.+)$", told, re.MULTILINE)
    return [(name, json.loads(data).get("id")) for name, data in events]


def test_who_comes_back_is_told_nothing_of_others_secret_work(independent_cast: Cast) -> None:
    cast = independent_cast
    theirs = make_span(cast.annotator, cast.article)
    mine: list[str] = []

    def meanwhile() -> None:
        make_verdict(cast.annotator, theirs).submit(by=cast.annotator, from_version=1)
        make_span(cast.annotator, cast.article, CRACKS).remove(by=cast.annotator, from_version=1)
        submit(cast.article, cast.annotator)
        mine.append(str(make_span(cast.annotator2, cast.article, DANGER).pk))

    assert back(cast, cast.annotator2, meanwhile) == [("change", mine[0])]


def test_who_comes_back_is_told_which_of_their_own_is_gone(independent_cast: Cast) -> None:
    cast = independent_cast
    claim, fact = (make_span(cast.annotator2, cast.article, at, "claim") for at in (SAFE, CRACKS))
    link = make_link(cast.annotator2, fact, claim)
    said = [make_comment(cast.annotator2, on) for on in (link, cast.article)]
    gone = {("change", str(one.pk)) for one in (fact, link, *said)}

    def meanwhile() -> None:
        fact.remove(by=cast.annotator2, from_version=1)
        said[1].remove(by=cast.annotator2, from_version=1)

    assert set(back(cast, cast.annotator2, meanwhile)) == gone


@pytest.mark.parametrize("who", ["annotator", "annotator2"])
def test_who_comes_back_looks_anew_where_work_opened_to_them(independent_cast: Cast, who: str) -> None:
    cast = independent_cast
    make_span(cast.annotator, cast.article)
    first = cast.everybody[{"annotator": "annotator2", "annotator2": "annotator"}[who]]
    submit(cast.article, first)

    told = back(cast, cast.annotator2, lambda: submit(cast.article, cast.everybody[who]))

    assert told == [("reset", None)]


def test_a_viewer_who_comes_back_is_told_nothing_of_drafts(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)

    def meanwhile() -> None:
        draft = make_verdict(cast.annotator, claim)
        draft.change(by=cast.annotator, from_version=1, rationale="Not yet")
        draft.submit(by=cast.annotator, from_version=2)

    assert back(cast, cast.viewer, meanwhile) == []


def test_a_viewer_who_comes_back_looks_anew_where_a_verdict_was_approved(cast: Cast) -> None:
    verdict = make_verdict(cast.annotator, make_span(cast.annotator, cast.article))
    verdict.submit(by=cast.annotator, from_version=1)

    told = back(cast, cast.viewer, lambda: verdict.approve(by=cast.reviewer, from_version=2))

    assert told == [("reset", None)]


def test_a_source_that_is_hidden_makes_no_link_read_otherwise(independent_cast: Cast, listen: Listen) -> None:
    cast = independent_cast
    claim, fact = (make_span(cast.annotator2, cast.article, at, "claim") for at in (SAFE, CRACKS))
    make_link(cast.annotator2, fact, claim)
    hidden = make_span(cast.annotator, cast.article, (0, 14), "attribution")
    ear = listen(cast.annotator2, cast.article)
    make_link(cast.reviewer, hidden, claim, "attributes")
    hidden.change(by=cast.annotator, from_version=1, fields={"source_name": "Somebody"})
    own = make_span(cast.annotator2, cast.article, DANGER)
    ear.until(Ear.changes)

    assert ear.told() == [("created", str(own.pk))]


def test_a_viewer_hears_of_a_claim_once_its_verdict_is_approved(cast: Cast, listen: Listen) -> None:
    ear = listen(cast.viewer, cast.article)
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")
    link = make_link(cast.annotator, fact, claim)
    verdict = make_verdict(cast.annotator, claim, "supported")
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    ear.until(lambda ear: len(ear.changes()) == 4)
    assert {key for _, key in ear.told()} == {str(one.pk) for one in (claim, fact, link, verdict)}

    verdict.reopen(by=cast.reviewer, from_version=3, reason="There is news.")
    ear.until(lambda ear: len(ear.changes()) == 8)
    assert {what for what, _ in ear.told()[4:]} == {"deleted"}


def test_who_is_no_longer_a_member_hears_nothing_more(cast: Cast, listen: Listen) -> None:
    ear = listen(cast.annotator2, cast.article)
    Membership.objects.get(user=cast.annotator2).delete()
    make_span(cast.annotator, cast.article)

    assert ear.ended.wait(5)
    assert ear.changes() == []


def test_another_role_turns_the_view_around(cast: Cast, listen: Listen) -> None:
    ear = listen(cast.annotator2, cast.article)
    Membership.objects.filter(user=cast.annotator2).update(roles=["viewer"])
    ear.until(lambda ear: "reset" in [event.name for event in ear.heard])
    make_span(cast.annotator, cast.article, SAFE)
    claim = make_span(cast.annotator, cast.article, CRACKS)
    verdict = make_verdict(cast.annotator, claim)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)

    ear.until(lambda ear: len(ear.changes()) == 2)
    assert {key for _, key in ear.told()} == {str(claim.pk), str(verdict.pk)}


def test_a_token_that_is_withdrawn_ends_its_stream(cast: Cast, listen: Listen) -> None:
    ear = listen(cast.annotator2, cast.article)
    Token.objects.filter(user=cast.annotator2).delete()
    make_span(cast.annotator, cast.article)

    assert ear.ended.wait(PATIENCE)
    assert ear.changes() == []


def test_signing_out_ends_the_stream_of_that_session(cast: Cast, polling_port: int) -> None:
    client = Client()
    client.force_login(cast.annotator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    ear = Ear(polling_port, cast.article, f"{cookie.key}={cookie.value}").begun()
    try:
        client.logout()
        assert ear.ended.wait(PATIENCE)
    finally:
        ear.close()


def test_a_new_password_ends_the_streams_of_old_sessions(cast: Cast, polling_port: int) -> None:
    client = Client()
    client.force_login(cast.annotator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    ear = Ear(polling_port, cast.article, f"{cookie.key}={cookie.value}").begun()
    try:
        cast.annotator.set_password("another pass phrase")
        cast.annotator.save()
        assert Session.objects.exists()
        assert ear.ended.wait(PATIENCE)
    finally:
        ear.close()


def test_a_deactivated_account_hears_no_more(cast: Cast, polling_port: int) -> None:
    client = Client()
    client.force_login(cast.annotator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    ear = Ear(polling_port, cast.article, f"{cookie.key}={cookie.value}").begun()
    try:
        User.objects.filter(pk=cast.annotator.pk).update(is_active=False)
        assert ear.ended.wait(PATIENCE)
    finally:
        ear.close()


def test_a_token_for_one_project_hears_nothing_of_another(cast: Cast, port: int) -> None:
    key = Token.objects.create(cast.annotator, scopes=["read"], project=make_project(cast.outsider))[1]
    assert Ear(port, cast.article, key).answer.status == 404
