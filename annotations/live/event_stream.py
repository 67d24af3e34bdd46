"""How events look on their way (text/event-stream, HTML Living Standard 9.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from annotations.live.changes import Touch
from annotations.live.visible_objects import as_text

OPENING: Final = b"retry: 1500\n\n"


def message(event: str, data: Any, point: str | None = None) -> bytes:
    """One event; with a point to resume from behind it."""
    name = f"id: {point}\n" if point else ""
    return f"{name}event: {event}\ndata: {as_text(data)}\n\n".encode()


def point(snapshot: str) -> bytes:
    """Nothing but a point to resume from."""
    return f"id: {snapshot}\n\n".encode()


def beat(snapshot: str | None, presence: bytes) -> bytes:
    """Says, when nothing else was to be said for a while, that the stream lives, and who is here: once more."""
    return b": still here\n" + (f"id: {snapshot}\n\n".encode() if snapshot else b"\n") + presence


def reset(snapshot: str) -> bytes:
    """More changed than can be told: fetch the article again."""
    return message("reset", {}, snapshot)


def change(touch: Touch, shown: Mapping[str, Any] | None, by: Mapping[str, Any] | None, snapshot: str | None) -> bytes:
    """What became of one object; None as `shown` where it is gone for this reader."""
    kind, key = touch.key
    what = "deleted" if shown is None else "created" if touch.created else "updated"
    version = shown and shown["version"]
    said = {"kind": kind, "id": key, "what": what, "version": version, "by": by, "object": shown}
    return message("change", said, snapshot)
