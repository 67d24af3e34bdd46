"""How texts come in: one format a file, from what somebody has to what the models take."""

from __future__ import annotations

from collections import Counter
from typing import Final

from annotations.formats.brat.reader import BRAT
from annotations.formats.claims.averitec.reader import AVERITEC
from annotations.formats.claims.claimreview.reader import CLAIMREVIEW
from annotations.formats.doccano.reader import DOCCANO
from annotations.formats.jsonl.reader import JSONL
from annotations.formats.labelstudio.reader import LABELSTUDIO
from annotations.formats.pages.html import HTML
from annotations.formats.pages.txt import TXT
from annotations.formats.pages.url import URL
from annotations.formats.reading.importer import Importer
from annotations.formats.reading.sources import Source
from annotations.formats.reading.unread_files import plausible, sample
from annotations.formats.tables.reading.csv import CSV
from annotations.formats.tables.reading.parquet import PARQUET
from annotations.formats.tables.reading.table import TABLE
from annotations.formats.uima.reader import UIMA
from annotations.formats.webannotation.reader import WEBANNOTATION
from annotations.formats.webannotsv.reader import WEBANNOTSV

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
