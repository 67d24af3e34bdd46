"""What somebody may not read changes nothing of what they see: no list, filter, order, count or time."""

from __future__ import annotations

import pytest
from django.urls import reverse

from annotations.models import User
from tests.api.access.reading import lists, secret_work
from tests.cast import DANGER, MAYOR, SAFE, Api, Cast, make_link, make_span, make_verdict
from tests.web.visit import signed_in, words


@pytest.fixture
def cast(independent_cast: Cast) -> Cast:
    return independent_cast


def seen(by: User, cast: Cast) -> list[str]:
    """What the lists, filters and pages of the project tell somebody."""
    pages = [reverse(name, args=[cast.project.slug]) for name in ("dashboard", "claims", "map", "releases")]
    api, client = Api(by), signed_in(by)
    told = [api.call("get", path).content.decode() for path in lists(cast) if not path.endswith("annotations/")]
    return [*told, *(words(client.get(page)) for page in pages)]


def hidden_work(cast: Cast) -> None:
    """The annotator's work, with decisions on it, that the other annotator may not read."""
    work = secret_work(cast)
    api, key = Api(cast.annotator), work["verdicts"][0]
    assert api.call("post", f"verdicts/{key}/submit/", version=1).status_code == 200
    returned = Api(cast.reviewer).call("post", f"verdicts/{key}/return/", {"reason": "Why?"}, version=2)
    assert returned.status_code == 200


def test_the_lists_and_pages_stay_as_they_are(cast: Cast) -> None:
    make_verdict(cast.annotator2, make_span(cast.annotator2, cast.article), "not_enough_evidence")
    take_up(cast.annotator, cast)
    before = seen(cast.annotator2, cast)

    hidden_work(cast)

    assert seen(cast.annotator2, cast) == before


def test_a_hidden_restatement_leaves_a_claim_without_verdict(cast: Cast) -> None:
    mine = make_span(cast.annotator2, cast.article, SAFE)
    theirs = make_span(cast.annotator, cast.article, DANGER)
    before = seen(cast.annotator2, cast)
    make_link(cast.reviewer, mine, theirs, "restates")

    assert seen(cast.annotator2, cast) == before


def test_a_viewer_does_not_learn_that_evidence_is_judged_too(cast: Cast) -> None:
    claim, evidence = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, MAYOR)
    make_link(cast.annotator, evidence, claim)
    verdict = make_verdict(cast.annotator, claim, "supported")
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Why?")
    verdict.submit(by=cast.annotator, from_version=3)
    verdict.approve(by=cast.reviewer, from_version=4)
    before = seen(cast.viewer, cast)
    make_verdict(cast.annotator, evidence)

    assert seen(cast.viewer, cast) == before
    assert "Round 2" not in words(signed_in(cast.viewer).get(reverse("verdict", args=[verdict.pk])))
    assert "Round 2" in words(signed_in(cast.reviewer).get(reverse("verdict", args=[verdict.pk])))


def take_up(by: User, cast: Cast) -> None:
    assert Api(by).call("put", f"articles/{cast.article.pk}/assignment/").status_code == 201
