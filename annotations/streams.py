"""Streams of bytes that are made in threads and sent by an event loop."""

from __future__ import annotations

import asyncio
import time
import zlib
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Lock
from typing import Final, Self

THREADS: Final = 32

MAKERS: Final = ThreadPoolExecutor(THREADS, thread_name_prefix="stream")
"""The threads in which chunks are made: one for each chunk while it is made, not for each stream."""

ENDERS: Final = ThreadPoolExecutor(THREADS, thread_name_prefix="stream-end")
"""Threads of their own: those that make chunks may all be waiting for what is to be ended."""


ASKED_EVERY: float = 2.0
"""Seconds after which it is asked again whether whoever takes a stream still may."""


class NoLongerAllowed(Exception):
    """Whoever takes a stream has signed out, or their token or account was ended, meanwhile."""


class Stream:
    """Chunks for a streaming response, each made when the one before is sent. What fails half way raises half way.

    `interrupt` ends what a chunk that is being made waits for. `close` may be called at any time, from any
    thread and more than once: a generator that is running cannot be closed, so it is interrupted until it stops.
    """

    def __init__(self, chunks: Generator[bytes], interrupt: Callable[[], None] = lambda: None) -> None:
        self._chunks, self._interrupt = chunks, interrupt
        self._making: Future[bytes | None] | None = None
        self._first: bytes | None = None
        self._closed = False
        self._lock = Lock()
        self.ended: Future[None] = Future()
        """Done once the stream is closed and whatever it held is free."""

        self.may_go_on: Callable[[], bool] | None = None
        """Asked in a thread, every few seconds while a chunk is made and before one is sent."""
        self._asked = time.monotonic()

    def begin(self) -> None:
        """Makes the first chunk: what fails until then fails before the answer has a status."""
        with self._failing_quietly():
            self._first = self._make().result()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> bytes:
        chunk, self._first = self._first, None
        if chunk is None:
            with self._failing_quietly():
                making = asyncio.wrap_future(self._make())
                # Nobody awaits it where the stream is left: what fails then is of no interest.
                making.add_done_callback(lambda made: made.cancelled() or made.exception())
                while not (await asyncio.wait([making], timeout=ASKED_EVERY))[0]:
                    await self._ask()
                chunk = making.result()
        if chunk is None:
            raise StopAsyncIteration
        await self._ask()
        return chunk

    async def _ask(self) -> None:
        """Raises NoLongerAllowed."""
        if self.may_go_on is not None and time.monotonic() - self._asked >= ASKED_EVERY:
            # Not among those that make chunks, which may all be waiting.
            if not await asyncio.wrap_future(ENDERS.submit(self.may_go_on)):
                raise NoLongerAllowed
            self._asked = time.monotonic()

    def _make(self) -> Future[bytes | None]:
        with self._lock:
            if self._closed:
                raise asyncio.CancelledError
            self._making = MAKERS.submit(next, self._chunks, None)
            return self._making

    @contextmanager
    def _failing_quietly(self) -> Iterator[None]:
        """A chunk that was interrupted because nobody takes it is no failure."""
        try:
            yield
        except Exception:  # whatever the query or the format raises when it is interrupted
            if self._closed:
                raise asyncio.CancelledError from None
            raise

    def close(self) -> None:
        """Begins to end the stream, and waits for nothing."""
        with self._lock:
            if not self._closed:
                self._closed = True
                ENDERS.submit(self._end)

    def _end(self) -> None:
        try:
            self._interrupt_and_close()
        finally:
            self.ended.set_result(None)

    def _interrupt_and_close(self) -> None:
        making = self._making
        # What waits for nothing when it is interrupted may do so a moment later.
        while making and not making.cancel() and not making.done():
            self._interrupt()
            wait([making], timeout=0.2)
        self._chunks.close()


class Streams:
    """The streams of one request, which are closed when it is over or its client has gone; later ones too."""

    IN_SCOPE: Final = "factcheck.streams"
    """Where the scope of a request has them."""

    def __init__(self) -> None:
        self._open: list[Stream] = []
        self._over = False

    def add(self, stream: Stream) -> None:
        self._open.append(stream)
        if self._over:
            stream.close()

    def close(self) -> None:
        self._over = True
        for stream in self._open:
            stream.close()


def gzipped(chunks: Iterator[bytes]) -> Generator[bytes]:
    """The same bytes as a gzip stream."""
    compressor = zlib.compressobj(level=1, wbits=31)
    for chunk in chunks:
        if small := compressor.compress(chunk):
            yield small
    yield compressor.flush()
