"""Naughty strings and broken files that others collected, where CORPORA says they lie."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("CORPORA") or "no-corpora")

needs_corpora = pytest.mark.skipif(
    not (FOLDER / "nasties").is_dir(), reason="CORPORA names no folder with the corpora nasties and blns"
)


def naughty_strings() -> list[str]:
    """The Big List of Naughty Strings."""
    strings: list[str] = json.loads((FOLDER / "blns" / "blns.json").read_bytes())
    return strings


def json_files(pattern: str) -> list[bytes]:
    """The files of JSONTestSuite whose names fit: `n_…` must be refused, `y_…` are good, on `i_…` opinions differ."""
    found = sorted((FOLDER / "nasties" / "JSONTestSuite").glob(f"test_*/{pattern}"))
    return [path.read_bytes() for path in found]


def utf8_lines(kind: str) -> list[bytes]:
    """The byte sequences of utf8tests that are `valid` or `invalid`."""
    lines = (FOLDER / "nasties" / "utf8tests" / "utf8tests.bin").read_bytes().split(b"\n")
    parts = [line.split(b":", 2) for line in lines]
    return [part[2] for part in parts if len(part) == 3 and part[1] == kind.encode()]


def grapheme_texts() -> list[str]:
    """The texts of Unicode's own test of grapheme boundaries."""
    cases = json.loads((FOLDER / "nasties" / "grapheme_break_test.json").read_bytes())
    return [case["text"] for case in cases]
