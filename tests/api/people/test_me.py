"""`me/`"""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from annotations.models import Article, Event, User
from tests.api.refusals import refused
from tests.cast import Api, Cast, make_article, make_comment, make_supported


def test_me_says_who_the_caller_is(cast: Cast) -> None:
    me = Api(cast.annotator).call("get", "me/").json()

    assert me["id"] == cast.annotator.pk
    assert me["email"] == cast.annotator.email
    assert me["name"] == "annotator"
    assert me["language"] == "en"


def test_me_lists_the_callers_memberships(cast: Cast) -> None:
    me = Api(cast.reviewer).call("get", "me/").json()

    assert me["memberships"] == [{"project": cast.project.slug, "name": "Bridge", "roles": ["reviewer"]}]


def test_me_of_an_outsider_has_no_memberships(cast: Cast) -> None:
    me = Api(cast.outsider).call("get", "me/").json()

    assert me["memberships"] == []
    assert me["waiting"] == []


def test_an_annotator_learns_how_many_articles_wait(cast: Cast) -> None:
    make_article(cast.project, "Another text.")

    [waiting] = Api(cast.annotator).call("get", "me/").json()["waiting"]

    assert waiting == {"project": cast.project.slug, "articles": 2, "returned": 0, "reviews": 0}


def test_a_reviewer_learns_how_many_verdicts_wait(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)

    [waiting] = Api(cast.reviewer).call("get", "me/").json()["waiting"]

    assert waiting == {"project": cast.project.slug, "articles": 0, "returned": 0, "reviews": 1}


def test_an_annotator_learns_how_many_verdicts_came_back(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Who says so?")

    [waiting] = Api(cast.annotator).call("get", "me/").json()["waiting"]

    assert waiting["returned"] == 1


def test_nothing_waits_in_an_archived_project(cast: Cast) -> None:
    cast.project.archived = True
    cast.project.save()

    assert Api(cast.annotator).call("get", "me/").json()["waiting"] == []


def test_archived_articles_do_not_wait(cast: Cast) -> None:
    Article.objects.update(archived=True)

    [waiting] = Api(cast.annotator).call("get", "me/").json()["waiting"]

    assert waiting["articles"] == 0


def test_me_without_a_token_is_unauthenticated(cast: Cast) -> None:
    answer = Api(None).call("get", "me/")

    refused(answer, 401, "unauthenticated")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_ones_name_and_keys_change_and_are_kept(cast: Cast) -> None:
    api = Api(cast.annotator)
    change = {"name": "Ann", "keys": {"markClaim": "q", "undo": None}, "single_keys": False}

    answer = api.call("patch", "me/", change)

    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in change} == change
    assert {name: api.call("get", "me/").json()[name] for name in change} == change
    assert Api(cast.reviewer).call("get", "me/").json()["keys"] == {}


def test_the_keys_sent_stand_in_place_of_all_before(cast: Cast) -> None:
    api = Api(cast.annotator)
    api.call("patch", "me/", {"keys": {"markClaim": "q"}})

    assert api.call("patch", "me/", {"keys": {"markFact": "w"}}).json()["keys"] == {"markFact": "w"}
    assert api.call("patch", "me/", {"keys": {}}).json()["keys"] == {}


def test_keys_that_cannot_be_are_refused_each_at_its_action(cast: Cast) -> None:
    keys = {"markClaim": "j", "jump": "q", "undo": "Tab"}

    answer = Api(cast.annotator).call("patch", "me/", {"keys": keys})

    refused(answer, 400, "invalid-input")
    assert {(error["field"], error["code"]) for error in answer.json()["errors"]} == {
        ("keys.markClaim", "taken"), ("keys.jump", "unknown_action"), ("keys.undo", "invalid"),
    }  # fmt: skip
    cast.annotator.refresh_from_db()
    assert cast.annotator.keys == {}


def test_a_token_for_one_project_does_not_change_the_person(cast: Cast) -> None:
    api = Api(cast.annotator, project=cast.project)

    refused(api.call("patch", "me/", {"name": "Somebody"}), 403, "forbidden")


def test_the_change_of_keys_stands_in_the_history(cast: Cast) -> None:
    Api(cast.annotator).call("patch", "me/", {"keys": {"markClaim": "q"}})

    event = Event.objects.of(None, "user", cast.annotator.pk).first()
    assert event is not None
    assert event.by == cast.annotator
    assert event.after is not None
    assert event.after["keys"] == {"markClaim": "q"}


def test_the_database_keeps_keys_an_object(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="user_keys_are_an_object"):
        User.objects.filter(pk=cast.annotator.pk).update(keys=[])


def test_me_says_how_much_of_the_inbox_is_unread(cast: Cast) -> None:
    make_comment(cast.annotator, cast.article, "Look here, @reviewer.")

    assert Api(cast.reviewer).call("get", "me/").json()["inbox"] == {"unread": 1}
    assert Api(cast.manager).call("get", "me/").json()["inbox"] == {"unread": 0}
