"""The cast with two articles where the server can see them, and desks to work at."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from annotations.models import Article, User
from tests.browser.conftest import Visit
from tests.browser.workbench.desk import Desk
from tests.cast import Cast, make_article, make_cast

OTHER_TEXT = (
    "A bridge under scrutiny\n\n"
    "Inspectors closed the bridge on Friday. A report lists seven cracks in its northern pier.\n"
    "The mayor's office says the closure is a precaution."
)

OpenDesk = Callable[..., Desk]


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast in a shared project with one article."""
    return make_cast()


@pytest.fixture
def other(cast: Cast) -> Article:
    """A second article of the project, by another outlet."""
    return make_article(cast.project, OTHER_TEXT, title="Bridge closed", outlet="The Daily Span")


@pytest.fixture
def desk(visit: Visit, cast: Cast) -> OpenDesk:
    """Opens the cast's article in a new window, as its annotator or as somebody else."""

    def open_desk(user: User | None = None, article: Article | None = None, query: str = "") -> Desk:
        return Desk(visit(user or cast.annotator), article or cast.article).open(query)

    return open_desk
