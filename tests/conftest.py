"""What every test may use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.test import override_settings
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from annotations.streams import Stream
from tests.cast import Cast, make_cast

pytest_plugins = ["tests.machine", "tests.databases", "tests.totals"]


_begun: Final[list[Stream]] = []
"""The streams of a test's answers. A server closes them with the request, the test client only once they are read."""


def _begin(stream: Stream, begin: Callable[[Stream], None] = Stream.begin) -> None:
    _begun.append(stream)
    begin(stream)


Stream.begin = _begin  # type: ignore[method-assign, assignment]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown() -> None:
    """Closes them before tables are emptied: each has a connection in a transaction, which a collection of garbage may
    meet in the middle of anything.
    """
    while _begun:
        stream = _begun.pop()
        stream.close()
        stream.ended.result(timeout=20)


@pytest.fixture
def cast(db: None) -> Cast:
    """One person in each role, in a shared project with one article."""
    return make_cast()


@pytest.fixture
def independent_cast(db: None) -> Cast:
    """The same in an independent project."""
    return make_cast(mode="independent", annotators_per_article=2)


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
def _settings_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests store is none of the site's files, and hashing a password does not take a quarter of a second."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"), PASSWORD_HASHERS=hashers):
        yield
