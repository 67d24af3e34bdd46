"""The stream of events: what each reader hears."""

from __future__ import annotations

import pytest

from annotations.models import Span
from tests.api.live.conftest import Listen
from tests.api.live.ear import Ear, token
from tests.cast import (
    CRACKS,
    MAYOR,
    SAFE,
    Api,
    Cast,
    make_article,
    make_comment,
    make_link,
    make_project,
    make_span,
    make_verdict,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_new_span_is_notified_as_its_own_address_shows_it(cast: Cast, listen: Listen) -> None:
    ear = listen(cast.annotator2, cast.article)
    shown = Api(cast.annotator).put_span(cast.article).json()

    [change] = ear.until(Ear.changes)

    assert change == {
        "kind": "span",
        "id": shown["id"],
        "what": "created",
        "version": 1,
        "by": {"id": cast.annotator.pk, "name": "annotator"},
        "object": shown,
    }


def test_changes_and_deletions_follow_and_other_articles_stay_out(cast: Cast, listen: Listen) -> None:
    elsewhere = make_article(cast.project, "Another text about the bridge.")
    span = make_span(cast.annotator, cast.article)
    ear = listen(cast.reviewer, cast.article)
    make_span(cast.annotator, elsewhere, (0, 7))
    span.change(by=cast.annotator, from_version=1, note="Why?")
    ear.until(lambda ear: len(ear.changes()) == 1)
    span.remove(by=cast.annotator, from_version=2)
    ear.until(lambda ear: len(ear.changes()) == 2)

    assert [(one["what"], one["version"]) for one in ear.changes()] == [("updated", 2), ("deleted", None)]
    assert ear.changes()[1]["object"] is None


def test_a_link_is_heard_on_both_its_articles_with_its_far_ends(cast: Cast, listen: Listen) -> None:
    elsewhere = make_article(cast.project, "Another text about the bridge.")
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, elsewhere, (0, 7), "fact")
    ears = [listen(cast.reviewer, cast.article), listen(cast.reviewer, elsewhere)]
    link = make_link(cast.annotator, fact, claim)

    answer = Api(cast.reviewer).call("get", f"articles/{cast.article.pk}/annotations/").json()
    for ear in ears:
        assert ear.until(Ear.changes)[0]["object"] == answer["links"][0]
    fact.remove(by=cast.annotator, from_version=1)
    for ear in ears:
        ear.until(lambda ear: ("deleted", str(link.pk)) in ear.told())


def test_one_stream_carries_the_article_beside_too(cast: Cast, listen: Listen) -> None:
    elsewhere = make_article(cast.project, "Another text about the bridge.")
    ear = listen(cast.reviewer, cast.article, query=f"?also={elsewhere.pk}")
    span = make_span(cast.annotator, elsewhere, (0, 7))

    assert ear.until(Ear.told) == [("created", str(span.pk))]


def test_a_verdict_is_heard_with_each_step_of_its_life(cast: Cast, listen: Listen) -> None:
    claim = make_span(cast.annotator, cast.article)
    ear = listen(cast.reviewer, cast.article)
    verdict = make_verdict(cast.annotator, claim)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Who says so?")

    last = ear.until(lambda ear: [one for one in ear.changes() if one["version"] == 3])[-1]["object"]
    assert (last["state"], last["returned_reason"]) == ("returned", "Who says so?")


def test_a_comment_is_heard_where_it_shows_and_only_by_who_may_read_it(independent_cast: Cast, listen: Listen) -> None:
    cast = independent_cast
    elsewhere = make_article(cast.project, "Another text about the bridge.")
    claim = make_span(cast.annotator, cast.article)
    link = make_link(cast.annotator, make_span(cast.annotator, elsewhere, (0, 7), "fact"), claim)
    ears = [listen(cast.reviewer, cast.article), listen(cast.reviewer, elsewhere), listen(cast.annotator, elsewhere)]
    deaf = [listen(cast.annotator2, cast.article), listen(cast.viewer, cast.article)]
    comment = make_comment(cast.reviewer, link, "Well, @annotator2?")

    shown = Api(cast.reviewer).call("get", f"comments/{comment.pk}/").json()
    for ear in ears:
        [change] = ear.until(Ear.changes)
        assert (change["kind"], change["object"]) == ("comment", shown)
    assert not any(ear.changes() for ear in deaf)


def test_said_by_whom_reaches_the_links_that_it_concerns(cast: Cast, listen: Listen) -> None:
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")
    link = make_link(cast.annotator, fact, claim)
    ear = listen(cast.reviewer, cast.article)
    voice = make_span(cast.annotator, cast.article, MAYOR, "attribution")
    make_link(cast.annotator, voice, claim, "attributes")

    heard = ear.until(lambda ear: [one for one in ear.changes() if one["id"] == str(link.pk)])
    assert [one["source_name"] for one in heard[-1]["object"]["target_span"]["said_by"]] == ["The mayor says"]


def test_who_is_here_is_told_once_a_person_and_until_they_leave(cast: Cast, listen: Listen) -> None:
    first, again = listen(cast.annotator, cast.article), listen(cast.annotator, cast.article)
    other = listen(cast.reviewer, cast.article)
    for ear in (first, again, other):
        assert ear.until(lambda ear: len(ear.names()) == 2 and ear.names()) == ["annotator", "reviewer"]

    other.close()
    first.until(lambda ear: ear.names() == ["annotator"])


def test_an_outsider_finds_nothing_and_a_foreign_article_beside_neither(cast: Cast, port: int) -> None:
    stranger = make_article(make_project(cast.outsider), "Elsewhere.")
    assert Ear(port, cast.article, token(cast.outsider)).answer.status == 404
    assert Ear(port, cast.article, token(cast.annotator), query=f"?also={stranger.pk}").answer.status == 404


def test_twenty_streams_are_enough_for_one_person(cast: Cast, port: int, listen: Listen) -> None:
    for _ in range(20):
        listen(cast.annotator, cast.article)

    refused = Ear(port, cast.article, token(cast.annotator)).answer
    assert (refused.status, refused.getheader("Content-Type")) == (429, "application/problem+json")
    listen(cast.reviewer, cast.article)


def test_the_headers_keep_proxies_from_holding_events_back(cast: Cast, listen: Listen) -> None:
    headers = listen(cast.annotator, cast.article).answer.headers

    assert headers["Content-Type"] == "text/event-stream"
    assert headers["X-Accel-Buffering"] == "no"
    assert headers["Cache-Control"] == "no-store, no-transform"
    assert "Content-Encoding" not in headers


def test_what_a_change_leaves_is_what_is_told_however_often_it_changed(cast: Cast, listen: Listen) -> None:
    ear = listen(cast.reviewer, cast.article)
    span = make_span(cast.annotator, cast.article, SAFE)
    for version in range(1, 6):
        span.change(by=cast.annotator, from_version=version, note=f"{version}")

    ear.until(lambda ear: ear.changes() and ear.changes()[-1]["version"] == 6)
    versions = [one["version"] for one in ear.changes()]
    assert versions == sorted(set(versions))
    assert Span.objects.get().version == 6
