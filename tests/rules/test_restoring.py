"""Rule 10, second half: a deleted span, link or verdict comes back from the events."""

from __future__ import annotations

from typing import Any

from annotations.models import Event, EvidenceLink, EvidenceSet, Link, Span, Verdict
from annotations.operations.restore import deleted, restore
from annotations.rules import DUPLICATE_SPAN, ONE_VERDICT, UNDER_REVIEW
from tests.cast import CRACKS, DANGER, MAYOR, Api, Cast, make_link, make_span, make_supported, make_verdict
from tests.rules.attack import broken, sql, values


def bring_back(cast: Cast, kind: str, thing: Any) -> Any:
    """Restores a thing from its latest deletion."""
    deletion = deleted([cast.project.pk], kind, thing)
    assert deletion
    return restore(deletion, by=cast.annotator)


def take_away(cast: Cast, thing: Any) -> Any:
    """Deletes a thing and tells its id."""
    key = thing.pk
    thing.remove(by=cast.annotator, from_version=thing.version)
    return key


def test_a_span_comes_back_with_its_links_and_its_verdict(cast: Cast) -> None:
    claim, fact, link, verdict = make_supported(cast)
    said = make_link(cast.annotator, make_span(cast.annotator, cast.article, MAYOR, "attribution"), claim, "attributes")
    sets: list[Any] = [{"question": "Safe?", "answer": "Yes", "links": [link.pk]}]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets, confidence=0.7, rationale="Because")
    columns = ("fragments", "label", "quote", "start", '"end"', "fields", "assignment_id", "created_at")
    before, key = values("span", claim.pk, *columns), take_away(cast, claim)

    bring_back(cast, "span", key)

    assert values("span", key, *columns) == before
    assert set(Link.objects.all()) == {Link(pk=link.pk), Link(pk=said.pk)}
    judged = Verdict.objects.get()
    assert (judged.pk, judged.rating, judged.confidence, judged.rationale) == (verdict.pk, "supported", 0.7, "Because")
    assert (EvidenceSet.objects.get().question, EvidenceLink.objects.get().link_id) == ("Safe?", link.pk)
    assert Span.objects.filter(pk=fact.pk).exists()


def test_what_comes_back_can_be_worked_with(cast: Cast) -> None:
    claim, _, _, verdict = make_supported(cast)
    back = bring_back(cast, "span", take_away(cast, claim))

    back.change(by=cast.annotator, from_version=2, note="Here again")
    Verdict.objects.get(pk=verdict.pk).submit(by=cast.annotator, from_version=2)

    assert Verdict.objects.get().state == "submitted"


def test_what_was_deleted_in_sql_comes_back_too(cast: Cast) -> None:
    *_, link, _ = make_supported(cast)
    sql("DELETE FROM annotations_link")

    bring_back(cast, "link", link.pk)

    assert Link.objects.get() == link


def test_a_restoration_is_a_creation_in_the_history(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)
    key = take_away(cast, span)

    bring_back(cast, "span", key)

    assert [event.what for event in Event.objects.of(cast.project.pk, "span", key)] == ["created", "deleted", "created"]


def test_it_can_be_deleted_and_restored_again(cast: Cast) -> None:
    claim, _, link, _ = make_supported(cast)
    for _ in range(2):
        bring_back(cast, "span", take_away(cast, Span.objects.get(pk=claim.pk)))

    assert Link.objects.get() == link
    assert values("span", claim.pk, "version") == (3,)


def test_a_link_whose_other_end_is_gone_meanwhile_is_left_out(cast: Cast) -> None:
    claim, fact, *_ = make_supported(cast)
    key = take_away(cast, claim)
    take_away(cast, fact)

    bring_back(cast, "span", key)

    assert Span.objects.get().pk == key
    assert not Link.objects.exists()


def test_what_was_deleted_in_one_batch_comes_back_one_by_one(cast: Cast) -> None:
    claim, fact, link, verdict = make_supported(cast)
    api, spans = Api(cast.annotator), (claim, fact)
    deletions = [{"method": "DELETE", "path": f"spans/{span.pk}/", "if_match": 1} for span in spans]
    api.call("post", f"projects/{cast.project.slug}/batch/", {"operations": deletions, "atomic": True})
    assert not Span.objects.exists()

    restored = [api.call("post", f"spans/{span.pk}/restore/").status_code for span in spans]

    assert restored == [200, 200]
    assert (Link.objects.get(), Verdict.objects.get()) == (link, verdict)


def test_a_link_that_a_rule_forbids_by_now_is_left_out(cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, DANGER, "fact"), claim)
    other = make_link(cast.annotator, fact, make_span(cast.annotator, cast.article, MAYOR), "contradicts")
    key = take_away(cast, fact)
    verdict.submit(by=cast.annotator, from_version=1)

    answer = Api(cast.annotator).call("post", f"spans/{key}/restore/")

    assert answer.status_code == 200
    assert list(Link.objects.filter(source=key)) == [other]
    assert values("verdict", verdict.pk, "state") == ("submitted",)


def test_a_link_whose_end_was_relabelled_is_left_out(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    mention = make_span(cast.annotator, cast.article, CRACKS)
    make_link(cast.annotator, mention, claim, "restates")
    key = take_away(cast, claim)
    mention.change(by=cast.annotator, from_version=1, label="fact")

    bring_back(cast, "span", key)

    assert not Link.objects.exists()


def test_a_verdict_comes_back_as_a_draft_without_reviewer(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    verdict.reopen(by=cast.reviewer, from_version=3, reason="New facts")
    key = take_away(cast, verdict)

    bring_back(cast, "verdict", key)

    assert values("verdict", key, "state", "reviewer_id", "approved_at", "author_id") == (
        "draft", None, None, cast.annotator.pk,
    )  # fmt: skip


def test_a_restoration_breaks_no_rule(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    key = take_away(cast, verdict)
    make_verdict(cast.annotator2, claim)
    with broken(ONE_VERDICT):
        bring_back(cast, "verdict", key)

    span = make_span(cast.annotator, cast.article, DANGER)
    key = take_away(cast, span)
    make_span(cast.annotator, cast.article, DANGER)
    with broken(DUPLICATE_SPAN):
        bring_back(cast, "span", key)
    assert Link.objects.get() == link


def test_no_link_comes_back_to_a_claim_under_review(cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)
    key = take_away(cast, make_link(cast.annotator, fact, claim, "contradicts"))
    verdict.submit(by=cast.annotator, from_version=1)

    with broken(UNDER_REVIEW):
        bring_back(cast, "link", key)


def test_what_is_there_is_not_restored(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)

    assert deleted([cast.project.pk], "span", span.pk) is None
