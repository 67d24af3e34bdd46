"""A small site with everything that a fetched address may do, and a network in which it is somewhere public."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from annotations.formats.fetching.network import Network

PUBLIC: Final = "93.184.216.34"
SAYS: Final = "Der Bürgermeister sagt zum {}. Mal: Die Brücke über den Fluß ist sicher."
SENTENCES: Final = " ".join(map(SAYS.format, range(9)))
PAGE: Final = f"<!doctype html><html lang='de'><title>Die Brücke</title><article><p>{SENTENCES}</p></article></html>"
BOMB: Final = gzip.compress(bytes(40 * 1024 * 1024), 9)

Answer = tuple[int, dict[str, str], bytes]
HTML: Final = {"Content-Type": "text/html; charset=utf-8"}
ANSWERS: Final[dict[str, Answer]] = {
    "/page": (200, HTML, PAGE.encode()),
    "/packed": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())),
    "/latin": (200, {"Content-Type": "text/html; charset=ISO-8859-1"}, PAGE.encode("cp1252")),
    "/text": (200, {"Content-Type": "text/plain; charset=windows-1252"}, SENTENCES.encode("cp1252")),
    "/missing": (404, HTML, b"<p>no"),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/untyped": (200, {}, b"<p>x"),
    "/brotli": (200, {**HTML, "Content-Encoding": "br"}, b"x"),
    "/broken-gzip": (200, {**HTML, "Content-Encoding": "gzip"}, b"nothing of the kind"),
    "/half-gzip": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(PAGE.encode())[:-20]),
    "/bomb": (200, {**HTML, "Content-Encoding": "gzip"}, BOMB),
    "/large": (200, HTML, b"x" * (10 * 1024**2 + 1)),
    "/short": (200, {**HTML, "Content-Length": "99999"}, b"<p>x"),
    "/moved": (302, {"Location": "/page"}, b""),
    "/elsewhere": (301, {"Location": "http://other.example.org/page"}, b""),
    "/inside": (302, {"Location": "http://inside.example.org/secret"}, b""),
    "/loopback": (302, {"Location": "http://127.0.0.1:9000/secret"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/5": (302, {"Location": "/4"}, b""),
    "/4": (302, {"Location": "/3"}, b""),
    "/3": (302, {"Location": "/2"}, b""),
    "/2": (302, {"Location": "/moved"}, b""),
}


class Handler(BaseHTTPRequestHandler):
    """Answers what stands in the table, or drips."""

    def do_GET(self) -> None:
        self.server.asked.append((self.headers["Host"], self.path, dict(self.headers)))  # type: ignore[attr-defined]
        if self.path == "/drip":
            self._drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        elif self.path == "/drip-headers":
            self._drip(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        else:
            status, headers, content = ANSWERS[self.path]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

    def _drip(self, begun: bytes) -> None:
        self.wfile.write(begun)
        for _ in range(100):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def handle(self) -> None:
        try:
            super().handle()
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@dataclass
class Site:
    """What the site was asked, and the network it stands in: names by their addresses, who was connected to."""

    port: int
    asked: list[tuple[str, str, dict[str, str]]]
    names: dict[str, list[list[str]]] = field(default_factory=dict)
    connected: list[tuple[str, int]] = field(default_factory=list)
    looked_up: list[str] = field(default_factory=list)

    def network(self) -> Network:
        return Network(resolve=self._resolve, connect=self._connect)

    def _resolve(self, host: str, port: int) -> list[str]:
        """The next of the answers that a name has; the last one stays."""
        self.looked_up.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def _connect(self, address: str, port: int, seconds: float) -> socket.socket:
        self.connected.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=seconds)


@contextmanager
def serving() -> Iterator[Site]:
    """The site as long as it is needed."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        asked: list[tuple[str, str, dict[str, str]]] = []
        server.asked = asked  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield Site(server.server_address[1], asked)
        finally:
            server.shutdown()
