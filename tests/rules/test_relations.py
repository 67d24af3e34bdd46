"""Rule 4: relations join what the table allows, also after a span is relabelled."""

from __future__ import annotations

from itertools import product
from typing import Any
from uuid import uuid4

import pytest

from annotations.models import Span
from annotations.rules import (
    CROSS_PROJECT,
    DUPLICATE_LINK,
    EVIDENCE_FOREIGN,
    RELATION_TABLE,
    RELATION_UNKNOWN,
    RESTATES_CHAIN,
    SELF_LINK,
)
from tests.api.refusals import nothing_changed, refused
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    SAFE,
    Api,
    Cast,
    make_article,
    make_cast,
    make_link,
    make_span,
    make_verdict,
)
from tests.rules.attack import broken, sql

LABELS = ("claim", "attribution", "fact")
ALLOWED = {
    *((source, relation, "claim") for source in LABELS for relation in ("corroborates", "contradicts")),
    ("attribution", "attributes", "claim"),
    ("attribution", "attributes", "fact"),
    ("claim", "restates", "claim"),
}
FORBIDDEN = sorted(
    {*product(LABELS, ("corroborates", "contradicts", "attributes", "restates"), LABELS)} - ALLOWED
)  # fmt: skip
LINK = (
    "INSERT INTO annotations_link (id, version, source_id, target_id, relation, author_id, note) "
    "VALUES (gen_random_uuid(), 1, %s, %s, %s, %s, '')"
)


def two(cast: Cast, source: str, target: str) -> tuple[Span, Span]:
    return (
        make_span(cast.annotator, cast.article, CRACKS, source),
        make_span(cast.annotator, cast.article, SAFE, target),
    )


def link_by_api(cast: Cast, source: Span, target: Span, relation: str) -> Any:
    body = {"source": str(source.pk), "target": str(target.pk), "relation": relation}
    with nothing_changed():
        return Api(cast.annotator).call("put", f"links/{uuid4()}/", body)


@pytest.mark.parametrize(("source", "relation", "target"), FORBIDDEN)
def test_what_the_table_does_not_allow_is_refused(cast: Cast, source: str, relation: str, target: str) -> None:
    one, other = two(cast, source, target)

    with broken(RELATION_TABLE):
        sql(LINK, one.pk, other.pk, relation, cast.annotator.pk)
    with broken(RELATION_TABLE):
        make_link(cast.annotator, one, other, relation)


@pytest.mark.parametrize(("source", "relation", "target"), sorted(ALLOWED))
@pytest.mark.parametrize("end", ["source", "target"])
def test_a_linked_span_is_relabelled_only_as_the_table_allows(
    cast: Cast, source: str, relation: str, target: str, end: str
) -> None:
    one, other = two(cast, source, target)
    make_link(cast.annotator, one, other, relation)
    span, was = (one, source) if end == "source" else (other, target)

    for label in sorted({*LABELS} - {was}):
        after = (label, relation, target) if end == "source" else (source, relation, label)
        if after in ALLOWED:
            sql("UPDATE annotations_span SET label = %s, version = version + 1 WHERE id = %s", label, span.pk)
            sql("UPDATE annotations_span SET label = %s, version = version + 1 WHERE id = %s", was, span.pk)
            continue
        with broken(RELATION_TABLE):
            sql("UPDATE annotations_span SET label = %s, version = version + 1 WHERE id = %s", label, span.pk)


def test_the_api_names_the_relation(cast: Cast) -> None:
    fact, claim = two(cast, "fact", "claim")
    refused(link_by_api(cast, claim, fact, "corroborates"), 409, "relation-table", "relation")

    make_link(cast.annotator, fact, claim)
    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"spans/{claim.pk}/", {"label": "fact"}, version=1)
    refused(answer, 409, "relation-table", "relation")


def test_a_relation_cannot_change_into_one_that_is_not_allowed(cast: Cast) -> None:
    link = make_link(cast.annotator, *two(cast, "fact", "claim"))

    with broken(RELATION_TABLE):
        link.change(by=cast.annotator, from_version=1, relation="restates")
    with broken(RELATION_TABLE):
        sql("UPDATE annotations_link SET relation = 'attributes', version = version + 1")
    with broken(RELATION_UNKNOWN):
        sql("UPDATE annotations_link SET relation = 'mentions', version = version + 1")


