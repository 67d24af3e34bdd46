"""The history of a verdict that was sent back very often: a page at a time, on its screen and on the claim's page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotations.models import Verdict
from annotations.web.claims import verdict_history
from annotations.web.review import history, rounds
from tests.cast import DANGER, Cast, make_link, make_span, make_supported
from tests.web.visit import signed_in, words

REPEATED = "bridge " * 900


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (history, verdict_history):
        monkeypatch.setattr(module, "LENGTH", 6)
    monkeypatch.setattr(rounds, "MOST_CHANGES", 2)


def returned(cast: Cast, times: int, words_of_rounds: str = "Wording {}.") -> Verdict:
    """A verdict that was sent back so often, reworded each time."""
    *_, verdict = make_supported(cast)
    for number in range(1, times + 1):
        verdict.change(by=cast.annotator, from_version=None, rationale=words_of_rounds.format(number))
        verdict.submit(by=cast.annotator, from_version=None)
        verdict.send_back(by=cast.reviewer, from_version=None, reason=f"Reason {number}.")
    return verdict


def walked(cast: Cast, address: str, who: str = "reviewer") -> list[Any]:
    """All pages from the latest on, by their links to earlier changes."""
    browser = signed_in(cast.everybody[who])
    pages = [browser.get(address)]
    while found := re.search(r'href="(\?history=[0-9-]+)#', pages[-1].content.decode()):
        pages.append(browser.get(address + found[1]))
        assert len(pages) < 30
    return pages


@pytest.mark.parametrize("page", ["verdict", "claim"])
def test_each_reason_is_on_one_page_of_the_history(cast: Cast, page: str) -> None:
    verdict = returned(cast, 7)
    pages = walked(cast, reverse(page, args=[verdict.pk if page == "verdict" else verdict.claim_id]))
    told = re.findall(r"“Reason (\d)\.”", " ".join(words(one) for one in pages))
    assert len(pages) == 4
    assert sorted(told) == list("1234567")
    assert ["Latest changes" in words(one) for one in pages] == [False, True, True, True]


def test_rounds_keep_their_numbers_on_earlier_pages(cast: Cast) -> None:
    verdict = returned(cast, 7)
    pages = walked(cast, reverse("claim", args=[verdict.claim_id]))
    numbers = [re.findall(r'class="round">Round (\d)', page.content.decode()) for page in pages]
    assert numbers == [["6", "7"], ["4", "5"], ["2", "3"], []]
    assert "Submitted again by annotator" in words(pages[1])


def test_a_page_ends_where_telling_what_was_reworded_has_taken_enough(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdict_history, "MOST_STEPS", 100_000)
    verdict = returned(cast, 3, REPEATED + "{}")
    pages = walked(cast, reverse("claim", args=[verdict.claim_id]))
    assert len(pages) > 2
    assert sum(page.content.decode().count("Reason") for page in pages) == 3


def test_evidence_that_came_and_went_is_told_on_the_pages_of_its_time(cast: Cast) -> None:
    verdict = returned(cast, 1)
    facts = [make_span(cast.annotator, cast.article, (at, at + 3), "fact") for at in range(40, 52)]
    for fact in facts:
        make_link(cast.annotator, fact, verdict.claim)
    verdict.change(by=cast.annotator, from_version=None, rationale="Now with more.")
    pages = walked(cast, reverse("claim", args=[verdict.claim_id]))
    assert [words(page).count("Corroborating evidence linked") for page in pages] == [5, 6, 1]


def test_what_another_annotator_linked_unseen_is_on_no_page(independent_cast: Cast) -> None:
    cast = independent_cast
    verdict = returned(cast, 1)
    hidden = make_span(cast.annotator2, cast.article, DANGER, "fact")
    make_link(cast.manager, hidden, verdict.claim, "contradicts")
    pages = walked(cast, reverse("claim", args=[verdict.claim_id]), "annotator")
    assert len(pages) == 1
    assert "Contradicting evidence linked" not in words(pages[0])


def test_many_changes_of_evidence_since_a_review_are_counted(cast: Cast) -> None:
    verdict = returned(cast, 1)
    for at in range(40, 45):
        make_link(cast.annotator, make_span(cast.annotator, cast.article, (at, at + 3), "fact"), verdict.claim)
    screen = words(signed_in(cast.reviewer).get(reverse("verdict", args=[verdict.pk])))
    assert screen.count("Evidence added") == 2
    assert "3 more evidence changes. View all on the claim page" in screen


def test_approvals_are_told_to_viewers_a_page_at_a_time(cast: Cast) -> None:
    verdict = returned(cast, 0)
    for _ in range(8):
        verdict.submit(by=cast.annotator, from_version=None)
        verdict.approve(by=cast.reviewer, from_version=None)
        verdict.reopen(by=cast.reviewer, from_version=None, reason="Once more.")
    verdict.submit(by=cast.annotator, from_version=None)
    verdict.approve(by=cast.reviewer, from_version=None)
    pages = walked(cast, reverse("claim", args=[verdict.claim_id]), "viewer")
    assert [words(page).count("Approved by reviewer") for page in pages] == [6, 3]
    assert "Once more" not in words(pages[1])


@pytest.mark.parametrize("cursor", ["x", "1-2-3", "9" * 30, "-1", "%00"])
def test_a_cursor_that_nobody_gave_means_the_latest_changes(cast: Cast, cursor: str) -> None:
    verdict = returned(cast, 3)
    for page, key in (("verdict", verdict.pk), ("claim", verdict.claim_id)):
        shown = signed_in(cast.reviewer).get(f"{reverse(page, args=[key])}?history={cursor}")
        assert "Reason 3." in words(shown)


def test_the_queue_reads_only_the_last_review_of_each_verdict(cast: Cast) -> None:
    verdict = returned(cast, 3)
    [read] = Verdict.objects.filter(pk=verdict.pk).with_last_review()
    assert [review.reason for review in read.reviews.all()] == ["Reason 3."]
