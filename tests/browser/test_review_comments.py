"""Comments on the review screen."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from annotations.models import Comment
from tests.browser.conftest import Visit
from tests.cast import Cast, make_cast, make_comment, make_supported

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_a_reviewer_asks_answers_and_resolves_beside_the_decision(cast: Cast, visit: Visit) -> None:
    *_, link, verdict = make_supported(cast)
    first = make_comment(cast.annotator, verdict, "Enough?")
    verdict.submit(by=cast.annotator, from_version=1)
    page = visit(cast.reviewer)
    page.goto(reverse("verdict", args=[verdict.pk]))
    about = page.locator("review-comments[data-kind=verdict]")

    about.get_by_role("button", name="Reply").click()
    page.keyboard.type("Not yet, @anno")
    expect(page.get_by_role("option").first).to_have_text("annotator")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Enter")
    expect(about.locator(".comment-words").last).to_have_text("Not yet, @annotator")
    about.get_by_role("button", name="Resolve").click()
    expect(about.locator(".resolver")).to_have_text("Resolved by reviewer")
    on_link = page.locator("review-comments[data-kind=link]")
    on_link.locator("summary").click()
    on_link.locator("textarea").fill("Which <b>report</b>?")
    on_link.get_by_role("button", name="Comment", exact=True).click()
    expect(on_link.locator("summary")).to_have_text("1 comment on this evidence")

    assert Comment.objects.get(thread=first).text == "Not yet, @annotator"
    assert Comment.objects.get(link=link).text == "Which <b>report</b>?"
    expect(on_link.locator(".comment-words")).to_have_text("Which <b>report</b>?")
    first.refresh_from_db()
    assert first.resolved_by == cast.reviewer


def test_what_cannot_be_stored_is_told_and_stays_in_the_box(cast: Cast, visit: Visit) -> None:
    *_, verdict = make_supported(cast)
    page = visit(cast.reviewer)
    page.goto(reverse("verdict", args=[verdict.pk]))
    about = page.locator("review-comments[data-kind=verdict]")
    about.locator("summary").click()
    about.locator("textarea").fill("x" * 10_001)

    about.get_by_role("button", name="Comment", exact=True).click()

    expect(about.get_by_role("status")).to_contain_text("10000")
    expect(about.locator("textarea")).to_have_value("x" * 10_001)
    assert not Comment.objects.exists()
