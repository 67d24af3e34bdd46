"""The workbench compares names of sources as the server does."""

from __future__ import annotations

from annotations.evidence.sources import compared
from tests.browser.modules.conftest import Run
from tests.unit.evidence.test_sources import SPELT


def test_names_are_compared_as_the_server_compares_them(run: Run) -> None:
    names = [name for spelt in SPELT.values() for name in spelt]

    assert run("model/evidence.js", "return v[0].map(m.compared)", names) == [compared(name) for name in names]
