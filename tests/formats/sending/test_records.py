"""What a record of the export holds. COPY runs on a connection of its own, so these tests commit."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.evidence.sources import said_by, same_source
from annotations.models import Link
from annotations.operations.hand_over import hand_over
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    SAFE,
    Cast,
    fresh,
    make_article,
    make_cast,
    make_link,
    make_span,
    make_supported,
)
from tests.formats.exports import export

pytestmark = pytest.mark.django_db(transaction=True)

TANGLED = (
    '"q" \\back\\ \t tab \u0001\u001f \u2028 \u00ad soft\u00adhyphen é 👩‍👩‍👧 الجسر آمن , ; \x1e \x1f \r end.\n'
    "{} [] 'x' \\n \\. \\N"
)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def approved(cast: Cast) -> Any:
    """A claim with an approved verdict."""
    claim, fact, link, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    return claim, fact, link, verdict


def test_a_record_has_the_fields_of_the_contract(cast: Cast) -> None:
    approved(cast)

    [record] = export(cast)

    assert record["schema"] == "factcheck/1"
    assert set(record) == {"schema", "article", "spans", "links", "verdicts"}
    assert set(record["article"]) == {
        "id", "title", "url", "outlet", "author", "published_on", "language", "sha256", "text"
    }  # fmt: skip
    assert {"id", "start", "end", "fragments", "label", "quote", "fields", "note", "annotator", "created_at",
            "updated_at"} <= set(record["spans"][0])  # fmt: skip
    assert {"id", "relation", "source", "source_article", "target", "target_article", "annotator",
            "same_source"} <= set(record["links"][0])  # fmt: skip
    assert {"id", "claim", "rating", "rationale", "confidence", "state", "author", "reviewer", "approved_at",
            "evidence_sets"} <= set(record["verdicts"][0])  # fmt: skip


def test_offsets_select_the_quote_in_any_script(cast: Cast) -> None:
    article = make_article(cast.project, TANGLED, title="Tangled")
    length = len(TANGLED)
    for start in range(0, length - 7, 7):
        make_span(cast.annotator, article, fragments=[[start, start + 3], [start + 4, start + 7]])

    record = export(cast, article=str(article.pk))[0]

    assert record["article"]["text"] == TANGLED
    assert len(record["spans"]) > 10
    for span in record["spans"]:
        assert span["quote"] == " … ".join(TANGLED[start:end] for start, end in span["fragments"])


def test_articles_come_in_the_order_they_were_added(cast: Cast) -> None:
    others = [make_article(cast.project, f"Text number {number}.") for number in range(5)]

    ids = [record["article"]["id"] for record in export(cast)]

    assert ids == [str(article.pk) for article in (cast.article, *others)]
    assert ids == [record["article"]["id"] for record in export(cast)]


def test_a_link_stands_in_the_record_of_its_targets_article(cast: Cast) -> None:
    other = make_article(cast.project, "Elsewhere it is said that cracks were found.")
    claim = make_span(cast.annotator, cast.article, SAFE)
    link = make_link(cast.annotator, make_span(cast.annotator, other, (0, 9), "fact"), claim, "contradicts")

    first, second = export(cast)

    assert [one["id"] for one in first["links"]] == [str(link.pk)]
    assert (first["links"][0]["source_article"], second["links"]) == (str(other.pk), [])


def test_without_sets_each_link_is_a_set_of_its_own(cast: Cast) -> None:
    _, fact, link, _ = approved(cast)

    [verdict] = export(cast)[0]["verdicts"]

    one = {"link": str(link.pk), "span": str(fact.pk), "relation": "corroborates"}
    assert verdict["evidence_sets"] == [{"question": None, "answer": None, "links": [one]}]


def test_sets_leave_as_the_author_made_them(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, DANGER, "fact"), claim)
    sets: Any = [{"question": "Is it safe?", "answer": "Yes.", "links": [link.pk]}]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets)

    [found] = export(cast, state="any")[0]["verdicts"]

    assert [(one["question"], len(one["links"])) for one in found["evidence_sets"]] == [("Is it safe?", 1)]


def test_same_source_is_what_the_api_says(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article, SAFE)
    facts = [make_span(cast.annotator, cast.article, at, "fact") for at in (CRACKS, DANGER)]
    for name, span in (("The Máyor", claim), ("the  ma\u0301yor", facts[0]), ("Somebody", facts[1])):
        start = 100 + len(name)
        said = make_span(cast.annotator, cast.article, (start, start + 5), "attribution", fields={"source_name": name})
        make_link(cast.annotator, said, span, "attributes")
    itself = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"source_name": "The máyor"})
    for evidence in (*facts, itself):
        make_link(cast.annotator, evidence, claim)

    exported = {
        link["id"]: link["same_source"] for link in export(cast)[0]["links"] if link["relation"] != "attributes"
    }

    links = Link.objects.all().evidence()
    told = said_by({span for link in links for span in (link.source_id, link.target_id)}, cast.annotator)
    assert exported == {str(link.pk): same_source(link.target_id, link.source_id, told) for link in links}
    assert sorted(exported.values()) == [False, True, True]


def test_who_holds_a_verdict_does_not_leave(cast: Cast) -> None:
    make_supported(cast)
    before = export(cast, state="any")[0]["verdicts"][0]

    hand_over(cast.project, giver=cast.annotator, receiver=fresh(cast.annotator2), by=cast.manager)

    after = export(cast, state="any")[0]["verdicts"][0]
    assert after.pop("updated_at") > before.pop("updated_at")
    assert after == before
    assert "holder" not in after
