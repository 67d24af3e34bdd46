"""What tests of the API share."""

from __future__ import annotations

import pytest

from annotations.api.base import throttling


@pytest.fixture(autouse=True)
def _nobody_called_yet() -> None:
    """All tests call from one address; none of them should use up the rate of another."""
    throttling._counts.clear()
