"""What tests of formats share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of corpora made by others. Without it the test is skipped."""
    folder = Path(os.environ.get("CORPORA", ""))
    if "CORPORA" not in os.environ or not folder.is_dir():
        pytest.skip("CORPORA does not name a folder of corpora")
    return folder
