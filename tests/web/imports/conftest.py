"""What tests of the import pages may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from annotations.formats.registry import IMPORTERS
from annotations.models import Import
from tests.previewing import made_at_once
from tests.web.imports.sending import MADE_UP


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


@pytest.fixture(autouse=True)
def _one_format_more() -> Iterator[None]:
    """Recognised before all others. Their order says which is recognised, so it is given back too."""
    others = dict(IMPORTERS)
    IMPORTERS.clear()
    IMPORTERS.update({MADE_UP.name: MADE_UP, **others})
    yield
    IMPORTERS.clear()
    IMPORTERS.update(others)


@pytest.fixture(autouse=True)
def _previews_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made_at_once(monkeypatch)


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Import]:
    """The imports to which somebody said go; no worker hears of it."""
    found: list[Import] = []
    monkeypatch.setattr("annotations.web.imports.detail.begin", found.append)
    return found
