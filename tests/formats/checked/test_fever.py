"""`fever`: claims with sets of evidence sentences, and the pages that these stand on."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from annotations.models import Article
from tests.cast import make_article, make_cast, make_link, make_span, make_verdict
from tests.formats.checked.world import World, make_world, sent

pytestmark = pytest.mark.django_db(transaction=True)


def files(world: Any, **filters: Any) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """The claims of an export, and its pages by their id."""
    archive = zipfile.ZipFile(io.BytesIO(sent(world, "fever", **filters)))
    assert archive.namelist() == ["claims.jsonl", "pages.jsonl"]
    claims, pages = ([json.loads(line) for line in archive.read(name).splitlines()] for name in archive.namelist())
    return claims, {page["id"]: page for page in pages}


def sentences(page: dict[str, Any]) -> dict[int, str]:
    """The numbered sentences of a page, read as FEVER's own are."""
    return {int(line.split("\t")[0]): line.split("\t")[1] for line in page["lines"].split("\n")}


@pytest.fixture
def refuted(transactional_db: None) -> World:
    return make_world("refuted")


def test_a_claim_has_what_fevers_have(refuted: World) -> None:
    [claim] = files(refuted.cast)[0]

    assert set(claim) == {"id", "verifiable", "label", "claim", "evidence", "claim_id"}
    assert (claim["verifiable"], claim["label"], claim["claim"]) == ("VERIFIABLE", "REFUTES", "The bridge is safe.")
    assert claim["claim_id"] == str(refuted.claim.pk)


def test_evidence_leads_to_the_sentences_of_pages(refuted: World) -> None:
    claims, pages = files(refuted.cast)

    found = [[sentences(pages[page])[number] for *_, page, number in one] for one in claims[0]["evidence"]]
    assert found == [
        ["Engineers found cracks in March."],
        ["👩‍👩‍👧 Yesterday é.", "Engineers found cracks in March."],
    ]


def test_ids_are_whole_numbers_and_stay(refuted: World) -> None:
    once, again = files(refuted.cast)[0][0], files(refuted.cast, state="any")[0][0]
    numbers = [once["id"], *(number for one in once["evidence"] for row in one for number in row[:2])]

    assert once == again
    assert all(isinstance(number, int) and 0 <= number < 2**53 for number in numbers)
    assert [len({row[1] for row in one}) for one in once["evidence"]] == [1, 1]
    assert once["evidence"][0][0][1] != once["evidence"][1][0][1]
    assert sent(refuted.cast, "fever") == sent(refuted.cast, "fever")


@pytest.mark.parametrize(
    ("rating", "label", "words"), [("supported", "SUPPORTS", "cracks"), ("refuted", "REFUTES", "Yesterday")]
)
def test_without_sets_only_what_speaks_for_the_label_is_one(
    transactional_db: None, rating: str, label: str, words: str
) -> None:
    [claim], pages = files(make_world(rating, sets=False).cast)

    [[(_, _, page, number)]] = claim["evidence"]
    assert claim["label"] == label
    assert words in sentences(pages[page])[number]


def test_not_enough_info_has_no_sentences(transactional_db: None) -> None:
    [claim], _ = files(make_world("not_enough_evidence").cast)

    [[[annotation, *nothing]]] = claim["evidence"]
    assert (claim["verifiable"], claim["label"], nothing) == ("NOT VERIFIABLE", "NOT ENOUGH INFO", [None, None, None])
    assert isinstance(annotation, int)


def test_conflicting_evidence_has_no_label_and_is_left_out(transactional_db: None) -> None:
    claims, pages = files(make_world("conflicting_evidence").cast)

    assert (claims, len(pages)) == ([], 2)


def test_a_span_over_several_sentences_is_all_of_them_once(transactional_db: None) -> None:
    cast = make_cast()
    text = "One is here. Two\tis there.\n\nThree 👩‍👩‍👧 it is. Four was. Five."
    article = make_article(cast.project, text, title="Numbers")
    far = text.index("Four")
    fact = make_span(cast.annotator, article, label="fact", fragments=[[4, 16], [20, 24], [far, far + 4]])
    claim = make_span(cast.annotator, cast.article)
    make_link(cast.annotator, fact, claim)
    make_verdict(cast.annotator, claim, "supported")

    [found], pages = files(cast, state="any")

    assert [number for *_, number in found["evidence"][0]] == [0, 1, 3]
    assert sentences(pages[str(article.pk)])[1] == "Two is there."


def test_offsets_cut_the_sentences_out_of_the_text(refuted: World) -> None:
    for page in files(refuted.cast)[1].values():
        assert [page["text"][start:end] for start, end in page["offsets"]] == list(sentences(page).values())
        assert page["text"] == Article.objects.get(pk=page["id"]).body


def test_pages_hold_the_selection_and_what_its_evidence_needs(refuted: World) -> None:
    third = make_article(refuted.cast.project, "A third text.")

    assert len(files(refuted.cast)[1]) == 3
    one = files(refuted.cast, article=str(refuted.cast.article.pk))
    assert str(third.pk) not in one[1]
    assert len(one[1]) == 2
    assert [len(part) for part in files(refuted.cast, article=str(third.pk))] == [0, 1]


def test_what_is_archived_or_not_asked_for_stays(refuted: World) -> None:
    [claim], _ = files(refuted.cast, relation="corroborates")
    assert [len(one) for one in claim["evidence"]] == [1, 1]

    refuted.elsewhere.describe(by=refuted.cast.manager, archived=True)
    [claim], pages = files(refuted.cast)
    assert [len(one) for one in claim["evidence"]] == [1, 1]
    assert set(pages) == {str(refuted.cast.article.pk)}
