"""Brings the embedded database up before the first test that needs one, and down after the last."""

from collections.abc import Iterator

import pytest
from django.db import connections

from factcheck import database


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """Called by pytest-django just before it makes the test database.

    Commits do not wait for the disk: what a power cut takes from a test, nobody misses.
    """
    options = connections["default"].settings_dict["OPTIONS"]
    options["options"] = "-c synchronous_commit=off"
    with database.running():
        yield
