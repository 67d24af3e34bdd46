"""One real server for all tests of the stream, and ears that are closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from annotations.models import Article, User
from tests.api.live.ear import Ear, token
from tests.cast import Cast, make_cast
from tests.serving import serving

Listen = Callable[..., Ear]


@pytest.fixture(scope="session")
def port(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The port of a server that tells nothing but what the database notifies it of."""
    with django_db_blocker.unblock(), serving("tests.api.live.notified:application") as number:
        yield number


@pytest.fixture(scope="module")
def polling_port(django_db_setup: None, django_db_blocker: Any) -> Iterator[int]:
    """The port of a server that also looks for news by itself, as the site's does."""
    with django_db_blocker.unblock(), serving() as number:
        yield number


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast where the server can see it."""
    return make_cast()


@pytest.fixture
def independent_cast(transactional_db: None) -> Cast:
    """The same in an independent project."""
    return make_cast(mode="independent", annotators_per_article=2)


@pytest.fixture
def listen(port: int) -> Iterator[Listen]:
    """Opens a stream as somebody and waits until it has begun."""
    ears: list[Ear] = []

    def open_stream(user: User, article: Article, *, last: str = "", query: str = "", server: int | None = None) -> Ear:
        ear = Ear(server or port, article, token(user), last=last, query=query)
        ears.append(ear)
        assert ear.answer.status == 200
        return ear.begun()

    yield open_stream
    for ear in ears:
        ear.close()
