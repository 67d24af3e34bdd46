"""The server's application: streams go to a handler that sends as it goes, all else to Django's faster WSGI one.

A click's answer takes one thread for one short while; a stream lasts, and must not hold one of them.
"""

import os
import re
from urllib.parse import quote

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
pages_and_api = get_wsgi_application()

from django.conf import settings  # noqa: E402  # the settings are there only after the line above
from django.db import connections  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.translation import gettext as _  # noqa: E402
from django.utils.translation import gettext_noop  # noqa: E402

from annotations.live.hub import HUB  # noqa: E402
from factcheck.server import upload_gate  # noqa: E402
from factcheck.server.request_body import ClientLeft, Refused, Room, has_body, is_utf8, parts, refuse, refused  # noqa: E402
from factcheck.server.stream_handler import StreamHandler  # noqa: E402
from factcheck.server.wsgi_bridge import Bridge, Message, Receive, Scope, Send, send_answer  # noqa: E402

STREAMS = re.compile(
    r"/api/v1/(?:projects/[^/]+/export|articles/[^/]+/events|releases/[^/]+/(?:files|compare)/[^/]+)/?"
    r"|/api/v1/imports/[^/]+/(?:refused|notes)\.csv"
    r"|/projects/[^/]+/imports/[^/]+/preview/"
    r"|/projects/[^/]+/import/address/[^/]+/ready/"
)

PROBES = {"/healthz", "/readyz", "/metrics"}

clicks = Bridge(pages_and_api, settings.WORKERS)
probes = Bridge(pages_and_api, 2)
"""Threads of their own: what machines ask is answered also while every thread for clicks is busy."""
streams = StreamHandler()
MEMORY = Room(settings.LIMITS.body_bytes)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request, or follow the server's start and stop."""
    if scope["type"] == "lifespan":
        await _follow_server(receive, send)
        return
    if scope["type"] != "http":
        await send({"type": "websocket.close", "code": 1000})
        return
    try:
        if not is_utf8(scope):
            raise refused(415, _("Bodies and URLs must be UTF-8."))
        if STREAMS.fullmatch(scope["path"]):
            if has_body(scope):
                raise refused(413, _("Send this request without a body."))
            await streams(scope, receive, send)
        elif scope["path"] in PROBES:
            await probes(scope, b"", send)  # none of them takes a body
        elif upload_gate.is_upload(scope):
            await upload_gate.upload(scope, receive, send, clicks)
        else:
            await _click(scope, receive, send)
    except Refused as refusal:
        await refuse(refusal, receive, send)
    except ClientLeft:
        return


async def _click(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request whose body is held in memory. Raises Refused and ClientLeft."""

    async def admit() -> None:
        """Ask who sends, as anybody asks for what the API knows of them; a token that only writes gets 403."""
        known_by = (b"host", b"authorization", b"cookie", b"factcheck-user", b"x-forwarded-proto")
        headers = [pair for pair in scope["headers"] if pair[0] in known_by]
        asking = {**scope, "method": "GET", "path": "/api/v1/me/", "query_string": b"", "headers": headers}
        status, told, content = await clicks.answer(asking, b"")
        if status == 401 and not scope["path"].startswith("/api/"):
            target = f"{reverse(settings.LOGIN_URL)}?next={quote(scope['path'])}"
            raise Refused(303, [(b"location", target.encode())], b"")
        if status not in (200, 403):
            raise Refused(status, told, content)

    with MEMORY.share() as share:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        received = [
            part
            async for part in parts(
                scope, receive, share, admit, limit, gettext_noop("Split the work into several requests.")
            )
        ]
        body = received[0] if len(received) == 1 else b"".join(received)
        received.clear()
        answer = await clicks.answer(scope, body)
        del body
    await send_answer(send, *answer)


async def _follow_server(receive: Receive, send: Send) -> None:
    while True:
        message: Message = await receive()
        if message["type"] == "lifespan.shutdown":
            await end_streams()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


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
