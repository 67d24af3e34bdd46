"""A client of the stream of events: reads them one by one from a socket of its own."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from annotations.models import Article, Token, User

PATIENCE = 30.0


@dataclass(frozen=True)
class Event:
    """One event as it arrived, and when."""

    name: str
    data: Any
    at: float


def token(user: User) -> str:
    """A token that reads."""
    return str(Token.objects.create(user, scopes=["read"])[1])


class Ear:
    """Listens in a thread until it is closed or the stream ends; keeps all that it hears."""

    def __init__(self, port: int, article: Article, key: str, *, last: str = "", query: str = "") -> None:
        self.heard: list[Event] = []
        self.last = last
        self.ended = threading.Event()
        self.client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Authorization": f"Bearer {key}"} if key.startswith("fc_") else {"Cookie": key}
        if last:
            headers["Last-Event-ID"] = last
        self.client.request("GET", f"/api/v1/articles/{article.pk}/events/{query}", headers=headers)
        assert self.client.sock is not None
        self.socket: socket.socket = self.client.sock
        self.answer = self.client.getresponse()
        self.thread = threading.Thread(target=self._listen, daemon=True)
        if self.answer.status == 200:
            self.thread.start()
        else:
            self.close()

    def _listen(self) -> None:
        lines: dict[str, str] = {}
        try:
            while raw := self.answer.readline():
                line = raw.decode().rstrip("\n")
                if line:
                    name, _, value = line.partition(": ")
                    lines[name] = value
                    continue
                self.last = lines.get("id", self.last)
                if "data" in lines:
                    self.heard.append(Event(lines.get("event", ""), json.loads(lines["data"]), time.monotonic()))
                lines = {}
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass
        finally:
            self.ended.set()

    def changes(self) -> list[Any]:
        """What was heard of objects."""
        return [event.data for event in list(self.heard) if event.name == "change"]

    def told(self) -> list[tuple[str, str]]:
        """What happened to which object, in short."""
        return [(change["what"], change["id"]) for change in self.changes()]

    def names(self) -> list[str]:
        """Who is here, by the latest word of it."""
        people = [event.data["people"] for event in list(self.heard) if event.name == "presence"]
        return [person["name"] for person in people[-1]] if people else []

    def until(self, said: Callable[[Ear], Any], seconds: float = PATIENCE) -> Any:
        """Waits until something is so; gives it."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if answer := said(self):
                return answer
            time.sleep(0.01)
        raise AssertionError(f"not heard in {seconds} s: {self.heard}")

    def begun(self) -> Ear:
        """Waits until the stream has told from where it goes on."""
        self.until(lambda ear: ear.last)
        return self

    def close(self) -> None:
        """Hangs up, if nobody did yet."""
        with suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)
        if self.thread.is_alive():
            self.thread.join(5)
        self.answer.close()
        self.client.close()
