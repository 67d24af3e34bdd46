"""How texts come in: one format a file, from what somebody has to what the models take."""

from __future__ import annotations

from typing import Final

from annotations.importers.importer import Importer
from annotations.importers.sources import Source

IMPORTERS: Final[dict[str, Importer]] = {}
"""Every format that comes in, the most particular first: that is the order in which they are recognised."""


def recognised(source: Source) -> Importer | None:
    """The format that the files look like, or None."""
    return next((importer for importer in IMPORTERS.values() if importer.recognises(source)), None)
