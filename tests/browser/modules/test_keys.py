"""The two halves of the table of keys: what the server keeps, and what the workbench does."""

from __future__ import annotations

from annotations.shortcuts import ACTIONS
from tests.browser.modules.conftest import Run

SITUATIONS = """const row = Object.fromEntries(m.KEYS.flatMap((row) => row.does.map((name) => [name, row])));
    const places = { reading: {}, picking: { picking: true }, judging: { inVerdict: true } };
    const all = { picking: false, selecting: false, label: "claim", canMark: true, canChange: true, canLink: true,
                  canJudge: true, inVerdict: false, stacked: true, parts: 2 };
    const ever = (when, place) => [{}, { selecting: true }].some((more) => when({ ...all, ...place, ...more }));
    return Object.fromEntries(Object.entries(row).map(([name, { when }]) => [name,
        Object.keys(places).filter((place) => !when || ever(when, places[place])).sort()]))"""


def test_the_table_knows_every_action_and_when_it_can_be(run: Run) -> None:
    known = {action.name: sorted(action.at) for action in ACTIONS if action.screen == "workbench"}
    assert run("keyboard/shortcuts.js", SITUATIONS) == known
