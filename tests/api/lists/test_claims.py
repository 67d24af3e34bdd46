"""`projects/{slug}/claims/`"""

from __future__ import annotations

from typing import Any, Literal
from unicodedata import normalize

import pytest

from annotations.models import Project, Span
from tests.api.refusals import refused
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    SAFE,
    Api,
    Cast,
    make_article,
    make_link,
    make_span,
    make_supported,
    make_verdict,
)

NOTHING = {"count": 0, "sources": 0, "independent": 0}


def claims(cast: Cast, query: str = "", who: str = "annotator") -> list[dict[str, Any]]:
    answer = Api(cast.everybody[who]).call("get", f"projects/{cast.project.slug}/claims/{query}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def attribute(cast: Cast, span: Span, name: str, at: tuple[int, int]) -> Span:
    said = make_span(cast.annotator, cast.article, at, "attribution", fields={"source_name": name, "stance": "asserts"})
    make_link(cast.annotator, said, span, "attributes")
    return said


def test_a_claim_comes_with_its_article_and_words(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, fields={"statement": "The bridge in town is safe."})

    [found] = claims(cast)

    assert found == {
        "id": str(claim.pk),
        "article": {"id": str(cast.article.pk), "title": "The bridge", "outlet": "", "published_on": None},
        "label": "claim",
        "quote": "the bridge is safe",
        "start": SAFE[0],
        "end": SAFE[1],
        "statement": "The bridge in town is safe.",
        "said_by": [],
        "said_by_count": 0,
        "external_id": None,
        "restates": None,
        "mentions": 1,
        "evidence": {"corroborates": NOTHING, "contradicts": NOTHING},
        "verdict": None,
    }


def test_only_claims_are_listed(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, SAFE, "fact")
    make_span(cast.annotator, cast.article, MAYOR, "attribution")

    assert claims(cast) == []


def test_a_claim_says_who_said_it(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    said = attribute(cast, claim, "The mayor", MAYOR)

    assert claims(cast)[0]["said_by"] == [{"span": str(said.pk), "source_name": "The mayor", "stance": "asserts"}]


def test_evidence_is_counted_by_sources_and_independence(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    attribute(cast, claim, "The mayor", MAYOR)
    for number, name in enumerate(("the mayor", "Engineers", "Engineers")):
        fact = make_span(cast.annotator, cast.article, (35 + number, 66), "fact")
        attribute(cast, fact, name, (35, 44 + number))
        make_link(cast.annotator, fact, claim)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, DANGER, "fact"), claim, "contradicts")

    evidence = claims(cast)[0]["evidence"]

    assert evidence["corroborates"] == {"count": 3, "sources": 2, "independent": 1}
    assert evidence["contradicts"] == {"count": 1, "sources": 1, "independent": 1}


def test_a_claim_comes_with_its_verdict(cast: Cast) -> None:
    *_, verdict = make_supported(cast)

    [found] = claims(cast)

    assert found["verdict"] == {"id": str(verdict.pk), "rating": "supported", "state": "draft", "version": 1}


def test_a_restated_claim_counts_its_mentions(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    mention = make_span(cast.annotator, make_article(cast.project, "It is safe."), (0, 10))
    make_link(cast.annotator, mention, claim, "restates")

    found = {one["id"]: one for one in claims(cast)}

    assert (found[str(claim.pk)]["mentions"], found[str(claim.pk)]["restates"]) == (2, None)
    assert (found[str(mention.pk)]["mentions"], found[str(mention.pk)]["restates"]) == (1, str(claim.pk))


def test_claims_are_filtered(cast: Cast) -> None:
    judged, *_ = make_supported(cast)
    plain = make_span(cast.annotator, cast.article, DANGER, fields={"statement": "No danger, 100%."})
    mention = make_span(cast.annotator, make_article(cast.project, "It is safe."), (0, 10))
    make_link(cast.annotator, mention, judged, "restates")
    wanted = {
        "?state=none": {plain},
        "?state=draft": {judged},
        "?state=approved": set(),
        "?rating=supported": {judged},
        f"?article={mention.article_id}": {mention},
        "?q=BRIDGE": {judged},
        "?q=100%25": {plain},
        "?q=_": set(),
    }

    for query, found in wanted.items():
        assert {one["id"] for one in claims(cast, query)} == {str(one.pk) for one in found}, query


@pytest.mark.parametrize(("query", "field"), [("?state=lost", "state"), ("?article=first", "article"), ("?q=%00", "q")])
def test_a_filter_that_cannot_be_is_named(cast: Cast, query: str, field: str) -> None:
    answer = Api(cast.annotator).call("get", f"projects/{cast.project.slug}/claims/{query}")

    refused(answer, 400, "invalid-input", field)


def test_a_viewer_sees_the_claims_that_were_judged(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    make_span(cast.annotator, cast.article, DANGER)
    assert claims(cast, who="viewer") == []
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)

    [found] = claims(cast, who="viewer")

    assert found["verdict"]["state"] == "approved"
    assert found["evidence"]["corroborates"]["count"] == 1


def test_a_claim_that_serves_as_evidence_does_not_show_its_own_draft_to_a_viewer(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    evidence = make_span(cast.annotator, cast.article, CRACKS)
    make_link(cast.annotator, evidence, claim)
    make_verdict(cast.annotator, evidence, "refuted", rationale="secret")
    verdict = make_verdict(cast.annotator, claim, "supported")
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)

    found = {one["id"]: one["verdict"] for one in claims(cast, who="viewer")}

    assert found[str(evidence.pk)] is None
    assert claims(cast, "?rating=refuted", "viewer") == []
    assert claims(cast, "?state=draft", "viewer") == []


def test_claims_of_another_project_are_not_found(cast: Cast) -> None:
    refused(Api(cast.outsider).call("get", f"projects/{cast.project.slug}/claims/"), 404, "not-found")


@pytest.mark.parametrize(("folds", "asked", "found"), [
    (False, "Zu\u0308rich", True), (False, "Zurich", False), (True, "zurich", True), (True, "Z\u00dcRICH", True),
])  # fmt: skip
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_claims_are_found_however_their_letters_are_composed(
    cast: Cast, form: Literal["NFC", "NFD"], folds: bool, asked: str, found: bool
) -> None:
    text = normalize(form, "Zürich floods.")
    Project.objects.filter(pk=cast.project.pk).update(fold_diacritics=folds)
    quoted = make_span(cast.annotator, make_article(cast.project, text, title="Z"), (0, len(text)))
    reworded = make_span(cast.annotator, cast.article, fields={"statement": normalize(form, "It floods in Zürich.")})

    page = Api(cast.annotator).get(f"/api/v1/projects/{cast.project.slug}/claims/", {"q": asked})

    assert {one["id"] for one in page.json()["results"]} == ({str(quoted.pk), str(reworded.pk)} if found else set())


PIECES = {
    "t": 2, "Th": 2, "safe": 1, "s s": 1, "’": 1, "'": 1, "\\": 1, "\\x": 1, "a\\": 0, "%": 1, "_": 0, "''; --": 0,
    " ": 2, "ß": 1, "\u0301": 0, "ANOTHER": 1, "the safe": 0, "long text": 0, "danger " * 50: 0,
}  # fmt: skip


@pytest.mark.parametrize("most", [0, 10_000])
def test_any_piece_of_a_claim_finds_it(cast: Cast, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("annotations.evidence.claims.MOST_BY_INDEX", most)
    make_span(cast.annotator, cast.article)
    make_span(cast.annotator, cast.article, DANGER, fields={"statement": "Another’s 100 % 'ß' \\x."})

    for piece, number in PIECES.items():
        page = Api(cast.annotator).get(f"/api/v1/projects/{cast.project.slug}/claims/", {"q": piece})
        assert len(page.json()["results"]) == number, piece


def test_a_long_claim_is_found_by_any_of_its_words(cast: Cast) -> None:
    text = "It rains. " * 600 + "A zebra sleeps."
    claim = make_span(cast.annotator, make_article(cast.project, text), (0, len(text)))

    assert [one["id"] for one in claims(cast, "?q=zebra")] == [str(claim.pk)]


def test_a_claim_is_found_by_the_words_it_has_now(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, fields={"statement": "It held."})
    claim.change(by=cast.annotator, from_version=1, fields={"statement": "It will hold."})

    assert [claims(cast, query) != [] for query in ("?q=held", "?q=will%20hold")] == [False, True]
