"""The worked annotations in the seeds: every quote stands where it says, and every rule of the domain is kept."""

import hashlib
import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
Record = dict[str, Any]
Range = tuple[int, int]

ARTICLES: list[Record] = json.loads((SEEDS / "articles.json").read_text("utf-8"))
RAQQA: Record = json.loads((SEEDS / "raqqa.json").read_text("utf-8"))
TEXTS = {a["file"]: (SEEDS / "articles" / a["file"]).read_bytes().decode("utf-8") for a in ARTICLES}
SPANS: dict[str, Record] = {span["key"]: span for span in RAQQA["spans"]}
LINKS: list[Record] = RAQQA["links"]
VERDICTS: dict[str, Record] = {verdict["claim"]: verdict for verdict in RAQQA["verdicts"]}
EVIDENCE = [link for link in LINKS if link["relation"] in ("corroborates", "contradicts")]

ANNOTATORS = {"annotator", "annotator2"}
RELATIONS = {
    "corroborates": ({"claim", "attribution", "fact"}, {"claim"}),
    "contradicts": ({"claim", "attribution", "fact"}, {"claim"}),
    "attributes": ({"attribution"}, {"claim", "fact"}),
    "restates": ({"claim"}, {"claim"}),
}
FIELDS = {
    "claim": {"statement", "claim_type", "date"},
    "attribution": {"source", "cue", "source_name", "source_type", "stance"},
    "fact": {"reference"},
}
NEEDS = {
    "supported": {"corroborates"},
    "refuted": {"contradicts"},
    "not_enough_evidence": set[str](),
    "conflicting_evidence": {"corroborates", "contradicts"},
}
BOILERPLATE = ("No comments", "Post a Comment", "|", "Source: Al Alam", "mainly concerned with news")


def find(text: str, quote: str, occurrence: int | None) -> Range:
    """Where a quote stands; without an occurrence it has to be the only one."""
    if occurrence is None:
        assert text.count(quote) == 1, f"{quote!r} occurs {text.count(quote)} times"
    start = -1
    for _ in range(occurrence or 1):
        start = text.find(quote, start + 1)
        assert start >= 0, f"{quote!r} does not occur {occurrence or 1} times"
    return start, start + len(quote)


def place(span: Record) -> list[Range]:
    """The fragments' offsets, by the rule of the seeds' README."""
    text = TEXTS[span["article"]]
    first, *further = span["quote"]
    fragments = [find(text, first, span.get("occurrence"))]
    for quote in further:
        start = text.find(quote, fragments[-1][1])
        assert start >= 0, f"{quote!r} does not follow"
        fragments.append((start, start + len(quote)))
    return fragments


def labelled(label: str) -> list[Record]:
    return [span for span in SPANS.values() if span["label"] == label]


def ends(relation: str) -> set[tuple[str, str]]:
    return {(link["source"], link["target"]) for link in LINKS if link["relation"] == relation}


def sources_of(key: str) -> set[str]:
    return {SPANS[a]["fields"]["source_name"] for a, target in ends("attributes") if target == key}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a["file"])
def test_an_article_is_the_file_that_was_recorded(article: Record) -> None:
    stored = (SEEDS / "articles" / article["file"]).read_bytes()
    assert hashlib.sha256(stored).hexdigest() == article["sha256"]


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a["file"])
def test_metadata_says_only_what_the_text_says(article: Record) -> None:
    text = TEXTS[article["file"]]
    assert set(article) == {
        "file", "sha256", "title", "url", "outlet", "author", "published_on", "language", "direction",
    }  # fmt: skip
    assert article["title"] in text
    assert all(article[name] is None or article[name] in text for name in ("url", "outlet", "author", "published_on"))


def test_page_boilerplate_stays_in_the_body() -> None:
    first, second = TEXTS.values()
    assert first.endswith("No comments:\nPost a Comment")
    assert second.startswith("|\xa0\xa0|\xa0\n")


@pytest.mark.parametrize("span", SPANS.values(), ids=lambda s: s["key"])
def test_a_span_stands_where_its_quote_says_and_on_whole_words(span: Record) -> None:
    text = TEXTS[span["article"]]
    for start, end in place(span):
        assert text[start:end] == text[start:end].strip()
        assert not (text[:start][-1:].isalnum() and text[start].isalnum())
        assert not (text[end - 1].isalnum() and text[end:][:1].isalnum())


@pytest.mark.parametrize("span", SPANS.values(), ids=lambda s: s["key"])
def test_no_span_marks_page_boilerplate(span: Record) -> None:
    assert not any(piece in quote for piece in BOILERPLATE for quote in span["quote"])


def test_keys_are_unique_and_nobody_marks_the_same_passage_twice() -> None:
    assert len(SPANS) == len(RAQQA["spans"])
    marks = Counter((s["by"], s["article"], s["label"], tuple(place(s))) for s in SPANS.values())
    assert max(marks.values()) == 1


@pytest.mark.parametrize("span", SPANS.values(), ids=lambda s: s["key"])
def test_a_span_has_its_labels_fields_and_no_others(span: Record) -> None:
    fields = span["fields"]
    assert set(fields) <= FIELDS[span["label"]]
    if span["label"] == "claim":
        assert fields["statement"].endswith(".")
        assert fields["claim_type"] in {"event", "numerical", "quotation", "position", "causal"}
    if span["label"] == "attribution":
        assert fields["source_type"] in {"person", "organisation", "document", "unnamed"}
        assert fields["stance"] in {"asserts", "denies", "doubts", "cannot_confirm"}


