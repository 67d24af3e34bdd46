"""The pages in a real browser: by mouse, and by keyboard alone."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from annotations.models import Article, Membership, Project, Token, Verdict
from annotations.web.lists import filters
from tests.browser.conftest import Visit
from tests.cast import CRACKS, Cast, make_article, make_link, make_span, make_supported, make_verdict

PASSWORD = "a bridge too far away"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, where the server can see it."""
    from tests.cast import make_cast

    return make_cast()


def waiting(cast: Cast) -> list[Verdict]:
    """Two verdicts before the reviewer, the longest waiting first."""
    *_, first = make_supported(cast)
    first.submit(by=cast.annotator, from_version=1)
    second = make_verdict(cast.annotator, make_span(cast.annotator, cast.article, CRACKS))
    second.submit(by=cast.annotator, from_version=1)
    return [first, second]


def is_at(page: Page, verdict: Verdict) -> None:
    """Waits for a verdict's review screen until it can be worked with."""
    expect(page).to_have_url(re.compile(reverse("verdict", args=[verdict.pk])))
    page.wait_for_selector("review-desk:defined")


def test_somebody_signs_in_by_keyboard_and_signs_out_by_mouse(visit: Visit, cast: Cast) -> None:
    cast.viewer.set_password(PASSWORD)
    cast.viewer.save()
    page = visit()
    page.goto("/")
    page.get_by_label("Email").focus()
    page.keyboard.type(cast.viewer.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="My work")).to_be_visible()
    page.locator("summary", has_text="viewer").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))


def test_the_chosen_colours_stay_and_are_there_before_the_page_is_painted(visit: Visit, cast: Cast) -> None:
    page = visit(cast.viewer, color_scheme="light")
    page.goto("/")
    page.locator("summary", has_text="viewer").click()
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 27)"
    page.goto(reverse("articles", args=[cast.project.slug]), wait_until="commit")
    page.wait_for_selector("body")
    assert page.evaluate("document.documentElement.dataset.scheme") == "dark"


def test_a_reviewer_approves_and_returns_by_mouse(visit: Visit, cast: Cast) -> None:
    first, second = waiting(cast)
    page = visit(cast.reviewer)
    page.goto(reverse("review", args=[cast.project.slug]))
    page.get_by_role("link", name="Start with the oldest").click()
    page.wait_for_selector("review-desk:defined")
    page.get_by_role("button", name="Approve").click()
    is_at(page, second)
    expect(page.get_by_role("status").last).to_contain_text("Approved: “the bridge is safe”")
    page.get_by_role("button", name="Return").click()
    expect(page.get_by_role("status").last).to_have_text("Enter a reason.")
    page.get_by_label("Reason").fill("Which March?")
    page.get_by_role("button", name="Return").click()
    expect(page).to_have_url(re.compile(reverse("review", args=[cast.project.slug])))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("approved", "returned")
    assert second.reviews.get().reason == "Which March?"


def test_a_reviewer_goes_through_the_queue_by_keyboard_alone(visit: Visit, cast: Cast) -> None:
    first, second = waiting(cast)
    page = visit(cast.reviewer)
    page.goto(reverse("verdict", args=[first.pk]))
    page.keyboard.press("j")
    is_at(page, second)
    page.keyboard.press("k")
    is_at(page, first)
    page.keyboard.press("r")
    page.keyboard.type("Who else says y?")
    page.keyboard.press("Enter")
    is_at(page, second)
    page.keyboard.press("y")
    expect(page).to_have_url(re.compile(reverse("review", args=[cast.project.slug])))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("returned", "approved")


def test_an_approved_verdict_is_reopened_with_a_reason(visit: Visit, cast: Cast) -> None:
    verdict, _ = waiting(cast)
    verdict.approve(by=cast.reviewer, from_version=2)
    page = visit(cast.manager)
    page.goto(reverse("verdict", args=[verdict.pk]))
    page.keyboard.press("r")
    page.keyboard.type("New evidence came up.")
    page.get_by_role("button", name="Reopen").click()
    expect(page.locator(".decision")).to_contain_text("This verdict was returned to annotator")
    verdict.refresh_from_db()
    assert verdict.state == "returned"


