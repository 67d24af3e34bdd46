"""Handing over work on the pages: members, the form, my work, and wherever the holder is named."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotations import paging
from annotations.models import Assignment, Membership, Verdict
from annotations.operations import hand_over
from tests.cast import CRACKS, Cast, fresh, make_span, make_supported, make_verdict
from tests.web.visit import signed_in, words


def page(cast: Cast, query: str = "") -> str:
    return words(signed_in(cast.manager).get(reverse("hand-over", args=[cast.project.slug]) + query))


def send(cast: Cast, **values: Any) -> Any:
    return signed_in(cast.manager).post(reverse("hand-over", args=[cast.project.slug]), values, follow=True)


def members(cast: Cast) -> str:
    return words(signed_in(cast.manager).get(reverse("members", args=[cast.project.slug])))


def moved(cast: Cast, *, returned: bool = False) -> Verdict:
    verdict = make_supported(cast)[-1]
    if returned:
        verdict.submit(by=cast.annotator, from_version=1)
        verdict.send_back(by=cast.reviewer, from_version=2, reason="Which engineers?")
    hand_over.hand_over(cast.project, giver=cast.annotator, receiver=fresh(cast.annotator2), by=cast.manager)
    verdict.refresh_from_db()
    return verdict


def test_the_members_page_says_how_much_each_holds(cast: Cast) -> None:
    make_supported(cast)
    make_verdict(cast.annotator, make_span(cast.annotator, cast.article, CRACKS))

    assert "2 drafts Hand over work… of annotator" in members(cast)
    assert "Former members" not in members(cast)


def test_somebody_who_was_removed_stays_listed_while_they_hold_work(cast: Cast) -> None:
    make_supported(cast)
    place = Membership.objects.get(user=cast.annotator)

    answer = signed_in(cast.manager).post(
        reverse("member", args=[cast.project.slug, place.pk]), {"do": "remove"}, follow=True
    )

    assert "Hand over their drafts and returned verdicts under Former members." in words(answer)
    assert "annotator 1 draft Hand over work… of annotator" in words(answer)


def test_former_members_come_a_page_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "PAGE_LENGTH", 1)
    make_supported(cast)
    make_verdict(cast.annotator2, make_span(cast.annotator2, cast.article, CRACKS))
    Membership.objects.filter(user__in=[cast.annotator, cast.annotator2]).delete()
    address = reverse("members", args=[cast.project.slug])
    first = signed_in(cast.manager).get(address)
    [following] = re.findall(r'href="(\?former=[^"]*)#former"', first.content.decode())
    listed = [
        words(page).partition("Former members")[2] for page in (first, signed_in(cast.manager).get(address + following))
    ]
    assert all("Showing 1 of 2" in page for page in listed)
    assert [re.findall(r"work… of (\w+)", page) for page in listed] == [["annotator"], ["annotator2"]]


def test_the_form_hands_over_and_says_how_much(cast: Cast) -> None:
    verdict = make_supported(cast)[-1]
    assert "annotator (1 draft)" in page(cast, f"?from={cast.annotator.pk}")

    answer = send(cast, **{"from": cast.annotator.pk, "to": cast.annotator2.pk})

    assert "1 verdict handed over to annotator2." in words(answer)
    assert Verdict.objects.get(pk=verdict.pk).holder == cast.annotator2


def test_without_unfinished_work_there_is_no_form(cast: Cast) -> None:
    assert "Nothing to hand over" in page(cast)


@pytest.mark.parametrize(
    ("giver", "receiver", "complaint"),
    [
        ("", "annotator2", "Choose whose work to hand over."),
        ("annotator", "", "Choose an annotator."),
        ("annotator", "reviewer", "Choose an annotator."),
        ("annotator", "annotator", "Choose a different person."),
    ],
)
def test_a_form_that_names_the_wrong_people_says_so(cast: Cast, giver: str, receiver: str, complaint: str) -> None:
    make_supported(cast)
    keys = {name: cast.everybody[name].pk if name else "" for name in (giver, receiver)}

    answer = send(cast, **{"from": keys[giver], "to": keys[receiver]})

    assert answer.status_code == 400
    assert complaint in words(answer)


def test_what_cannot_go_is_listed_with_the_reason(independent_cast: Cast) -> None:
    make_supported(independent_cast)

    answer = send(independent_cast, **{"from": independent_cast.annotator.pk, "to": independent_cast.annotator2.pk})

    assert "Not handed over the bridge is safe annotator2 can't see this work on “The bridge” yet." in words(answer)


def test_my_work_lists_what_was_handed_over_with_a_notice(cast: Cast) -> None:
    moved(cast)

    work = words(signed_in(cast.annotator2).get(reverse("work")))

    assert "Handed over to you 1 the bridge is safe Draft from annotator" in work
    assert "manager handed over work of annotator to you · Bridge" in work
    assert "Handed over to you" not in words(signed_in(cast.annotator).get(reverse("work")))


def test_a_returned_verdict_is_on_the_new_holders_list(cast: Cast) -> None:
    moved(cast, returned=True)

    assert "Returned to you 1 the bridge is safe From annotator" in words(
        signed_in(cast.annotator2).get(reverse("work"))
    )
    assert "Returned to you 0" in words(signed_in(cast.annotator).get(reverse("work")))


def test_my_work_shows_nothing_that_the_holder_cannot_see(independent_cast: Cast) -> None:
    cast = independent_cast
    make_supported(cast)
    for name in ("annotator", "annotator2"):
        taken, _ = Assignment.objects.take_up(cast.article, by=cast.everybody[name])
        taken.submit(by=cast.everybody[name])
    hand_over.hand_over(cast.project, giver=cast.annotator, receiver=fresh(cast.annotator2), by=cast.manager)
    Assignment.objects.get(assignee=cast.annotator2).reopen(by=cast.manager)

    assert "bridge is safe" not in words(signed_in(cast.annotator2).get(reverse("work")))


@pytest.mark.parametrize("route", ["verdict", "claim"])
def test_the_screens_name_the_holder_and_tell_the_hand_over(cast: Cast, route: str) -> None:
    verdict = moved(cast)
    key = verdict.pk if route == "verdict" else verdict.claim_id

    shown = words(signed_in(cast.reviewer).get(reverse(route, args=[key])))

    assert "Verdict by annotator · Held by annotator2" in shown
    assert "Handed over from annotator to annotator2 by manager" in shown


def test_the_queue_names_the_holder(cast: Cast) -> None:
    verdict = moved(cast)
    verdict.submit(by=cast.annotator2, from_version=None)
    address = reverse("review", args=[cast.project.slug])

    assert "annotator Held by annotator2" in words(signed_in(cast.reviewer).get(address))


def test_the_holder_is_told_that_somebody_else_reviews_it(cast: Cast) -> None:
    verdict = moved(cast)
    verdict.submit(by=cast.annotator2, from_version=None)
    shown = {name: words(signed_in(cast.everybody[name]).get(reverse("verdict", args=[verdict.pk])))
             for name in ("annotator", "annotator2")}  # fmt: skip

    assert "You can’t review a verdict that you hold. To change it, withdraw it" in shown["annotator2"]
    assert "You can’t review a verdict that you wrote or edited." in shown["annotator"]
    assert "To change it" not in shown["annotator"]
