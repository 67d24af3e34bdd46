"""A claim's own page: everything on one address, for each reader what is theirs."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from annotations.models import Event, Span, Verdict
from annotations.web.text.quotes import Stretch, paragraph_of
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    SAFE,
    Cast,
    fresh,
    make_article,
    make_link,
    make_span,
    make_supported,
    make_verdict,
)
from tests.web.visit import signed_in, words


def page_of(cast: Cast, claim: Span, who: str = "annotator") -> Any:
    """The page as somebody gets it."""
    return signed_in(fresh(cast.everybody[who])).get(reverse("claim", args=[claim.pk]))


def approved(cast: Cast) -> Verdict:
    """A verdict that took two rounds."""
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.send_back(by=cast.reviewer, from_version=2, reason="Who else?")
    verdict.change(by=cast.annotator, from_version=3, rationale="The engineers say so.", confidence=0.8)
    verdict.submit(by=cast.annotator, from_version=4)
    verdict.approve(by=cast.reviewer, from_version=5)
    return verdict


def test_the_claim_stands_in_its_paragraph_with_its_sources_and_its_evidence(cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    says = make_span(
        cast.annotator, cast.article, MAYOR, "attribution", fields={"source_name": "The Mayor", "stance": "asserts"}
    )
    make_link(cast.annotator, says, claim, "attributes")
    make_link(
        cast.annotator, make_span(cast.annotator, cast.article, DANGER, "fact"), claim, "contradicts", note="Who?"
    )
    page = words(page_of(cast, claim))
    assert "The mayor says the bridge is safe . Engineers found cracks in March. The council denies" in page
    assert "Said by: The Mayor (asserts) · Occurs once" in page
    assert "The Mayor asserts The mayor says the bridge is safe" in page
    assert "+ Corroborates · 1 from 1 source" in page
    assert "− Contradicts · 1 from 1 source" in page
    assert "Note Who?" in page


def test_evidence_of_the_claims_own_source_is_named_as_such(cast: Cast) -> None:
    claim, fact, *_ = make_supported(cast)
    says = make_span(cast.annotator, cast.article, MAYOR, "attribution")
    make_link(cast.annotator, says, claim, "attributes")
    make_link(cast.annotator, says, fact, "attributes")
    assert "Same source as the claim: not independent" in words(page_of(cast, claim))


def test_evidence_in_another_article_opens_beside_the_claim(cast: Cast) -> None:
    other = make_article(cast.project, "The ferry is safer.", title="The ferry", outlet="Port Post")
    claim = make_span(cast.annotator, cast.article)
    make_link(cast.annotator, make_span(cast.annotator, other, (0, 18), "fact"), claim, "contradicts")
    page = page_of(cast, claim)
    assert f'href="/articles/{cast.article.pk}/?span={claim.pk}&amp;evidence={other.pk}"' in page.content.decode()
    assert "Port Post" in words(page)


def test_the_address_of_a_mention_leads_to_the_claim_that_is_checked_and_says_so(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    mention = make_span(cast.annotator, cast.article, CRACKS)
    make_link(cast.annotator, mention, claim, "restates")
    response = page_of(cast, mention)
    assert response.status_code == 302
    assert response["Location"] == f"/claims/{claim.pk}/?mention={mention.pk}"
    page = words(signed_in(cast.annotator).get(response["Location"]))
    assert "You opened a restatement of it in The bridge ." in page
    assert "Occurs 2 times" in page
    assert "Restatement · Source not specified" in page


def test_the_history_tells_the_rounds_with_reasons_and_what_changed(cast: Cast) -> None:
    story = words(page_of(cast, approved(cast).claim)).partition("Verdict history")[2]
    told = [
        "Round 1", "Created by annotator", "Submitted by annotator", "Returned by reviewer: “Who else?”", "Round 2",
        "Edited by annotator", "Confidence: not given → 0.8", "Rationale added", "Submitted again by annotator",
        "Approved by reviewer",
    ]  # fmt: skip
    places = [story.find(step) for step in told]
    assert -1 not in places
    assert places == sorted(places)


def test_a_rewording_is_told_word_by_word_and_evidence_as_it_came_and_went(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    verdict.change(by=cast.annotator, from_version=1, rationale="The engineers say so, and looked at it in March.")
    verdict.submit(by=cast.annotator, from_version=2)
    verdict.send_back(by=cast.reviewer, from_version=3, reason="Which month?")
    other = make_span(cast.annotator, cast.article, DANGER, "fact")
    make_link(cast.annotator, other, claim, "contradicts")
    link.remove(by=cast.annotator, from_version=1)
    verdict.change(by=cast.annotator, from_version=4, rationale="The engineers say so, and looked at it in April.")
    response = page_of(cast, claim, "reviewer")
    assert "<del>March</del> <ins>April</ins>" in response.content.decode()
    story = words(response)
    assert "Contradicting evidence linked by annotator: The bridge: “The council denies any danger”" in story
    assert "Corroborating evidence unlinked by annotator: The bridge: “Engineers found cracks in March”" in story


def test_the_questions_that_the_verdict_answers_name_their_evidence_by_number(cast: Cast) -> None:
    _, _, link, verdict = make_supported(cast)
    sets: Any = [{"question": "Were there cracks?", "answer": "Yes.", "links": [link.pk]}]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets)
    response = page_of(cast, verdict.claim)
    assert "Were there cracks? Yes. Evidence: 1" in words(response)
    assert f'<a href="#e-{link.pk}">1</a>' in response.content.decode()


def test_the_citation_names_the_state_that_was_read(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    assert f"No verdict; claim in version 1, {claim.updated_at:%-d %B %Y}." in words(page_of(cast, claim))
    verdict = make_verdict(cast.annotator, claim)
    assert "Verdict: Not enough evidence, version 1, draft, not approved" in words(page_of(cast, claim))
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    page = page_of(cast, claim, "viewer")
    assert f"version 3, approved {verdict.approved_at:%-d %B %Y}. http://testserver/claims/{claim.pk}/" in words(page)
    assert f'<link rel="canonical" href="http://testserver/claims/{claim.pk}/">' in page.content.decode()


def test_a_viewer_reads_what_is_approved_and_nothing_of_the_way_there(cast: Cast) -> None:
    claim = approved(cast).claim
    page = words(page_of(cast, claim, "viewer"))
    assert "Supported Approved" in page
    assert "Approved by reviewer" in page
    assert "Who else?" not in page
    assert "Created by" not in page


def test_a_claim_that_is_evidence_for_an_approved_one_shows_a_viewer_no_draft_of_its_own(cast: Cast) -> None:
    verdict = approved(cast)
    verdict.reopen(by=cast.reviewer, from_version=6, reason="More.")
    premise = make_span(cast.annotator, cast.article, DANGER)
    make_link(cast.annotator, premise, verdict.claim)
    verdict.submit(by=cast.annotator, from_version=7)
    verdict.approve(by=cast.reviewer, from_version=8)
    make_verdict(cast.annotator, premise, rationale="A secret so far.")
    page = words(page_of(cast, premise, "viewer"))
    assert "No approved verdict yet." in page
    assert "A secret so far." not in page


@pytest.mark.parametrize(("who", "status"), [("viewer", 404), ("outsider", 404), ("annotator2", 200), ("manager", 200)])
def test_a_claim_in_work_is_a_page_for_those_who_work_on_it(cast: Cast, who: str, status: int) -> None:
    assert page_of(cast, make_span(cast.annotator, cast.article), who).status_code == status


def test_what_is_no_claim_has_no_page(cast: Cast) -> None:
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    assert page_of(cast, fact).status_code == 404
    assert signed_in(cast.annotator).get(reverse("claim", args=[uuid4()])).status_code == 404


def test_in_an_independent_project_the_page_opens_when_both_have_submitted(independent_cast: Cast) -> None:
    cast = independent_cast
    claim = make_span(cast.annotator, cast.article)
    make_span(cast.annotator2, cast.article)
    assert page_of(cast, claim, "annotator2").status_code == 404
    for assignment in cast.article.assignments.all():
        assignment.submit(by=assignment.assignee)
    assert page_of(cast, claim, "annotator2").status_code == 200


def test_the_claim_is_reached_from_the_list_and_the_review_screen(cast: Cast) -> None:
    claim, *_, verdict = make_supported(cast)
    client, link = signed_in(cast.reviewer), f'href="{reverse("claim", args=[claim.pk])}"'
    for address in (reverse("claims", args=[cast.project.slug]), reverse("verdict", args=[verdict.pk])):
        assert link in client.get(address).content.decode(), address


def test_the_page_asks_the_database_as_often_for_much_as_for_little(
    cast: Cast, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    claim, *_ = make_supported(cast)
    mention = make_span(cast.annotator, cast.article, (0, 60))
    make_link(cast.annotator, mention, claim, "restates")
    make_link(cast.annotator, make_span(cast.annotator, cast.article, MAYOR, "attribution"), claim, "attributes")
    make_link(cast.annotator, make_span(cast.annotator, cast.article, DANGER, "fact"), claim)
    client, address = signed_in(cast.reviewer), reverse("claim", args=[claim.pk])
    with django_assert_max_num_queries(32) as few:
        client.get(address)
    for start in range(99, 120, 4):
        make_link(cast.annotator, make_span(cast.annotator, cast.article, (start, start + 3), "fact"), claim)
        again = make_span(cast.annotator, cast.article, (start, start + 2))
        make_link(cast.annotator, again, claim, "restates")
        says = make_span(cast.annotator, cast.article, (start, start + 1), "attribution")
        make_link(cast.annotator, says, again, "attributes")
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(address)


def test_what_happened_to_the_links_of_a_claim_is_found_by_an_index(cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    with connection.cursor() as cursor:
        # Among so few rows another way is as good.
        cursor.execute("DROP INDEX event_of_object")
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Event.objects.of_links_to(cast.project.pk, claim.pk).order_by().explain()
    assert "event_of_links_to" in plan


def test_a_paragraph_ends_where_its_line_ends(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, SAFE)
    line, rest = cast.article.body.split("\n")
    sentences = [
        Stretch(0, line[:34]),
        Stretch(35, line[35:67]),
        Stretch(68, line[68:], last=True),
        Stretch(len(line) + 1, rest),
    ]
    assert "".join(piece.text for piece in paragraph_of(span, sentences)) == line