def test_a_decision_on_a_verdict_that_changed_meanwhile_is_refused_with_the_way_to_the_new_one(
    visit: Visit, cast: Cast
) -> None:
    verdict, _ = waiting(cast)
    page = visit(cast.reviewer)
    page.goto(reverse("verdict", args=[verdict.pk]))
    verdict.withdraw(by=cast.annotator, from_version=2)
    page.keyboard.press("y")
    expect(page.get_by_role("status").last).to_contain_text("This has changed since you opened it")
    page.get_by_role("link", name="Reload").click()
    expect(page.locator(".decision")).to_contain_text("annotator hasn’t submitted it yet")


def test_a_reviewer_searches_the_other_articles_and_sees_the_keys(visit: Visit, cast: Cast) -> None:
    make_article(cast.project, "The ferry is safer than the bridge.", title="The ferry")
    verdict, _ = waiting(cast)
    page = visit(cast.reviewer)
    page.goto(reverse("verdict", args=[verdict.pk]))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Review keyboard shortcuts")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("bridge safe")
    page.keyboard.press("Enter")
    expect(page.locator("[data-results]")).to_contain_text("The ferry is safer than the bridge.")
    expect(page.locator("[data-results] mark", has_text="bridge")).to_be_visible()


def test_a_value_that_is_not_offered_is_found_by_how_it_begins(
    visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filters, "OFFERED", 2)
    for number, outlet in enumerate(["Mail", "News", "Post"]):
        make_article(cast.project, f"Text {number}.", title=f"In the {outlet}", outlet=outlet)
    page = visit(cast.viewer)
    page.goto(reverse("articles", args=[cast.project.slug]))
    menu = page.get_by_label("Outlet", exact=True)
    expect(menu.locator("option")).to_have_text(["All", "Mail", "News", re.compile("More: type")])
    page.get_by_label("Find outlet").press_sequentially("po")
    expect(menu.locator("option")).to_have_text(["All", "Post"])
    menu.select_option("Post")
    expect(page).to_have_url(re.compile("outlet=Post"))
    expect(page.locator("#listing th a")).to_have_text(["In the Post"])


def test_a_list_follows_its_filters_without_a_button_and_keeps_them_in_the_address(visit: Visit, cast: Cast) -> None:
    make_article(cast.project, "The harbour was closed.", title="Harbour", outlet="Port Post")
    page = visit(cast.viewer)
    page.goto(reverse("articles", args=[cast.project.slug]))
    page.get_by_label("Search in titles and texts").fill("harbour")
    expect(page.locator("#listing")).not_to_contain_text("The bridge")
    expect(page).to_have_url(re.compile("q=harbour"))
    page.get_by_label("Outlet").select_option("Port Post")
    expect(page).to_have_url(re.compile("q=harbour.*outlet=Port"))
    page.reload()
    expect(page.locator("#listing")).to_contain_text("Harbour")
    expect(page.locator("#listing")).not_to_contain_text("The bridge")


def test_a_manager_pastes_an_article_and_leaves_the_boilerplate_out(visit: Visit, cast: Cast) -> None:
    page = visit(cast.manager)
    page.goto(reverse("import", args=[cast.project.slug]))
    page.get_by_label("Text").fill(
        "A ferry sank\nIt sank at noon 👩‍👩‍👧, they said.\nNo comments:\nPost a Comment|  | "
    )
    page.get_by_role("button", name="Preview text").click()
    expect(page.get_by_label("Title")).to_have_value("A ferry sank")
    page.get_by_label("Outlet").fill("The Port Post")
    page.get_by_role("button", name="Save article").click()
    expect(page.locator(".messages")).to_contain_text("“A ferry sank” was saved with 2 sentences.")
    article = Article.objects.get(project=cast.project, title="A ferry sank")
    assert article.body == "A ferry sank\nIt sank at noon 👩‍👩‍👧, they said."


