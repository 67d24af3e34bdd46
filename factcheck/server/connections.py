"""Connections of clients: how many there are, how large a request's head is, and how long anything may take.

uvicorn's own protocol limits nothing but the time that a connection is idle after an answer. A proxy in front may have
narrower limits; the server does not rely on one.
"""

import asyncio
import json
import resource
from operator import itemgetter
from typing import Any, Final

import uvicorn
from django.conf import settings
from django.utils.translation import gettext as _
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from factcheck.problems import MEDIA_TYPE, problem
from factcheck.server.request_body import ADMITTED

LIMITS: Final = settings.LIMITS
FIELD: Final = 32
"""Bytes that a header counts beside its name and value: many small ones take more memory than their text."""
MOST_WAITING: Final = 8
"""Requests that a client may send before it has the answer to the first."""
LEAST_TAKEN: Final = 16 * 1024
"""Bytes of an answer that a client takes within SEND_TIMEOUT at least, or all of it."""
LINGER: Final = 1.0
"""Seconds for which a connection stays open after a refusal, so that the client can read it."""
MOST_REFUSED: Final = 100
"""Connections above CONNECTIONS_MAX that are refused in words. More than these are just closed."""
TICK: Final = min(5.0, 0.25 * min(LIMITS.header_seconds, LIMITS.send_seconds))
OTHER_FILES: Final = 300
"""Open files of the process that are no connections of clients: to the database, uploads, files of releases."""


def server_config(application: Any, **more: Any) -> uvicorn.Config:
    """How uvicorn runs the application."""
    return uvicorn.Config(
        application,
        loop="uvloop",
        http=Connection,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=LIMITS.idle_seconds,
        timeout_graceful_shutdown=5,
        **more,
    )


def allow_open_files() -> int:
    """Let this process open a file for each connection, as far as the system allows it; gives how many it may open."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = LIMITS.connections + OTHER_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return wanted if soft == resource.RLIM_INFINITY else soft


class Connection(HttpToolsProtocol):
    """A connection of a client, with the limits of the environment."""

    waiting_since: float | None = None
    """When it began to wait for a request, new or after an answer; None while a request is under way."""
    head_since: float | None = None
    """When the head of the next request began: with the connection, later with its first byte."""
    asked_at = 0.0
    """When the head of the last request was whole."""
    in_head = False
    size = 0
    """Bytes of the head, and of what follows a body in pieces."""
    unparsed = 0
    """Bytes since the parser last got to the end of something."""
    body_came = False
    too_many = False
    refusing = False
    unsent: tuple[float, int] | None = None
    """Since when the client took nothing of an answer, and how much was to be taken then."""
    watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count it, and begin to watch it."""
        super().connection_made(transport)
        self.waiting_since = self.head_since = self.loop.time()
        self.watch = self.loop.call_later(TICK, self._look)
        if len(self.connections) > LIMITS.connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch it no longer."""
        if self.watch is not None:
            self.watch.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless the head becomes too large."""
        if self.refusing:
            return
        if self.waiting_since is not None and self.head_since is None:
            self.head_since = self.loop.time()
        waited, self.body_came = self.in_head or self.waiting_since is not None, False
        super().data_received(data)
        # Of a head that is still not whole, or of what stands between and behind the pieces of a body.
        goes_on = not self.body_came and (waited if self.in_head else self.waiting_since is None)
        self.unparsed = self.unparsed + len(data) if goes_on else 0
        if self.transport.is_closing():
            return
        if self.too_many:
            self.transport.abort()
        elif max(self.size, self.unparsed) > LIMITS.header_bytes:
            detail = _("The URL and headers of a request can have at most %(size)s KB.") % {
                "size": LIMITS.header_bytes // 1024
            }
            self._refuse(431, detail)

    # Called by the parser, within data_received

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.in_head, self.size, self.unparsed = True, 0, 0

    def on_url(self, url: bytes) -> None:
        """A part of its address."""
        self.size += len(url)
        if self.size <= LIMITS.header_bytes:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """One of its headers. Those after the body are no headers of the request: nobody checked them."""
        self.size += len(name) + len(value) + FIELD
        if self.in_head and self.size <= LIMITS.header_bytes:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is whole: the request is under way."""
        self.in_head = False
        self.too_many = len(self.pipeline) >= MOST_WAITING
        if not self._is_beyond_limits():
            self.waiting_since = self.head_since = None
            self.asked_at = self.loop.time()
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of its body."""
        self.body_came = True
        if not self._is_beyond_limits():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Its end."""
        if not self._is_beyond_limits():
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is whole."""
        super().on_response_complete()
        if self.cycle.response_complete:
            self.waiting_since = self.loop.time()
            self.head_since = self.waiting_since if self.in_head else None

    def resume_writing(self) -> None:
        """The client took nearly all of what was to be taken."""
        self.unsent = None
        super().resume_writing()

    def _is_beyond_limits(self) -> bool:
        return self.too_many or self.size > LIMITS.header_bytes

    def _look(self) -> None:
        """Close the connection where the client takes too long, to send a head or to take an answer."""
        self.watch = self.loop.call_later(TICK, self._look)
        now, left = self.loop.time(), self.transport.get_write_buffer_size()
        if left == 0:
            self.unsent = None
        elif self.unsent is None or left <= self.unsent[1] - LEAST_TAKEN:
            self.unsent = now, left
        elif now - self.unsent[0] > LIMITS.send_seconds:
            self.transport.abort()
            return
        if self.head_since is not None and now - self.head_since > LIMITS.header_seconds and not self.refusing:
            if self.in_head:
                self._refuse(408, _("The headers did not arrive in time. Send the request again."))
            else:
                self.transport.close()

    def _make_room(self) -> None:
        """Where there are too many, close the one that has waited longest for its client, or else refuse this one."""
        others = [other for other in self.connections if isinstance(other, Connection) and other is not self]
        taken = [other for other in others if not other.refusing and not other.transport.is_closing()]
        if len(taken) < LIMITS.connections:
            return
        waiting = [(since, other) for other in taken if (since := other._waits_for_client_since()) is not None]
        if waiting:
            min(waiting, key=itemgetter(0))[1].transport.abort()
        elif len(others) - len(taken) >= MOST_REFUSED:
            self.transport.abort()
        else:
            detail = _("This server has too many open connections. Try again in a few seconds.")
            self._refuse(503, detail, b"retry-after: 5\r\n")

    def _waits_for_client_since(self) -> float | None:
        """Since when it waits for a request, or for the body of one whose sender is not known; None otherwise."""
        if self.waiting_since is not None:
            return self.waiting_since
        return self.asked_at if self.cycle.more_body and ADMITTED not in self.cycle.scope else None

    def _refuse(self, status: int, detail: str, header: bytes = b"") -> None:
        """Answer with problem details, and close the connection a moment later."""
        self.refusing = True
        self._unset_keepalive_if_required()
        if self.waiting_since is None:
            # In the middle of an answer there is no place for another.
            self.transport.abort()
            return
        content = json.dumps(problem(status, detail)).encode()
        head = f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(content)}\r\nconnection: close\r\n".encode()
        self.transport.write(STATUS_LINE[status] + header + head + b"\r\n" + content)
        self.transport.write_eof()
        self.flow.resume_reading()
        self.loop.call_later(LINGER, self.transport.close)
