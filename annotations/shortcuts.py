"""Keyboard shortcuts: what each key does by default, and what it does for somebody with keys of their own.

Pure functions over plain values. A person's own keys are ``{action: key | null}``: an action that is not in it keeps
its default keys, null leaves it without one. A key is written as in ``Ctrl+Shift+z``: `Ctrl`, `Alt` and `Shift`
in this order, then a character, letters small, or the name of a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

Text = str | Promise
"""A text in the language of whoever reads it."""

SCREENS: Final[Mapping[str, Text]] = {
    "workbench": _("Workbench"),
    "review": _("Review"),
    "map": _("Evidence map"),
}

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
    words: Text
    group: Text
    at: frozenset[str]
    screen: str


@dataclass(frozen=True)
class Row:
    """A line of a screen's list of shortcuts: actions that belong together, and when they do something."""

    actions: tuple[KeyAction, ...]
    words: Text
    group: Text
    when: tuple[str, ...] = ()
    """Conditions that must hold; without any, always."""
    footer: tuple[str, ...] | None = None
    """Further conditions, under which the footer shows the row; None where it never does."""
    rank: int = 3
    """The lower, the further ahead in the footer, which has no room for all."""
    typing: bool = False
    """Whether the keys work while somebody types, too."""
    otherwise: tuple[str, Text] | None = None
    """A condition, and another text while it holds."""
    screen: str = "workbench"


