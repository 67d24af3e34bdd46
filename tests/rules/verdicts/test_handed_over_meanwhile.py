"""What a hand-over comes to when somebody else acts at the same time."""

from __future__ import annotations

import pytest

from annotations.models import HandOver, Membership, User, Verdict
from annotations.operations.hand_over import hand_over
from annotations.rules import HOLDER_ANNOTATES, STALE_VERSION
from tests.cast import Cast, fresh, make_cast, make_supported, person
from tests.rules.attack import meanwhile
from tests.rules.test_meanwhile import BOTH_ORDERS, outcome

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


@pytest.fixture
def third(cast: Cast) -> User:
    found = person("third")
    cast.project.memberships.create(user=found, roles=["annotator"])
    return found


def to(receiver: User, cast: Cast) -> object:
    return hand_over(cast.project, giver=cast.annotator, receiver=fresh(receiver), by=cast.manager)


@BOTH_ORDERS
def test_of_two_hand_overs_the_first_one_counts(cast: Cast, third: User, turned: bool) -> None:
    verdict = make_supported(cast)[-1]

    assert outcome(lambda: to(cast.annotator2, cast), lambda: to(third, cast), turned) is None

    verdict.refresh_from_db()
    assert verdict.holder == (third if turned else cast.annotator2)
    assert [one.verdicts for one in HandOver.objects.all()] == [1]


def test_what_its_author_submits_meanwhile_stays_with_them(cast: Cast) -> None:
    verdict = make_supported(cast)[-1]

    assert (
        meanwhile(lambda: verdict.submit(by=cast.annotator, from_version=1), lambda: to(cast.annotator2, cast)) is None
    )

    verdict.refresh_from_db()
    assert (verdict.holder, verdict.state) == (cast.annotator, "submitted")


def test_an_author_who_submits_after_the_hand_over_is_told_that_it_changed(cast: Cast) -> None:
    verdict = make_supported(cast)[-1]
    mine = Verdict.objects.get(pk=verdict.pk)

    refusal = meanwhile(lambda: to(cast.annotator2, cast), lambda: mine.submit(by=cast.annotator, from_version=1))

    assert refusal is STALE_VERSION
    assert Verdict.objects.get(pk=verdict.pk).holder == cast.annotator2


def test_whoever_is_removed_meanwhile_takes_nothing_over(cast: Cast) -> None:
    verdict = make_supported(cast)[-1]
    place = Membership.objects.get(user=cast.annotator2)

    assert meanwhile(place.delete, lambda: to(cast.annotator2, cast)) is HOLDER_ANNOTATES

    assert Verdict.objects.get(pk=verdict.pk).holder == cast.annotator
