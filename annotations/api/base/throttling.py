"""How often one may call: per token and per address, counted in fixed minutes in this process."""

from __future__ import annotations

import threading
import time
from typing import Any, Final

from rest_framework.request import Request
from rest_framework.settings import api_settings
from rest_framework.throttling import BaseThrottle

from annotations.models import Token

WINDOW: Final = 60
_lock: Final = threading.Lock()
_counts: Final[dict[tuple[str, str], int]] = {}
_minute = 0


class Rate(BaseThrottle):
    """Counts calls of the current minute; what is left is said in `RateLimit-*` headers."""

    scope = ""

    def key(self, request: Request) -> str | None:
        """Whom to count, or None for nobody."""
        raise NotImplementedError

    def allow_request(self, request: Request, view: Any) -> bool:
        key = self.key(request)
        if key is None:
            return True
        limit = int(str(api_settings.DEFAULT_THROTTLE_RATES[self.scope]).partition("/")[0])
        left = limit - _count((self.scope, key))
        said: tuple[int, int] | None = getattr(request, "rate", None)
        if said is None or left < said[1]:
            setattr(request, "rate", (limit, left))  # noqa: B010 - a request carries what its answer will tell
        return left >= 0

    def wait(self) -> float:
        return WINDOW - time.time() % WINDOW


class TokenRate(Rate):
    """Calls with one token."""

    scope = "token"

    def key(self, request: Request) -> str | None:
        return request.auth.digest if isinstance(request.auth, Token) else None


class AddressRate(Rate):
    """Calls from one address."""

    scope = "address"

    def key(self, request: Request) -> str | None:
        return self.get_ident(request)


def rate_headers(request: Any) -> dict[str, str]:
    """What to tell the caller about the tighter of the two limits."""
    said = getattr(request, "rate", None)
    if said is None:
        return {}
    limit, left = said
    reset = int(WINDOW - time.time() % WINDOW)
    return {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(max(left, 0)),
        "RateLimit-Reset": str(reset),
    }


def _count(key: tuple[str, str]) -> int:
    global _minute  # noqa: PLW0603 - the counts are this process's
    with _lock:
        minute = int(time.time() // WINDOW)
        if minute != _minute:
            _counts.clear()
            _minute = minute
        _counts[key] = _counts.get(key, 0) + 1
        return _counts[key]
