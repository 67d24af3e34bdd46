"""axe-core finds nothing in any state of the workbench, in either scheme."""

from __future__ import annotations

import pytest

from tests.browser.accessibility.audit import complaints
from tests.browser.accessibility.conftest import Sit
from tests.browser.accessibility.states.workbench_table import STATES, Shown
from tests.browser.accessibility.states.world import World
from tests.browser.workbench.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("shown", STATES, ids=str)
def test_a_state_is_without_a_fault(shown: Shown, world: World, sit: Sit) -> None:
    article, query = shown.open(world)
    desk = Desk(sit(shown.who, alone=shown.alone), article).open(query)
    for act in shown.do:
        act(desk)
    found = complaints(desk.page)
    assert not found, "\n".join(found)
