"""How texts come in: one format a file, from what somebody has to what the models take."""

from __future__ import annotations

from collections import Counter
from typing import Final

from annotations.importers.brat import BRAT
from annotations.importers.checked.averitec import AVERITEC
from annotations.importers.checked.claimreview import CLAIMREVIEW
from annotations.importers.doccano import DOCCANO
from annotations.importers.importer import Importer
from annotations.importers.jsonl import JSONL
from annotations.importers.labelstudio import LABELSTUDIO
from annotations.importers.pages.html import HTML
from annotations.importers.pages.txt import TXT
from annotations.importers.pages.url import URL
from annotations.importers.sources import Source
from annotations.importers.strays import plausible, sample
from annotations.importers.tables.csv import CSV
from annotations.importers.tables.parquet import PARQUET
from annotations.importers.tables.table import TABLE
from annotations.importers.uima import UIMA
from annotations.importers.webannotation import WEBANNOTATION
from annotations.importers.webannotsv import WEBANNOTSV

IMPORTERS: Final[dict[str, Importer]] = {
    one.name: one
    for one in (
        WEBANNOTATION,
        LABELSTUDIO,
        JSONL,
        AVERITEC,
        CLAIMREVIEW,
        DOCCANO,
        BRAT,
        UIMA,
        WEBANNOTSV,
        PARQUET,
        CSV,
        TABLE,
        HTML,
        URL,
        TXT,
    )
}
"""Every format that comes in, the most particular first: that is the order in which they are recognised."""


def recognised(source: Source) -> Importer | None:
    """The format that the files look like, or None: of all, of all but strays, or of more than half by themselves.

    Where none has so many, plain texts are taken for what accompanies the others.
    """
    if importer := _recognised(source) or _recognised(others := plausible(source)):
        return importer
    each = [found.name if (found := _recognised(Source([file]))) else "" for file in sample(others)]
    for names in (each, [name for name in each if name != TXT.name]):
        for name, number in Counter(names).most_common(1):
            if name and number * 2 > len(names):
                return IMPORTERS[name]
    return None


def _recognised(source: Source) -> Importer | None:
    return next((importer for importer in IMPORTERS.values() if importer.recognises(source)), None)
