"""The keys: what each does before anybody changes it, and what somebody may put in its place.

Pure functions over plain values. A person's own keys are ``{action: key | null}``: an action that is not in it keeps
the keys it starts with, null leaves it without one. A key is written as in ``Ctrl+Shift+z``: `Ctrl`, `Alt` and `Shift`
in this order, then a character, letters small, or the name of a key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from annotations.strict_json import Complaint

READING: Final = frozenset({"reading"})
PICKING: Final = frozenset({"picking"})
JUDGING: Final = frozenset({"judging"})
NOT_PICKING: Final = READING | JUDGING
ALWAYS: Final = READING | PICKING | JUDGING

NAMED: Final = (
    "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Insert", "Delete",
    "Backspace", "Enter", "Escape", "F1", "F2", "F3", "F4", "F6", "F7", "F8", "F9", "F10",
)  # fmt: skip
NOTATION: Final = re.compile(
    rf"(?P<held>(?:Ctrl\+)?(?:Alt\+)?(?:Shift\+)?)(?:(?P<name>{'|'.join(NAMED)})|(?P<sign>.))\Z"
)
BROWSERS: Final = frozenset({f"Ctrl+{key}" for key in "acvxwtnrlq"} | {f"Ctrl+Shift+{key}" for key in "wtnrqijc"})
"""Keys that a browser keeps for itself, or that people need for copying."""

NAMES_A_SPAN: Final = frozenset({*"0123456789cafb", "Backspace"})
"""While a link is being made, these type the number of a span."""

SCREENS: Final = {"workbench": "Workbench", "review": "Review screen", "map": "Evidence map"}


@dataclass(frozen=True)
class KeyAction:
    """Something that a key does on a screen. `at` are the situations in which it does."""

    name: str
    keys: tuple[str, ...]
    words: str
    group: str
    at: frozenset[str] = ALWAYS
    screen: str = "workbench"


def _both(group: str, at: frozenset[str], *rows: tuple[str, str, str]) -> list[KeyAction]:
    return [KeyAction(name, tuple(keys.split()), words, group, at) for name, keys, words in rows]


ACTIONS: Final = (
    *_both(
        "Mark", READING,
        ("markClaim", "1", "claim"),
        ("markAttribution", "2", "attribution"),
        ("markFact", "3", "fact"),
    ),
    *_both(
        "Move", ALWAYS,
        ("nextSentence", "j", "next sentence"),
        ("previousSentence", "k", "sentence before"),
        ("extendSentence", "Shift+j", "extend by a sentence"),
        ("shrinkSentence", "Shift+k", "shrink by a sentence"),
        ("nextParagraph", "Ctrl+ArrowDown", "next paragraph"),
        ("previousParagraph", "Ctrl+ArrowUp", "paragraph before"),
        ("extendParagraph", "Ctrl+Shift+ArrowDown", "extend by a paragraph"),
        ("shrinkParagraph", "Ctrl+Shift+ArrowUp", "shrink by a paragraph"),
        ("wordLeft", "ArrowLeft", "word on the left"),
        ("wordRight", "ArrowRight", "word on the right"),
        ("extendLeft", "Shift+ArrowLeft", "extend to the left by a word"),
        ("extendRight", "Shift+ArrowRight", "extend to the right by a word"),
        ("extendBack", "Ctrl+Shift+ArrowLeft", "extend to the left by a character"),
        ("extendOn", "Ctrl+Shift+ArrowRight", "extend to the right by a character"),
        ("nextSpan", "n", "next span"),
        ("previousSpan", "p", "span before"),
    ),
    *_both(
        "Move", NOT_PICKING,
        ("chooseStacked", "s", "stacked spans"),
        ("listSpans", "l", "all spans"),
    ),
    *_both(
        "Move", ALWAYS,
        ("nextPane", "F6", "next pane"),
        ("previousPane", "Shift+F6", "pane before"),
        ("letGo", "Escape", "let go"),
    ),
    *_both(
        "Adjust", READING,
        ("endLeft", "Alt+ArrowLeft", "move the end to the left by a word"),
        ("endRight", "Alt+ArrowRight", "move the end to the right by a word"),
        ("startLeft", "Alt+Shift+ArrowLeft", "move the start to the left by a word"),
        ("startRight", "Alt+Shift+ArrowRight", "move the start to the right by a word"),
        ("endBack", ",", "move the end to the left by a character"),
        ("endOn", ".", "move the end to the right by a character"),
        ("startBack", "<", "move the start to the left by a character"),
        ("startOn", ">", "move the start to the right by a character"),
        ("joinSelection", "g", "join the selection to the span"),
        ("nextPart", "f", "next fragment"),
        ("previousPart", "Shift+f", "fragment before"),
        ("removePart", "Shift+Delete Shift+Backspace", "take the fragment out"),
        ("editFields", "e", "fields"),
        ("remove", "Delete Backspace", "delete the span"),
    ),
    *_both(
        "Link", READING,
        ("corroborates", "c", "corroborates"),
        ("contradicts", "x", "contradicts"),
        ("attributes", "a", "attributes: said by"),
        ("restates", "r", "restates"),
    ),
    *_both("Link", PICKING, ("confirmPick", "Enter", "pick it")),
    *_both("Evidence", ALWAYS, ("search", "/", "search for evidence")),
    *_both("Verdict", READING, ("goToVerdict", "v", "verdict")),
    *_both("Verdict", JUDGING, *[(f"rate{n}", str(n), f"rating {n}") for n in range(1, 10)]),
    *_both("Verdict", ALWAYS, ("submitVerdict", "Ctrl+Enter", "submit the verdict")),
    *_both("Talk", READING, ("comment", "m", "comment")),
    *_both(
        "Everywhere", ALWAYS,
        ("undo", "Ctrl+z", "undo"),
        ("redo", "Ctrl+Shift+z Ctrl+y", "do again"),
        ("showKeys", "?", "all keys"),
    ),
    KeyAction("approve", ("y",), "approve, and go on to the next", "Review", screen="review"),
    KeyAction("giveReason", ("r",), "return or reopen: type the reason", "Review", screen="review"),
    KeyAction("nextInQueue", ("j",), "next in the queue", "Review", screen="review"),
    KeyAction("previousInQueue", ("k",), "the one before", "Review", screen="review"),
    KeyAction("openClaim", ("o",), "open the claim in the workbench", "Review", screen="review"),
    KeyAction("searchOthers", ("/",), "search the other articles", "Review", screen="review"),
    KeyAction("showReviewKeys", ("?",), "all keys", "Review", screen="review"),
    KeyAction("nextMark", ("n",), "next mark", "Map", screen="map"),
    KeyAction("previousMark", ("p",), "mark before", "Map", screen="map"),
)  # fmt: skip

BY_NAME: Final = {action.name: action for action in ACTIONS}


def keys_of(action: KeyAction, own: Mapping[str, str | None]) -> tuple[str, ...]:
    """The keys that do this for somebody with these keys of their own."""
    if action.name not in own:
        return action.keys
    key = own[action.name]
    return () if key is None else (key,)


def complaints_about_keys(own: object) -> Iterator[Complaint]:
    """What is wrong with somebody's own keys."""
    if not isinstance(own, dict):
        yield "", "invalid", "Give an object with a key, or null, for each action that you change."
        return
    sound: dict[str, str | None] = {}
    for name, key in own.items():
        wrong = _wrong_with(name, key)
        if wrong:
            yield str(name), *wrong
        else:
            sound[name] = key
    for name in sound:
        clash = _clash(BY_NAME[name], sound)
        if clash:
            yield name, "taken", clash


