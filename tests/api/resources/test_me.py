"""`me/`"""

from __future__ import annotations

from annotations.models import Article
from tests.api.refusals import refused
from tests.cast import Api, Cast, make_article, make_supported


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
