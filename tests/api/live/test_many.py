"""Many readers of one process, and readers of several processes."""

from __future__ import annotations

import asyncio
from typing import Any

import psutil
import pytest
from django.db import connections

from annotations.models import Membership, Role
from tests.api.live.conftest import Listen
from tests.api.live.ear import Ear, token
from tests.api.live.test_going_on import listeners
from tests.cast import Api, Cast, make_span, person
from tests.loop import finished
from tests.serving import serving
from tests.working import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

STREAMS = 200


class Crowd:
    """Raw streams on one event loop; counts which of them hear of a change."""

    def __init__(self, port: int, path: str, keys: list[str]) -> None:
        self.port, self.path, self.keys = port, path, keys
        self.begun, self.heard = 0, 0
        self.all_begun = asyncio.Event()

    async def listen(self, then: Any) -> None:
        """Opens all streams, does something, and waits until everybody has heard of it."""
        async with asyncio.TaskGroup() as group:
            for key in self.keys:
                group.create_task(self._one(key))
            await self.all_begun.wait()
            await asyncio.to_thread(then)

    async def _one(self, key: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET {self.path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n\r\n".encode())
        await reader.readuntil(b"\nid: ")
        self.begun += 1
        if self.begun == len(self.keys):
            self.all_begun.set()
        await reader.readuntil(b"event: change")
        self.heard += 1
        writer.close()
        await writer.wait_closed()


def test_two_hundred_readers_are_notified_over_one_connection(cast: Cast, port: int) -> None:
    people = [person(f"reader {number}") for number in range(STREAMS // 20)]
    Membership.objects.bulk_create(Membership(project=cast.project, user=one, roles=[Role.REVIEWER]) for one in people)
    crowd = Crowd(port, f"/api/v1/articles/{cast.article.pk}/events/", [token(one) for one in people] * 20)

    def mark() -> None:
        # PostgreSQL may still be ending the connection of a server that was just stopped.
        wait_until(lambda: listeners() == 1)
        assert Api(cast.reviewer).call("get", "me/").status_code == 200
        make_span(cast.annotator, cast.article)
        connections.close_all()  # this thread's

    finished(crowd.listen(mark))

    assert crowd.heard == STREAMS


def test_streams_hold_no_thread_while_they_wait(cast: Cast) -> None:
    path = f"/api/v1/articles/{cast.article.pk}/events/"
    with serving() as port:
        threads = next(one for one in psutil.Process().children() if str(port) in one.cmdline()).num_threads
        before = threads()
        crowd = Crowd(port, path, [token(one) for one in (cast.reviewer, cast.annotator, cast.manager)] * 20)

        def look_and_mark() -> None:
            assert threads() - before < 12
            make_span(cast.annotator, cast.article)
            connections.close_all()  # this thread's

        finished(crowd.listen(look_and_mark))

    assert crowd.heard == 60


def test_readers_of_two_processes_hear_and_see_each_other(cast: Cast, listen: Listen) -> None:
    here = listen(cast.annotator, cast.article)
    with serving() as second:
        there = Ear(second, cast.article, token(cast.reviewer)).begun()
        try:
            for ear in (here, there):
                ear.until(lambda ear: ear.names() == ["annotator", "reviewer"])
            span = make_span(cast.annotator, cast.article)
            for ear in (here, there):
                assert ear.until(Ear.told) == [("created", str(span.pk))]
        finally:
            there.close()
        here.until(lambda ear: ear.names() == ["annotator"])
