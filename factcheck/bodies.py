"""What may become of a request's body before anybody reads it."""

import json

from factcheck.bridge import Send


class TooLarge(Exception):
    """The request's body is larger than what this address takes."""


class ClientLeft(Exception):
    """The client went away before its request was complete."""


async def refuse_large(send: Send, limit: int, advice: str) -> None:
    """Answer 413. The rest of the body is not read: the connection is closed instead."""
    problem = {
        "type": "/problems/too-large",
        "title": "The request is too large",
        "status": 413,
        "detail": f"A request may have up to {limit // 1024**2} MB here. {advice}",
    }
    content = json.dumps(problem).encode()
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(content)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": content})
