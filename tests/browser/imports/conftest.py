"""The cast where the server can see it, and its import page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.cast import Cast, make_cast
from tests.previewing import made_at_once

OpenImport = Callable[..., Page]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast in a shared project with one article."""
    return make_cast()


@pytest.fixture
def read_later() -> bool:
    """Whether previews wait for a worker. A test that says so overrides this."""
    return False


@pytest.fixture(autouse=True)
def _previews_at_once(monkeypatch: pytest.MonkeyPatch, read_later: bool) -> None:
    if not read_later:
        made_at_once(monkeypatch)


@pytest.fixture
def entrance(visit: Visit, cast: Cast) -> OpenImport:
    """Opens the import page of the cast's project, as its manager."""

    def open_page(**context: Any) -> Page:
        page = visit(cast.manager, **context)
        page.goto(reverse("import", args=[cast.project.slug]))
        return page

    return open_page


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder of two texts with their annotations in brat, one of them in a folder of its own."""
    folder = tmp_path / "corpus"
    (folder / "ann").mkdir(parents=True)
    (folder / "dam.txt").write_text("The dam broke. Engineers had warned of it.")
    (folder / "dam.ann").write_text(
        "T1\tClaim 0 13\tThe dam broke\nT2\tPremise 15 41\tEngineers had warned of it\nR1\tSupport Arg1:T2 Arg2:T1\n"
    )
    (folder / "ann" / "ferry.txt").write_text("The ferry sank 👩‍👩‍👧 at noon.")
    (folder / "ann" / "ferry.ann").write_text("T1\tClaim 0 14\tThe ferry sank\nT2\tClaim 4 9\tharbour\n")
    return folder
