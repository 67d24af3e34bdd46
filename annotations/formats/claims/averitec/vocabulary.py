"""The words of the AVeriTeC dataset, and what they are here: the same on the way in and on the way out."""

from __future__ import annotations

import json
import re
from typing import Final

from annotations.formats.claims.ratings import FourWay

LABELS: Final = {
    FourWay.SUPPORTED: "Supported",
    FourWay.REFUTED: "Refuted",
    FourWay.NOT_ENOUGH: "Not Enough Evidence",
    FourWay.CONFLICTING: "Conflicting Evidence/Cherrypicking",
}
CLAIM_TYPES: Final = {
    "event": "Event/Property Claim",
    "numerical": "Numerical Claim",
    "quotation": "Quote Verification",
    "position": "Position Statement",
    "causal": "Causal Claim",
}
NO_ANSWER: Final = "No answer could be found."
"""What the answer is where there is none; its type is then Unanswerable."""

BETWEEN: Final = "; "
"""What stands between several values in one field of text."""

UNANSWERABLE: Final = "Unanswerable"
LEFT_OUT: Final = ("cached_source_url", "boolean_explanation")
"""What an answer is written without where it has none; everything else is written as null or empty."""


_TEXT: Final = r'"(?:[^"\\\x01-\x1f]|\\["\\/bfnrt]|\\u00(?:0[1-9a-f]|1[0-9a-f]))*"'
_PLAIN: Final = rf"(?:null|true|false|0|-?[1-9][0-9]{{0,14}}|{_TEXT})"
_LIST: Final = rf"\[(?:{_PLAIN}(?:, {_PLAIN})*)?\]"
_OBJECT: Final = rf"\{{(?:{_TEXT}: {_PLAIN}(?:, {_TEXT}: {_PLAIN})*)?\}}"
LINE: Final = rf"^\[{_TEXT}(?:, (?:{_PLAIN}|{_LIST}|{_OBJECT})){{1,2}}\]$"
"""A line of that field, to Python and to PostgreSQL alike. One that somebody has broken counts for nothing."""


def kept_line(name: str, own: object, *was: object) -> str | None:
    """A line of the field; None where it cannot hold the value."""
    line = json.dumps([name, own, *was], ensure_ascii=False)
    return line if re.fullmatch(LINE, line) else None
