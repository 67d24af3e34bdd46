"""The table of keys, and what somebody may put in a key's place."""

from __future__ import annotations

import pytest

from annotations.own_keys import complaints_about_keys
from annotations.shortcuts import ACTIONS, BY_NAME, keys_of


def test_no_two_actions_start_with_one_key_where_both_apply() -> None:
    assert list(complaints_about_keys({action.name: key for action in ACTIONS for key in action.keys[:1]})) == []


def test_every_action_has_one_name() -> None:
    assert len(BY_NAME) == len(ACTIONS)


def test_ones_own_key_stands_in_place_of_all_that_it_starts_with() -> None:
    redo = BY_NAME["redo"]

    assert keys_of(redo, {}) == ("Ctrl+Shift+z", "Ctrl+y")
    assert keys_of(redo, {"redo": "Alt+z"}) == ("Alt+z",)
    assert keys_of(redo, {"redo": None}) == ()


@pytest.mark.parametrize(
    "key", ["q", "Shift+q", "Ctrl+Alt+Shift+F2", "ü", "+", "Ctrl++", "!", "PageDown", "Alt+1", "م"]
)
def test_a_key_is_a_sign_or_a_name_with_what_is_held(key: str) -> None:
    assert list(complaints_about_keys({"markClaim": key})) == []


@pytest.mark.parametrize(
    "key",
    ["", "Q", "qq", "Shift+Ctrl+q", "Shift+!", "Tab", "Ctrl+", " ", "\n", "\u200f", "e\u0301", 5, [], "ctrl+q", "q\n"],
)
def test_what_is_not_a_key_is_refused_at_its_action(key: object) -> None:
    assert [(place, code) for place, code, _ in complaints_about_keys({"markClaim": key})] == [("markClaim", "invalid")]


@pytest.mark.parametrize(
    ("own", "place", "code"),
    [
        ({"markCla": "q"}, "markCla", "unknown_action"),
        ({"markClaim": "Ctrl+t"}, "markClaim", "browsers_own"),
        ({"markClaim": "j"}, "markClaim", "taken"),
        ({"nextSpan": "c"}, "nextSpan", "taken"),
        ({"confirmPick": "a"}, "confirmPick", "taken"),
        ({"approve": "j"}, "approve", "taken"),
    ],
)
def test_a_key_that_cannot_be_is_refused_at_its_action(own: dict[str, str], place: str, code: str) -> None:
    assert [(where, what) for where, what, _ in complaints_about_keys(own)] == [(place, code)]


def test_two_actions_may_change_places() -> None:
    assert list(complaints_about_keys({"corroborates": "x", "contradicts": "c"})) == []


def test_one_key_does_different_things_where_they_never_meet() -> None:
    assert list(complaints_about_keys({"markClaim": "9", "approve": "n", "nextMark": "j"})) == []


def test_a_clash_names_what_the_key_does_already() -> None:
    [(_, _, words)] = complaints_about_keys({"markClaim": "j"})

    assert words == "j is already used for “Next sentence” (Workbench, Navigation)."
