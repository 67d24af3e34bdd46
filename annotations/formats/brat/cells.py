"""Cells of the tables beside the documents, which a spreadsheet may open: none of them is a formula."""

from __future__ import annotations

import re
from typing import Final

FORMULA: Final = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def guarded(value: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would run it, or a reader would take one away."""
    return f"'{value}" if FORMULA.match(value) else value


def bare(cell: str) -> str:
    """What was guarded."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
