"""HTTP clients that take next to nothing of the machine: bytes into a socket, bytes out of it."""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

_LENGTH: Final = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
BUFFER: Final = 1024 * 1024


def request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    """One request as it goes over the wire."""
    head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
    if body:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode() + body


@dataclass(slots=True)
class Download:
    """What came of reading one stream to its end: seconds to the first byte of its body and to the last, and bytes."""

    first: float
    last: float
    size: int


def download(port: int, path: str, token: str) -> Download:
    """Reads a chunked answer as fast as it comes, and keeps nothing of it."""
    buffer = memoryview(bytearray(BUFFER))
    with socket.create_connection(("127.0.0.1", port)) as connection:
        begun = time.perf_counter()
        connection.sendall(request("GET", path, token))
        head = b""
        while b"\r\n\r\n" not in head or head.endswith(b"\r\n\r\n"):
            head += _some(connection.recv(BUFFER))
        first = time.perf_counter() - begun
        assert head.startswith(b"HTTP/1.1 200"), head[:500]
        size, end = len(head.partition(b"\r\n\r\n")[2]), b""
        while end != b"\r\n0\r\n\r\n":
            count = connection.recv_into(buffer)
            assert count, "the export broke off"
            size += count
            end = (end + bytes(buffer[max(0, count - 7) : count]))[-7:]
    return Download(first, time.perf_counter() - begun, size)


def _some(read: bytes) -> bytes:
    assert read, "the server closed the connection"
    return read


@dataclass(slots=True)
class Load:
    """What clients did: requests in so many seconds, and how long each one took, in seconds."""

    seconds: float = 0.0
    each: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.each) / self.seconds

    def share(self, part: float) -> float:
        """The time within which this part of the requests was answered."""
        return sorted(self.each)[min(len(self.each) - 1, int(len(self.each) * part))]


class Caller:
    """One kept-alive connection, whose every request waits for the answer to the one before."""

    def __init__(self, port: int, requests: Iterator[bytes], expected: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests, self.expected = requests, expected
        self.answer = b""
        self.sent = 0.0

    def ask(self) -> None:
        """Sends the next request."""
        wanted = next(self.requests)
        self.answer, self.sent = b"", time.perf_counter()
        self.socket.sendall(wanted)

    def hear(self) -> bool:
        """Reads what is there; whether the answer is complete."""
        self.answer += _some(self.socket.recv(BUFFER))
        head, ended, body = self.answer.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        if not ended or length is None or len(body) < int(length[1]):
            return False
        assert self.answer.startswith(self.expected), self.answer[:1000]
        return True


def load(port: int, clients: int, seconds: float, requests: Callable[[int], Iterator[bytes]], expected: bytes) -> Load:
    """Lets so many clients call for so long. `requests` gives each client its own, `expected` begins each answer."""
    done = Load()
    callers = [Caller(port, requests(number), expected) for number in range(clients)]
    with selectors.DefaultSelector() as ready:
        begun = time.perf_counter()
        for caller in callers:
            ready.register(caller.socket, selectors.EVENT_READ, caller)
            caller.ask()
        while ready.get_map():
            for key, _ in ready.select():
                caller = key.data
                if not caller.hear():
                    continue
                now = time.perf_counter()
                done.each.append(now - caller.sent)
                if now - begun < seconds:
                    caller.ask()
                else:
                    ready.unregister(caller.socket)
        done.seconds = time.perf_counter() - begun
    for caller in callers:
        caller.socket.close()
    return done
