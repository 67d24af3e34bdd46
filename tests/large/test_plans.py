"""Every list, look-up and search of the API and of the pages finds its rows by an index, however large the site is."""

from __future__ import annotations

from typing import Final

import pytest

from tests.api.access.api_table import API
from tests.api.access.pages_table import PAGES
from tests.large.asking import found_by
from tests.large.calls import NOT_READ, calls
from tests.large.known import KNOWN
from tests.large.world import World

READ: Final = sorted(name for name, row in {**API, **PAGES}.items() if row.get("GET", "405")[:3] != "405")


def test_every_route_that_is_read_is_asked_or_left_out_for_a_reason(large: World) -> None:
    assert set(READ) == {*calls(large), *NOT_READ}


@pytest.mark.parametrize("route", [name for name in READ if name not in NOT_READ])
def test_no_table_is_read_whole_or_in_vain(large: World, route: str) -> None:
    found = found_by(calls(large)[route], large)

    unknown = [f"{call.who} {call.address}: {one}" for call, one in found if not KNOWN.covers(route, call, one)]
    assert not unknown, "\n".join(unknown)
