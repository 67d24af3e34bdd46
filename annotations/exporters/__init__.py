"""What leaves: `dataset` is the one query, each format a file; `FORMATS` lists them for the API and the docs."""

from __future__ import annotations

from typing import Final

from annotations.exporters.brat import BRAT
from annotations.exporters.checked.averitec import AVERITEC
from annotations.exporters.checked.claimreview import CLAIMREVIEW
from annotations.exporters.checked.claims import CLAIMS
from annotations.exporters.checked.fever import FEVER
from annotations.exporters.doccano import DOCCANO
from annotations.exporters.format import Format
from annotations.exporters.jsonl import JSONL
from annotations.exporters.labelstudio import LABELSTUDIO
from annotations.exporters.tables.csv import CSV
from annotations.exporters.tables.parquet import PARQUET
from annotations.exporters.uima import UIMA
from annotations.exporters.webannotation import WEBANNOTATION

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
