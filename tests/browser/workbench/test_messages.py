"""Messages: they leave by themselves, but not while somebody reads them."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.workbench.desk import Desk
from tests.cast import Cast, make_span


def test_a_message_stays_while_the_pointer_is_on_it(visit: Visit, cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    page = visit(cast.annotator, reduced_motion="reduce")
    page.clock.install()
    Desk(page, cast.article).open(f"?span={claim.pk}").press("Delete")
    message = page.locator(".toast", has_text="Deleted c1")
    message.hover()
    page.clock.fast_forward(60_000)
    expect(message).to_be_visible()
    page.mouse.move(0, 0)
    page.clock.fast_forward(2_000)
    expect(message).to_have_count(0)
