"""Problem details (RFC 9457): what every error of the API and of the server says of itself."""

from __future__ import annotations

from typing import Any, Final

from django.http import JsonResponse

MEDIA_TYPE: Final = "application/problem+json"

TITLES: Final = {
    400: ("invalid-input", "The input is not valid"),
    401: ("unauthenticated", "Sign in or send a valid token"),
    403: ("forbidden", "Your roles or token do not allow this"),
    404: ("not-found", "There is nothing here for you"),
    405: ("method-not-allowed", "This method does not apply here"),
    406: ("not-acceptable", "No representation fits the Accept header"),
    408: ("timeout", "The request came too slowly"),
    413: ("too-large", "The request is too large"),
    415: ("unsupported-media-type", "Send application/json"),
    428: ("version-required", "State the version in If-Match"),
    429: ("throttled", "Too many requests"),
    431: ("headers-too-large", "The headers are too large"),
    503: ("unavailable", "Try again in a moment"),
}
"""By status: the last part of the type, and the title, where nothing more particular is said."""


def problem(status_code: int, detail: str, slug: str = "", title: str = "", **more: Any) -> dict[str, Any]:
    """The body of an error answer."""
    default_slug, default_title = TITLES.get(status_code, ("error", "The request failed"))
    return {
        "type": f"/problems/{slug or default_slug}",
        "title": title or default_title,
        "status": status_code,
        "detail": detail,
        **more,
    }


def problem_answer(status_code: int, detail: str, slug: str = "", title: str = "", **more: Any) -> JsonResponse:
    """The answer itself, outside of REST framework."""
    body = problem(status_code, detail, slug, title, **more)
    return JsonResponse(body, status=status_code, content_type=MEDIA_TYPE)