def test_a_span_has_no_relation_to_itself(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)

    with broken(SELF_LINK):
        sql(LINK, claim.pk, claim.pk, "corroborates", cast.annotator.pk)
    with broken(SELF_LINK):
        make_link(cast.annotator, claim, claim)
    refused(link_by_api(cast, claim, claim, "corroborates"), 400, "self-link", "target")


def test_both_ends_belong_to_one_project(cast: Cast) -> None:
    other = make_cast()
    fact = make_span(other.annotator, other.article, CRACKS, "fact")
    claim = make_span(cast.annotator, cast.article)

    with broken(CROSS_PROJECT):
        sql(LINK, fact.pk, claim.pk, "corroborates", cast.annotator.pk)
    with broken(CROSS_PROJECT):
        make_link(cast.annotator, fact, claim)
    refused(link_by_api(cast, fact, claim, "corroborates"), 400, "invalid-input", "source")


def test_a_relation_between_two_spans_exists_once(cast: Cast) -> None:
    fact, claim = two(cast, "fact", "claim")
    make_link(cast.annotator, fact, claim)
    make_link(cast.annotator, fact, claim, "contradicts")

    with broken(DUPLICATE_LINK):
        sql(LINK, fact.pk, claim.pk, "corroborates", cast.annotator2.pk)
    with broken(DUPLICATE_LINK):
        sql("UPDATE annotations_link SET relation = 'corroborates', version = version + 1")
    refused(link_by_api(cast, fact, claim, "corroborates"), 409, "duplicate-link", "target")


@pytest.mark.parametrize("second", ["from the target", "to the source", "from the source again"])
def test_restatements_do_not_chain(cast: Cast, second: str) -> None:
    first, checked = two(cast, "claim", "claim")
    third = make_span(cast.annotator, cast.article, DANGER)
    make_link(cast.annotator, first, checked, "restates")
    source, target = {
        "from the target": (checked, third),
        "to the source": (third, first),
        "from the source again": (first, third),
    }[second]

    with broken(RESTATES_CHAIN):
        sql(LINK, source.pk, target.pk, "restates", cast.annotator.pk)
    with broken(RESTATES_CHAIN):
        make_link(cast.annotator, source, target, "restates")
    refused(link_by_api(cast, source, target, "restates"), 409, "restates-chain", "target")


def test_a_link_cannot_become_the_second_restatement(cast: Cast) -> None:
    first, checked = two(cast, "claim", "claim")
    third = make_span(cast.annotator, cast.article, DANGER)
    make_link(cast.annotator, first, checked, "restates")
    link = make_link(cast.annotator, checked, third, "contradicts")

    with broken(RESTATES_CHAIN):
        link.change(by=cast.annotator, from_version=1, relation="restates")


def test_one_claim_may_have_many_mentions(cast: Cast) -> None:
    first, checked = two(cast, "claim", "claim")
    elsewhere = make_article(cast.project, "The bridge is safe, they say.")

    make_link(cast.annotator, first, checked, "restates")
    make_link(cast.annotator, make_span(cast.annotator, elsewhere, (0, 18)), checked, "restates")

    assert checked.links_in.count() == 2


def test_a_link_in_an_evidence_set_keeps_its_claim(cast: Cast) -> None:
    fact, claim = two(cast, "fact", "claim")
    link, other = make_link(cast.annotator, fact, claim), make_span(cast.annotator, cast.article, DANGER)
    verdict = make_verdict(cast.annotator, claim)
    verdict.change(
        by=cast.annotator, from_version=1, evidence_sets=[{"question": None, "answer": None, "links": [link.pk]}]
    )

    with broken(EVIDENCE_FOREIGN):
        sql("UPDATE annotations_link SET target_id = %s, version = version + 1", other.pk)


def test_a_relabelled_span_without_links_takes_any_label(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, MAYOR, "attribution")

    span.change(by=cast.annotator, from_version=1, label="fact")

    assert Span.objects.get().label == "fact"
