"""Splits: what belongs together is on one side, and the same seed deals the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotations.models import Article, Release
from annotations.releases.splits import dealt
from tests.cast import Cast, make_article, make_cast, make_link, make_span
from tests.formats.releases.made import made, records

pytestmark = pytest.mark.django_db(transaction=True)

SHARES = {"train": 0.5, "dev": 0.25, "test": 0.25}


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def text(number: int) -> str:
    """A text of its own."""
    return " ".join(f"word{number}x{word}" for word in range(60))


def side_of(release: Release) -> dict[str, str]:
    """On which side each article is."""
    slug = release.project.slug
    return {record["article"]["id"]: side for side in SHARES for record in records(release, f"{slug}.{side}.jsonl")}


def articles(cast: Cast, count: int = 11) -> list[Article]:
    """Texts that have nothing to do with each other; with the cast's own, one more."""
    return [make_article(cast.project, text(number)) for number in range(count)]


def test_each_article_is_on_one_side_by_the_shares(cast: Cast) -> None:
    articles(cast)
    release = made(cast, splits=SHARES, seed=3)

    sides = list(side_of(release).values())
    assert {side: sides.count(side) for side in SHARES} == {"train": 6, "dev": 3, "test": 3}
    assert (release.manifest or {})["splits"]["articles"] == {"train": 6, "dev": 3, "test": 3}


def test_another_seed_deals_otherwise_the_same_alike(cast: Cast) -> None:
    articles(cast)

    first, again, other = (side_of(made(cast, str(n), splits=SHARES, seed=seed)) for n, seed in enumerate((3, 3, 4)))

    assert first == again
    assert first != other


@pytest.mark.parametrize("seed", range(4))
def test_all_mentions_of_a_claim_are_on_one_side(cast: Cast, seed: int) -> None:
    told, *retold = articles(cast)[:4]
    centre = make_span(cast.annotator, told, (0, 10))
    for article in retold:
        make_link(cast.annotator, make_span(cast.annotator, article, (0, 10)), centre, "restates")

    sides = side_of(made(cast, splits=SHARES, seed=seed))

    assert len({sides[str(article.pk)] for article in [told, *retold]}) == 1


@pytest.mark.parametrize("seed", range(4))
def test_nearly_the_same_texts_are_on_one_side(cast: Cast, seed: int) -> None:
    first, *_ = articles(cast)
    copy = make_article(cast.project, "Update: " + first.body.replace("word0x7 ", ""))

    sides = side_of(made(cast, splits=SHARES, seed=seed))

    assert sides[str(first.pk)] == sides[str(copy.pk)]


def test_an_article_outside_still_ties_others_together(cast: Cast) -> None:
    centre, one, other = articles(cast)[:3]
    claim = make_span(cast.annotator, centre, (0, 10))
    for article in (one, other):
        make_link(cast.annotator, make_span(cast.annotator, article, (0, 10)), claim, "restates")
    centre.describe(by=cast.manager, archived=True)

    release = made(cast, splits=SHARES)

    sides = side_of(release)
    assert str(centre.pk) not in sides
    assert sides[str(one.pk)] == sides[str(other.pk)]
    assert (release.manifest or {})["splits"]["largest_group"] == 2


def test_a_side_without_articles_is_an_empty_file(cast: Cast) -> None:
    sides = side_of(made(cast, splits=SHARES))

    assert list(sides.values()) == ["train"]


def test_a_large_group_is_dealt_first() -> None:
    groups: Any = [[1], [2], [3, 4, 5], [6]]

    sides = dealt(groups, {"train": 0.5, "test": 0.5}, seed=0)

    assert sorted(map(len, sides.values())) == [3, 3]
