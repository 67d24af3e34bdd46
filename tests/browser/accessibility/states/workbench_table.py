"""Every state of the workbench: whose window, on what it opens, and what is done there first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import expect

from annotations.models import Article, Comment, Span
from tests.browser.accessibility.states import sending
from tests.browser.accessibility.states.world import World
from tests.browser.workbench.desk import Desk

Open = Callable[[World], tuple[Article, str]]
Act = Callable[[Desk], None]


@dataclass(frozen=True)
class Shown:
    """A state in words, and how one comes to it."""

    state: str
    open: Open
    do: tuple[Act, ...] = ()
    who: str = "annotator"
    alone: bool = False
    """Whether changes are kept in the browser, which then nobody else gets."""

    def __str__(self) -> str:
        return self.state


def plain(world: World) -> tuple[Article, str]:
    """The article with nothing active."""
    return world.article(), ""


def on_label(label: str) -> Open:
    """With a span of this label active that the annotator made."""

    def open_at(world: World) -> tuple[Article, str]:
        mine = Span.objects.filter(assignment__assignee=world.people["annotator"])
        span = mine.filter(article=world.article(), label=label).earliest("pk")
        return span.article, f"?span={span.pk}"

    return open_at


def on_verdict(state: str, author: str = "annotator") -> Open:
    """With a claim active whose verdict is in this state."""

    def open_at(world: World) -> tuple[Article, str]:
        claim = world.claim_with(state, author)
        return claim.article, f"?span={claim.pk}"

    return open_at


def on_resolved(world: World) -> tuple[Article, str]:
    """As who is told of a comment in a thread that is resolved comes to it."""
    comment = Comment.objects.exclude(resolved_at=None).get()
    assert comment.link is not None
    return comment.article, f"?span={comment.link.target_id}&comment={comment.pk}"


def beside(world: World) -> tuple[Article, str]:
    """With a claim active and the other article open beside it."""
    claim = world.claim_with("draft")
    other = Article.objects.filter(project=world.project).exclude(pk=claim.article_id).get()
    return claim.article, f"?span={claim.pk}&evidence={other.pk}"


def unmarked(world: World) -> tuple[Article, str]:
    """An article without a single mark."""
    return world.unmarked, ""


def press(*keys: str) -> Act:
    """Presses keys."""
    return lambda desk: desk.press(*keys)


def drag(words: str) -> Act:
    """Selects words with the mouse."""
    return lambda desk: desk.drag(words)


def click(words: str) -> Act:
    """Clicks on words of the text."""
    return lambda desk: desk.click(words)


def push(button: str) -> Act:
    """Presses a button of the page, the first of its name."""
    return lambda desk: desk.page.get_by_role("button", name=button).first.click()


def see(selector: str) -> Act:
    """Waits until something shows."""
    return lambda desk: expect(desk.page.locator(selector).first).to_be_visible()


def look_for(words: str) -> Act:
    """Searches the other articles."""

    def act(desk: Desk) -> None:
        desk.page.get_by_label("Search the other articles").fill(words)
        desk.page.keyboard.press("Enter")

    return act


def open_sets(desk: Desk) -> None:
    """Opens the evidence sets of a verdict."""
    desk.page.locator(".sufficiency summary").click()


def open_menu(desk: Desk) -> None:
    """Opens one's own menu."""
    desk.page.get_by_text("Ada Keller").first.click()


def threads(desk: Desk) -> None:
    """Opens what is said about the active span."""
    desk.page.locator(".comments-toggle").last.click()


def name_somebody(desk: Desk) -> None:
    """Begins to write a name."""
    desk.page.get_by_label("New comment").last.fill("Look, @")
    desk.page.keyboard.press("End")
    desk.page.get_by_label("New comment").last.press_sequentially("b")


STACKED = "mid-level"

STATES = [
    # What is active
    Shown("nothing is active", plain),
    Shown("a claim is active", on_label("claim")),
    Shown("an attribution is active", on_label("attribution")),
    Shown("a fact is active", on_label("fact")),
    Shown("the list of spans beside an active one", on_label("claim"), (press("l"), see("span-list"))),
    # The text
    Shown("words are selected", plain, (drag("The US said"), see(".label-bar"))),
    Shown("a link is being made", on_verdict("draft"), (press("c"), see("pick-prompt:not([hidden])"))),
    Shown("a number was typed", on_verdict("draft"), (press("c", "f", "1"), see(".hint.picked"))),
    Shown("spans are stacked", plain, (click(STACKED), see("span-chooser:popover-open"))),
    Shown("an article without marks", unmarked),
    # The verdict
    Shown("a draft of one's own", on_verdict("draft")),
    Shown("a draft of somebody else", on_verdict("draft", "annotator2")),
    Shown("a submitted verdict", on_verdict("submitted")),
    Shown("a returned verdict", on_verdict("returned")),
    Shown("an approved verdict", on_verdict("approved")),
    Shown("evidence sets", on_verdict("approved"), (open_sets,)),
    # The evidence
    Shown("results of a search", plain, (look_for("Daesh"), see(".results mark"))),
    Shown("a search without results", plain, (look_for("zeppelin"), see(".result-list .no-results"))),
    Shown("an article beside", beside, (see("evidence-pane article-pane"),)),
    # What is said about it
    Shown("a conversation", on_label("claim"), (threads, see(".comment"))),
    Shown("a name is offered", on_label("claim"), (threads, name_somebody, see(".names [role=option]")), alone=True),
    Shown("the conversation about the article", plain, (push("omment"), see(".comment-box"))),
    # Dialogs
    Shown("the sheet of keys", plain, (press("?"), see("dialog.sheet-of-keys"))),
    Shown("the history of a span", on_label("claim"), (push("History"), see("dialog.history li"))),
    Shown("a conflict", on_verdict("draft"), (sending.conflict, see("dialog.conflict")), alone=True),
    # What is kept
    Shown("saving", plain, (sending.hold, see("[data-state=saving]")), alone=True),
    Shown("offline", plain, (sending.cut, see("[data-state=offline]")), alone=True),
    Shown("signed out", plain, (sending.sign_out, see("[data-state=signed-out]")), alone=True),
    Shown("signing in again in place", plain, (sending.sign_out, push("Sign in"), see("dialog.sign-in")), alone=True),
    Shown("a change was refused", plain, (sending.refuse, see("[data-state=refused]")), alone=True),
    Shown("what was refused", plain, (sending.refuse, push("Review"), see("dialog.rejected")), alone=True),
    Shown("something was deleted", on_label("fact"), (sending.delete, see(".toast.done")), alone=True),
    # Talk
    Shown("a thread and where to write", plain, (push("1 comment"), see(".comment-box"))),
    Shown("a resolved thread", on_resolved, (see(".thread.resolved details[open]"),)),
    Shown("names are offered", on_label("fact"), (press("m", "Control+a", "@"), see(".names [aria-selected=true]"))),
    # Who looks
    Shown("a viewer reads", on_label("claim"), who="viewer"),
    Shown("a reviewer reads", on_verdict("submitted"), who="reviewer"),
    Shown("the menu is open", plain, (open_menu,)),
]
