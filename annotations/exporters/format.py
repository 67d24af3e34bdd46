"""What an export format is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotations.exporters.dataset import Selection


@dataclass(frozen=True, slots=True)
class Format:
    """A format whose every line PostgreSQL builds: `statement` is a query of one text column, a line a row."""

    name: str
    media_type: str
    extension: str
    carries: str
    """What it holds and what it cannot, for the documentation."""
    statement: Callable[[Selection], str]
