"""A stream that is cut goes on where it ended: nothing is missed, nothing comes twice."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest
from django.db import connection, connections, transaction

from annotations.live import changes, snapshots
from annotations.models import Assignment, Span, User, acting
from tests.api.live.conftest import Listen
from tests.api.live.ear import Ear
from tests.cast import CRACKS, DANGER, SAFE, Api, Cast, make_span
from tests.serving import NAME

pytestmark = pytest.mark.django_db(transaction=True)


def written(cast: Cast, by: User, number: int, seed: int) -> list[UUID]:
    """Spans made in transactions that last as long as chance has it, some of them given up."""
    dice, made = random.Random(seed), []  # noqa: S311 - chance, not a secret
    try:
        for turn in range(number):
            try:
                with acting(by), transaction.atomic():
                    at = (seed % 50, 51 + turn)
                    found = Assignment.objects.get(article=cast.article, assignee=by)
                    label = ("claim", "fact")[seed % 2]
                    span = Span.objects.create(
                        assignment=found, article=cast.article, label=label, fragments=[list(at)]
                    )
                    time.sleep(dice.choice([0, 0, 0.01, 0.05, 0.3]))
                    if dice.random() < 0.1:
                        raise InterruptedError
                made.append(span.pk)
            except InterruptedError:
                pass
    finally:
        connections.close_all()
    return made


def test_every_change_is_heard_once_while_transactions_overlap_and_the_line_breaks(cast: Cast, listen: Listen) -> None:
    for one in (cast.annotator, cast.annotator2):
        Assignment.objects.take_up(cast.article, by=one)
    ear = listen(cast.reviewer, cast.article)
    made: list[UUID] = []
    writers = [
        threading.Thread(target=lambda by=by, seed=seed: made.extend(written(cast, by, 25, seed)))
        for seed, by in enumerate((cast.annotator, cast.annotator, cast.annotator2, cast.annotator2))
    ]
    for writer in writers:
        writer.start()
    heard: list[str] = []
    dice = random.Random(5)  # noqa: S311 - chance, not a secret
    while any(writer.is_alive() for writer in writers):
        time.sleep(dice.uniform(0.05, 0.4))
        ear.close()
        heard += [key for _, key in ear.told()]
        ear = listen(cast.reviewer, cast.article, last=ear.last)
    for writer in writers:
        writer.join()
    ear.until(lambda ear: len(heard) + len(ear.told()) >= len(made))
    time.sleep(0.3)
    heard += [key for _, key in ear.told()]

    assert sorted(heard) == sorted(map(str, made))


def test_a_transaction_that_was_open_when_the_line_broke_is_heard_later(cast: Cast, listen: Listen) -> None:
    first = listen(cast.reviewer, cast.article)
    Assignment.objects.take_up(cast.article, by=cast.annotator)
    with held_open(cast) as slow:
        quick = make_span(cast.annotator2, cast.article, CRACKS)
        first.until(lambda ear: ("created", str(quick.pk)) in ear.told())
        first.close()
    second = listen(cast.reviewer, cast.article, last=first.last)

    assert second.until(Ear.told) == [("created", slow)]


@contextmanager
def held_open(cast: Cast) -> Iterator[str]:
    """A span whose transaction commits at the end of the block."""
    key = "01890a5d-ac96-774b-bcce-b302099a8057"
    assignment = Assignment.objects.get(assignee=cast.annotator)
    at = connection.settings_dict
    with psycopg.connect(host=at["HOST"], user=at["USER"], dbname=at["NAME"]) as slow:
        slow.execute(
            'INSERT INTO annotations_span (id, version, assignment_id, article_id, fragments, start, "end", quote,'
            " label, fields, note) VALUES (%s, 1, %s, %s, %s, 0, 0, '', 'claim', '{}', '')",
            [key, assignment.pk, cast.article.pk, [list(DANGER)]],
        )
        yield key


@pytest.mark.parametrize(
    "point",
    ["nonsense", "5:4:", "99999999:99999999:", "1:9:3,2", "1:2:" + "9" * 7000, "é:1:", "1:2:\\"],
)
def test_a_point_that_is_none_begins_anew(cast: Cast, listen: Listen, point: str) -> None:
    make_span(cast.annotator, cast.article)
    ear = listen(cast.reviewer, cast.article, query="?after=" + point.replace("é", "%C3%A9"))
    span = make_span(cast.annotator, cast.article, CRACKS)
    ear.until(Ear.changes)

    assert [event.name for event in ear.heard if event.name != "presence"] == ["reset", "change"]
    assert ear.told() == [("created", str(span.pk))]


def test_whoever_missed_too_much_begins_anew(cast: Cast, listen: Listen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST", 3)
    point = snapshots.now()
    for end in range(40, 44):
        make_span(cast.annotator, cast.article, (0, end))

    assert changes.since(point, cast.project.pk).events is None
    assert changes.since(snapshots.now(), cast.project.pk).events == []


def test_annotations_say_where_events_go_on(cast: Cast, listen: Listen) -> None:
    point = Api(cast.reviewer).call("get", f"articles/{cast.article.pk}/annotations/").json()["events_after"]
    span = make_span(cast.annotator, cast.article, SAFE)
    ear = listen(cast.reviewer, cast.article, query=f"?after={point}")

    assert ear.until(Ear.told) == [("created", str(span.pk))]


def test_a_database_that_hangs_up_is_called_again_and_nothing_is_missed(
    cast: Cast, listen: Listen, polling_port: int
) -> None:
    ear = listen(cast.reviewer, cast.article, server=polling_port)
    before = listeners()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name LIKE ANY (ARRAY[%s, 'factcheck listening'])",
            [f"{NAME}%"],
        )
    span = make_span(cast.annotator, cast.article)

    assert ear.until(Ear.told) == [("created", str(span.pk))]
    ear.until(lambda ear: listeners() == before)


def listeners() -> int:
    """Connections of servers that listen."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND application_name = 'factcheck listening'"
        )
        return int(cursor.fetchone()[0])
