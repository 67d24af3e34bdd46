"""A request arrives and its answer does not: it is sent again, applied once, and nobody is asked about it."""

from __future__ import annotations

from playwright.sync_api import expect

from annotations.models import Event, Link, Span, Verdict
from tests.browser.waiting import until
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.browser.workbench.faults.conftest import go_on, lose_answers, reload
from tests.cast import CRACKS, Cast, make_span, make_supported


def go_on_after(window: Desk, lost: list[str], number: int) -> None:
    """Lets the browser notice that the network is back as soon as so many answers were lost and it knows that."""
    until(window.page, lambda: len(lost) >= number)
    expect(window.page.locator("save-state")).to_contain_text("unsent")
    go_on(window)


def test_creations_and_changes(desk: OpenDesk, cast: Cast) -> None:
    make_span(cast.annotator, cast.article, CRACKS, "fact")
    window = desk()
    lost = lose_answers(window, 3)
    window.mark("the bridge is safe", "1")
    window.press("c")
    window.click("Engineers found cracks")
    window.press("v", "1")
    for number in range(1, 4):
        go_on_after(window, lost, number)
    window.is_saved()
    window.page.get_by_label("Rationale").fill("As both say.")
    lost = lose_answers(window, 1)
    window.page.get_by_label("Rationale").blur()
    expect(window.page.locator("save-state")).to_contain_text("unsent")
    assert lost == ["PATCH 200"]
    go_on(window)
    window.is_saved()
    expect(window.page.locator("dialog[open]")).to_have_count(0)
    assert (Span.objects.count(), Link.objects.count(), Verdict.objects.get().version) == (2, 1, 2)


def test_a_deletion_and_its_undoing(desk: OpenDesk, cast: Cast) -> None:
    claim, _, link, _ = make_supported(cast)
    window = desk(query=f"?span={claim.pk}")
    lost = lose_answers(window, 2)
    window.press("Delete", "Control+z")
    for number in range(1, 3):
        go_on_after(window, lost, number)
    window.is_saved()
    assert lost == ["DELETE 204", "POST 200"]
    assert Link.objects.get().pk == link.pk
    assert Event.objects.filter(kind="span", object_id=claim.pk, what="deleted").count() == 1


def test_a_submission_and_its_withdrawal(desk: OpenDesk, cast: Cast) -> None:
    claim, _, _, _ = make_supported(cast)
    window = desk(query=f"?span={claim.pk}")
    lost = lose_answers(window, 1)
    window.verdict.get_by_role("button", name="Submit verdict").click()
    expect(window.page.locator("save-state")).to_contain_text("unsent")
    go_on(window)
    window.is_saved()
    assert (lost, Verdict.objects.get().state) == (["POST 200"], "submitted")
    lost = lose_answers(window, 1)
    window.verdict.get_by_role("button", name="Withdraw").click()
    expect(window.page.locator("save-state")).to_contain_text("unsent")
    reload(window)
    window.is_saved()
    assert (lost, Verdict.objects.get().state) == (["POST 200"], "draft")
    expect(window.page.locator("dialog[open]")).to_have_count(0)
