"""In an independent project the workbench locks what is submitted, says why, and loses nothing that comes too late."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations.models import Assignment, Link, Membership, Role, Span
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.faults.conftest import allow_writing, go_on, refuse_writing
from tests.cast import CRACKS, DANGER, SAFE, Cast, make_cast, make_link, make_span, person


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast(mode="independent", annotators_per_article=2)


def submitted(cast: Cast, *names: str) -> Span:
    """A claim with a fact of each of them, who have submitted the article; the claim of the first."""
    claims = []
    for name in names:
        user = cast.everybody[name]
        claims.append(make_span(user, cast.article, SAFE))
        make_link(user, make_span(user, cast.article, CRACKS, "fact"), claims[-1])
        Assignment.objects.get(assignee=user).submit(by=user)
    return claims[0]


def test_what_is_submitted_is_read_only_and_says_why(desk: OpenDesk, cast: Cast) -> None:
    claim = submitted(cast, "annotator")
    window = desk(query=f"?span={claim.pk}")

    expect(window.panel).to_contain_text("You have submitted this article, so your spans")
    names = set(window.panel.get_by_role("button").all_inner_texts())
    assert not {name for name in names if name.startswith(("Delete", "Change to", "Remove"))}
    window.mark("Repairs began on Monday", "1")
    window.says("Reopen it to make changes.")
    assert Span.objects.count() == 2


def test_no_link_is_made_between_two_spans_of_it(desk: OpenDesk, cast: Cast) -> None:
    claim = submitted(cast, "annotator")
    window = desk(query=f"?span={claim.pk}")

    window.press("x")
    window.click("Engineers found cracks")
    window.says("Reopen it to make changes.")
    assert Link.objects.count() == 1


def test_a_link_to_what_somebody_else_marked_is_made(desk: OpenDesk, cast: Cast) -> None:
    claim = submitted(cast, "annotator")
    make_span(cast.annotator2, cast.article, DANGER, "fact")
    Assignment.objects.get(assignee=cast.annotator2).submit(by=cast.annotator2)
    window = desk(query=f"?span={claim.pk}")

    window.press("x")
    window.click("The council denies")
    window.is_saved()
    assert Link.objects.filter(relation="contradicts", target=claim).exists()


def test_reopened_it_is_worked_on_again(desk: OpenDesk, cast: Cast) -> None:
    submitted(cast, "annotator")
    window = desk()

    window.button("Reopen").click()
    expect(window.button("Submit article")).to_be_visible()
    window.mark("Repairs began on Monday", "1")
    window.is_saved()
    assert Span.objects.count() == 3


def test_once_somebody_else_has_submitted_it_there_is_no_way_back(desk: OpenDesk, cast: Cast) -> None:
    submitted(cast, "annotator", "annotator2")
    window = desk()

    expect(window.panel).to_contain_text("Only a manager can reopen it.")
    expect(window.button("Reopen")).to_have_count(0)


def test_somebody_else_may_submit_it_while_the_page_is_open(desk: OpenDesk, cast: Cast) -> None:
    submitted(cast, "annotator")
    window = desk()
    submitted(cast, "annotator2")

    window.button("Reopen").click()
    window.says("Only a manager can reopen it.")
    expect(window.button("Reopen")).to_have_count(0)


def test_an_article_with_enough_annotators_is_read_only(desk: OpenDesk, cast: Cast) -> None:
    submitted(cast, "annotator", "annotator2")
    third = person("third")
    Membership.objects.create(project=cast.project, user=third, roles=[Role.ANNOTATOR])
    window = desk(third)

    expect(window.panel).to_contain_text("This article already has enough annotators.")
    expect(window.button("Submit article")).to_have_count(0)
    expect(window.page.locator("submit-article")).to_contain_text("Enough annotators")


def test_a_change_that_waited_until_the_article_was_submitted_is_kept_with_the_reason(
    desk: OpenDesk, cast: Cast
) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    mine, _ = Assignment.objects.take_up(cast.article, by=cast.annotator)
    mine.submit(by=cast.annotator)
    allow_writing(window)
    go_on(window)

    window.page.locator("save-state").get_by_role("button", name="Review").click()
    dialog = window.page.locator("dialog.rejected")
    expect(dialog).to_contain_text("You have submitted this article")
    mine.reopen(by=cast.annotator)
    dialog.get_by_role("button", name="Send again").click()
    window.is_saved()
    assert Span.objects.get().quote == "the bridge is safe"
