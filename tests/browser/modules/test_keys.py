"""What the table of shortcuts names, and the workbench's script decides or does."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotations.shortcuts import ACTIONS, CONDITIONS, ROWS
from annotations.vocabulary import LABELS, RELATIONS
from tests.browser.modules.conftest import Run

SCRIPTS = Path("annotations/static/annotations/js")

SITUATIONS = """const places = { reading: {}, picking: { picking: true }, judging: { inVerdict: true } };
    const all = { picking: false, selecting: false, label: "claim", canMark: true, canChange: true, canLink: true,
                  canJudge: true, canComment: true, inVerdict: false, stacked: true, parts: 2 };
    const more = [{}, { selecting: true }, ...[null, "attribution"].map((label) => ({ label }))];
    const ever = (holds, place) => more.some((other) => holds({ ...all, ...place, ...other }));
    return Object.fromEntries(Object.entries(m.CONDITIONS).map(([name, holds]) => [name,
        Object.keys(places).filter((place) => ever(holds, places[place])).sort()]))"""


def test_each_condition_can_hold_where_the_table_says(run: Run) -> None:
    assert run("keyboard/conditions.js", SITUATIONS) == {name: sorted(at) for name, at in CONDITIONS.items()}


def test_rows_name_conditions_that_there_are() -> None:
    named = {name for row in ROWS for name in (*row.when, *(row.footer or ()), *(row.otherwise or ())[:1])}

    assert named == CONDITIONS.keys()


@pytest.mark.parametrize(
    ("screen", "script"),
    [("workbench", "keyboard/commands.js"), ("review", "pages/review.js"), ("map", "pages/map.js")],
)
def test_every_action_of_the_table_is_carried_out(screen: str, script: str) -> None:
    hearers = "".join(path.read_text() for path in SCRIPTS.rglob("*.js") if screen == "workbench")
    source = (SCRIPTS / script).read_text()
    derived = {*RELATIONS, *(f"mark{label.capitalize()}" for label in LABELS), *(f"rate{n}" for n in range(1, 10))}
    names = {action.name for action in ACTIONS if action.screen == screen} - derived

    assert [name for name in names if name not in source and f'=== "{name}"' not in hearers] == []
