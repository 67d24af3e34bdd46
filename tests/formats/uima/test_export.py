"""The format `uima` as it goes out, read with cassis."""

from __future__ import annotations

from typing import Any

import pytest
from cassis import Cas

from annotations.formats.uima.layers import feature_name, field_key
from tests.cast import SAFE, Cast, make_article, make_cast, make_link, make_span, make_supported
from tests.formats.exports import export
from tests.formats.uima.exported import archive, cases

TANGLED = "Она сказала 👩‍👩‍👧: العربية café e\u0301tude 𝔘nicode 🇪🇺 नमस्ते. " * 3

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def selected(case: Cas, layer: str) -> list[Any]:
    """The annotations of one of our layers."""
    return list(case.select(f"webanno.custom.{layer}"))


def test_covered_text_is_the_quote_in_any_script(cast: Cast) -> None:
    article = make_article(cast.project, TANGLED, title="Tangled")
    for start in range(0, len(TANGLED) - 7, 7):
        make_span(cast.annotator, article, (start, start + 5))
    [record] = export(cast, article=str(article.pk))

    [case] = cases(archive(cast, article=str(article.pk)))

    assert case.sofa_string == TANGLED
    covered = {claim.identifier: claim.get_covered_text() for claim in selected(case, "Claim")}
    assert len(covered) > 10
    assert covered == {span["id"]: span["quote"] for span in record["spans"]}


def test_a_span_of_several_fragments_has_a_part_for_each(cast: Cast) -> None:
    article = make_article(cast.project, TANGLED)
    span = make_span(cast.annotator, article, fragments=[[1, 4], [6, 9]])

    [case] = cases(archive(cast, article=str(article.pk)))

    parts = selected(case, "Part")
    assert [(part.span, part.number) for part in parts] == [(str(span.pk), 1), (str(span.pk), 2)]
    assert " … ".join(part.get_covered_text() for part in parts) == span.quote


def test_a_passage_in_a_field_is_a_part_with_the_fields_name(cast: Cast) -> None:
    source = {"start": 0, "end": 3, "quote": cast.article.body[:3]}
    fields = {"source": source, "stance": "denies"}
    said = make_span(cast.annotator, cast.article, (0, 12), "attribution", fields=fields)

    [case] = cases(archive(cast))

    [part], [attribution] = selected(case, "Part"), selected(case, "Attribution")
    assert (part.span, part.field, part.get_covered_text()) == (str(said.pk), "source", source["quote"])
    assert (attribution.identifier, attribution.stance) == (str(said.pk), "denies")


def test_a_link_is_a_relation_and_one_from_elsewhere_stands_at_its_end(cast: Cast) -> None:
    claim, fact, link, _ = make_supported(cast)
    other = make_article(cast.project, "Elsewhere it is said that cracks were found.")
    far = make_span(cast.annotator, other, (0, 9), "fact")
    second = make_link(cast.annotator, far, claim, "contradicts")

    first, _ = cases(archive(cast))

    [near], [elsewhere] = selected(first, "Link"), selected(first, "LinkFromElsewhere")
    assert (near.identifier, near.relation) == (str(link.pk), "corroborates")
    assert (near.Governor.identifier, near.Dependent.identifier) == (str(fact.pk), str(claim.pk))
    assert (elsewhere.identifier, elsewhere.source) == (str(second.pk), str(far.pk))
    assert (elsewhere.source_article, elsewhere.get_covered_text()) == (str(other.pk), claim.quote)


def test_a_verdict_stands_on_its_claim_with_its_evidence(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)

    [case] = cases(archive(cast))

    [judged], [evidence] = selected(case, "Verdict"), selected(case, "EvidenceSet")
    assert (judged.claim, judged.rating, judged.state) == (str(claim.pk), verdict.rating, "draft")
    assert (judged.begin, judged.end) == SAFE
    assert (evidence.verdict, evidence.number, evidence.links) == (str(verdict.pk), 1, str(link.pk))


def test_what_a_viewer_may_not_read_stays(cast: Cast) -> None:
    make_supported(cast)

    [case] = cases(archive(cast, cast.viewer, state="approved"))

    assert [selected(case, layer) for layer in ("Claim", "Fact", "Link", "Verdict", "Part")] == [[]] * 5


def test_without_its_claim_a_link_says_nothing(cast: Cast) -> None:
    claim, fact, _, _ = make_supported(cast)

    [facts] = cases(archive(cast, label="fact"))
    [claims] = cases(archive(cast, label="claim"))

    assert [len(selected(facts, layer)) for layer in ("Fact", "Link", "LinkFromElsewhere", "Verdict")] == [1, 0, 0, 0]
    assert [one.source for one in selected(claims, "LinkFromElsewhere")] == [str(fact.pk)]
    assert [one.identifier for one in selected(claims, "Claim")] == [str(claim.pk)]


def test_the_same_content_is_the_same_bytes(cast: Cast) -> None:
    make_supported(cast)

    assert archive(cast) == archive(cast)


def test_what_xml_cannot_hold_leaves_the_offsets_right(cast: Cast) -> None:
    article = make_article(cast.project, "A\x0bB\x1f says the dam is safe\ufffe.", title="\x02Control")
    span = make_span(cast.annotator, article, (5, 9), note="\x03")

    [case] = cases(archive(cast, article=str(article.pk)))

    [claim] = selected(case, "Claim")
    assert (claim.get_covered_text(), claim.note) == (span.quote, "\ufffd")
    assert case.sofa_string == "A\ufffdB\ufffd says the dam is safe\ufffd."


def test_sentences_and_metadata_go_where_inception_looks_for_them(cast: Cast) -> None:
    [case] = cases(archive(cast))

    core = "de.tudarmstadt.ukp.dkpro.core.api."
    [metadata] = case.select(f"{core}metadata.type.DocumentMetaData")
    sentences = case.select(f"{core}segmentation.type.Sentence")
    assert (metadata.documentTitle, metadata.documentId) == (cast.article.title, str(cast.article.pk))
    ranges = cast.article.sentences.order_by("start").values_list("start", "end")
    assert [(one.begin, one.end) for one in sentences] == list(ranges)


@pytest.mark.parametrize("key", ["statement", "note", "type", "class", "field_note", "begin", "value"])
def test_no_key_of_a_field_gets_in_the_way(key: str) -> None:
    assert field_key(feature_name(key)) == key
    assert feature_name(key) not in {"note", "type", "class", "begin", "value"}


def test_layers_are_what_inception_takes_for_layers(cast: Cast) -> None:
    [case] = cases(archive(cast))

    for layer in case.typesystem.get_types():
        if layer.name.startswith("webanno.custom."):
            references = {one.name for one in layer.features if not case.typesystem.is_primitive(one.rangeType)}
            assert references == ({"Governor", "Dependent"} if layer.name.endswith(".Link") else set())
