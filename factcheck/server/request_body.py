"""The body of a request before Django has it: how large, how slow and from whom, and how it is refused."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from django.conf import settings
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext

from factcheck.problems import MEDIA_TYPE, problem
from factcheck.server.wsgi_bridge import Headers, Receive, Scope, Send

UTF_8: Final = ("utf-8", "utf8", "us-ascii", "ascii")

FROM_ANYBODY: Final = 64 * 1024
"""Bytes of a body that are read before it is known who sends it."""

ADMITTED: Final = "factcheck.admitted"
"""Where the scope of a request says that its sender may send more than that."""

SLOWEST: Final = 16 * 1024
"""Bytes that give a sender one second more than BODY_TIMEOUT for the body."""

LINGER: Final = 1.0
"""Seconds for which the rest of a refused body is read and dropped. A client that is still sending would not see the
answer otherwise: its system drops it when the connection is closed on what it sent.
"""


class ClientLeft(Exception):
    """The client went away before its request was complete."""


class Refused(Exception):
    """The request is answered without (the rest of) its body."""

    def __init__(self, status: int, headers: Headers, content: bytes) -> None:
        super().__init__(status)
        self.status, self.headers, self.content = status, headers, content


def refused(status: int, detail: str, *, retry_after: int | None = None) -> Refused:
    """A refusal as problem details."""
    headers = [(b"content-type", MEDIA_TYPE.encode())]
    if retry_after is not None:
        headers.append((b"retry-after", str(retry_after).encode()))
    return Refused(status, headers, json.dumps(problem(status, detail)).encode())


def too_large(limit: int, advice: str) -> Refused:
    """413 for a body of more than `limit` bytes."""
    size = gettext("A request can have at most %(size)s MB here.") % {"size": limit // 1024**2}
    return refused(413, f"{size} {gettext(advice)}")


async def refuse(refusal: Refused, receive: Receive, send: Send) -> None:
    """Answer, then close the connection, on which the rest of the body may still be coming."""
    kept = [pair for pair in refusal.headers if pair[0] not in (b"content-length", b"connection")]
    headers = [*kept, (b"content-length", str(len(refusal.content)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.content, "more_body": True})
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            more = True
            while more:
                more = (await receive()).get("more_body", False)
    await send({"type": "http.response.body", "body": b""})


class Room:
    """The bytes of large bodies that this process has room for at one time, in memory or on disk."""

    def __init__(self, size: int) -> None:
        self.free = size

    @contextmanager
    def share(self) -> Iterator["Share"]:
        """What one request takes of it, given back at the end of the block."""
        share = Share(self)
        try:
            yield share
        finally:
            self.free += share.size


class Share:
    """What one request has taken."""

    def __init__(self, room: Room) -> None:
        self.room, self.size = room, 0

    def have(self, size: int) -> None:
        """Take what is missing to so many bytes. Raises Refused where there are not so many."""
        missing = max(0, size - self.size)
        if missing > self.room.free:
            detail = gettext("The server is busy receiving data. Try again in a few seconds.")
            raise refused(503, detail, retry_after=5)
        self.room.free -= missing
        self.size += missing


def is_utf8(scope: Scope) -> bool:
    """Whether the request states no other charset. Django would read its address in that too, and not in every one."""
    try:
        stated = [
            parse_header_parameters(value.decode("latin-1"))[1].get("charset", "utf-8")
            for name, value in scope["headers"]
            if name == b"content-type"
        ]
    except ValueError:  # a parameter names a charset of its own, which there is not
        return False
    return all(charset.lower() in UTF_8 for charset in stated)


def has_body(scope: Scope) -> bool:
    """Whether the request says that it has a body."""
    return announced(scope) > 0 or any(name == b"transfer-encoding" for name, _ in scope["headers"])


def announced(scope: Scope) -> int:
    """The bytes that the request says its body has; 0 where it does not say."""
    return int(dict(scope["headers"]).get(b"content-length", b"0"))


async def parts(
    scope: Scope, receive: Receive, share: Share, admit: Callable[[], Awaitable[None]], limit: int, advice: str
) -> AsyncIterator[bytes]:
    """The body as it comes, at most `limit` bytes of it.

    More than FROM_ANYBODY needs a share of the room, which strangers do not get: `admit` is awaited first, and raises
    Refused for somebody who may not send it. Raises Refused, before a byte is read where the request says its length,
    and ClientLeft.
    """
    loop, expected = asyncio.get_running_loop(), announced(scope)
    part, size, more, waited = b"", 0, True, 0.0
    while True:
        if max(size, expected) > limit:
            raise too_large(limit, advice)
        if max(size, expected) > FROM_ANYBODY:
            if not share.size:
                await admit()
                scope[ADMITTED] = True
            share.have(max(size, expected))
        if part:
            yield part
        if not more:
            return
        begun = loop.time()
        try:
            # What the server itself takes, to ask who sends or to write to the disk, does not count.
            async with asyncio.timeout_at(begun + settings.LIMITS.body_seconds + size / SLOWEST - waited):
                message = await receive()
        except TimeoutError:
            raise refused(408, gettext("The request was not complete in time. Send it again.")) from None
        if message["type"] == "http.disconnect":
            raise ClientLeft
        waited += loop.time() - begun
        part, more = message.get("body", b""), message.get("more_body", False)
        size += len(part)
