"""Django's handler for answers that stream: a thread makes the beginning, and none waits with the stream."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from typing import Any, Final, cast

from django.conf import settings
from django.core import signals
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import close_old_connections
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

from annotations.formats.writing.streaming import AT_ONCE
from annotations.streams import NoLongerAllowed, Streams
from factcheck.server.wsgi_bridge import Receive, Scope, Send

FOR_EVENTS: Final = ThreadPoolExecutor(settings.EVENT_WORKERS, thread_name_prefix="event-stream")
"""Threads in which event streams begin, which takes milliseconds."""

FOR_DOWNLOADS: Final = ThreadPoolExecutor(AT_ONCE + settings.DOWNLOAD_WORKERS, thread_name_prefix="download")
"""Threads in which everything else begins, up to its first bytes: more than there are exports that may take long."""


class SlowReader(Exception):
    """A client took nothing for longer than SEND_TIMEOUT."""


class StreamHandler(ASGIHandler):
    """Answers requests whose answer is sent as it is made.

    Django's own handler keeps a thread for each request until the last byte is sent. Here the request runs in a thread
    up to its response, as under WSGI, and the event loop sends that.
    """

    def __init__(self) -> None:
        self.load_middleware()

    async def __call__(  # type: ignore[override]  # Django's types are narrower
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer one request, until the client has the answer or is gone."""
        begun = scope[Streams.IN_SCOPE] = Streams()
        gone = asyncio.create_task(_wait_until_gone(receive, begun))
        try:
            await self._answer(scope, send, gone)
        finally:
            gone.cancel()
            begun.close()

    async def _answer(self, scope: Scope, send: Send, gone: asyncio.Task[None]) -> None:
        threads = FOR_EVENTS if scope["path"].startswith("/api/v1/articles/") else FOR_DOWNLOADS
        try:
            response = await asyncio.get_running_loop().run_in_executor(threads, self._begin, scope)
        except asyncio.CancelledError:
            if gone.done():
                return  # Nobody takes the stream, so it was interrupted before its first bytes.
            raise
        sending = asyncio.create_task(self._send(response, send))
        try:
            await asyncio.wait({gone, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sending.cancel()
            await asyncio.wait({sending})
            # This waits for nothing: streams are ended by threads of their own.
            response.close()
        if not sending.cancelled():
            sending.result()

    def _begin(self, scope: Scope) -> HttpResponseBase:
        """The response, made in this thread as a whole."""
        signals.request_started.send(sender=self.__class__, scope=scope)
        set_script_prefix(get_script_prefix(scope))
        request, refusal = self.create_request(scope, BytesIO())
        try:
            return self.get_response(request) if request is not None else cast(HttpResponseBase, refusal)
        finally:
            # What is sent later is read through connections of its own.
            close_old_connections()

    async def _send(self, response: Any, send: Send) -> None:
        async def send_in_time(message: Any) -> None:
            try:
                async with asyncio.timeout(settings.LIMITS.send_seconds):
                    await send(message)
            except TimeoutError as error:
                raise SlowReader from error

        # The server breaks off an answer that has no end.
        with suppress(SlowReader, NoLongerAllowed):
            await self.send_response(response, send_in_time)


async def _wait_until_gone(receive: Receive, begun: Streams) -> None:
    """Waits for the client to go, and ends what it asked for, also what a chunk waits for in the database."""
    while (await receive())["type"] != "http.disconnect":
        pass
    begun.close()
