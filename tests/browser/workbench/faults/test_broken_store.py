"""The browser keeps nothing, or no longer: the page says so, works without, and warns before it is closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from annotations.models import Span
from tests.browser.conftest import Visit
from tests.browser.workbench.conftest import OpenDesk
from tests.browser.workbench.desk import Desk
from tests.browser.workbench.faults.conftest import allow_writing, go_on, is_held, refuse_writing, reload
from tests.cast import Cast

REFUSES = "IDBFactory.prototype.open = () => { throw new DOMException('Private.', 'SecurityError') };"
NEVER_ANSWERS = "IDBFactory.prototype.open = () => new EventTarget();"
FULL = """IDBObjectStore.prototype.add = function () {
    this.transaction.abort();
    throw new DOMException('Full.', 'QuotaExceededError');
};"""


def without_store(visit: Visit, cast: Cast, fault: str) -> Desk:
    """A window in whose browser the store is broken in this way."""
    page = visit(cast.annotator, java_script_enabled=True)  # in a profile of its own, which the script stays in
    page.context.add_init_script(fault)
    return Desk(page, cast.article).open()


@pytest.mark.parametrize("fault", [REFUSES, NEVER_ANSWERS], ids=["refuses", "never answers"])
def test_without_a_store_the_page_says_so_and_works(visit: Visit, cast: Cast, fault: str) -> None:
    window = without_store(visit, cast, fault)
    window.says("This browser can't save your work offline")
    window.mark("the bridge is safe", "1")
    window.press("Control+z", "Control+Shift+z")
    expect(window.page.locator("save-state")).to_have_text("Saved · Can't save offline")
    assert Span.objects.get().quote == "the bridge is safe"
    assert not is_held(window.page)


def test_a_full_store_is_told_and_what_is_unsent_holds_the_page(visit: Visit, cast: Cast) -> None:
    window = without_store(visit, cast, FULL)
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    expect(window.page.locator("save-state")).to_have_text("Offline, 1 unsent change · Can't save offline")
    window.says("This browser can't save your work offline")
    assert is_held(window.page)
    allow_writing(window)
    go_on(window)
    expect(window.page.locator("save-state")).to_contain_text("Saved")
    assert not is_held(window.page)


def test_with_a_store_nothing_holds_the_page(desk: OpenDesk) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    expect(window.page.locator("save-state")).to_have_text("Offline, 1 unsent change")
    assert not is_held(window.page)


def test_a_store_that_is_deleted_meanwhile_gets_back_what_the_page_knows(desk: OpenDesk) -> None:
    window = desk()
    refuse_writing(window)
    window.mark("the bridge is safe", "1")
    expect(window.page.locator("save-state")).to_have_text("Offline, 1 unsent change")
    window.page.evaluate("""() => new Promise((done) => {
        indexedDB.deleteDatabase("factcheck").onsuccess = done;
    })""")
    window.mark("Engineers found cracks", "3")
    reload(window)
    expect(window.page.locator("save-state")).to_have_text("Offline, 2 unsent changes")
    allow_writing(window)
    go_on(window)
    window.is_saved()
    assert Span.objects.count() == 2
