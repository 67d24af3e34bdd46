"""How accounts come to be (by invitation, unless SIGNUP is open), and how their pages are sent."""

from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import Any, Final, cast

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

PAGES: Final = ("/account/", "/accounts/")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes the sign-up page unless the operator opened it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make an account."""
        return bool(settings.SIGNUP == "open")


@sync_and_async_middleware
def kept_by_nobody(get_response: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Middleware: no browser and no proxy keeps the pages of an account, which may show a token, a key or a code."""

    def marked(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path.startswith(PAGES):
            response["Cache-Control"] = "no-store"
        return response

    if iscoroutinefunction(get_response):

        async def answer_later(request: HttpRequest) -> HttpResponseBase:
            return marked(request, await cast(Awaitable[HttpResponseBase], get_response(request)))

        return answer_later

    def answer(request: HttpRequest) -> HttpResponseBase:
        return marked(request, get_response(request))

    return answer
