"""What a scale of one's own means in the formats of others."""

from __future__ import annotations

import pytest

from annotations.formats.claims.ratings import FourWay, four_way, named_by, rating_for
from annotations.project_settings import starting_scale

OWN = [
    {"key": "true", "name": "True", "needs": "corroborating"},
    {"key": "mostly_true", "name": "Mostly true", "needs": "corroborating"},
    {"key": "mixed", "name": "Mixed", "needs": "both"},
    {"key": "satire", "name": "Satire", "needs": ""},
]


@pytest.mark.parametrize("verdict", FourWay)
def test_the_starting_scale_is_the_four_way_one(verdict: FourWay) -> None:
    assert rating_for(starting_scale(), verdict) == verdict


def test_another_scale_is_read_by_the_evidence_that_its_ratings_need() -> None:
    assert [four_way(rating) for rating in OWN] == [
        FourWay.SUPPORTED,
        FourWay.SUPPORTED,
        FourWay.CONFLICTING,
        None,
    ]


def test_a_rating_that_the_format_has_no_name_for_is_left_out() -> None:
    assert named_by(OWN, {FourWay.SUPPORTED: "SUPPORTS"}) == {"true": "SUPPORTS", "mostly_true": "SUPPORTS"}


def test_where_several_ratings_would_do_none_is_guessed() -> None:
    assert rating_for(OWN, FourWay.SUPPORTED) is None
    assert rating_for(OWN, FourWay.CONFLICTING) == "mixed"
    assert rating_for(OWN, FourWay.REFUTED) is None
