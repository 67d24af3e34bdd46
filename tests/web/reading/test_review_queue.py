"""What waits for review: how many, and what stands before and after the verdict that is read."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from annotations.models import Verdict
from annotations.web.review import views as review
from annotations.web.wording import up_to
from tests.cast import Cast, make_article, make_span, make_verdict
from tests.web.visit import signed_in, words


@pytest.fixture
def waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[Verdict]:
    """Seven verdicts in the order of the queue, of which the reviewer wrote the fourth; one is shown on each side."""
    monkeypatch.setattr(review, "BEFORE", 1)
    monkeypatch.setattr(review, "AFTER", 1)
    cast.project.memberships.filter(user=cast.reviewer).update(roles=["annotator", "reviewer"])
    verdicts = []
    for number in range(7):
        by = cast.reviewer if number == 3 else cast.annotator
        article = make_article(cast.project, f"A bridge, number {number}.", title=f"{number}")
        verdict = make_verdict(by, make_span(by, article, (2, 18)))
        verdict.submit(by=by, from_version=1)
        verdicts.append(verdict)
    return verdicts


def beside(cast: Cast, verdict: Verdict) -> tuple[list[str], str, str]:
    """The numbers of the verdicts beside this one, and the keys of the one before and the one after it."""
    response = signed_in(cast.reviewer).get(reverse("verdict", args=[verdict.pk]))
    page = response.content.decode()
    column = page[page.index("queue-column") : page.index("claim-column")]
    before, after = (re.findall(rf'data-{side}="/verdicts/([^/]+)/"', page) for side in ("previous", "next"))
    return re.findall(r"number (\d)", column), "".join(before), "".join(after)


def test_the_screen_lists_the_queue_around_its_verdict(cast: Cast, waiting: list[Verdict]) -> None:
    keys = [str(verdict.pk) for verdict in waiting]
    assert beside(cast, waiting[5]) == (["4", "5", "6"], keys[4], keys[6])
    assert beside(cast, waiting[4]) == (["2", "4", "5"], keys[2], keys[5])
    assert beside(cast, waiting[0]) == (["0", "1"], "", keys[1])
    assert beside(cast, waiting[6]) == (["5", "6"], keys[5], "")


def test_a_verdict_that_does_not_wait_for_the_reader_goes_before_the_first_that_does(
    cast: Cast, waiting: list[Verdict]
) -> None:
    assert beside(cast, waiting[3]) == (["0", "1"], "", str(waiting[0].pk))


def test_the_column_says_how_many_wait_and_where_the_others_are(cast: Cast, waiting: list[Verdict]) -> None:
    page = words(signed_in(cast.reviewer).get(reverse("verdict", args=[waiting[0].pk])))
    assert "Waiting for you: 6" in page
    assert "There are more. Show the whole queue" in page


def test_verdicts_are_counted_up_to_a_bound(
    cast: Cast, waiting: list[Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(name: str, *of: object) -> str:
        return words(signed_in(cast.reviewer).get(reverse(name, args=of)))

    assert "7 to review · 0 approved · 0 returned" in told("review", cast.project.slug)
    monkeypatch.setattr(review, "MOST_COUNTED", 7)
    assert "7 to review · 0 approved" in told("verdict", waiting[0].pk)
    monkeypatch.setattr(review, "MOST_COUNTED", 6)
    monkeypatch.setattr(review, "MOST_WAITING", 5)
    assert "over 6 to review · 0 approved" in told("review", cast.project.slug)
    assert "Waiting for you: over 5" in told("verdict", waiting[0].pk)


def test_a_count_is_written_with_its_bound() -> None:
    assert [up_to(1_000, number) for number in (0, 1_000, 1_001)] == ["0", "1,000", "over 1,000"]


def test_who_does_not_review_is_told_no_counts(cast: Cast, waiting: list[Verdict]) -> None:
    page = signed_in(cast.annotator).get(reverse("verdict", args=[waiting[0].pk]))
    assert page.context["counts"] is None
    assert page.context["queue"] is None
