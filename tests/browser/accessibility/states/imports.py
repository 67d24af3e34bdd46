"""Imports in every state. What is proposed is there with its files, since its page reads them."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any, Final
from unittest import mock
from uuid import UUID

from django.utils import timezone

from annotations.bounded import Process
from annotations.imports.preview import Preview
from annotations.imports.proposal import make_preview
from annotations.imports.uploads import receive
from annotations.jobs.imports import preview_of
from annotations.models import AddressFetch, Article, Import, Project, ReportedItem, User

BRAT: Final = (
    "T1\tClaim 0 13\tThe dam broke\nT2\tPremise 15 41\tEngineers had warned of it\n"
    "R1\tSupport Arg1:T2 Arg2:T1\nT3\tPremise 90 95\tnever\n"
)
CLAIMS: Final = (
    "claim,evidence,label\nThe ferry sank.,It sank at noon.,SUPPORTS\nThe ferry is old.,It was built in 1950.,mixed\n"
)
SPANS: Final = "doc,type,quote,speaker,mood\nd1,Claim,The ferry sank,The captain,calm\n"
MAPPING: Final = {
    "files": {
        "claims.csv": {
            "table": "claims",
            "columns": {"claim": "claim", "evidence": "evidence", "relation": "label"},
            "values": {"relation": {"SUPPORTS": "corroborates"}},
        },
        "spans.csv": {"table": "spans", "columns": {"label": "type", "quote": "quote"}, "fields": ["speaker"]},
    }
}
"""One table whose mapping is complete, and one in which a column is missing."""


WAITING, REFUSED = "https://news.example.org/harbour", "https://news.example.org/gone"
"""Addresses that were given."""


def make_imports(project: Project, by: User) -> dict[str, Import]:
    """An import in each state, by what it is called in the table of pages."""
    known = Article.objects.filter(project=project).earliest("created_at").body
    sent = {
        "proposed": {
            "ann/dam.txt": "The dam broke. Engineers had warned of it.",
            "ann/dam.ann": BRAT,
            "known.txt": known,
            "known.ann": "",
        },
        "unknown": {"picture.bin": "\0\1\2"},
        "table": {"claims.csv": CLAIMS, "spans.csv": SPANS},
        "single": {"ferry.txt": "A ferry sank\nIt sank at noon, they said.\nNo comments:\n"},
    }
    imports = {
        name: receive(project, by, [(path, io.BytesIO(content.encode())) for path, content in files.items()])
        for name, files in sent.items()
    }
    imports["table"].format, imports["table"].options = "table", MAPPING
    imports["table"].save()
    for one in imports.values():
        asked = preview_of(one)
        with mock.patch.object(Process, "is_within", new=True):
            make_preview(one.pk, asked.key)
    imports["reading"] = receive(project, by, [("harbour.txt", io.BytesIO(b"The harbour froze."))])
    imports["too large"] = receive(project, by, [("harbour.html", io.BytesIO(b"<p>The harbour froze."))])
    asked = preview_of(imports["too large"])
    asked.seen, asked.failure = Preview(format="html").as_json(), "OutOfTime"
    asked.save()
    AddressFetch.objects.create(project=project, by=by, address=WAITING)
    refused = "The server answered with status 404 instead of 200."
    AddressFetch.objects.create(project=project, by=by, address=REFUSED, refused=refused)
    begun = timezone.now() - timedelta(minutes=2)
    states: dict[str, dict[str, Any]] = {
        "waiting": {},
        "running": {"done": 120, "total": 400, "articles": 118, "spans": 930, "refused": 2, "started_at": begun},
        "done": {"done": 3, "total": 3, "articles": 2, "known": 1, "spans": 12, "refused": 2},
        "failed": {"failure": "It failed too many times. Ask an administrator to check the worker log."},
    }
    for state, values in states.items():
        imports[state] = Import.objects.create(project=project, by=by, format="brat", state=state, **values)
        imports[state].files.create(position=0, name="corpus.zip", size=2_000_000, sha256="", stored="none")
    for number, name in enumerate(("Ann", "")):
        imports["done"].people.create(key=UUID(int=number), name=name, user=by, spans=6)
    for place in ("line 3", "line 90"):
        ReportedItem.objects.create(
            of=imports["done"], file="ann/dam.ann", place=place, code="quote_mismatch",
            detail="The quote is not the text at these offsets.",
        )  # fmt: skip
    return imports
