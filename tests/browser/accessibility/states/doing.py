"""What one does on a page to bring it into a state."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

from annotations.models import Article

Act = Callable[[Page], None]


def press(key: str) -> Act:
    """Presses a key."""
    return lambda page: page.keyboard.press(key)


def send(button: str) -> Act:
    """Sends a form as it stands."""

    def act(page: Page) -> None:
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).click()

    return act


def open_menu(page: Page) -> None:
    """Opens the first menu of the page."""
    page.locator("details.menu > summary").first.click()


def filter_articles(page: Page) -> None:
    """Types a filter and waits for the list."""
    with page.expect_response(lambda response: "q=Daesh" in response.url):
        page.get_by_label("Search in titles and texts").fill("Daesh")
    page.locator("#list-status", has_text="shown").wait_for(state="attached")


def choose_mark(page: Page) -> None:
    """Chooses the first mark of the map."""
    page.keyboard.press("n")
    page.locator(".curve.chosen").first.wait_for(state="attached")


def send_nothing(page: Page) -> None:
    """Sends no file."""
    page.get_by_role("button", name="Preview files").click()
    page.locator(".files-error .field-error").wait_for()


def choose_files(page: Page) -> None:
    """Chooses two files and does not send them yet."""
    files = [{"name": f"{name}.txt", "mimeType": "text/plain", "buffer": b"The dam broke."} for name in "ab"]
    page.get_by_label("Choose files or an archive").set_input_files(files)  # type: ignore[arg-type]
    page.locator(".chosen-files", has_text="2 files").wait_for()


def choose_badly(page: Page) -> None:
    """Gives a language that is none."""
    page.get_by_label("Language").fill("!")
    send("Update preview")(page)


def preview_article(page: Page) -> None:
    """Looks at what a pasted text would become."""
    page.get_by_label("Text").fill("A ferry sank\nIt sank at noon, they said.\nNo comments:\nPost a Comment|  | ")
    send("Preview text")(page)


def preview_same_article(page: Page) -> None:
    """Pastes a text that the project has."""
    page.get_by_label("Text").fill(Article.objects.get(title__startswith="Russia fighter").body)
    send("Preview text")(page)


def clear_title(page: Page) -> None:
    """Stores an article without a title."""
    page.get_by_label("Title").fill("")
    send("Save")(page)


def clear_name(page: Page) -> None:
    """Stores a project without a name."""
    page.get_by_label("Name").fill("")
    send("Save")(page)


def break_a_field(page: Page) -> None:
    """Stores a choice that has no choices."""
    page.locator("input[name=claim-0-name]").fill("")
    send("Save fields")(page)


def ask_to_remove(page: Page) -> None:
    """Asks to remove a member, and leaves the question open."""
    page.get_by_role("button", name="Remove").first.click()
    page.get_by_role("dialog").wait_for()


def search_on_review(page: Page) -> None:
    """Searches the other articles for what was overlooked."""
    page.locator("#evidence-search").fill("Daesh")
    page.keyboard.press("Enter")
    page.locator("[data-results] .review-evidence").first.wait_for()


def return_without_reason(page: Page) -> None:
    """Returns a verdict and does not say why."""
    page.get_by_role("button", name="Return").click()
    page.locator("#decision-words", has_text="Enter a reason").wait_for()


def make_token(page: Page) -> None:
    """Makes a token, whose secret is shown."""
    page.get_by_label("Name", exact=True).fill("notebook")
    send("Create token")(page)


def forge(page: Page) -> None:
    """Sends a form as another site would."""
    page.evaluate("document.querySelector('[name=csrfmiddlewaretoken]').value = 'none'")
    page.context.clear_cookies(name="factcheck_csrf")
    open_menu(page)
    send("Sign out")(page)


def change_a_key(page: Page) -> None:
    """Asks for another key, and does not press one yet."""
    page.locator("[data-action=markClaim]").get_by_role("button", name="Change").click()


def take_a_taken_key(page: Page) -> None:
    """Asks for a key that does something else."""
    change_a_key(page)
    page.keyboard.press("j")
    page.locator("[data-action=markClaim] .field-error").wait_for()
