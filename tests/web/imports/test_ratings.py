"""A format's own ratings, on the page that looks at an import before it begins."""

from __future__ import annotations

import json

from annotations.models import Import
from tests.cast import Cast
from tests.web.imports.sending import act, look, proposed
from tests.web.visit import words


def reviews(*ratings: str) -> str:
    """A file of ClaimReviews with these ratings."""
    return json.dumps(
        [
            {"@type": "ClaimReview", "claimReviewed": f"Claim {number}.", "reviewRating": {"alternateName": rating}}
            for number, rating in enumerate(ratings)
        ]
    )


def test_each_may_become_one_of_the_projects_scale(cast: Cast) -> None:
    one = proposed(cast, a_jsonld=reviews("False", "Pants on Fire"))
    page = words(look(cast, one))
    assert "Ratings in the files" in page
    assert "False Default: Refuted Supported Refuted" in page
    assert "Pants on Fire No matching rating Supported" in page
    assert "[1].reviewRating" in page

    act(cast, one, "look", format="", encoding="", type=["False", "Pants on Fire"], becomes=["-", "refuted"])

    assert Import.objects.get(pk=one.pk).options["types"] == {"Pants on Fire": "refuted"}
    assert "[1].reviewRating" not in words(look(cast, one))


def test_nothing_that_the_scale_does_not_have_is_kept(cast: Cast) -> None:
    one = proposed(cast, a_jsonld=reviews("False", "Odd"))

    act(cast, one, "look", format="", encoding="", type=["False", "Odd"], becomes=["", "invented"])

    assert Import.objects.get(pk=one.pk).options["types"] == {"False": ""}
    assert "type_left_out" in words(look(cast, one))
