"""The address of this site: where links lead, and which requests are for it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast
from urllib.parse import urlsplit

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port, validate_host
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware
from django.utils.translation import gettext as _

from factcheck.environment import is_loopback
from factcheck.problems import problem_answer

Answer = Callable[[HttpRequest], HttpResponseBase]
LaterAnswer = Callable[[HttpRequest], Awaitable[HttpResponseBase]]

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port", "X-Forwarded-Proto", "X-Real-IP")
"""Headers by which a proxy says whose request it passes on."""


def address(path: str) -> str:
    """The whole address of a path, for mails: below SITE_URL, whatever name and port a request came to."""
    return f"{settings.SITE_URL}{path}"


@sync_and_async_middleware
def known_host(get_response: Answer | LaterAnswer) -> Answer | LaterAnswer:
    """Middleware that refuses requests which are not for this site, and gives the others its name and scheme."""
    if iscoroutinefunction(get_response):
        get_later = cast(LaterAnswer, get_response)

        async def answer_later(request: HttpRequest) -> HttpResponseBase:
            return _refusal(request) or await get_later(request)

        return answer_later

    get_now = cast(Answer, get_response)

    def answer(request: HttpRequest) -> HttpResponseBase:
        return _refusal(request) or get_now(request)

    return answer


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """A refusal, or None after the request was given the site's own port and scheme."""
    host, _ = split_domain_port(request.META.get("HTTP_HOST") or request.META["SERVER_NAME"])
    forwarded = next((name for name in FORWARDED if f"HTTP_{name.upper().replace('-', '_')}" in request.META), None)
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return _refuse(request, _unknown_host())
    if settings.SITE_IS_LOCAL:
        return _refuse(request, _through_proxy(forwarded)) if forwarded else None
    site = urlsplit(settings.SITE_URL)
    if host == split_domain_port(site.netloc)[0]:
        # Proxies drop the port, and anybody may send another one.
        request.META["HTTP_HOST"] = site.netloc
    if forwarded or not is_loopback(host.strip("[]")):
        # Whatever the proxy says, or doesn't say, of the scheme.
        request.META["FACTCHECK_SCHEME"] = site.scheme
    return None


def _unknown_host() -> str:
    if settings.SITE_IS_LOCAL:
        return _(
            "SITE_URL is not set, so this server can be reached only on its own machine, at localhost. Operators: set "
            "SITE_URL to the address that people type, such as https://desk.example.org."
        )
    return _(
        "This server doesn't serve this host name. Operators: add it to ALLOWED_HOSTS or set it in SITE_URL, or have "
        "the proxy pass on the Host header that browsers send."
    )


def _through_proxy(header: str) -> str:
    return _(
        "This request came through a proxy (%(header)s), but SITE_URL is not set. Without SITE_URL this server trusts "
        "every request as if it came from its own machine, so it refuses requests from a proxy. Operators: set "
        "SITE_URL to the address that people type, such as https://desk.example.org."
    ) % {"header": header}


def _refuse(request: HttpRequest, detail: str) -> HttpResponse:
    if request.path.startswith("/api/"):
        return problem_answer(400, detail, title=_("The request is not for this site"))
    return HttpResponse(f"{detail}\n", status=400, content_type="text/plain; charset=utf-8")
