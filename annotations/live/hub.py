"""Between the database and the open streams of this process: wakes, reads once for all, hands out."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import InterfaceError, OperationalError, connections
from django.utils.translation import gettext as _

from annotations.live.listener import listen
from annotations.live.subscribers import Reader, came, people_on, still_here, went
from annotations.live.updates import OPENING, Told, beat, message, tell_as_of_now
from annotations.models.event import CHANGED
from annotations.models.transfer.imports import PREVIEWED

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

AWAY: Final = (OperationalError, InterfaceError)
"""What says that the database does not answer."""

MOST_OF_ONE: Final = 20
"""Streams of one person in this process."""

MOST: Final = 500
"""Streams in this process, and as many who wait for a preview or a page."""

THREADS: Final = 2
"""Threads that read the database for streams; they have nothing to do with those that answer clicks."""

BEAT: Final = 15.0
"""Seconds of silence after which a stream says that it lives."""

ROUND: Final = 4.0
"""Seconds after which it is asked again, without any occasion, who may still listen."""

CONFIRMED: Final = 4
"""Rounds after which it is confirmed who is here."""

GATHERING: Final = 0.03
"""Seconds that a notification waits for others, so that a burst is read once."""

LINGERING: Final = 2.0
"""Seconds that somebody counts as here after their stream ended: a page that reloads goes and comes."""


class Full(Exception):
    """There is no room for another stream; the text says why."""


class Hub:
    """The streams of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.admitted: dict[Reader, int] = {}
        self.readers: dict[int, set[Reader]] = {}
        self.people: dict[UUID, bytes] = {}
        self.busy: set[int] = set()
        self.again: set[int] = set()
        self.gone: set[UUID] = set()
        self.previews: dict[UUID, set[asyncio.Event]] = {}
        self.tasks: set[asyncio.Task[Any]] = set()
        self.loop: asyncio.AbstractEventLoop | None = None
        self.threads: ThreadPoolExecutor | None = None

    # From a request's thread

    def admit(self, reader: Reader) -> Stream:
        """Room for one more stream. Raises Full."""
        with self.lock:
            own = sum(1 for user_id in self.admitted.values() if user_id == reader.entry.user_id)
            if own >= MOST_OF_ONE:
                raise Full(_("You already have %(count)s streams open. Close some of them.") % {"count": own})
            if len(self.admitted) >= MOST:
                raise Full(_("This server can't open any more streams at the moment. Try again later."))
            self.admitted[reader] = reader.entry.user_id
        return Stream(self, reader)

    def release(self, reader: Reader) -> None:
        """Gives the room back."""
        with self.lock:
            self.admitted.pop(reader, None)

    # On the event loop

    def join(self, reader: Reader) -> None:
        """From now on the reader is told."""
        if self.loop is not asyncio.get_running_loop():
            self._begin()
        reader.task = asyncio.current_task()
        self.readers.setdefault(reader.project_id, set()).add(reader)
        self._run(self._arrive(reader))
        self.wake(reader.project_id)

    def leave(self, reader: Reader) -> None:
        """The stream is over."""
        readers = self.readers.get(reader.project_id, set())
        if reader not in readers:
            return
        readers.discard(reader)
        if not readers:
            self.readers.pop(reader.project_id, None)
        self.gone.add(reader.id)
        if self.loop is not None:
            self.loop.call_later(LINGERING, lambda: self._run(self._depart()) if self.loop else None)

    def wake(self, project_id: int) -> None:
        """Something may have happened in a project."""
        if project_id not in self.readers:
            return
        self.again.add(project_id)
        if project_id not in self.busy:
            self.busy.add(project_id)
            self._run(self._serve(project_id))

    async def is_previewed(self, key: UUID, is_waited_for: Callable[[], bool], seconds: float) -> bool:
        """Waits, for so many seconds at most, until a worker has made the preview, or fetched the page, of this key.

        Says whether it has.
        """
        if self.loop is not asyncio.get_running_loop():
            self._begin()
        if sum(map(len, self.previews.values())) >= MOST:
            return False
        told = asyncio.Event()
        self.previews.setdefault(key, set()).add(told)
        try:
            async with asyncio.timeout(seconds):
                while self.loop is not None:
                    told.clear()
                    if not await self._in_thread(is_waited_for):
                        return True
                    await told.wait()
        except (*AWAY, TimeoutError):
            pass  # Whoever waits asks again.
        finally:
            self.previews[key].discard(told)
            if not self.previews[key]:
                del self.previews[key]
        return False

    async def close(self) -> None:
        """Ends all streams: the server stops."""
        for reader in self._all():
            reader.end()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        if self.threads is not None:
            ended = [reader.id for reader in self.admitted]
            self.loop = None
            self._tell_of_previews(*self.previews)
            try:
                await asyncio.wait_for(self._in_thread(lambda: went([*ended, *self.gone])), 2)
            except (*AWAY, TimeoutError):
                log.warning("Who was here could not be crossed out; it expires by itself.")
            self.threads.shutdown(wait=False, cancel_futures=True)
            self.threads = None

    def _begin(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="streams")
        self._run(listen(self._hear, self._wake_all))
        self._run(self._go_round())

    def _run(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("A task of the streams failed.", exc_info=error)

    def _hear(self, channel: str, payload: str) -> None:
        if channel == CHANGED:
            self.wake(int(payload))
        elif channel == PREVIEWED:
            self._tell_of_previews(UUID(payload))
        else:
            self._run(self._look_around([UUID(payload)]))

    def _wake_all(self) -> None:
        for project_id in list(self.readers):
            self.wake(project_id)
        self._tell_of_previews(*self.previews)
        self._run(self._look_around(list(self.people)))

    def _tell_of_previews(self, *imports: UUID) -> None:
        for import_id in imports:
            for told in self.previews.get(import_id, ()):
                told.set()

    async def _serve(self, project_id: int) -> None:
        """Reads and hands out until nothing new was heard of meanwhile."""
        try:
            while project_id in self.again and project_id in self.readers:
                await asyncio.sleep(GATHERING)
                self.again.discard(project_id)
                readers = list(self.readers.get(project_id, ()))
                try:
                    told = await self._in_thread(lambda: tell_as_of_now(project_id, readers))  # noqa: B023 - awaited at once
                except AWAY as error:
                    # Nobody was told anything: all is read again when the database is back.
                    log.warning("Streams wait for the database: %s", str(error).partition("\n")[0])
                    self.again.add(project_id)
                    await asyncio.sleep(1)
                    continue
                for reader, what in told.items():
                    _hand(reader, what)
        finally:
            self.busy.discard(project_id)
            self.again.discard(project_id)

    async def _go_round(self) -> None:
        """From time to time, without any occasion: may everybody still listen, and who is here."""
        for number in count(1):
            await asyncio.sleep(ROUND)
            try:
                if number % CONFIRMED == 0:
                    readers = self._all()
                    await self._in_thread(lambda: still_here(readers))  # noqa: B023 - awaited at once
            except AWAY:
                continue
            self._wake_all()

    async def _arrive(self, reader: Reader) -> None:
        try:
            await self._in_thread(lambda: came(reader))
        except AWAY:
            return  # The next round says so.
        self.people.pop(reader.articles[0], None)
        await self._look_around([reader.articles[0]])

    async def _depart(self) -> None:
        gone, self.gone = self.gone, set()
        if not gone:
            return
        try:
            await self._in_thread(lambda: went(gone))
        except AWAY:
            return  # It expires by itself.

    async def _look_around(self, articles: list[UUID]) -> None:
        """Tells the readers of these articles who is here, where that changed."""
        wanted = [article for article in articles if self._readers_of(article)]
        for article in set(articles) - set(wanted):
            self.people.pop(article, None)
        if not wanted:
            return
        try:
            found = await self._in_thread(lambda: people_on(wanted))
        except AWAY:
            return
        for article, people in found.items():
            text = message("presence", {"people": people})
            if self.people.get(article) != text:
                self.people[article] = text
                for reader in self._readers_of(article):
                    reader.give(text)

    def _all(self) -> list[Reader]:
        return [reader for readers in self.readers.values() for reader in readers]

    def _readers_of(self, article: UUID) -> list[Reader]:
        return [reader for reader in self._all() if reader.articles[0] == article]

    async def _in_thread(self, work: Callable[[], Answer]) -> Answer:
        def answered() -> Answer:
            try:
                return work()
            finally:
                connections.close_all()

        return await asyncio.get_running_loop().run_in_executor(self.threads, answered)


def _hand(reader: Reader, told: Told) -> None:
    if told.ended:
        reader.end()
        return
    reader.position, reader.sees_all, reader.known = told.position, told.sees_all, told.known
    reader.starts_anew = False
    if told.text:
        reader.give(told.text)


class Stream:
    """The bytes of one reader's stream, for a response."""

    def __init__(self, hub: Hub, reader: Reader) -> None:
        self.hub, self.reader = hub, reader

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self.hub.join(self.reader)
        try:
            yield OPENING
            while (chunk := await self.reader.next(BEAT)) is not None:
                yield chunk or beat(self.reader.position, self.hub.people.get(self.reader.articles[0], b""))
        finally:
            self.hub.leave(self.reader)

    def close(self) -> None:
        """Called at the end of the response, whether it was ever read from or not."""
        self.hub.release(self.reader)
        if (loop := self.hub.loop) is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self.hub.leave, self.reader)


HUB: Final = Hub()
