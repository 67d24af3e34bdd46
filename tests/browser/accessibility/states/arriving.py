"""How one comes to the pages that are reached by a link from a message or in the middle of signing in."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core import signing
from django.urls import reverse
from playwright.sync_api import Page

from annotations.models import User
from annotations.operations.email_change import SALT
from tests.browser.accessibility.states.world import PASSWORD, World


def confirmation(world: World) -> dict[str, Any]:
    """The link of the message that confirms an address."""
    address = EmailAddress.objects.get(user=world.people["newcomer"])
    return {"key": EmailConfirmationHMAC(address).key}


def new_email(world: World) -> dict[str, Any]:
    """The link of the message that confirms a new address."""
    user = world.people["changing"]
    return {"token": signing.dumps([user.pk, user.new_email], salt=SALT)}


def by_reset_link(page: Page) -> None:
    """Follows the link of the message about a forgotten password; its key leaves the address at once."""
    user = User.objects.get(name="secured")
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    page.goto(reverse("account_reset_password_from_key", kwargs=key))


def with_password(page: Page) -> None:
    """Signs in as somebody who is then asked for a code."""
    page.goto(reverse("account_login"))
    email = EmailAddress.objects.get(user__name="secured").email
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Enter your code").wait_for()
