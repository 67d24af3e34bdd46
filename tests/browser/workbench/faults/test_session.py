"""The session ends while one works: nothing is lost, and one signs in again without leaving the page."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal import auth as totp_auth
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from annotations.models import Article, Span, User
from tests.browser.conftest import Visit
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.cast import Cast

PASSWORD = "the bridge stands"


@pytest.fixture
def signed_out(desk: OpenDesk, cast: Cast) -> Desk:
    """A window whose session is over, with a change in it that waits."""
    for user in (cast.annotator, cast.annotator2):
        user.set_password(PASSWORD)
        user.save()
    window = desk()
    Session.objects.all().delete()
    window.mark("the bridge is safe", "1")
    expect(window.page.locator("save-state")).to_contain_text("Signed out, 1 unsent change")
    return window


def sign_in(page: Page, user: User, password: str = PASSWORD) -> None:
    """Fills in the dialog."""
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(password)
    page.get_by_label("Password").press("Enter")


def test_one_signs_in_again_in_place_and_everything_is_sent(signed_out: Desk, cast: Cast) -> None:
    signed_out.button("Sign in").click()
    expect(signed_out.page.get_by_label("Email")).to_have_value(cast.annotator.email)
    sign_in(signed_out.page, cast.annotator)
    signed_out.is_saved()
    expect(signed_out.page.locator("dialog.sign-in")).to_be_hidden()
    signed_out.mark("Engineers found cracks", "3")
    signed_out.is_saved()
    assert Span.objects.count() == 2


def test_a_wrong_password_is_told_and_loses_nothing(signed_out: Desk, cast: Cast) -> None:
    signed_out.button("Sign in").click()
    sign_in(signed_out.page, cast.annotator, "wrong")
    expect(signed_out.page.locator("dialog.sign-in [role=alert]")).to_contain_text("not correct")
    sign_in(signed_out.page, cast.annotator)
    signed_out.is_saved()
    assert Span.objects.count() == 1


def test_somebody_else_who_signs_in_there_is_not_given_what_waits(signed_out: Desk, cast: Cast) -> None:
    signed_out.button("Sign in").click()
    sign_in(signed_out.page, cast.annotator2)
    expect(signed_out.page.locator("dialog.sign-in [role=alert]")).to_contain_text("annotator2 is now signed in")
    signed_out.page.get_by_role("button", name="Later").click()
    signed_out.mark("Engineers found cracks", "3")
    expect(signed_out.page.locator("save-state")).to_contain_text("Signed out, 2 unsent changes")
    assert Span.objects.count() == 0
    signed_out.button("Sign in").click()
    sign_in(signed_out.page, cast.annotator)
    signed_out.is_saved()
    assert set(Span.objects.values_list("assignment__assignee", flat=True)) == {cast.annotator.pk}


def test_signing_in_again_in_another_tab_does_too(signed_out: Desk, cast: Cast) -> None:
    page = signed_out.page.context.new_page()
    page.goto("/accounts/login/")
    sign_in(page, cast.annotator)
    page.wait_for_url("/")
    page.close()
    signed_out.page.evaluate("dispatchEvent(new Event('focus'))")
    signed_out.is_saved()
    assert Span.objects.count() == 1


def test_what_somebody_else_may_read_does_not_show_on_ones_page(
    desk: OpenDesk, cast: Cast, other: Article, visit: Visit
) -> None:
    window = desk()
    theirs = visit(cast.annotator2)
    window.page.context.add_cookies(theirs.context.cookies())  # type: ignore[arg-type]
    window.page.get_by_role("button", name="Bridge closed").click()
    window.says("Someone else is now signed in on this browser.")
    expect(window.page.locator("article-pane")).to_have_count(1)


def test_a_second_step_is_taken_in_another_tab(signed_out: Desk, cast: Cast) -> None:
    secret = totp_auth.generate_totp_secret()
    totp_auth.TOTP.activate(cast.annotator, secret)
    signed_out.button("Sign in").click()
    sign_in(signed_out.page, cast.annotator)
    expect(signed_out.page.locator("dialog.sign-in [role=alert]")).to_contain_text("two-factor authentication")
    with signed_out.page.expect_popup() as opened:
        signed_out.page.get_by_role("link", name="Continue in a new tab").click()
    second = opened.value
    now = next(totp_auth.yield_hotp_counters_from_time())
    code = totp_auth.format_hotp_value(totp_auth.hotp_value(secret, now))
    second.locator("input[name=code]").fill(code)
    second.locator("input[name=code]").press("Enter")
    second.wait_for_url("/")
    signed_out.page.evaluate("dispatchEvent(new Event('focus'))")
    signed_out.is_saved()
    assert Span.objects.count() == 1
