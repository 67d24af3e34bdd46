"""`claims`: one checked claim a line."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Assignment, Span
from tests.cast import MAYOR, make_article, make_cast, make_link, make_span, make_verdict
from tests.formats.checked.world import World, make_world, sent, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return make_world()


def record(world: World, **filters: Any) -> dict[str, Any]:
    """The only line of the export."""
    [found] = told(world.cast, "claims", **filters)
    return found


def test_a_line_stands_for_itself(world: World) -> None:
    found = record(world)

    assert (found["schema"], found["id"]) == ("factcheck-claims/1", str(world.claim.pk))
    assert (found["statement"], found["quote"]) == ("The bridge is safe.", "the bridge is safe")
    assert (found["claim_type"], found["claim_date"], found["outlet"]) == ("event", "2026-03-04", "The Daily")
    assert (found["rating"], found["rating_name"]) == ("conflicting_evidence", "Conflicting evidence")
    assert (found["rationale"], found["confidence"], found["state"]) == ("Both sides.", 0.5, "approved")


def test_it_says_who_said_it(world: World) -> None:
    [saying] = record(world)["said_by"]

    assert (saying["span"], saying["mention"]) == (str(world.source.pk), str(world.claim.pk))
    assert (saying["source_name"], saying["source_type"], saying["stance"]) == ("The mayor", "person", "asserts")
    assert saying["quote"] == "The mayor says"


def test_it_says_where_the_claim_occurs(world: World) -> None:
    mentions = record(world)["mentions"]

    assert [one["span"] for one in mentions] == [str(world.claim.pk), str(world.mention.pk)]
    assert [one["quote"] for one in mentions] == ["the bridge is safe", "all bridges are safe"]
    assert mentions[1]["context"] == "The mayor again: all bridges are safe!"


def test_evidence_has_its_text_and_its_offsets(world: World) -> None:
    pro, contra = record(world)["evidence"]

    assert [pro["relation"], contra["relation"]] == ["corroborates", "contradicts"]
    assert (pro["quote"], pro["reference"]) == ("Engineers found cracks in March", "https://example.net/report")
    assert (contra["article_id"], contra["context"]) == (str(world.elsewhere.pk), "👩‍👩‍👧 Yesterday é.")


def test_every_offset_selects_its_quote(world: World) -> None:
    texts = {str(article.pk): article.body for article in (world.cast.article, world.elsewhere)}
    found = record(world)

    for one in (*found["mentions"], *found["evidence"]):
        text = texts[one["article_id"]]
        assert one["quote"] == " … ".join(text[start:end] for start, end in one["fragments"])
        assert text[one["context_start"] :].startswith(one["context"])
        assert one["context"][one["start"] - one["context_start"] :].startswith(one["quote"])


def test_sets_refer_to_the_evidence(world: World) -> None:
    first, second = record(world)["evidence_sets"]

    assert (first["question"], first["answer"]) == ("Is it safe?", "Some say so.")
    assert (first["links"], second["links"]) == (
        [str(world.supports.pk)],
        [str(world.opposes.pk), str(world.supports.pk)],
    )


def test_without_sets_each_link_is_one(transactional_db: None) -> None:
    world = make_world(sets=False)

    sets = record(world)["evidence_sets"]

    assert [one["links"] for one in sets] == [[str(world.supports.pk)], [str(world.opposes.pk)]]


def test_evidence_from_the_claims_own_source_is_marked(world: World) -> None:
    world.verdict.reopen(by=world.cast.reviewer, from_version=world.verdict.version, reason="More.")
    said = make_span(
        world.cast.annotator, world.elsewhere, (19, 34), "attribution", fields={"source_name": "the MAYOR"}
    )
    make_link(world.cast.annotator, said, world.against, "attributes")

    pro, contra = record(world, state="any")["evidence"]

    assert (pro["same_source"], contra["same_source"]) == (False, True)
    assert (pro["sources"], contra["sources"]) == ([], ["the MAYOR"])


def test_only_what_is_asked_for_leaves(world: World) -> None:
    assert [one["relation"] for one in record(world, relation="contradicts")["evidence"]] == ["contradicts"]
    assert record(world, relation="contradicts")["said_by"] == []
    assert record(world, label="claim")["evidence"] == []
    assert told(world.cast, "claims", label="fact") == []
    assert told(world.cast, "claims", state="submitted") == []
    assert told(world.cast, "claims", article=str(world.elsewhere.pk)) == []
    assert record(world, article=str(world.cast.article.pk))["id"] == str(world.claim.pk)


def test_a_set_holds_no_link_that_was_left_out(world: World) -> None:
    sets = record(world, relation="contradicts")["evidence_sets"]

    assert [one["links"] for one in sets] == [[], [str(world.opposes.pk)]]


def test_an_annotator_is_asked_for_by_the_name_that_the_export_gives(world: World) -> None:
    name = record(world)["author"]

    assert name.startswith("person-")
    assert len(record(world, annotator=name)["evidence"]) == 2
    assert told(world.cast, "claims", annotator="person-000000000000") == []


def test_what_others_made_is_not_an_annotators(world: World) -> None:
    world.verdict.reopen(by=world.cast.reviewer, from_version=world.verdict.version, reason="More.")
    make_link(world.cast.annotator2, make_span(world.cast.annotator2, world.elsewhere, (0, 5), "fact"), world.claim)
    mine = record(world, state="any")["author"]

    assert len(record(world, state="any")["evidence"]) == 3
    assert len(record(world, state="any", annotator=mine)["evidence"]) == 2


def test_a_viewer_gets_approved_claims_with_what_carries_them(world: World) -> None:
    make_verdict(world.cast.annotator, make_span(world.cast.annotator, world.cast.article, MAYOR))

    [found] = told(world.cast, "claims", world.cast.viewer)

    assert (found["id"], len(found["evidence"]), len(found["mentions"])) == (str(world.claim.pk), 2, 2)


def test_in_an_independent_project_nobody_gets_what_they_may_not_read(transactional_db: None) -> None:
    world = make_world(mode="independent", annotators_per_article=2)
    make_span(world.cast.annotator2, world.cast.article)

    assert told(world.cast, "claims", world.cast.annotator2) == []
    for assignment in Assignment.objects.filter(article=world.cast.article):
        assignment.submit(by=assignment.assignee)
    [found] = told(world.cast, "claims", world.cast.annotator2)
    assert [one["span"] for one in found["mentions"]] == [str(world.claim.pk)]
    assert [one["span"] for one in found["evidence"]] == [str(world.fact.pk)]
    assert "Yesterday" not in str(found)


def test_archived_articles_stay_with_all_their_words(world: World) -> None:
    world.elsewhere.describe(by=world.cast.manager, archived=True)

    found = record(world)

    assert [one["span"] for one in found["evidence"]] == [str(world.fact.pk)]
    assert len(found["mentions"]) == 1
    world.cast.article.describe(by=world.cast.manager, archived=True)
    assert told(world.cast, "claims") == []


def test_claims_come_in_the_order_of_the_texts_and_always_the_same(transactional_db: None) -> None:
    cast = make_cast()
    later = make_article(cast.project, "One. Two. Three. Four.")
    for article, at in ((later, (5, 9)), (later, (0, 4)), (cast.article, (35, 40)), (cast.article, (0, 3))):
        make_verdict(cast.annotator, make_span(cast.annotator, article, at))

    quotes = [one["quote"] for one in told(cast, "claims", state="any")]

    assert quotes == ["The", "Engin", "One.", "Two."]
    assert sent(cast, "claims", state="any") == sent(cast, "claims", state="any")


def test_it_has_the_id_from_outside_where_there_is_one(transactional_db: None) -> None:
    cast = make_cast()
    claim = make_span(cast.annotator, cast.article)
    make_verdict(cast.annotator, claim)
    assert "external_id" not in told(cast, "claims", state="any")[0]
    Span.objects.filter(pk=claim.pk).update(external_id='c "1"', version=2)
    assert told(cast, "claims", state="any")[0]["external_id"] == 'c "1"'