def _row(  # noqa: PLR0913 - each is one thing to say of a row
    group: Text,
    *actions: tuple[str, str, Text],
    words: Text = "",
    when: str = "",
    footer: str | None = None,
    rank: int = 3,
    typing: bool = False,
    otherwise: tuple[str, Text] | None = None,
    screen: str = "workbench",
) -> Row:
    """A row of actions, each as (name, keys, text). Names of conditions and keys are separated by spaces."""
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
    _row(_("Labels"), ("markClaim", "1", _("Claim")), when="reading", footer="asClaim", rank=2),
    _row(_("Labels"), ("markAttribution", "2", _("Attribution")), when="reading", footer="asAttribution", rank=2),
    _row(_("Labels"), ("markFact", "3", _("Fact")), when="reading", footer="asFact", rank=2),
    _row(
        _("Navigation"),
        ("nextSentence", "j", _("Next sentence")),
        ("previousSentence", "k", _("Previous sentence")),
        words=_("Sentences"),
        footer="notSelecting notInVerdict",
    ),
    _row(
        _("Navigation"),
        ("extendSentence", "Shift+j", _("Extend by a sentence")),
        ("shrinkSentence", "Shift+k", _("Shrink by a sentence")),
        footer="selecting notInVerdict",
    ),
    _row(
        _("Navigation"),
        ("nextParagraph", "Ctrl+ArrowDown", _("Next paragraph")),
        ("previousParagraph", "Ctrl+ArrowUp", _("Previous paragraph")),
        words=_("Paragraphs"),
    ),
    _row(
        _("Navigation"),
        ("extendParagraph", "Ctrl+Shift+ArrowDown", _("Extend by a paragraph")),
        ("shrinkParagraph", "Ctrl+Shift+ArrowUp", _("Shrink by a paragraph")),
    ),
    _row(
        _("Navigation"),
        ("wordLeft", "ArrowLeft", _("Word to the left")),
        ("wordRight", "ArrowRight", _("Word to the right")),
        words=_("Words"),
        footer="selecting notInVerdict",
    ),
    _row(
        _("Navigation"),
        ("extendLeft", "Shift+ArrowLeft", _("Extend left by a word")),
        ("extendRight", "Shift+ArrowRight", _("Extend right by a word")),
        words=_("Extend by a word"),
        footer="selecting notInVerdict",
    ),
    _row(
        _("Navigation"),
        ("extendBack", "Ctrl+Shift+ArrowLeft", _("Extend left by a character")),
        ("extendOn", "Ctrl+Shift+ArrowRight", _("Extend right by a character")),
        words=_("Extend by a character"),
    ),
    _row(
        _("Navigation"),
        ("nextSpan", "n", _("Next span")),
        ("previousSpan", "p", _("Previous span")),
        words=_("Spans"),
        footer="notSelecting notInVerdict",
    ),
    _row(
        _("Navigation"),
        ("chooseStacked", "s", _("Overlapping spans")),
        when="notPicking stacked",
        footer="reading notSelecting",
        rank=4,
    ),
    _row(
        _("Navigation"),
        ("listSpans", "l", _("All spans")),
        when="notPicking",
        footer="reading notSelecting noSpan",
        rank=5,
    ),
    _row(
        _("Navigation"),
        ("nextPane", "F6", _("Next pane")),
        ("previousPane", "Shift+F6", _("Previous pane")),
        words=_("Next or previous pane"),
        typing=True,
    ),
    _row(
        _("Navigation"),
        ("letGo", "Escape", _("Deselect")),
        otherwise=("picking", _("Cancel")),
        footer="selectingOrPicking",
        typing=True,
    ),
    _row(
        _("Editing"),
        ("endLeft", "Alt+ArrowLeft", _("Move the end left by a word")),
        ("endRight", "Alt+ArrowRight", _("Move the end right by a word")),
        words=_("Move the end"),
        when="reading selectionOrSpan",
        footer="selecting",
    ),
    _row(
        _("Editing"),
        ("startLeft", "Alt+Shift+ArrowLeft", _("Move the start left by a word")),
        ("startRight", "Alt+Shift+ArrowRight", _("Move the start right by a word")),
        words=_("Move the start"),
        when="reading selectionOrSpan",
        footer="selecting",
    ),
    _row(
        _("Editing"),
        ("endBack", ",", _("Move the end left by a character")),
        ("endOn", ".", _("Move the end right by a character")),
        words=_("Move the end by a character"),
        when="reading selectionOrSpan",
    ),
    _row(
        _("Editing"),
        ("startBack", "<", _("Move the start left by a character")),
        ("startOn", ">", _("Move the start right by a character")),
        words=_("Move the start by a character"),
        when="reading selectionOrSpan",
    ),
    _row(
        _("Editing"),
        ("joinSelection", "g", _("Add the selection to the span")),
        words=_("Add to span"),
        when="reading selecting span",
        footer="mayChange",
        rank=2,
    ),
    _row(
        _("Editing"),
        ("nextPart", "f", _("Next fragment")),
        ("previousPart", "Shift+f", _("Previous fragment")),
        words=_("Fragments"),
        when="reading severalFragments",
        footer="notSelecting mayChange",
        rank=2,
    ),
    _row(
        _("Editing"),
        ("removePart", "Shift+Delete Shift+Backspace", _("Remove the fragment")),
        when="reading notSelecting severalFragments",
    ),
    _row(
        _("Editing"),
        ("editFields", "e", _("Edit fields")),
        when="reading span",
        footer="notSelecting mayChange notClaim",
        rank=2,
    ),
    _row(_("Editing"), ("remove", "Delete Backspace", _("Delete the span")), when="reading notSelecting span"),
    _row(
        _("Links"),
        ("corroborates", "c", _("Corroborates")),
        when="reading span",
        footer="mayLink notAttribution",
        rank=1,
    ),
    _row(
        _("Links"),
        ("contradicts", "x", _("Contradicts")),
        when="reading span",
        footer="mayLink notAttribution",
        rank=1,
    ),
    _row(
        _("Links"),
        ("attributes", "a", _("Add source or link to statement")),
        words=_("Add source"),
        otherwise=("attribution", _("Link to statement")),
        when="reading span",
        footer="mayLink",
        rank=1,
    ),
    _row(_("Links"), ("restates", "r", _("Link to original claim")), when="reading claim"),
    _row(_("Links"), ("confirmPick", "Enter", _("Select")), when="picking", footer="", rank=0),
    _row(
        _("Evidence"),
        ("search", "/", _("Search for evidence")),
        when="searchable",
        footer="reading notSelecting claim",
    ),
    _row(_("Verdicts"), ("goToVerdict", "v", _("Go to verdict")), when="reading claim", footer="notSelecting", rank=1),
    _row(
        _("Verdicts"),
        *((f"rate{n}", str(n), format_lazy(_("Rating {position}"), position=n)) for n in range(1, 10)),
        words=_("Rate"),
        when="inVerdict mayJudge",
        footer="",
        rank=0,
    ),
    _row(
        _("Verdicts"),
        ("submitVerdict", "Ctrl+Enter", _("Submit")),
        when="claim mayJudge",
        footer="inVerdict",
        typing=True,
        rank=0,
    ),
    _row(
        _("Comments"),
        ("comment", "m", _("Comment")),
        otherwise=("noSpan", _("Comment on the article")),
        when="reading",
        footer="notSelecting mayComment span",
        rank=6,
    ),
    _row(_("General"), ("undo", "Ctrl+z", _("Undo")), footer="reading notSelecting noSpan mayMark", rank=5),
    _row(_("General"), ("redo", "Ctrl+Shift+z Ctrl+y", _("Redo"))),
    _row(_("General"), ("showKeys", "?", _("All shortcuts"))),
    _row(_("Review"), ("approve", "y", _("Approve and go to the next")), screen="review"),
    _row(_("Review"), ("giveReason", "r", _("Return or reopen: enter a reason, then press Enter")), screen="review"),
    _row(
        _("Review"),
        ("nextInQueue", "j", _("Next in the queue")),
        ("previousInQueue", "k", _("Previous in the queue")),
        words=_("Next or previous in the queue"),
        screen="review",
    ),
    _row(_("Review"), ("openClaim", "o", _("Open the claim in the workbench")), screen="review"),
    _row(_("Review"), ("searchOthers", "/", _("Search the other articles")), screen="review"),
    _row(_("Review"), ("showReviewKeys", "?", _("All shortcuts")), screen="review"),
    _row(
        _("Navigation"),
        ("nextMark", "n", _("Next span")),
        ("previousMark", "p", _("Previous span")),
        words=_("Spans"),
        screen="map",
    ),
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
