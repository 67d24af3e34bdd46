"""Problem details (RFC 9457): what every error of the API and of the server says of itself."""

from __future__ import annotations

from typing import Any, Final

from django.http import JsonResponse
from django.utils.translation import gettext, gettext_noop

MEDIA_TYPE: Final = "application/problem+json"

TITLES: Final = {
    400: ("invalid-input", gettext_noop("The input is invalid")),
    401: ("unauthenticated", gettext_noop("Sign in or send a valid token")),
    403: ("forbidden", gettext_noop("Access denied")),
    404: ("not-found", gettext_noop("Not found")),
    405: ("method-not-allowed", gettext_noop("Method not allowed")),
    406: ("not-acceptable", gettext_noop("This format is not available")),
    408: ("timeout", gettext_noop("The request was too slow")),
    413: ("too-large", gettext_noop("The request is too large")),
    415: ("unsupported-media-type", gettext_noop("Send application/json")),
    428: ("version-required", gettext_noop("Send the version in If-Match")),
    429: ("throttled", gettext_noop("Too many requests")),
    431: ("headers-too-large", gettext_noop("The headers are too large")),
    503: ("unavailable", gettext_noop("Try again in a moment")),
}
"""By status: the last part of the type, and the title, where nothing more particular is said."""


def problem(status_code: int, detail: str, slug: str = "", title: str = "", **more: Any) -> dict[str, Any]:
    """The body of an error answer."""
    default_slug, default_title = TITLES.get(status_code, ("error", gettext_noop("The request failed")))
    return {
        "type": f"/problems/{slug or default_slug}",
        "title": title or gettext(default_title),
        "status": status_code,
        "detail": detail,
        **more,
    }


def problem_answer(status_code: int, detail: str, slug: str = "", title: str = "", **more: Any) -> JsonResponse:
    """The answer itself, outside of REST framework."""
    body = problem(status_code, detail, slug, title, **more)
    return JsonResponse(body, status=status_code, content_type=MEDIA_TYPE)
