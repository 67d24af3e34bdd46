"""What leaves as Label Studio's tasks is what its import takes (labelstud.io/guide/tasks, /tags/labels)."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from tests.formats.rich import make_apart, make_rich
from tests.formats.schemas import COUNT, TEXT, WORDS, complaints, either, exactly, many
from tests.formats.there_and_back import exported

LABELS: Final = either("claim", "attribution", "fact")
"""For a labelling interface with ``<Labels name="label" toName="text">``, ``<Text name="text" value="$text"/>``."""

RELATIONS: Final = either("corroborates", "contradicts", "attributes", "restates", "continues")
REGION: Final = exactly(
    {
        "id": WORDS, "type": either("labels"), "from_name": either("label"), "to_name": either("text"),
        "value": exactly({"start": COUNT, "end": COUNT, "text": TEXT, "labels": many(LABELS, 1)}),
    },
    {"origin": either("manual", "prediction", "prediction-changed"), "meta": {"type": "object"}},
)  # fmt: skip
RELATION: Final = exactly(
    {
        "type": either("relation"), "from_id": WORDS, "to_id": WORDS, "direction": either("left", "right", "bi"),
        "labels": many(RELATIONS),
    }
)  # fmt: skip
ANNOTATION: Final = {
    "type": "object",
    "required": ["result"],
    "properties": {
        "result": many({"anyOf": [REGION, RELATION]}),
        "was_cancelled": {"type": "boolean"},
        "ground_truth": {"type": "boolean"},
        "completed_by": False,  # it has to be a user whom the server knows
    },
}
TASK: Final = {
    "type": "object",
    "required": ["data"],
    "properties": {
        "id": {"type": "integer"},
        "data": {"type": "object", "required": ["text"], "properties": {"text": TEXT}},
        "annotations": many(ANNOTATION),
        "predictions": many({"type": "object", "required": ["result"]}),
        "meta": {"type": "object"},
    },
    "additionalProperties": False,
}


def wrong(tasks: Any) -> list[str]:
    """What Label Studio refuses of these tasks, or would not show."""
    found = complaints(tasks, many(TASK, 1))
    for task in tasks if not found else []:
        for annotation in task["annotations"]:
            regions = [one for one in annotation["result"] if one["type"] == "labels"]
            ids = [one["id"] for one in regions]
            found += ["two regions have one id"] if len(set(ids)) < len(ids) else []
            for value in (one["value"] for one in regions):
                if (
                    not value["start"] < value["end"]
                    or task["data"]["text"][value["start"] : value["end"]] != value["text"]
                ):
                    found.append(f"{value} is not where its words are")
            for one in annotation["result"]:
                if one["type"] == "relation" and not {one["from_id"], one["to_id"]} <= set(ids):
                    found.append(f"{one} joins what is not there")
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [make_rich, make_apart])
def test_label_studio_takes_all_that_leaves(transactional_db: None, make: Any) -> None:
    tasks = json.loads(exported(make(), "labelstudio", state="any"))

    assert sum(len(one["result"]) for task in tasks for one in task["annotations"]) > 20
    assert wrong(tasks) == []


@pytest.mark.parametrize(
    "change",
    [
        {"value": {"start": 0, "end": 2, "text": "It", "labels": ["claim"]}},
        {"value": {"start": 0, "end": 2, "text": "So", "labels": ["place"]}},
        {"from_name": "other"},
        {"id": ""},
    ],
)
def test_the_rules_find_what_label_studio_refuses(change: dict[str, Any]) -> None:
    value = {"start": 0, "end": 2, "text": "So", "labels": ["claim"]}
    region = {"id": "a", "type": "labels", "from_name": "label", "to_name": "text", "value": value}

    def task(one: dict[str, Any]) -> list[Any]:
        return [{"data": {"text": "So it is."}, "annotations": [{"result": [one]}]}]

    assert wrong(task(region)) == []
    assert wrong(task({**region, **change})) != []
