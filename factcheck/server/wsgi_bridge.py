"""Runs a WSGI application under an ASGI server: one hop to a thread and back for each request.

The request's body is read before a thread is taken, so a slow sender holds memory but never a thread; and
the answer is sent after the thread is free, so neither does a slow reader. Answers are whole: what streams
belongs on the ASGI side.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from io import SEEK_END, BytesIO
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[bytes, bytes]]


class Bridge:
    """An ASGI application (for requests whose body has been read) around a WSGI one."""

    def __init__(self, application: Application, workers: int) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(workers, thread_name_prefix="request")

    async def __call__(self, scope: Scope, body: bytes | IO[bytes], send: Send) -> None:
        """Answer one request; a body that lies in a file is read from where the file stands."""
        await send_answer(send, *await self.answer(scope, body))

    async def answer(self, scope: Scope, body: bytes | IO[bytes]) -> tuple[int, Headers, bytes]:
        """Status, headers and content for one request."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self._answer, environ(scope, body))

    def close(self) -> None:
        """Take no more requests. The server has waited for those under way as long as it would."""
        self.threads.shutdown(wait=False, cancel_futures=True)

    def _answer(self, variables: dict[str, Any]) -> tuple[int, Headers, bytes]:
        started: list[tuple[int, Headers]] = []

        def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:
            pairs = [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers]
            started.append((int(status[:3]), pairs))

        parts = self.application(variables, start_response)
        try:
            content = b"".join(parts)
        finally:
            # Django ends the request here: signals fire, the connection returns to the pool.
            getattr(parts, "close", lambda: None)()
        return *started[-1], content


async def send_answer(send: Send, status: int, headers: Headers, content: bytes) -> None:
    """Send an answer that is whole."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def environ(scope: Scope, body: bytes | IO[bytes]) -> dict[str, Any]:
    """The WSGI (PEP 3333) view of an ASGI request."""
    server_name, server_port = scope.get("server") or ("localhost", 80)
    client_name, client_port = scope.get("client") or ("", 0)
    variables: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server_name,
        "SERVER_PORT": str(server_port or 0),
        "REMOTE_ADDR": client_name,
        "REMOTE_PORT": str(client_port),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": BytesIO(body) if isinstance(body, bytes) else body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        # An underscore would let `X_Forwarded_Proto` pass for the header that only the proxy may set.
        if b"_" in raw_name or raw_name == b"content-length":
            continue
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        if key in variables:
            value = f"{variables[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{value}"
        variables[key] = value
    if isinstance(body, bytes):
        length = len(body)
    else:
        here = body.tell()
        length = body.seek(0, SEEK_END) - here
        body.seek(here)
    variables["CONTENT_LENGTH"] = str(length)
    return variables
