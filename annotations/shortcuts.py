"""Keyboard shortcuts: what each key does before anybody changes it, and what somebody may put in its place.

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


READING: Final = frozenset({"reading"})
PICKING: Final = frozenset({"picking"})
JUDGING: Final = frozenset({"judging"})
ALWAYS: Final = READING | PICKING | JUDGING

CONDITIONS: Final = {
    "reading": READING,
    "picking": PICKING,
    "inVerdict": JUDGING,
    "notPicking": READING | JUDGING,
    "notInVerdict": READING | PICKING,
    **dict.fromkeys(
        (
            "selecting", "notSelecting", "selectionOrSpan", "selectingOrPicking", "searchable",
            "span", "noSpan", "claim", "notClaim", "attribution", "notAttribution", "stacked", "severalFragments",
            "asClaim", "asAttribution", "asFact", "mayMark", "mayChange", "mayLink", "mayJudge", "mayComment",
        ),
        ALWAYS,
    ),
}  # fmt: skip
"""What shortcuts depend on, by name, and the situations in which it can be so; js/keyboard/conditions.js says how."""


@dataclass(frozen=True)
class KeyAction:
    """Something that a key does on a screen. `at` are the situations in which it does."""

    name: str
    keys: tuple[str, ...]
    words: str
    group: str
    at: frozenset[str]
    screen: str


@dataclass(frozen=True)
class Row:
    """A line of a screen's list of shortcuts: actions that belong together, and when they do something."""

    actions: tuple[KeyAction, ...]
    words: str
    group: str
    when: tuple[str, ...] = ()
    """Conditions that must hold; without any, always."""
    footer: tuple[str, ...] | None = None
    """Further conditions, under which the footer shows the row; None where it never does."""
    rank: int = 3
    """The lower, the further ahead in the footer, which has no room for all."""
    typing: bool = False
    """Whether the keys work while somebody types, too."""
    otherwise: tuple[str, str] | None = None
    """A condition, and other words while it holds."""
    screen: str = "workbench"


def _row(  # noqa: PLR0913 - each is one thing to say of a row
    group: str,
    *actions: tuple[str, str, str],
    words: str = "",
    when: str = "",
    footer: str | None = None,
    rank: int = 3,
    typing: bool = False,
    otherwise: tuple[str, str] | None = None,
    screen: str = "workbench",
) -> Row:
    """A row of actions, each as (name, keys, words). Names of conditions and keys stand between spaces."""
    conditions = tuple(when.split())
    at = ALWAYS.intersection(*(CONDITIONS[condition] for condition in conditions))
    return Row(
        actions=tuple(KeyAction(name, tuple(keys.split()), said, group, at, screen) for name, keys, said in actions),
        words=words or actions[0][2],
        group=group,
        when=conditions,
        footer=None if footer is None else tuple(footer.split()),
        rank=rank,
        typing=typing,
        otherwise=otherwise,
        screen=screen,
    )


