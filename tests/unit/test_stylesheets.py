"""Style sheets depend on no font that a machine may lack."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = sorted(Path("annotations/static").rglob("*.css"))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_signs_that_fonts_may_lack_are_drawn(sheet: Path) -> None:
    for written in re.findall(r"content:\s*(.*?);", sheet.read_text()):
        assert all(sign < "\u0250" or "\u2010" <= sign <= "\u203a" for sign in written), written
