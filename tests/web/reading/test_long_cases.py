"""A claim with more evidence, mentions, sources and comments than a page shows: pages lead to all of them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from annotations.models import Span, Verdict
from annotations.models.evidence_set import EvidenceSetValue
from annotations.web.claims import context
from annotations.web.review import comments, evidence
from annotations.web.text import quotes
from tests.cast import DANGER, Cast, make_comment, make_link, make_span, make_supported
from tests.web.visit import signed_in, words


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (evidence, context, comments):
        monkeypatch.setattr(module, "SHOWN", 3)


def walked(cast: Cast, address: str, anchor: str, who: str = "reviewer") -> list[Any]:
    """All pages of the part of a page at this anchor, by its links to the next."""
    browser = signed_in(cast.everybody[who])
    pages = [browser.get(address)]
    while found := re.search(rf'rel="next" href="(\?[^"]*)#{anchor}"', pages[-1].content.decode()):
        pages.append(browser.get(address + found[1].replace("&amp;", "&")))
        assert len(pages) < 20
    return pages


def supported(cast: Cast, facts: int) -> tuple[Span, Verdict]:
    """A claim with so many facts for it, each with a note of its own, and one against it."""
    claim, _, first, verdict = make_supported(cast)
    first.change(by=cast.annotator, from_version=None, note="Fact 0.")
    for number in range(1, facts):
        fact = make_span(cast.annotator, cast.article, (40 + number, 66), "fact")
        make_link(cast.annotator, fact, claim, note=f"Fact {number}.")
    against = make_span(cast.annotator, cast.article, DANGER, "fact")
    make_link(cast.annotator, against, claim, "contradicts", note=f"Fact {facts}.")
    return claim, verdict


@pytest.mark.parametrize(("page", "anchor"), [("verdict", "corroborating"), ("claim", "evidence-heading")])
def test_each_piece_of_evidence_is_on_one_page_and_all_are_counted(cast: Cast, page: str, anchor: str) -> None:
    claim, verdict = supported(cast, 7)
    pages = walked(cast, reverse(page, args=[verdict.pk if page == "verdict" else claim.pk]), anchor)
    assert sorted(re.findall(r"Note Fact (\d)\.", " ".join(map(words, pages)))) == list("01234567")
    assert all("Corroborates · 7 from 1 source" in words(one) for one in pages)
    assert all("Contradicts · 1 from 1 source" in words(one) for one in pages)
    assert "Showing 3 of 8 Next" in words(pages[0])


def test_evidence_of_a_question_that_is_on_another_page_is_told_of(cast: Cast) -> None:
    claim, verdict = supported(cast, 7)
    keys = list(claim.links_in.order_by("created_at", "id").values_list("pk", flat=True))
    sets: list[EvidenceSetValue] = [{"question": "Is it?", "answer": "It is.", "links": keys}]
    verdict.change(by=cast.annotator, from_version=None, evidence_sets=sets)
    first = words(signed_in(cast.reviewer).get(reverse("claim", args=[claim.pk])))
    assert "Evidence: 1 , 2 , 3 5 spans on other evidence pages" in first


def test_mentions_and_sources_come_a_page_at_a_time(cast: Cast) -> None:
    claim, _ = supported(cast, 1)
    for at in range(5):
        mention = make_span(cast.annotator, cast.article, (100 + at, 120))
        make_link(cast.annotator, mention, claim, "restates", note=f"Mention {at}.")
        says = make_span(cast.annotator, cast.article, (at, 14), "attribution", fields={"source_name": f"Source {at}."})
        make_link(cast.annotator, says, mention, "attributes")
    address = reverse("claim", args=[claim.pk])
    mentions = [words(page) for page in walked(cast, address, "where")]
    sources = [words(page).partition("Sources")[2] for page in walked(cast, address, "sources-heading")]
    assert re.findall(r"Note Mention (\d)", " ".join(mentions)) == list("01234")
    assert sorted(re.findall(r"Source (\d)\. Stance not", " ".join(sources))) == list("01234")
    assert "Occurs 6 times" in mentions[1]
    assert [page.count("Original claim") for page in mentions] == [1, 0]


def test_of_many_comments_the_latest_are_shown_with_the_beginning_of_their_thread(cast: Cast) -> None:
    _, verdict = supported(cast, 1)
    first = make_comment(cast.annotator, verdict, "Where it began.")
    for number in range(6):
        make_comment(cast.reviewer, verdict, f"Reply {number}.", first)
    screen = words(signed_in(cast.reviewer).get(reverse("verdict", args=[verdict.pk])))
    assert "7 comments on the verdict Showing the latest 4 of 7 comments. Read all in the workbench" in screen
    assert "Where it began." in screen
    assert re.findall(r"Reply (\d)\.", screen) == list("345")


def test_a_very_long_passage_is_shown_from_its_beginning_and_says_so(cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(quotes, "LONGEST", 20)
    claim = make_span(cast.annotator, cast.article, (0, 130))
    pieces = quotes.contexts([claim])[claim.pk]
    assert pieces[0].text == "The mayor says the bridge is safe."
    assert pieces[-1].text == f" … {quotes.CUT_OFF}"
    monkeypatch.setattr(quotes, "LONGEST", 1_000)
    monkeypatch.setattr(quotes, "MOST_FRAGMENTS", 1)
    claim.fragments = [[0, 3], [4, 9], [35, 40]]
    assert [piece.text for piece in quotes.contexts([claim])[claim.pk] if piece.marked] == ["The"]
