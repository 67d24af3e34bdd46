"""A review that an import brought, or that somebody else than its reviewer wrote, is marked as imported."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from annotations.models import Event, Review, Verdict, acting
from annotations.web.dashboard.activity import WORDINGS
from tests.cast import SAFE, Api, Cast, make_supported
from tests.formats.storing.sent import brought, line, refusals, span, verdict
from tests.rules.attack import sql
from tests.web.visit import signed_in, words


def approved(cast: Cast) -> Verdict:
    """A verdict that the reviewer approved."""
    made = make_supported(cast)[-1]
    made.submit(by=cast.annotator, from_version=1)
    made.approve(by=cast.reviewer, from_version=2)
    return made


def forged(cast: Cast, **more: Any) -> Verdict:
    """A verdict that a manager imports as if the reviewer had approved it."""
    claim = span(SAFE, annotator="ann")
    said = verdict(claim, "not_enough_evidence", author="ann", reviewer="rex", **{"state": "approved", **more})
    people = {"ann": cast.annotator.pk, "rex": cast.reviewer.pk}
    one = brought(cast.project, cast.manager, line(spans=[claim], verdicts=[said]), options={"people": people})
    assert [code for _, code in refusals(one)] == ["same_text"]
    found: Verdict = Verdict.objects.get()
    return found


def read(cast: Cast, key: object, who: str = "viewer") -> dict[str, Any]:
    found: dict[str, Any] = Api(cast.everybody[who]).call("get", f"claims/{key}/").json()
    return found


def test_an_approval_given_here_is_not(cast: Cast) -> None:
    made = approved(cast)

    assert not Review.objects.get().imported
    assert read(cast, made.claim_id)["verdict"]["approval"] is None
    assert read(cast, made.claim_id)["reviews"][0]["imported"] is False


def test_one_that_somebody_else_writes_in_the_reviewers_name_is(cast: Cast) -> None:
    made = make_supported(cast)[-1]
    made.submit(by=cast.annotator, from_version=1)
    with acting(cast.manager):
        review = Review.objects.create(
            verdict=made, verdict_version=2, reviewer=cast.reviewer, decision="approved", imported=False
        )

    review.refresh_from_db()
    assert review.imported


def test_one_that_plain_sql_writes_in_nobodys_name_is(cast: Cast) -> None:
    made = make_supported(cast)[-1]
    made.submit(by=cast.annotator, from_version=1)
    sql("INSERT INTO annotations_review (verdict_id, verdict_version, reviewer_id, decision, reason, evidence_digest, "
        "imported) VALUES (%s, 2, %s, 'approved', '', '', false)", made.pk, cast.reviewer.pk)  # fmt: skip

    assert Review.objects.get().imported


@pytest.mark.django_db(transaction=True)
def test_one_that_an_import_brings_says_so_in_the_api(cast: Cast) -> None:
    made = forged(cast)

    found = read(cast, made.claim_id)
    assert (found["verdict"]["approval"], found["verdict"]["reviewer"]["name"]) == ("imported", "reviewer")
    assert [(one["imported"], one["reviewer"]["name"]) for one in found["reviews"]] == [(True, "reviewer")]
    event = Event.objects.get(kind="review")
    assert (event.by, event.after and event.after["imported"]) == (cast.manager, True)


@pytest.mark.django_db(transaction=True)
def test_so_does_one_in_the_importing_persons_own_name(cast: Cast) -> None:
    claim = span(SAFE, annotator="ann")
    said = verdict(claim, "not_enough_evidence", author="ann", reviewer="me", state="approved")
    people = {"ann": cast.annotator.pk, "me": "me"}
    brought(cast.project, cast.manager, line(spans=[claim], verdicts=[said]), options={"people": people})

    assert Review.objects.get().imported


def page(cast: Cast, who: str, name: str, *args: object, **query: str) -> str:
    """The visible words of a page as somebody reads it, without the marks that isolate names."""
    answer = signed_in(cast.everybody[who]).get(reverse(name, args=args), query)
    return words(answer).replace("\u2068", "").replace("\u2069", "")


@pytest.mark.django_db(transaction=True)
def test_every_page_says_so(cast: Cast) -> None:
    made = forged(cast)

    for who in ("viewer", "annotator"):
        told = page(cast, who, "claim", made.claim_id)
        assert "by reviewer (imported)" in told
        assert "approval imported, given" in told
        assert f"Approved by reviewer, imported{'' if who == 'viewer' else ' by manager'}" in told
        assert "Approved by reviewer (imported)" in page(cast, who, "verdict", made.pk)
    assert "(imported)" in page(cast, "manager", "review", cast.project.slug, state="approved")
    assert "approved a verdict" not in page(cast, "manager", "dashboard", cast.project.slug)
    row = Event.objects.get(kind="review").after or {}
    assert WORDINGS["review"]("created", {}, row) == "imported a review of a verdict"


@pytest.mark.django_db(transaction=True)
def test_an_approval_given_here_afterwards_is_one_of_ours(cast: Cast) -> None:
    made = forged(cast)
    made.reopen(by=cast.manager, from_version=made.version, reason="Is it?")
    made.submit(by=cast.annotator, from_version=made.version)
    made.approve(by=cast.reviewer, from_version=made.version)

    found = read(cast, made.claim_id, "annotator")
    assert found["verdict"]["approval"] is None
    assert [one["imported"] for one in found["reviews"]] == [True, False, False]


@pytest.mark.django_db(transaction=True)
def test_a_review_that_came_in_as_returned_says_so(cast: Cast) -> None:
    made = forged(cast, state="returned")

    found = read(cast, made.claim_id, "annotator")
    assert (found["verdict"]["approval"], [one["imported"] for one in found["reviews"]]) == (None, [True])


@pytest.mark.parametrize(("by", "imported"), [("reviewer", False), ("manager", True), (None, True)])
def test_reviews_from_before_are_marked_by_whom_the_history_names(cast: Cast, by: str | None, imported: bool) -> None:
    approved(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("event", "review"):
            cursor.execute(f"ALTER TABLE annotations_{table} DISABLE TRIGGER USER")
        Event.objects.filter(kind="review").update(by=by and cast.everybody[by])
        cursor.execute(import_module("annotations.migrations.0028_imported_reviews").FILL)

    assert Review.objects.get().imported is imported