@pytest.mark.parametrize("span", labelled("attribution"), ids=lambda s: s["key"])
def test_an_attribution_has_its_source_in_the_article_and_its_cue_inside(span: Record) -> None:
    text, fragments = TEXTS[span["article"]], place(span)
    source, cue = (
        find(text, span["fields"][name]["quote"], span["fields"][name].get("occurrence")) for name in ("source", "cue")
    )
    assert source[1] <= fragments[-1][1]
    assert any(start <= cue[0] and cue[1] <= end for start, end in fragments)


@pytest.mark.parametrize("span", labelled("attribution"), ids=lambda s: s["key"])
def test_an_attribution_is_tied_to_what_it_sources_in_its_article(span: Record) -> None:
    targets = [target for source, target in ends("attributes") if source == span["key"]]
    assert targets
    assert all(SPANS[target]["article"] == span["article"] for target in targets)


def test_the_russian_military_has_one_name_throughout() -> None:
    words = ("Russia", "the military", "the statement")
    named = [s["fields"] for s in labelled("attribution") if any(w in s["fields"]["source"]["quote"] for w in words)]
    assert len(named) >= 8
    assert {fields["source_name"] for fields in named} == {"Russian Defence Ministry"}


def test_links_keep_the_table_of_relations_and_are_unique() -> None:
    for link in LINKS:
        sources, targets = RELATIONS[link["relation"]]
        assert link["source"] != link["target"]
        assert SPANS[link["source"]]["label"] in sources
        assert SPANS[link["target"]]["label"] in targets
    assert len({(link["source"], link["target"], link["relation"]) for link in LINKS}) == len(LINKS)


def test_a_restated_claim_restates_none_and_a_restating_one_has_no_verdict_or_evidence() -> None:
    restating = [source for source, _ in ends("restates")]
    restated = {target for _, target in ends("restates")}
    assert restating
    assert len(restating) == len(set(restating))
    assert restated.isdisjoint(restating)
    assert VERDICTS.keys().isdisjoint(restating)
    assert {link["target"] for link in EVIDENCE}.isdisjoint(restating)


def test_there_is_as_much_as_the_demo_needs() -> None:
    across = [link for link in EVIDENCE if SPANS[link["source"]]["article"] != SPANS[link["target"]]["article"]]
    assert len(labelled("claim")) >= 17
    assert len(labelled("attribution")) >= 12
    assert len(labelled("fact")) >= 9
    assert len(EVIDENCE) >= 14
    assert len(across) >= 6
    assert {(s["by"], s["article"]) for s in SPANS.values()} == {(who, file) for who in ANNOTATORS for file in TEXTS}
    assert {made["by"] for made in (*LINKS, *VERDICTS.values())} == ANNOTATORS


def test_spans_overlap_nest_and_break() -> None:
    whole = [(s["article"], place(s)[0][0], place(s)[-1][1]) for s in SPANS.values() if len(s["quote"]) == 1]
    pairs = [(a, b) if a[1:] < b[1:] else (b, a) for a, b in combinations(whole, 2) if a[0] == b[0]]
    assert any(a[1] < b[1] < a[2] < b[2] for a, b in pairs)
    assert any(a[1] < b[1] and b[2] < a[2] for a, b in pairs)
    assert {s["label"] for s in SPANS.values() if len(s["quote"]) > 1} == {"claim", "attribution"}


def test_some_evidence_comes_from_the_claims_own_source_also_across_articles() -> None:
    same = [link for link in EVIDENCE if sources_of(link["source"]) & sources_of(link["target"])]
    assert len(same) >= 4
    assert any(SPANS[link["source"]]["article"] != SPANS[link["target"]]["article"] for link in same)


def test_verdicts_come_in_every_state_and_rating() -> None:
    states = Counter(verdict["state"] for verdict in VERDICTS.values())
    assert set(states) == {"draft", "submitted", "returned", "approved"}
    assert states["submitted"] >= 3
    assert states["approved"] >= 3
    assert {verdict["rating"] for verdict in VERDICTS.values()} == set(NEEDS)
    assert any(v["state"] == "submitted" and v.get("reviews") for v in VERDICTS.values())


@pytest.mark.parametrize("verdict", VERDICTS.values(), ids=lambda v: v["claim"])
def test_a_verdict_has_the_evidence_that_its_rating_needs(verdict: Record) -> None:
    linked = {link["relation"] for link in EVIDENCE if link["target"] == verdict["claim"]}
    assert SPANS[verdict["claim"]]["label"] == "claim"
    assert verdict["state"] == "draft" or NEEDS[verdict["rating"]] <= linked


@pytest.mark.parametrize("verdict", VERDICTS.values(), ids=lambda v: v["claim"])
def test_a_verdict_is_argued_and_its_evidence_sets_hold_links_to_its_claim(verdict: Record) -> None:
    to_claim = {
        (link["source"], link["relation"], link["target"]) for link in EVIDENCE if link["target"] == verdict["claim"]
    }
    rounds = [review["was"] for review in verdict.get("reviews", [])]
    assert len(verdict["rationale"]) > 60
    assert verdict["confidence"] is None or 0 <= verdict["confidence"] <= 1
    for holder in (*verdict.get("evidence_sets", []), *rounds):
        assert {tuple(link) for link in holder["links"]} <= to_claim


def test_each_claim_has_one_verdict_at_most_and_a_return_has_its_reason() -> None:
    assert len(VERDICTS) == len(RAQQA["verdicts"])
    for verdict in VERDICTS.values():
        assert bool(verdict.get("reason")) == (verdict["state"] == "returned")
        for review in verdict.get("reviews", []):
            assert review["decision"] == "returned"
            assert review["reason"]
            assert NEEDS[review["was"]["rating"]] <= {relation for _, relation, _ in review["was"]["links"]}
