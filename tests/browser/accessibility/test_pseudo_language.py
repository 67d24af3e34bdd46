"""No page shows a text that was not marked for translation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.test import override_settings

from annotations.formats.export_registry import FORMATS
from annotations.models import Event, ImportKey, Sentence
from tests.browser.accessibility.conftest import Sit, Windows
from tests.browser.accessibility.states import workbench_table
from tests.browser.accessibility.states.pages_table import SHOWN, Shown
from tests.browser.accessibility.states.workbench_table import STATES
from tests.browser.accessibility.states.world import World
from tests.browser.workbench.desk import Desk
from tests.pseudo_language import Data, pseudo_language, script, unmarked

pytestmark = pytest.mark.django_db

WRITTEN = [EmailAddress, *set(apps.get_app_config("annotations").get_models()) - {Event, Sentence, ImportKey}]
NAMES = ["Factcheck", "English", "JSON", "UTF-8", "UTF-16", "pandas", "datasets", "DuckDB", "spaCy", "https://"]
"""What is called the same everywhere, and the language of the articles, which the browser writes."""
FILES = ["Premise", "Support", "train", "test", "The article is archived.", "Post a Comment|  |"]
"""What stands in the files of the world, and what its server answers."""


@pytest.fixture(scope="module")
def data(world: World) -> Data:
    """What the world's people wrote."""
    return Data(WRITTEN, [*NAMES, *FORMATS, *FILES])


@pytest.fixture(scope="module", autouse=True)
def _in_brackets() -> Iterator[None]:
    with pseudo_language():
        yield


@pytest.mark.parametrize("shown", SHOWN, ids=str)
def test_a_page_shows_marked_texts_and_data(shown: Shown, windows: Windows, world: World, data: Data) -> None:
    with ExitStack() as stack:
        page = stack.enter_context(windows.open(shown.who))
        page.add_init_script(script())
        stack.enter_context(override_settings(**shown.settings))
        if shown.fails:
            stack.enter_context(mock.patch("annotations.web.dashboard.views.show", side_effect=shown.fails))
        shown.show(page, world)
        found = unmarked(page.content(), data)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("shown", STATES, ids=str)
def test_the_workbench_shows_marked_texts_and_data(
    shown: workbench_table.Shown, world: World, sit: Sit, data: Data
) -> None:
    article, query = shown.open(world)
    page = sit(shown.who, alone=shown.alone)
    page.add_init_script(script())
    desk = Desk(page, article).open(query)
    for act in shown.do:
        act(desk)
    found = unmarked(page.content(), data)
    assert not found, "\n".join(found)
