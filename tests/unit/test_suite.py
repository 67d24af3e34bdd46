"""What holds for the tests themselves."""

from __future__ import annotations

import os
import re
import tempfile
import time
from pathlib import Path

import pytest
from django.db import connection

TESTS = Path(__file__).parents[1]


def test_tests_of_the_browser_wait_for_something_and_not_for_a_length_of_time() -> None:
    waits = re.compile(r"wait_for_timeout\(|time\.sleep\(")
    found = [path.name for path in sorted((TESTS / "browser").rglob("*.py")) if waits.search(path.read_text())]
    assert found == ["waiting.py"]


def test_home_and_temporary_files_are_the_runs_own() -> None:
    assert Path.home().parent == Path(tempfile.gettempdir()).parent
    assert Path.home().parent.name.startswith("factcheck-test-")


def test_zone_and_locale_are_the_same_everywhere() -> None:
    assert (time.tzname[0], os.environ["LANG"]) == ("UTC", "C.UTF-8")
    assert [name for name in os.environ if name.startswith("LC_")] == []


@pytest.mark.django_db
def test_the_planner_learns_nothing_of_tables_that_a_test_has_just_emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE oid = 'annotations_span'::regclass")
        assert cursor.fetchone() == (["autovacuum_enabled=off"],)
