"""`claimreview`, on the way out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import make_cast, make_span, make_verdict
from tests.formats.checked.world import World, make_world, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def review(world: World, **filters: Any) -> dict[str, Any]:
    """The only item of the export."""
    [found] = told(world.cast, "claimreview", **filters)
    return found


def test_an_item_is_a_claimreview(world: World) -> None:
    found = review(world)

    assert (found["@context"], found["@type"]) == ("https://schema.org", "ClaimReview")
    assert (found["claimReviewed"], found["reviewBody"]) == ("The bridge is safe.", "Both sides.")
    assert found["author"] == {"@type": "Organization", "name": "Bridge"}
    assert found["datePublished"] == f"{world.verdict.approved_at:%Y-%m-%d}"
    assert found["url"] == f"/claims/{world.claim.pk}/"


def test_the_rating_stands_on_its_scale(world: World) -> None:
    assert review(world)["reviewRating"] == {
        "@type": "Rating", "ratingValue": 2, "bestRating": 5, "worstRating": 1, "alternateName": "Conflicting evidence"
    }  # fmt: skip


def test_a_rating_without_a_value_has_its_name(transactional_db: None) -> None:
    scale = [{"key": "odd", "name": "Odd & “new”", "needs": ""}]

    found = review(make_world("odd", scale=scale))

    assert found["reviewRating"] == {"@type": "Rating", "alternateName": "Odd & “new”"}


def test_the_item_says_who_made_the_claim_and_where_it_appeared(world: World) -> None:
    world.elsewhere.describe(by=world.cast.manager, published_on="2026-03-01")

    item = review(world)["itemReviewed"]

    assert (item["@type"], item["datePublished"]) == ("Claim", "2026-03-04")
    assert item["author"] == {"@type": "Person", "name": "The mayor"}
    assert item["firstAppearance"]["url"] == "https://example.com/2"
    assert item["firstAppearance"]["publisher"] == {"@type": "Organization", "name": "Other"}
    assert [one["url"] for one in item["appearance"]] == ["https://example.org/bridge"]


def test_nothing_that_is_not_approved_is_published(transactional_db: None) -> None:
    cast = make_cast()
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article))

    assert told(cast, "claimreview", state="any") == []


def test_nobody_who_worked_on_it_is_named(world: World) -> None:
    assert not any(name in str(review(world, names="true")) for name in ("annotator", "reviewer", "person-"))


def test_filters_and_rights_hold(world: World) -> None:
    assert "author" not in review(world, relation="contradicts")["itemReviewed"]
    assert "appearance" not in review(world, relation="contradicts")["itemReviewed"]
    assert told(world.cast, "claimreview", label="fact") == []
    assert review(world) == told(world.cast, "claimreview", world.cast.viewer)[0]
    world.elsewhere.describe(by=world.cast.manager, archived=True)
    assert "appearance" not in review(world)["itemReviewed"]
