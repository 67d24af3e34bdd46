"""Uploads for imports: who sends is asked first, then the body goes to disk as it comes, and its bytes are counted.

Only these two addresses take more than a click does, and only as multipart forms. Memory stays flat; a thread is taken
when the body has come.
"""

import asyncio
import re
from tempfile import TemporaryFile
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_noop

from factcheck.server.request_body import Refused, Room, parts
from factcheck.server.wsgi_bridge import Bridge, Receive, Scope, Send, send_answer

UPLOADS = re.compile(r"/api/v1/projects/([^/]+)/imports/|/projects/([^/]+)/import/upload/")
BLOCK = 1024 * 1024
"""Bytes that are written to the disk at once, beside the event loop."""
DISK: Final = Room(settings.LIMITS.upload_bytes)


def is_upload(scope: Scope) -> bool:
    """Whether the request brings files for an import."""
    kind = dict(scope["headers"]).get(b"content-type", b"")
    return scope["method"] == "POST" and kind.startswith(b"multipart/") and bool(UPLOADS.fullmatch(scope["path"]))


async def upload(scope: Scope, receive: Receive, send: Send, clicks: Bridge) -> None:
    """Answer one request with files, as `clicks` would have it. Raises Refused and ClientLeft."""

    async def admit() -> None:
        if not await _may(scope, clicks):
            # Without its body: the address itself says what is missing, be it a token or a right.
            raise Refused(*await clicks.answer(_without(scope, b"content-type"), b""))

    with DISK.share() as share, TemporaryFile() as content:
        block = bytearray()
        async for part in parts(
            scope,
            receive,
            share,
            admit,
            settings.IMPORT_MAX_SIZE,
            gettext_noop("Split the files into several imports."),
        ):
            block += part
            if len(block) >= BLOCK:
                await asyncio.to_thread(content.write, bytes(block))
                block.clear()
        await asyncio.to_thread(content.write, bytes(block))
        content.seek(0)
        answer = await clicks.answer(scope, content)
    await send_answer(send, *answer)


async def _may(scope: Scope, clicks: Bridge) -> bool:
    """Whether the sender manages the project; asked like anybody asks for its imports."""
    slug = next(filter(None, UPLOADS.fullmatch(scope["path"]).groups()))  # type: ignore[union-attr]  # it is an upload
    path = f"/api/v1/projects/{slug}/imports/"
    asking = {**_without(scope, b"content-type"), "method": "GET", "path": path, "query_string": b"limit=1"}
    status, _, _ = await clicks.answer(asking, b"")
    if status == 403 and b"authorization" in dict(scope["headers"]):
        # A token that only writes may not read the list. Where it may write, nothing but the files is missing.
        status, _, _ = await clicks.answer({**asking, "method": "POST"}, b"")
        return status == 400
    return status == 200


def _without(scope: Scope, name: bytes) -> Scope:
    return {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != name]}
