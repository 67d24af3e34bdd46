"""What leaves as Label Studio's tasks, and that it comes in again as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.formats.labelstudio.reader import LABELSTUDIO
from annotations.models import Article, Assignment, Span
from tests.cast import CRACKS, SAFE, Cast, make_cast, make_link, make_span
from tests.formats import there_and_back as work
from tests.formats.given import json_file, read
from tests.formats.there_and_back import came_back, exported, make_work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    make_work(cast)
    return cast


def tasks(cast: Cast, **filters: Any) -> list[dict[str, Any]]:
    """The tasks of the export."""
    found: list[dict[str, Any]] = json.loads(exported(cast, "labelstudio", **filters))
    return found


def results(task: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The results of a task that are of this type."""
    return [one for each in task["annotations"] for one in each["result"] if one["type"] == kind]


def test_every_region_selects_its_quote_a_fragment_of_its_span(cast: Cast) -> None:
    quotes = []
    for task in tasks(cast):
        for region in results(task, "labels"):
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            assert (region["from_name"], region["to_name"]) == ("label", "text")
            quotes.append((value["labels"], value["text"]))

    fragments = [([span.label], part) for span in Span.objects.all() for part in span.quote.split(" … ")]
    assert sorted(quotes) == sorted(fragments)


def test_relations_join_regions_of_the_same_annotation(cast: Cast) -> None:
    [first, _] = tasks(cast)
    regions = {one["id"]: one["value"]["labels"][0] for one in results(first, "labels")}

    joined = [(regions[one["from_id"]], one["labels"], regions[one["to_id"]]) for one in results(first, "relation")]

    assert len(first["annotations"]) == 1
    assert sorted(joined) == [
        ("attribution", ["attributes"], "claim"), ("fact", ["continues"], "fact"), ("fact", ["continues"], "fact"),
        ("fact", ["contradicts"], "claim"),
    ]  # fmt: skip


def test_notes_and_annotators_stand_with_the_region(cast: Cast) -> None:
    [first, _] = tasks(cast, names="true")

    said = {
        (one["value"]["labels"][0], one["meta"]["annotator"], *one["meta"]["text"]) for one in results(first, "labels")
    }

    assert said == {
        ("claim", "annotator", "A\n“note” 👍"), ("attribution", "annotator"), ("fact", "annotator2"),
    }  # fmt: skip


def test_an_empty_project_is_an_empty_array(transactional_db: None) -> None:
    cast = make_cast()
    cast.article.describe(by=cast.manager, archived=True)

    assert tasks(cast) == []


def test_the_export_comes_in_again_as_it_was(cast: Cast) -> None:
    documents, refused = came_back(cast, "labelstudio")

    assert refused == []
    assert [document.text for document in documents] == [a.body for a in Article.objects.order_by("created_at")]
    assert work.spans_of(documents) == work.kept_spans()
    assert work.links_of(documents) == work.kept_links()
    assert work.verdicts_of(documents) == work.kept_verdicts()


def test_people_who_work_independently_have_an_annotation_each(transactional_db: None) -> None:
    cast = make_cast(mode="independent", annotators_per_article=2)
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_link(cast.annotator, make_span(cast.annotator, cast.article, CRACKS, "fact"), claim)
    make_span(cast.annotator2, cast.article, SAFE)
    for assignment in Assignment.objects.all():
        assignment.submit(by=assignment.assignee)

    [task] = tasks(cast)
    documents, refused = came_back(cast, "labelstudio")

    assert sorted([one["type"] for one in each["result"]] for each in task["annotations"]) == [
        ["labels"], ["labels", "labels", "relation"],
    ]  # fmt: skip
    assert refused == []
    assert (work.spans_of(documents), work.links_of(documents)) == (work.kept_spans(), work.kept_links())


def test_what_was_changed_there_comes_back_changed(cast: Cast) -> None:
    task = tasks(cast)[0]
    [annotation] = task["annotations"]
    annotation["completed_by"] = {"id": 3, "email": "new@example.org"}
    kept = [one for one in annotation["result"] if one.get("value", {}).get("labels") != ["attribution"]]
    value = {"start": 68, "end": 79, "text": "The council", "labels": ["Organisation"]}
    annotation["result"] = [*kept, {"id": "new", "type": "labels", "value": value}]

    [document], refused = read(LABELSTUDIO.read, json_file([task]))

    [new] = [span for span in document.spans if span.id is None]
    assert (new.fields, new.quote, new.annotator) == (
        {"imported_type": "Organisation"}, "The council", "new@example.org",
    )  # fmt: skip
    assert {one.code for one in refused} == {"taken_away", "end_missing"}
