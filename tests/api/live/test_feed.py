"""`projects/{slug}/changes/`: each change exactly once, in the order in which it was committed."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from annotations.live import feed
from annotations.models import Assignment, Epoch, Span, User, acting
from annotations.models.epoch import STEP, begin_epoch
from tests.cast import CRACKS, DANGER, SAFE, Api, Cast, make_comment, make_link, make_project, make_span, make_verdict

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, TURNS = 8, 25
AHEAD = 3 * 10**9


def fetched(api: Api, cast: Cast, after: str = "", **asked: Any) -> dict[str, Any]:
    """One answer of the feed."""
    answer = api.get(f"/api/v1/projects/{cast.project.slug}/changes/", {"after": after, **asked})
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def all_after(api: Api, cast: Cast, after: str = "", limit: int = 500) -> tuple[list[dict[str, Any]], str]:
    """Everything after a cursor, and the cursor after that."""
    results, more = [], True
    while more:
        page = fetched(api, cast, after, limit=limit)
        results += page["results"]
        after, more = page["next"], page["more"]
    return results, after


@contextmanager
def begun(cast: Cast, by: User, at: tuple[int, int]) -> Iterator[threading.Event]:
    """A transaction that has made a span; it is committed once the event is set, at the latest at the end."""
    written, may_end = threading.Event(), threading.Event()

    def write() -> None:
        try:
            with transaction.atomic():
                make_span(by, cast.article, at)
                written.set()
                may_end.wait(30)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(write)
        assert written.wait(30)
        yield may_end
        may_end.set()
        done.result(30)


def write_at_random(cast: Cast, number: int) -> list[str]:
    """Spans made in transactions that last as long as chance has it, some of them given up."""
    dice, made = random.Random(number), []  # noqa: S311 - chance, not a secret
    try:
        assignment = Assignment.objects.get(article=cast.article, assignee=cast.annotator)
        for turn in range(TURNS):
            with acting(cast.annotator), transaction.atomic():
                piece = [[number, WRITERS + 1 + turn]]
                span = Span.objects.create(assignment=assignment, article=cast.article, label="claim", fragments=piece)
                time.sleep(dice.choice([0, 0, 0.01, 0.05, 0.1]))
                if dice.random() < 0.1:
                    transaction.set_rollback(True)
                else:
                    made.append(str(span.pk))
    finally:
        connections.close_all()
    return made


def test_a_reader_sees_every_change_once_while_eight_writers_commit_at_random(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, CRACKS)
    api, seen = Api(cast.manager), list[str]()
    _, cursor = all_after(api, cast)

    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write_at_random, cast, number) for number in range(WRITERS)]
        while not all(one.done() for one in writing):
            found, cursor = all_after(api, cast, cursor, limit=7)
            seen += [one["id"] for one in found]
        made = [key for one in writing for key in one.result()]
    found, cursor = all_after(api, cast, cursor)
    seen += [one["id"] for one in found]

    assert len(made) > WRITERS * TURNS / 2
    assert sorted(seen) == sorted(made)


def test_what_was_begun_before_and_committed_after_is_not_skipped(cast: Cast) -> None:
    api = Api(cast.manager)
    _, cursor = all_after(api, cast)
    with begun(cast, cast.annotator, SAFE):
        quick = make_span(cast.annotator2, cast.article, DANGER)
        first, cursor = all_after(api, cast, cursor)
    second, cursor = all_after(api, cast, cursor)

    assert str(quick.pk) in {one["id"] for one in first}
    # By increasing ids these would be lost: they are smaller than those that were read before.
    assert [one["kind"] for one in second] == ["assignment", "span"]
    assert all_after(api, cast, cursor)[0] == []


def test_changes_stand_in_the_order_of_their_commits(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW track_commit_timestamp")
        if cursor.fetchone()[0] != "on":
            pytest.skip("the server keeps no times of commits")
    api = Api(cast.manager)
    _, after = all_after(api, cast)
    with begun(cast, cast.annotator, SAFE):
        quick = make_span(cast.annotator2, cast.article, DANGER)

    found, _ = all_after(api, cast, after)

    spans = [one["id"] for one in found if one["kind"] == "span"]
    assert (len(spans), spans[0]) == (2, str(quick.pk))


def test_a_mirror_that_follows_the_feed_is_the_project(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    fact = make_span(cast.annotator, cast.article, DANGER, "fact")
    link = make_link(cast.annotator, fact, claim)
    make_verdict(cast.annotator, claim)
    make_comment(cast.reviewer, claim)
    claim.change(by=cast.annotator, from_version=1, note="first")
    gone = make_span(cast.annotator, cast.article, CRACKS)
    key = str(gone.pk)
    gone.remove(by=cast.annotator, from_version=1)

    mirror: dict[tuple[str, str], Any] = {}
    for one in all_after(Api(cast.reviewer), cast, limit=3)[0]:
        mirror[one["kind"], one["id"]] = one["after"]

    assert mirror["span", str(claim.pk)]["note"] == "first"
    assert mirror["link", str(link.pk)]["target"] == str(claim.pk)
    assert mirror["span", key] is None
    assert {"article", "assignment", "verdict", "comment", "membership"} <= {kind for kind, _ in mirror}


def test_a_change_says_who_did_what_and_when(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, SAFE)

    last = all_after(Api(cast.manager), cast)[0][-1]

    assert set(last) == {"at", "by", "what", "kind", "id", "after"}
    assert (last["what"], last["kind"], last["id"]) == ("created", "span", str(span.pk))
    assert last["by"] == {"id": cast.annotator.pk, "name": "annotator"}


def test_a_cursor_is_always_given(cast: Cast) -> None:
    api = Api(cast.manager)
    _, cursor = all_after(api, cast)

    nothing = fetched(api, cast, cursor)

    assert (nothing["results"], nothing["more"]) == ([], False)
    assert nothing["next"]


def test_an_answer_ends_where_its_rows_are_long(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    api = Api(cast.manager)
    _, cursor = all_after(api, cast)
    for number in range(3):
        make_span(cast.annotator, cast.article, (number, number + 9), note="x" * 2_000)
    monkeypatch.setattr(feed, "MOST_BYTES", 4_000)

    first = fetched(api, cast, cursor)
    rest, _ = all_after(api, cast, first["next"])

    assert ([one["kind"] for one in first["results"]], first["more"]) == (["assignment", *["span"] * 2], True)
    assert [one["kind"] for one in rest] == ["span"]


def test_nothing_of_another_project_is_told(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE)
    make_project(cast.outsider, slug="other")
    api = Api(cast.outsider)

    found = api.get("/api/v1/projects/other/changes/").json()["results"]

    assert {one["kind"] for one in found} == {"project", "membership"}


@pytest.mark.parametrize(
    "cursor", ["x", "1", "5:4:", "~", "1:1:~1:1:", "1:1:~1:1:~x", "1:1:~1:1:~-1", "~~1", "9" * 9999]
)
def test_what_is_no_cursor_is_refused(cast: Cast, cursor: str) -> None:
    answer = Api(cast.manager).get(f"/api/v1/projects/{cast.project.slug}/changes/", {"after": cursor})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "after"


def test_a_cursor_of_another_database_is_refused(cast: Cast) -> None:
    future = "999999999999:999999999999:"

    answer = Api(cast.manager).get(f"/api/v1/projects/{cast.project.slug}/changes/", {"after": future})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "after")


@pytest.fixture
def restored(cast: Cast) -> Iterator[None]:
    """The history as if a dump had brought it from a server whose transaction ids are far ahead."""
    before = Epoch.objects.get()
    Epoch.objects.update(server="another", base=AHEAD)
    yield
    before.save()


def test_on_another_server_a_cursor_goes_on_where_it_was(cast: Cast, restored: None) -> None:
    api = Api(cast.manager)
    make_span(cast.annotator, cast.article, SAFE)
    _, cursor = all_after(api, cast)
    lost = make_span(cast.annotator, cast.article, CRACKS)
    _, later = all_after(api, cast, cursor)
    # The dump was made before the last change, and the new server counts from the beginning.
    with acting(cast.annotator), connection.cursor() as statement:
        statement.execute("SELECT set_config('factcheck.removal', 'on', true)")
        statement.execute("DELETE FROM annotations_event WHERE object_id = %s", [str(lost.pk)])
    assert begin_epoch()
    made = make_span(cast.annotator, cast.article, DANGER)

    for after in (cursor, later):
        told, _ = all_after(api, cast, after)
        assert [event["id"] for event in told if event["kind"] == "span"] == [str(made.pk)]
    assert not begin_epoch()


def test_a_server_that_was_set_back_goes_on_above_what_was_told(cast: Cast, restored: None) -> None:
    begin_epoch()
    _, cursor = all_after(Api(cast.manager), cast)
    before = Epoch.objects.get().base
    call_command("afterrestore", stdout=StringIO())
    made = make_span(cast.annotator, cast.article, DANGER)
    told, _ = all_after(Api(cast.manager), cast, cursor)

    assert Epoch.objects.get().base == before + STEP
    assert [event["id"] for event in told if event["kind"] == "span"] == [str(made.pk)]


def test_an_annotator_of_an_independent_project_has_no_feed(independent_cast: Cast) -> None:
    cast = independent_cast

    assert Api(cast.annotator).call("get", f"projects/{cast.project.slug}/changes/").status_code == 403
    assert Api(cast.reviewer).call("get", f"projects/{cast.project.slug}/changes/").status_code == 200