def test_a_manager_invites_and_removes_somebody_after_a_question(visit: Visit, cast: Cast) -> None:
    page = visit(cast.manager)
    page.goto(reverse("members", args=[cast.project.slug]))
    page.get_by_label("Email").fill("new@example.org")
    page.get_by_label("Reviewer: ").check()
    page.get_by_role("button", name="Invite member").click()
    expect(page.locator(".messages")).to_contain_text("new@example.org is invited by email")
    page.get_by_role("button", name="Withdraw invitation of new@example.org").click()
    expect(page.locator(".messages")).to_contain_text("Invitation of new@example.org withdrawn.")
    row = page.get_by_role("row").filter(has_text=cast.viewer.email)
    row.get_by_role("button", name="Remove").click()
    question = page.get_by_role("dialog")
    expect(question).to_contain_text("Their annotations are kept.")
    question.get_by_role("button", name="Cancel").click()
    expect(row).to_be_visible()
    row.get_by_role("button", name="Remove").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.locator(".messages")).to_contain_text("is no longer a member")
    assert not Membership.objects.filter(user=cast.viewer).exists()


def test_a_manager_adds_a_field_and_moves_it_up_in_the_settings(visit: Visit, cast: Cast) -> None:
    page = visit(cast.manager)
    page.goto(reverse("settings-fields", args=[cast.project.slug]))
    claim = page.get_by_role("group", name="Fields of claim")
    page.get_by_role("button", name="Add field").first.click()
    expect(claim.get_by_label("Name", exact=True).last).to_be_focused()
    claim.get_by_label("Name", exact=True).last.fill("Urgent")
    claim.locator('select[name="claim-3-kind"]').select_option("flag")
    expect(claim.locator(".editor-row")).to_have_count(5)
    claim.get_by_role("button", name="Move up: Date").click()
    page.get_by_role("button", name="Save fields").click()
    expect(page.locator(".messages")).to_contain_text("Saved.")
    project = Project.objects.get(pk=cast.project.pk)
    assert [field["key"] for field in project.label_fields["claim"]] == ["statement", "date", "claim_type", "urgent"]


def test_somebody_makes_a_token_and_revokes_it(visit: Visit, cast: Cast) -> None:
    page = visit(cast.annotator)
    page.goto(reverse("account"))
    page.get_by_label("Name", exact=True).fill("notebook")
    page.get_by_role("button", name="Create token").click()
    expect(page.locator("#token-secret")).to_contain_text("fc_")
    page.goto(reverse("account"))
    page.get_by_role("button", name="Revoke notebook").click()
    page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    expect(page.locator(".messages")).to_contain_text("is revoked")
    assert not Token.objects.filter(user=cast.annotator).exists()


@pytest.mark.parametrize("width", [1280, 1920])
def test_no_page_is_wider_than_its_window(visit: Visit, cast: Cast, width: int) -> None:
    verdict, _ = waiting(cast)
    page = visit(cast.manager, width=width)
    of_project = [
        "dashboard", "articles", "claims", "review", "map", "guidelines", "guidelines-edit", "members", "settings",
        "settings-fields", "settings-scale", "settings-archive", "import",
    ]  # fmt: skip
    addresses = [reverse(name, args=[cast.project.slug]) for name in of_project]
    addresses += [reverse(name) for name in ("work", "new-project", "account", "change-email", "mfa_index")]
    addresses += [reverse("verdict", args=[verdict.pk]), reverse("article-details", args=[cast.article.pk])]
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_every_field_and_button_of_the_pages_has_a_name(visit: Visit, cast: Cast) -> None:
    verdict, _ = waiting(cast)
    make_link(
        cast.annotator2,
        make_span(cast.annotator2, cast.article, (0, 8), "fact"),
        make_span(cast.annotator2, cast.article),
    )
    page = visit(cast.manager)
    names = [
        "articles",
        "claims",
        "review",
        "members",
        "settings-fields",
        "settings-scale",
        "import",
        "guidelines-edit",
    ]
    addresses = [*(reverse(name, args=[cast.project.slug]) for name in names), reverse("account")]
    for address in [*addresses, reverse("verdict", args=[verdict.pk])]:
        page.goto(address)
        nameless = page.evaluate(
            """[...document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a[href]")]
                .filter((one) => one.checkVisibility() && !one.labels?.length)
                .filter((one) => !one.ariaLabel && !one.textContent.trim())
                .map((one) => one.outerHTML)"""
        )
        assert nameless == [], address
