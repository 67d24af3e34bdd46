"""What leaves as doccano's lines is what doccano's import of relation extraction takes (doccano.github.io/doccano)."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from tests.formats.rich import make_apart, make_rich
from tests.formats.schemas import COUNT, TEXT, WORDS, complaints, exactly, many
from tests.formats.there_and_back import exported

NAME: Final = {**WORDS, "maxLength": 100}
"""Names of labels and relations are kept in 100 characters."""

ENTITY: Final = exactly({"id": {"type": "integer"}, "label": NAME, "start_offset": COUNT, "end_offset": COUNT})
RELATION: Final = exactly(
    {"id": {"type": "integer"}, "from_id": {"type": "integer"}, "to_id": {"type": "integer"}, "type": NAME}
)
LINE: Final = {
    **exactly({"id": COUNT, "text": WORDS, "entities": many(ENTITY), "relations": many(RELATION)}),
    "additionalProperties": True,  # any further column becomes metadata
    "properties": {"text": TEXT, "entities": many(ENTITY), "relations": many(RELATION)},
}
TAKEN: Final = {"example_uuid", "filename", "upload_name", "#line_number"}
"""Columns that doccano adds by itself."""


def wrong(lines: list[dict[str, Any]]) -> list[str]:
    """What doccano refuses of these lines, or takes for something else."""
    found = [one for line in lines for one in complaints(line, LINE)]
    found += ["the lines have different columns"] if len({frozenset(line) for line in lines}) > 1 else []
    for line in lines:
        found += [f"{name} is doccano's own" for name in TAKEN & line.keys()]
        ids = [entity["id"] for entity in line["entities"]]
        found += ["two entities have one id"] if len(set(ids)) < len(ids) else []
        for entity in line["entities"]:
            if not entity["start_offset"] < entity["end_offset"] <= len(line["text"]):
                found.append(f"{entity} selects nothing")
        for relation in line["relations"]:
            if not {relation["from_id"], relation["to_id"]} <= set(ids):
                found.append(f"{relation} joins what is not there")
    return found


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [make_rich, make_apart])
def test_doccano_takes_all_that_leaves(transactional_db: None, make: Any) -> None:
    lines = [json.loads(line) for line in exported(make(), "doccano", state="any").splitlines()]

    assert sum(len(line["entities"]) for line in lines) > 10
    assert wrong(lines) == []


@pytest.mark.parametrize(
    "change",
    [
        {"entities": [{"id": 1, "label": "", "start_offset": 0, "end_offset": 1}]},
        {"entities": [{"id": "a", "label": "x", "start_offset": 0, "end_offset": 1}]},
        {"entities": [{"id": 1, "label": "x", "start_offset": 1, "end_offset": 1}]},
        {"relations": [{"id": 1, "from_id": 1, "to_id": 2, "type": "x"}]},
        {"filename": "a.txt"},
    ],
)
def test_the_rules_find_what_doccano_refuses(change: dict[str, Any]) -> None:
    line = {"id": 1, "text": "So it is.", "entities": [], "relations": []}

    assert wrong([line]) == []
    assert wrong([{**line, **change}]) != []
