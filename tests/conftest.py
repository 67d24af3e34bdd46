"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import override_settings
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from tests.cast import Cast, make_cast

pytest_plugins = ["tests.embedded"]


@pytest.fixture
def cast(db: None) -> Cast:
    """One person in each role, in a shared project with one article."""
    return make_cast()


@pytest.fixture
def independent_cast(db: None) -> Cast:
    """The same in an independent project."""
    return make_cast(mode="independent", annotators_per_article=2)


@pytest.fixture(autouse=True, scope="session")
def _history_may_be_emptied_between_tests() -> Iterator[None]:
    """Tests that commit are cleaned up by emptying every table, which the history refuses anybody else."""
    flush = DatabaseOperations.execute_sql_flush

    def flush_as_operator(self: Any, statements: Iterable[str]) -> None:
        for attempt in range(5):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('factcheck.removal', 'on', true)")
                    flush(self, statements)
            except OperationalError:
                # A server that a test has started may be reading several tables itself: a deadlock.
                if attempt == 4:
                    raise
            else:
                return

    DatabaseOperations.execute_sql_flush = flush_as_operator  # type: ignore[assignment,method-assign]
    yield
    DatabaseOperations.execute_sql_flush = flush  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_listed_once() -> Iterator[None]:
    """Every test client makes its own chain of middleware, and listing the static files takes it 50 ms."""
    list_files, found = WhiteNoiseMiddleware.add_files_from_finders, dict[str, Any]()

    def list_once(self: Any) -> None:
        if not found:
            list_files(self)
            found.update(self.files)
        self.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = list_once
    yield
    WhiteNoiseMiddleware.add_files_from_finders = list_files


@pytest.fixture(autouse=True, scope="session")
def _files_go_to_a_folder_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests store is none of the site's files."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        yield
