"""What tests of the import pages may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from annotations.importers import IMPORTERS
from annotations.models import Import
from tests.web.imports.sending import MADE_UP


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


@pytest.fixture(autouse=True)
def _one_format_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recognised before all others."""
    others = dict(IMPORTERS)
    for name in others:
        monkeypatch.delitem(IMPORTERS, name)
    for one in (MADE_UP, *others.values()):
        monkeypatch.setitem(IMPORTERS, one.name, one)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Import]:
    """The imports to which somebody said go; no worker hears of it."""
    found: list[Import] = []
    monkeypatch.setattr("annotations.web.imports.one.begin", found.append)
    return found
