"""What leaves as doccano's JSON lines, and that it comes in again as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.formats.doccano.reader import DOCCANO
from annotations.models import Article, Span
from tests.cast import Cast, make_cast
from tests.formats import there_and_back as work
from tests.formats.given import json_file, read
from tests.formats.there_and_back import came_back, exported, make_work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    make_work(cast)
    return cast


def records(cast: Cast, **filters: Any) -> list[dict[str, Any]]:
    """The lines of the export."""
    return [json.loads(line) for line in exported(cast, "doccano", **filters).splitlines()]


def test_every_entity_selects_a_fragment_of_its_span(cast: Cast) -> None:
    selected = [
        (entity["label"], record["text"][entity["start_offset"] : entity["end_offset"]])
        for record in records(cast)
        for entity in record["entities"]
    ]

    fragments = [(span.label, part) for span in Span.objects.all() for part in span.quote.split(" … ")]
    assert sorted(selected) == sorted(fragments)
    assert len(selected) == 9


def test_relations_join_entities_by_their_ids(cast: Cast) -> None:
    first = records(cast)[0]
    labels = {entity["id"]: entity["label"] for entity in first["entities"]}

    joined = [(labels[one["from_id"]], one["type"], labels[one["to_id"]]) for one in first["relations"]]

    assert sorted(joined) == [
        ("attribution", "attributes", "claim"), ("fact", "continues", "fact"), ("fact", "continues", "fact"),
        ("fact", "contradicts", "claim"),
    ]  # fmt: skip


def test_the_export_comes_in_again_as_it_was(cast: Cast) -> None:
    documents, refused = came_back(cast, "doccano")

    assert refused == []
    assert [document.text for document in documents] == [a.body for a in Article.objects.order_by("created_at")]
    assert documents[1].metadata["url"] == "https://example.org/a?b=ü"
    assert work.spans_of(documents) == work.kept_spans()
    assert work.links_of(documents) == work.kept_links()
    assert work.verdicts_of(documents) == work.kept_verdicts()


def test_what_was_changed_in_doccano_comes_back_changed_and_what_is_gone_is_named(cast: Cast) -> None:
    record = records(cast)[0]
    claim = next(one for one in record["entities"] if one["label"] == "claim")
    record["entities"].remove(claim)
    record["entities"].append({"id": 77, "start_offset": 68, "end_offset": 79, "label": "claim"})
    record["relations"] = [one for one in record["relations"] if claim["id"] not in (one["from_id"], one["to_id"])]

    [document], refused = read(DOCCANO.read, json_file(record))

    assert [one.label for one in document.spans] == ["attribution", "fact", "claim"]
    assert [one.id is None for one in document.spans] == [False, False, True]
    assert {one.code for one in refused} == {"taken_away"}
    assert len(refused) == 5  # the claim, its three links and its verdict


def test_a_deleted_relation_does_not_come_back(cast: Cast) -> None:
    record = records(cast)[0]
    record["relations"] = [one for one in record["relations"] if one["type"] != "attributes"]

    [document], refused = read(DOCCANO.read, json_file(record))

    assert sorted(link.relation for link in document.links) == ["contradicts", "restates"]
    assert [one.code for one in refused] == ["taken_away"]


def test_a_link_whose_end_is_left_out_leaves_no_trace_of_its_text(cast: Cast) -> None:
    lines = records(cast, label="claim")

    assert all(entity["label"] == "claim" for record in lines for entity in record["entities"])
    assert [one["type"] for record in lines for one in record["relations"]] == ["continues", "continues"]
