"""Uploads for imports: who sends is asked first, then the body goes to disk as it comes, and its bytes are counted.

Only these two addresses take more than a click does, and only as multipart forms. Memory stays flat; a thread is taken
when the body has come.
"""

import asyncio
import re
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings

from factcheck.bodies import ClientLeft, TooLarge, refuse_large
from factcheck.bridge import Bridge, Receive, Scope, Send

UPLOADS = re.compile(r"/api/v1/projects/([^/]+)/imports/|/projects/([^/]+)/import/upload/")
BLOCK = 1024 * 1024
"""Bytes that are written to the disk at once, beside the event loop."""


def is_upload(scope: Scope) -> bool:
    """Whether the request brings files for an import."""
    kind = dict(scope["headers"]).get(b"content-type", b"")
    return scope["method"] == "POST" and kind.startswith(b"multipart/") and bool(UPLOADS.fullmatch(scope["path"]))


async def upload(scope: Scope, receive: Receive, send: Send, clicks: Bridge) -> None:
    """Answer one request with files, as `clicks` would have it."""
    if not await _may(scope, clicks):
        # Without its body: the address itself says what is missing, be it a token or a right.
        status, headers, answer = await clicks.answer(_without(scope, b"content-type"), b"")
        headers.append((b"connection", b"close"))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": answer})
        return
    with TemporaryFile() as content:
        try:
            await _receive(scope, receive, content)
        except TooLarge:
            await refuse_large(send, settings.IMPORT_MAX_SIZE, "Send several imports.")
        except ClientLeft:
            return
        else:
            content.seek(0)
            await clicks(scope, content, send)


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


async def _receive(scope: Scope, receive: Receive, content: IO[bytes]) -> None:
    """Writes the body to the file. Raises TooLarge, before reading where it says its length, and ClientLeft."""
    limit, size, block = settings.IMPORT_MAX_SIZE, 0, bytearray()
    if int(dict(scope["headers"]).get(b"content-length", b"0")) > limit:
        raise TooLarge
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientLeft
        part = message.get("body", b"")
        size, more = size + len(part), message.get("more_body", False)
        if size > limit:
            raise TooLarge
        block += part
        if len(block) >= BLOCK or not more:
            await asyncio.to_thread(content.write, bytes(block))
            block.clear()
