"""`comments/{uuid}/` and `articles/{id}/comments/`"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Comment, Event
from annotations.models.comment import LONGEST
from tests.api.refusals import nothing_changed, refused
from tests.cast import CRACKS, Api, Cast, make_article, make_comment, make_link, make_span, make_supported


def put(user: Any, on: dict[str, Any], text: Any = "Who says so?", key: Any = None, **more: Any) -> Any:
    return Api(user).call("put", f"comments/{key or uuid4()}/", {"on": on, "text": text, **more})


def about(thing: Any, kind: str = "") -> dict[str, str]:
    return {kind or type(thing).__name__.lower(): str(thing.pk)}


def test_a_comment_is_made_on_each_kind_of_thing(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)

    for thing in (claim, link, verdict, cast.article):
        key = uuid4()
        answer = put(cast.reviewer, about(thing), key=key)
        said = answer.json()

        assert (answer.status_code, answer["ETag"]) == (201, '"1"')
        assert (said["id"], said["thread"], said["on"]) == (str(key), str(key), about(thing))
        assert (said["article"], said["author"]["name"]) == (str(cast.article.pk), "reviewer")
        assert (said["text"], said["resolved"], said["mentions"]) == ("Who says so?", False, [])


def test_a_text_comes_back_as_it_was_sent(cast: Cast) -> None:
    text = '  <script>alert("1")</script>\n\n👩‍👩‍👧 \u202eabc https://example.org  '

    assert put(cast.annotator, about(cast.article), text).json()["text"] == text


def test_a_reply_joins_the_thread_of_what_it_answers(cast: Cast) -> None:
    first = make_comment(cast.annotator, cast.article)
    second = put(cast.reviewer, about(cast.article), reply_to=str(first.pk)).json()

    third = put(cast.annotator, about(cast.article), reply_to=second["id"]).json()

    assert second["thread"] == third["thread"] == str(first.pk)


def test_a_reply_elsewhere_is_refused(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    first = make_comment(cast.annotator, claim)

    with nothing_changed():
        refused(put(cast.annotator, about(cast.article), reply_to=str(first.pk)), 400, "comment-thread", "reply_to")
        refused(put(cast.annotator, about(claim), reply_to=str(uuid4())), 400, "invalid-input", "reply_to")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"on": {}}, "on"),
        ({"on": {"span": str(uuid4()), "link": str(uuid4())}}, "on"),
        ({"on": {"span": str(uuid4())}}, "on.span"),
        ({"on": {"article": "x"}}, "on.article"),
        ({"on": {"page": str(uuid4())}}, "on.page"),
        ({"on": []}, "on"),
        ({"text": ""}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "x" * (LONGEST + 1)}, "text"),
        ({"text": None}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "a\ud800b"}, "text"),
        ({"resolved": True}, "resolved"),
        ({"author": 1}, "author"),
    ],
)
def test_bad_input_names_its_field(cast: Cast, body: dict[str, Any], field: str) -> None:
    with nothing_changed():
        answer = Api(cast.annotator).call(
            "put", f"comments/{uuid4()}/", {"on": about(cast.article), "text": "So?", **body}
        )

    refused(answer, 400, "invalid-input", field)


def test_a_comment_of_10_000_code_points_is_stored(cast: Cast) -> None:
    assert put(cast.annotator, about(cast.article), "👩" * LONGEST).status_code == 201


def test_only_its_author_rewords_or_deletes_it(cast: Cast) -> None:
    path = f"comments/{make_comment(cast.annotator, cast.article).pk}/"

    with nothing_changed():
        for name in ("annotator2", "reviewer", "manager"):
            api = Api(cast.everybody[name])
            refused(api.call("patch", path, {"text": "x"}, version=1), 403, "forbidden")
            refused(api.call("delete", path, version=1), 403, "forbidden")
    answer = Api(cast.annotator).call("patch", path, {"text": "Better."}, version=1)
    assert (answer.status_code, answer["ETag"], answer.json()["text"]) == (200, '"2"', "Better.")
    assert Api(cast.annotator).call("delete", path, version=2).status_code == 204


@pytest.mark.parametrize("name", ["annotator2", "reviewer", "manager"])
def test_whoever_may_comment_resolves_and_reopens(cast: Cast, name: str) -> None:
    comment, api = make_comment(cast.annotator, cast.article), Api(cast.everybody[name])

    done = api.call("patch", f"comments/{comment.pk}/", {"resolved": True}, version=1).json()
    again = api.call("patch", f"comments/{comment.pk}/", {"resolved": False}, version=2).json()

    assert (done["resolved"], done["resolved_by"]["name"], done["version"]) == (True, name, 2)
    assert done["resolved_at"]
    assert (again["resolved"], again["resolved_by"], again["resolved_at"]) == (False, None, None)


def test_a_reply_is_not_resolved(cast: Cast) -> None:
    reply = make_comment(cast.annotator, cast.article, "Yes.", make_comment(cast.annotator, cast.article))

    answer = Api(cast.annotator).call("patch", f"comments/{reply.pk}/", {"resolved": True}, version=1)

    refused(answer, 400, "thread-resolved", "resolved")


def test_place_and_thread_stay(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    comment, other = make_comment(cast.annotator, claim), make_comment(cast.annotator, claim)
    api = Api(cast.annotator)

    for change in ({"on": about(cast.article)}, {"reply_to": str(other.pk)}):
        refused(api.call("patch", f"comments/{comment.pk}/", change, version=1), 409, "comment-stays")
    same = {"on": about(claim), "reply_to": None, "text": "Better."}
    assert api.call("put", f"comments/{comment.pk}/", same, version=1).status_code == 200


def test_versions_are_kept(cast: Cast) -> None:
    comment, api = make_comment(cast.annotator, cast.article), Api(cast.annotator)

    refused(api.call("patch", f"comments/{comment.pk}/", {"text": "x"}), 428, "version-required")
    stale = refused(api.call("patch", f"comments/{comment.pk}/", {"text": "x"}, version=3), 412, "stale-version")
    assert stale["current"]["text"] == comment.text


def test_members_are_mentioned_by_name(cast: Cast) -> None:
    said = put(cast.annotator, about(cast.article), "Well, @Reviewer and @viewer and @nobody?").json()

    assert said["mentions"] == [{"id": cast.reviewer.pk, "name": "Reviewer"}]


def test_a_reworded_comment_mentions_whom_it_names_now(cast: Cast) -> None:
    said = put(cast.annotator, about(cast.article), "@reviewer @manager").json()
    cast.manager.name = "Morgan"
    cast.manager.save()

    path = f"comments/{said['id']}/"
    said = Api(cast.annotator).call("patch", path, {"text": "@annotator2 @manager"}, version=1).json()

    assert said["mentions"] == [
        {"id": cast.manager.pk, "name": "manager"}, {"id": cast.annotator2.pk, "name": "annotator2"},
    ]  # fmt: skip


def test_a_deleted_thread_comes_back_with_its_replies(cast: Cast) -> None:
    first = make_comment(cast.annotator, cast.article)
    reply = make_comment(cast.reviewer, cast.article, "Yes.", first)
    api = Api(cast.annotator)

    assert api.call("delete", f"comments/{first.pk}/", version=1).status_code == 204
    refused(Api(cast.reviewer).call("get", f"comments/{reply.pk}/"), 404, "not-found")
    refused(Api(cast.reviewer).call("post", f"comments/{first.pk}/restore/"), 403, "forbidden")
    back = api.call("post", f"comments/{first.pk}/restore/")

    assert (back.status_code, back.json()["version"]) == (200, 2)
    assert Api(cast.reviewer).call("get", f"comments/{reply.pk}/").status_code == 200


def test_a_reply_is_not_restored_without_its_thread(cast: Cast) -> None:
    first = make_comment(cast.annotator, cast.article)
    reply = make_comment(cast.annotator, cast.article, "Yes.", first)
    api = Api(cast.annotator)
    api.call("delete", f"comments/{first.pk}/", version=1)

    refused(api.call("post", f"comments/{reply.pk}/restore/"), 409, "gone")


def test_the_history_tells_who_resolved_it(cast: Cast) -> None:
    comment = make_comment(cast.annotator, cast.article)
    Api(cast.reviewer).call("patch", f"comments/{comment.pk}/", {"resolved": True}, version=1)

    events = Api(cast.manager).call("get", f"comments/{comment.pk}/history/").json()["results"]

    assert [(event["what"], event["by"]["name"]) for event in events] == [
        ("updated", "reviewer"), ("created", "annotator"),
    ]  # fmt: skip
    assert events[0]["after"]["resolved_by"] == cast.reviewer.pk
    assert Event.objects.filter(kind="comment", project=cast.project).count() == 2


def test_an_article_lists_the_comments_of_all_that_is_in_it(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    other = make_article(cast.project, "Another text.")
    away = make_link(cast.annotator, claim, make_span(cast.annotator, other, (0, 7)))
    here = [make_comment(cast.annotator, thing) for thing in (claim, link, verdict, cast.article, away)]
    there = make_comment(cast.annotator, other)

    for article, comments in ((cast.article, here), (other, [here[-1], there])):
        listed = Api(cast.reviewer).call("get", f"articles/{article.pk}/comments/").json()["results"]
        assert [one["id"] for one in listed] == [str(comment.pk) for comment in comments]


def test_a_batch_takes_comments(cast: Cast) -> None:
    first, reply = uuid4(), uuid4()
    body = {"on": about(cast.article), "text": "So?"}
    operations = [
        {"method": "PUT", "path": f"comments/{first}/", "body": body},
        {"method": "PUT", "path": f"comments/{reply}/", "body": {**body, "reply_to": str(first)}},
        {"method": "PATCH", "path": f"comments/{first}/", "body": {"resolved": True}, "if_match": "1"},
        {"method": "DELETE", "path": f"comments/{reply}/", "if_match": "1"},
    ]

    answer = Api(cast.annotator).call("post", f"projects/{cast.project.slug}/batch/", {"operations": operations})

    assert [one["status"] for one in answer.json()["results"]] == [201, 201, 200, 204]
    assert Comment.objects.get().resolved_by == cast.annotator


def test_deleting_evidence_takes_the_comments_on_it(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    make_comment(cast.reviewer, make_link(cast.annotator, fact, claim))

    assert Api(cast.annotator).call("delete", f"spans/{fact.pk}/", version=1).status_code == 204

    assert not Comment.objects.exists()
