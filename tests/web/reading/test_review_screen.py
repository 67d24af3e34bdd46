"""The review screen: claim, evidence, what changed, history, and who may decide."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from annotations.models import Verdict
from annotations.web.text.changes import MOST_STEPS, WORDS, Comparison, TooLong, changed_words
from annotations.web.text.quotes import Stretch, pieces_of
from tests.cast import CRACKS, DANGER, MAYOR, Cast, make_comment, make_link, make_span, make_supported
from tests.web.visit import signed_in, words


def looked_at(cast: Cast, verdict: Verdict, who: str = "reviewer") -> Any:
    """The screen as somebody sees it."""
    return signed_in(cast.everybody[who]).get(reverse("verdict", args=[verdict.pk]))


def submitted(cast: Cast) -> Verdict:
    """A verdict with evidence that waits for review."""
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    return verdict


def test_a_reviewer_sees_claim_evidence_and_the_decision(cast: Cast) -> None:
    response = looked_at(cast, submitted(cast))
    page = words(response)
    assert "The mayor says the bridge is safe . Engineers found cracks in March." in page
    assert "Corroborates · 1 from 1 source (1 independent of the claim’s)" in page
    assert "Contradicts · 0" in page
    assert "Approve y Return r" in page
    assert f'data-version="{2}"' in response.content.decode()


def test_evidence_from_the_claims_own_source_is_shown_as_such(cast: Cast) -> None:
    claim, fact, _, verdict = make_supported(cast)
    says = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"source_name": "The Mayor"})
    make_link(cast.annotator, says, claim, "attributes")
    make_link(cast.annotator, says, fact, "attributes")
    page = words(looked_at(cast, verdict, "annotator"))
    assert "Same source as the claim: not independent" in page
    assert "1 from 1 source (0 independent of the claim’s)" in page


def test_the_author_reads_the_screen_but_decides_nothing(cast: Cast) -> None:
    page = words(looked_at(cast, submitted(cast), "annotator"))
    assert "You can’t review a verdict that you wrote." in page
    assert "Approve y" not in page


def test_an_approved_verdict_can_be_reopened_from_the_screen(cast: Cast) -> None:
    verdict = submitted(cast)
    verdict.approve(by=cast.reviewer, from_version=2)
    assert "Reopen r" in words(looked_at(cast, verdict))
    assert "Approved by reviewer" in words(looked_at(cast, verdict, "viewer"))


def test_what_changed_since_the_readers_last_review_is_marked(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    verdict.change(by=cast.annotator, from_version=1, rationale="The engineers say so, and they looked at it in March.")
    verdict.submit(by=cast.annotator, from_version=2)
    verdict.send_back(by=cast.reviewer, from_version=3, reason="Who else?")
    other = make_span(cast.annotator, cast.article, DANGER, "fact")
    make_link(cast.annotator, other, claim, "contradicts")
    link.remove(by=cast.annotator, from_version=1)
    verdict.change(
        by=cast.annotator, from_version=4, confidence=0.4, rating="refuted",
        rationale="The engineers say so, and they looked at it in April.",
    )  # fmt: skip
    verdict.submit(by=cast.annotator, from_version=5)
    response = looked_at(cast, verdict)
    page = words(response)
    assert "<del>March</del> <ins>April</ins>" in response.content.decode()
    assert "Changes since your last review" in page
    assert "Rating was Supported" in page
    assert "Confidence was not given" in page
    assert "Evidence added: The bridge, “The council denies any danger”" in page
    assert "Evidence removed: The bridge, “Engineers found cracks in March”" in page
    assert "Submitted · Round 2" in page


@pytest.mark.parametrize("deleted", [False, True])
def test_evidence_that_the_reader_may_not_read_is_not_told(independent_cast: Cast, deleted: bool) -> None:
    cast = independent_cast
    *_, verdict = make_supported(cast)
    gone, new = (make_span(cast.annotator2, cast.article, at, "fact") for at in (MAYOR, DANGER))
    make_link(cast.reviewer, gone, verdict.claim, "contradicts")
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Who else?")
    if deleted:
        gone.remove(by=cast.annotator2, from_version=1)
    else:
        make_link(cast.reviewer, new, verdict.claim, "contradicts")

    for route, key in (("verdict", verdict.pk), ("claim", verdict.claim_id)):
        page = words(signed_in(cast.annotator).get(reverse(route, args=[key])))
        assert not any(
            told in page
            for told in ("Evidence added", "Evidence removed", "Contradicting evidence linked", "deleted span")
        )
    told = "deleted span" if deleted else "Evidence added: The bridge, “The council denies any danger”"
    assert told in words(looked_at(cast, verdict))


def test_ones_own_evidence_is_told_when_it_is_gone(independent_cast: Cast) -> None:
    cast = independent_cast
    verdict = submitted(cast)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Who else?")
    mine = make_span(cast.annotator, cast.article, DANGER, "fact")
    make_link(cast.annotator, mine, verdict.claim, "contradicts")
    mine.remove(by=cast.annotator, from_version=1)

    assert "deleted span" in words(signed_in(cast.annotator).get(reverse("claim", args=[verdict.claim_id])))


def test_the_history_tells_each_step_with_its_reason(cast: Cast) -> None:
    verdict = submitted(cast)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Who else?")
    verdict.change(by=cast.annotator, from_version=3, rationale="One")
    verdict.change(by=cast.annotator, from_version=4, rationale="Two")
    verdict.submit(by=cast.annotator, from_version=5)
    history = words(looked_at(cast, verdict)).partition("History")[2].partition("Corroborates")[0]
    told = [
        entry
        for entry in ("Submitted again", "Edited", "Returned by you: “Who else?”", "Submitted by", "Created")
        if entry in history
    ]
    assert told == sorted(told, key=history.index)
    assert len(told) == 5
    assert history.count("Edited") == 1


def test_the_screen_asks_the_database_as_often_for_much_evidence_as_for_little(
    cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    claim, *_, verdict = make_supported(cast)
    client = signed_in(cast.reviewer)
    address = reverse("verdict", args=[verdict.pk])
    with django_assert_max_num_queries(28) as few:
        client.get(address)
    for start in range(99, 120, 4):
        make_link(cast.annotator, make_span(cast.annotator, cast.article, (start, start + 3), "fact"), claim)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(address)


def test_a_passage_of_several_fragments_is_marked_in_its_sentences(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, label="fact", fragments=[list(CRACKS), list(DANGER)])
    sentences = [
        Stretch(0, cast.article.body[0:34]),
        Stretch(35, cast.article.body[35:67]),
        Stretch(68, cast.article.body[68:98]),
    ]
    pieces = pieces_of(span, sentences)
    assert [piece.text for piece in pieces if piece.marked] == [
        "Engineers found cracks in March",
        "The council denies any danger",
    ]
    assert "".join(piece.text for piece in pieces) == "Engineers found cracks in March. The council denies any danger."


def test_a_passage_marks_code_points_and_not_units_of_the_browser(cast: Cast) -> None:
    start = cast.article.body.index("👩")
    span = make_span(cast.annotator, cast.article, (start, len(cast.article.body)), "fact")
    begin = cast.article.body.index("Nobody")
    pieces = pieces_of(span, [Stretch(begin, cast.article.body[begin:])])
    assert [(piece.text, piece.marked) for piece in pieces] == [
        ("Nobody was hurt ", False),
        (cast.article.body[start:], True),
    ]


def test_a_rewording_is_told_word_by_word_and_a_new_text_is_not() -> None:
    changed = changed_words("It reports the movement.", "It reports the same movement.")
    assert changed is not None
    assert "".join(piece.text for piece in changed if piece.kind != "removed") == "It reports the same movement."
    assert "".join(piece.text for piece in changed if piece.kind != "added") == "It reports the movement."
    assert changed_words("Nothing of this stays here.", "Wholly other words now, all new.") is None
    assert changed_words("", "") == []


@pytest.mark.parametrize(("before", "after"), [("a " * 9_999, "a b " * 4_999), (". a " * 4_000, "a . " * 4_000)])
def test_words_that_repeat_without_end_are_compared_within_a_budget(before: str, after: str) -> None:
    comparison = Comparison(WORDS.findall(before), WORDS.findall(after))
    with pytest.raises(TooLong):
        comparison.get_opcodes()
    assert comparison.steps < 100 * MOST_STEPS
    assert changed_words(before, after) is None


def test_a_long_rationale_with_some_changes_is_told_word_by_word() -> None:
    before = " ".join(f"Sentence {number} of the report says that the bridge is safe." for number in range(150))
    after = before.replace("Sentence 70 of", "Sentence 70, the last of")
    changed = changed_words(before, after)
    assert changed is not None
    assert [piece for piece in changed if piece.kind != "same"] == [("removed", "70 "), ("added", "70, the last ")]


def test_comments_stand_where_they_hang(cast: Cast) -> None:
    verdict = submitted(cast)
    link = verdict.claim.links_in.get()
    first = make_comment(cast.annotator, verdict, "Is <i>this</i> enough, @reviewer?")
    make_comment(cast.reviewer, verdict, "Not yet.", first)
    make_comment(cast.reviewer, link, "Which report?").change(by=cast.reviewer, from_version=1, resolved=True)

    page = words(looked_at(cast, verdict))

    assert "2 comments on the verdict annotator" in page
    assert "Is <i>this</i> enough, @reviewer?" in page
    assert "Comment on the claim" in page
    assert "1 comment on this evidence reviewer" in page
    assert "Reopen Resolved by reviewer" in page


def test_a_viewer_of_an_approved_verdict_sees_no_comments(cast: Cast) -> None:
    verdict = submitted(cast)
    make_comment(cast.annotator, verdict, "Between us")
    verdict.approve(by=cast.reviewer, from_version=2)

    page = words(looked_at(cast, verdict, "viewer"))

    assert "Between us" not in page
    assert "Comment on" not in page


def test_a_viewer_reads_of_the_approval_and_not_of_what_led_to_it(cast: Cast) -> None:
    verdict = submitted(cast)
    verdict.send_back(by=cast.reviewer, reason="Too thin.", from_version=verdict.version)
    verdict.submit(by=cast.annotator, from_version=verdict.version)
    verdict.approve(by=cast.reviewer, from_version=verdict.version)

    assert "Too thin." in words(looked_at(cast, verdict))
    page = words(looked_at(cast, verdict, "viewer"))
    assert "Approved" in page
    assert "Too thin." not in page
    assert "last review" not in page