def _wrong_with(name: object, key: object) -> tuple[str, str] | None:
    if not isinstance(name, str) or name not in BY_NAME:
        return "unknown_action", "There is no such action."
    if key is None:
        return None
    if not isinstance(key, str) or not _is_notation(key):
        return "invalid", "Write a key as in j, Shift+j, Ctrl+Enter or Alt+ArrowLeft; letters small."
    if key in BROWSERS:
        return "browsers_own", f"The browser keeps {key} for itself, or you need it for copying. Choose another."
    return None


def _is_notation(key: str) -> bool:
    found = NOTATION.match(key)
    if not found:
        return False
    sign = found["sign"]
    if sign is None:
        return True
    is_letter = sign.isascii() and sign.isalpha()
    if unicodedata.category(sign)[0] in "CZM" or (is_letter and sign.isupper()):
        return False
    # Shift makes another character of anything but a letter, and that is what one writes then.
    return is_letter or "Shift" not in found["held"]


def _clash(action: KeyAction, own: Mapping[str, str | None]) -> str:
    """What else the action's new key does where it would do this, in words; empty where it is free."""
    for key in keys_of(action, own):
        if action.screen == "workbench" and "picking" in action.at and key in NAMES_A_SPAN:
            return f"While a link is being made, {key} types the number of a span."
        for other in ACTIONS:
            meets = other is not action and other.screen == action.screen and other.at & action.at
            if meets and key in keys_of(other, own):
                return f"{key} is the key of “{other.words}” ({SCREENS[other.screen]}, {other.group})."
    return ""


def table_for(screen: str, own: Mapping[str, str | None], *, single: bool) -> dict[str, Any]:
    """What a screen's script needs to know of somebody's keys."""
    return {
        "single": single,
        "keys": {action.name: list(keys_of(action, own)) for action in ACTIONS if action.screen == screen},
    }
