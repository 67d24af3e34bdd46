"""How accounts come to be, by invitation unless SIGNUP is open; how often one may try; how pages and mails leave."""

from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, Final, cast
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from asgiref.sync import iscoroutinefunction
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.decorators import sync_and_async_middleware

from annotations.models import User
from annotations.operations.sign_in_limits import MAIL, PASSWORD, Attempt, Policy, TooMany, attempt, remember_network
from factcheck import encryption, site

PAGES: Final = ("/account/", "/accounts/")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Closes the sign-up page unless the operator opened it, and has wrong passwords wait.

    Links in its mails lead to SITE_URL, wherever a request came to.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether a stranger may make an account."""
        return bool(settings.SIGNUP == "open")

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent on to this address; not where it is none, such as ``http://[``."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Whose email and password these are, or None. Raises ValidationError where one has to wait first."""
        counted = attempted(PASSWORD, credentials.get("email", ""), request)
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            counted.was_right()
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        remember_network(user, client_address(request))

    def should_send_confirmation_mail(self, request: HttpRequest, email_address: Any, signup: bool) -> bool:
        """Whether somebody who signs in, or up, gets the link once more; those before still work."""
        try:
            attempt(MAIL, email_address.email, client_address(request))
        except TooMany:
            return False
        return True

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends a mail. Its links were made of the request's Host, which anybody may have sent."""
        links = {
            name: site.address(urlsplit(value)._replace(scheme="", netloc="").geturl())
            for name, value in context.items()
            if name.endswith("_url")
        }
        current_site = SimpleNamespace(domain=urlsplit(settings.SITE_URL).netloc, name="Factcheck")
        super().send_mail(template_prefix, email, {**context, **links, "current_site": current_site})


def client_address(request: HttpRequest) -> str:
    """Where a request comes from. The server has put there what a proxy says that it trusts."""
    return str(request.META.get("REMOTE_ADDR", ""))


def attempted(policy: Policy, account: str, request: HttpRequest) -> Attempt:
    """See `attempt`. Raises ValidationError."""
    try:
        return attempt(policy, account, client_address(request))
    except TooMany as error:
        raise forms.ValidationError(str(error), "too_many") from error


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


class TwoFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Encrypts the keys of authenticator apps and the seeds of recovery codes."""

    def encrypt(self, text: str) -> str:
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises Unreadable."""
        return encryption.decrypt(encrypted_text)
