"""What leaves: `dataset` is the one query, each format a file; `FORMATS` lists them for the API and the docs."""

from __future__ import annotations

from typing import Final

from annotations.formats.brat.writer import BRAT
from annotations.formats.claims.averitec.writer import AVERITEC
from annotations.formats.claims.claimreview.writer import CLAIMREVIEW
from annotations.formats.claims.claims import CLAIMS
from annotations.formats.claims.fever import FEVER
from annotations.formats.doccano.writer import DOCCANO
from annotations.formats.jsonl.writer import JSONL
from annotations.formats.labelstudio.writer import LABELSTUDIO
from annotations.formats.tables.writing.csv import CSV
from annotations.formats.tables.writing.parquet import PARQUET
from annotations.formats.uima.writer import UIMA
from annotations.formats.webannotation.writer import WEBANNOTATION
from annotations.formats.writing.format import Format

FORMATS: Final[dict[str, Format]] = {
    one.name: one
    for one in (
        JSONL,
        CLAIMS,
        CSV,
        PARQUET,
        BRAT,
        UIMA,
        AVERITEC,
        FEVER,
        CLAIMREVIEW,
        DOCCANO,
        LABELSTUDIO,
        WEBANNOTATION,
    )
}
