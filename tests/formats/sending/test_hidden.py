"""What somebody may not read changes nothing of what they export."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import User
from tests.api.access.reading import secret_work
from tests.cast import CRACKS, Api, Cast, make_cast, make_link, make_span
from tests.formats.exports import ask, lines

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast(mode="independent", annotators_per_article=2)


def exported(by: User, cast: Cast, **asked: Any) -> bytes:
    """The dataset as somebody exports it."""
    return lines(ask(cast, by, **asked))


def now(cast: Cast) -> str:
    """A time after everything that there is."""
    return cast.project.events.latest("id").at.isoformat()


def test_an_article_did_not_change_for_whoever_may_not_see_what_did(cast: Cast) -> None:
    make_span(cast.annotator2, cast.article)
    since = now(cast)
    secret_work(cast)

    assert exported(cast.annotator2, cast, updated_after=since, comments="true") == b""
    assert exported(cast.viewer, cast, updated_after=since) == b""
    assert exported(cast.manager, cast, updated_after=since) != b""


def test_work_that_opens_makes_its_article_one_that_changed(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)
    since = now(cast)
    for somebody in (cast.annotator, cast.annotator2):
        api = Api(somebody)
        api.call("put", f"articles/{cast.article.pk}/assignment/")
        assert exported(cast.annotator2, cast, updated_after=since) == b""
        api.call("post", f"articles/{cast.article.pk}/assignment/submit/")

    assert exported(cast.annotator2, cast, updated_after=since) != b""


def test_a_hidden_source_does_not_show_in_an_export(cast: Cast) -> None:
    claim = make_span(cast.annotator2, cast.article)
    fact = make_span(cast.annotator2, cast.article, CRACKS, "fact")
    make_link(cast.annotator2, fact, claim)
    before = exported(cast.annotator2, cast)
    for end in (claim, fact):
        said = make_span(cast.annotator, cast.article, (end.start, 60), "attribution", fields={"source_name": "Ed"})
        make_link(cast.reviewer, said, end, "attributes")

    assert exported(cast.annotator2, cast) == before


def test_an_export_with_names_tells_no_address(cast: Cast) -> None:
    User.objects.filter(pk=cast.annotator.pk).update(name="")
    make_span(cast.annotator, cast.article)

    content = exported(cast.manager, cast, names="true")

    assert cast.annotator.email.encode() not in content
    assert f"Member {cast.annotator.pk}".encode() in content