ROWS: Final = (
    _row("Mark", ("markClaim", "1", "claim"), when="reading", footer="asClaim", rank=2),
    _row("Mark", ("markAttribution", "2", "attribution"), when="reading", footer="asAttribution", rank=2),
    _row("Mark", ("markFact", "3", "fact"), when="reading", footer="asFact", rank=2),
    _row(
        "Move",
        ("nextSentence", "j", "next sentence"),
        ("previousSentence", "k", "sentence before"),
        words="sentences",
        footer="notSelecting notInVerdict",
    ),
    _row(
        "Move",
        ("extendSentence", "Shift+j", "extend by a sentence"),
        ("shrinkSentence", "Shift+k", "shrink by a sentence"),
        footer="selecting notInVerdict",
    ),
    _row(
        "Move",
        ("nextParagraph", "Ctrl+ArrowDown", "next paragraph"),
        ("previousParagraph", "Ctrl+ArrowUp", "paragraph before"),
        words="paragraphs",
    ),
    _row(
        "Move",
        ("extendParagraph", "Ctrl+Shift+ArrowDown", "extend by a paragraph"),
        ("shrinkParagraph", "Ctrl+Shift+ArrowUp", "shrink by a paragraph"),
    ),
    _row(
        "Move",
        ("wordLeft", "ArrowLeft", "word on the left"),
        ("wordRight", "ArrowRight", "word on the right"),
        words="words",
        footer="selecting notInVerdict",
    ),
    _row(
        "Move",
        ("extendLeft", "Shift+ArrowLeft", "extend to the left by a word"),
        ("extendRight", "Shift+ArrowRight", "extend to the right by a word"),
        words="extend by a word",
        footer="selecting notInVerdict",
    ),
    _row(
        "Move",
        ("extendBack", "Ctrl+Shift+ArrowLeft", "extend to the left by a character"),
        ("extendOn", "Ctrl+Shift+ArrowRight", "extend to the right by a character"),
        words="extend by a character",
    ),
    _row(
        "Move",
        ("nextSpan", "n", "next span"),
        ("previousSpan", "p", "span before"),
        words="spans",
        footer="notSelecting notInVerdict",
    ),
    _row(
        "Move",
        ("chooseStacked", "s", "stacked spans"),
        when="notPicking stacked",
        footer="reading notSelecting",
        rank=4,
    ),
    _row("Move", ("listSpans", "l", "all spans"), when="notPicking", footer="reading notSelecting noSpan", rank=5),
    _row(
        "Move",
        ("nextPane", "F6", "next pane"),
        ("previousPane", "Shift+F6", "pane before"),
        words="next pane, pane before",
        typing=True,
    ),
    _row("Move", ("letGo", "Escape", "let go"), footer="selectingOrPicking", typing=True),
    _row(
        "Adjust",
        ("endLeft", "Alt+ArrowLeft", "move the end to the left by a word"),
        ("endRight", "Alt+ArrowRight", "move the end to the right by a word"),
        words="move the end",
        when="reading selectionOrSpan",
        footer="selecting",
    ),
    _row(
        "Adjust",
        ("startLeft", "Alt+Shift+ArrowLeft", "move the start to the left by a word"),
        ("startRight", "Alt+Shift+ArrowRight", "move the start to the right by a word"),
        words="move the start",
        when="reading selectionOrSpan",
        footer="selecting",
    ),
    _row(
        "Adjust",
        ("endBack", ",", "move the end to the left by a character"),
        ("endOn", ".", "move the end to the right by a character"),
        words="move the end by a character",
        when="reading selectionOrSpan",
    ),
    _row(
        "Adjust",
        ("startBack", "<", "move the start to the left by a character"),
        ("startOn", ">", "move the start to the right by a character"),
        words="move the start by a character",
        when="reading selectionOrSpan",
    ),
    _row(
        "Adjust",
        ("joinSelection", "g", "join the selection to the span"),
        words="join to the span",
        when="reading selecting span",
        footer="mayChange",
        rank=2,
    ),
    _row(
        "Adjust",
        ("nextPart", "f", "next fragment"),
        ("previousPart", "Shift+f", "fragment before"),
        words="fragments",
        when="reading severalFragments",
        footer="notSelecting mayChange",
        rank=2,
    ),
    _row(
        "Adjust",
        ("removePart", "Shift+Delete Shift+Backspace", "take the fragment out"),
        when="reading notSelecting severalFragments",
    ),
    _row(
        "Adjust",
        ("editFields", "e", "fields"),
        when="reading span",
        footer="notSelecting mayChange notClaim",
        rank=2,
    ),
    _row("Adjust", ("remove", "Delete Backspace", "delete the span"), when="reading notSelecting span"),
    _row(
        "Link",
        ("corroborates", "c", "corroborates"),
        when="reading span",
        footer="mayLink notAttribution",
        rank=1,
    ),
    _row(
        "Link",
        ("contradicts", "x", "contradicts"),
        when="reading span",
        footer="mayLink notAttribution",
        rank=1,
    ),
    _row(
        "Link",
        ("attributes", "a", "attributes: said by"),
        words="said by",
        otherwise=("attribution", "tie to what is said"),
        when="reading span",
        footer="mayLink",
        rank=1,
    ),
    _row("Link", ("restates", "r", "restates"), when="reading claim"),
    _row("Link", ("confirmPick", "Enter", "pick it"), when="picking", footer="", rank=0),
    _row(
        "Evidence",
        ("search", "/", "search for evidence"),
        when="searchable",
        footer="reading notSelecting claim",
    ),
    _row("Verdict", ("goToVerdict", "v", "verdict"), when="reading claim", footer="notSelecting", rank=1),
    _row(
        "Verdict",
        *((f"rate{n}", str(n), f"rating {n}") for n in range(1, 10)),
        words="rate",
        when="inVerdict mayJudge",
        footer="",
        rank=0,
    ),
    _row(
        "Verdict",
        ("submitVerdict", "Ctrl+Enter", "submit the verdict"),
        when="claim mayJudge",
        footer="inVerdict",
        typing=True,
        rank=0,
    ),
    _row(
        "Talk",
        ("comment", "m", "comment"),
        otherwise=("noSpan", "comment on the article"),
        when="reading",
        footer="notSelecting mayComment span",
        rank=6,
    ),
    _row("Everywhere", ("undo", "Ctrl+z", "undo"), footer="reading notSelecting noSpan mayMark", rank=5),
    _row("Everywhere", ("redo", "Ctrl+Shift+z Ctrl+y", "do again")),
    _row("Everywhere", ("showKeys", "?", "all keys")),
    _row("Review", ("approve", "y", "approve, and go on to the next"), screen="review"),
    _row("Review", ("giveReason", "r", "return or reopen: type the reason, then Enter"), screen="review"),
    _row(
        "Review",
        ("nextInQueue", "j", "next in the queue"),
        ("previousInQueue", "k", "the one before"),
        words="next in the queue, the one before",
        screen="review",
    ),
    _row("Review", ("openClaim", "o", "open the claim in the workbench"), screen="review"),
    _row("Review", ("searchOthers", "/", "search the other articles"), screen="review"),
    _row("Review", ("showReviewKeys", "?", "all keys"), screen="review"),
    _row("Map", ("nextMark", "n", "next mark"), ("previousMark", "p", "mark before"), words="marks", screen="map"),
)
"""The one table of keyboard shortcuts: the workbench's script, the pages and the API's description come from it."""

ACTIONS: Final = tuple(action for row in ROWS for action in row.actions)

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
    """What a screen's script needs to know: its rows, and somebody's keys."""
    rows = [row for row in ROWS if row.screen == screen]
    return {
        "single": single,
        "keys": {action.name: keys_of(action, own) for row in rows for action in row.actions},
        "rows": [
            {
                "actions": [action.name for action in row.actions],
                "words": row.words,
                "group": row.group,
                "when": row.when,
                "footer": row.footer,
                "rank": row.rank,
                "typing": row.typing,
                "otherwise": row.otherwise,
            }
            for row in rows
        ],
    }
