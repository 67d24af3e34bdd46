"""The server's application: streams go to Django's ASGI handler, all else to its faster WSGI one.

A click's answer takes one thread for one short while; a stream lasts, and must not hold one of them.
"""

import asyncio
import os
import re

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
streams = get_asgi_application()

from django.conf import settings  # noqa: E402  # the settings are there only after the line above
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connections  # noqa: E402

from annotations.live.hub import HUB  # noqa: E402
from annotations.streams import Streams  # noqa: E402
from factcheck import uploading  # noqa: E402
from factcheck.bodies import ClientLeft, TooLarge, refuse_large  # noqa: E402
from factcheck.bridge import Bridge, Message, Receive, Scope, Send  # noqa: E402

STREAMS = re.compile(
    r"/api/v1/(?:projects/[^/]+/export|articles/[^/]+/events|releases/[^/]+/(?:files|compare)/[^/]+)/?"
    r"|/api/v1/imports/[^/]+/(?:refused|notes)\.csv"
)

PROBES = {"/healthz", "/readyz", "/metrics"}

clicks = Bridge(get_wsgi_application(), settings.WORKERS)
probes = Bridge(clicks.application, 2)
"""Threads of their own: what machines ask is answered also while every thread for clicks is busy."""


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, or follow the server's start and stop."""
    if scope["type"] == "lifespan":
        await _follow_server(receive, send)
        return
    if scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
        return
    if STREAMS.fullmatch(scope["path"]):
        await _stream(scope, receive, send)
        return
    if scope["path"] in PROBES:
        await probes(scope, b"", send)  # none of them takes a body
        return
    if uploading.is_upload(scope):
        await uploading.upload(scope, receive, send, clicks)
        return
    try:
        body = await _read_body(scope, receive)
    except TooLarge:
        await refuse_large(send, settings.DATA_UPLOAD_MAX_MEMORY_SIZE, "Send the work in several parts.")
    except ClientLeft:
        return
    else:
        await clicks(scope, body, send)


SEND_SECONDS: float = 60
"""How long a stream waits for its client to take a part of it."""


class SlowReader(Exception):
    """A client took nothing for longer than anybody waits for one."""


async def _stream(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with a stream, until the client has it or is gone. Django ends its tasks then, but not its threads."""
    scope[Streams.IN_SCOPE] = begun = Streams()

    async def received() -> Message:
        message = await receive()
        if message["type"] == "http.disconnect":
            begun.close()
        return message

    async def send_in_time(message: Message) -> None:
        try:
            async with asyncio.timeout(SEND_SECONDS):
                await send(message)
        except TimeoutError as error:
            raise SlowReader from error

    try:
        await streams(scope, received, send_in_time)  # type: ignore[arg-type]  # asgiref's types are narrower
    except SlowReader:
        pass  # The server breaks off the answer, for it has no end.
    finally:
        begun.close()


async def _follow_server(receive: Receive, send: Send) -> None:
    while True:
        message: Message = await receive()
        if message["type"] == "lifespan.shutdown":
            await end_streams()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _read_body(scope: Scope, receive: Receive) -> bytes:
    """The whole body. Raises TooLarge before reading one that says its length, and ClientLeft."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    length = dict(scope["headers"]).get(b"content-length", b"0")
    if int(length) > limit:
        raise TooLarge
    parts = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientLeft
        parts += message.get("body", b"")
        if len(parts) > limit:
            raise TooLarge
        if not message.get("more_body", False):
            return bytes(parts)


async def end_streams() -> None:
    """End the streams that last, before the server waits for what is under way."""
    await HUB.close()


def close() -> None:
    """Let the threads and the database's connections go."""
    clicks.close()
    probes.close()
    for connection in connections.all():
        connection.close()
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
