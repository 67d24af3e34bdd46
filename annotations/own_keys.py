"""Which keys people may choose instead of those of `annotations/shortcuts.py`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.translation import gettext

from annotations.shortcuts import ACTIONS, BY_NAME, SCREENS, KeyAction, keys_of
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


def complaints_about_keys(own: object) -> Iterator[Complaint]:
    """What is wrong with somebody's own keys."""
    if not isinstance(own, dict):
        yield "", "invalid", gettext("Enter an object with a key, or null, for each action that you change.")
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
        return "unknown_action", gettext("There is no such action.")
    if key is None:
        return None
    if not isinstance(key, str) or not _is_notation(key):
        return "invalid", gettext(
            "Enter a key such as j, Shift+j, Ctrl+Enter or Alt+ArrowLeft. Use lower-case letters."
        )
    if key in BROWSERS:
        text = gettext("%(key)s is used by the browser or for copying. Choose another key.")
        return "browsers_own", text % {"key": key}
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
    """What else the action's new key does in the same situation, as a text; empty where the key is free."""
    for key in keys_of(action, own):
        if action.screen == "workbench" and "picking" in action.at and key in NAMES_A_SPAN:
            return gettext("%(key)s enters the number of a span while you add a link.") % {"key": key}
        for other in ACTIONS:
            meets = other is not action and other.screen == action.screen and other.at & action.at
            if meets and key in keys_of(other, own):
                named = {"key": key, "action": other.words, "screen": SCREENS[other.screen], "group": other.group}
                return gettext("%(key)s is already used for “%(action)s” (%(screen)s, %(group)s).") % named
    return ""
