"""What goes out as `uima` comes in as it was."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from annotations.formats.export_registry import FORMATS
from annotations.formats.reading.records import ArticleRecord, Options
from annotations.formats.reading.sources import opened
from annotations.formats.registry import IMPORTERS, recognised
from annotations.formats.writing.selection import Selection
from annotations.formats.writing.streaming import connection_parameters, snapshot, written
from annotations.models import Article, Project, User, Verdict
from tests.cast import Cast, make_article, make_cast, make_link, make_span, make_supported
from tests.formats.exports import export
from tests.formats.given import file
from tests.formats.uima.compared import came_in, went_out
from tests.formats.uima.exported import archive

pytestmark = pytest.mark.django_db(transaction=True)


def came_back(content: bytes) -> list[ArticleRecord]:
    """All documents of an archive; nothing is refused."""
    source = opened([file(content, "export.uima.zip")])
    assert recognised(source) is IMPORTERS["uima"]
    items = list(IMPORTERS["uima"].read(source, Options()))
    documents = [item for item in items if isinstance(item, ArticleRecord)]
    assert documents == items
    return documents


def tangled() -> Cast:
    """A project with fragments, all kinds of fields, a link across articles and evidence sets."""
    cast = make_cast()
    kinds = [("sure", "flag"), ("size", "number"), ("type", "text"), ("note", "text"), ("seen", "passage")]
    cast.project.label_fields["fact"] += [{"key": key, "name": key.title(), "kind": kind} for key, kind in kinds]
    cast.project.save()
    claim, _, link, verdict = make_supported(cast)
    text = "Anderswo 👩‍👩‍👧: Risse,\tsagt e\u0301r.\nالجسر آمن"
    other = make_article(cast.project, text, title="Über\n 😀", language="de")
    values = {"sure": False, "size": 0.1, "type": 'a "b"\n\tc', "note": "", "reference": None, "seen": seen(other)}
    fragments = [[9, 14], [16, 21]]
    far = make_span(cast.annotator2, other, label="fact", fragments=fragments, fields=values, note="né\n😀")
    second = make_link(cast.annotator2, far, claim, "contradicts", note="far")
    asked = {"question": "Sure?", "answer": "", "links": [link.pk, second.pk]}
    sets: Any = [asked, {"question": None, "answer": None, "links": [link.pk]}]
    verdict.change(by=cast.annotator, from_version=1, evidence_sets=sets, rationale="<&>", confidence=0.7)
    return cast


def seen(article: Article) -> dict[str, Any]:
    """A span of a text as a field holds it."""
    return {"start": 0, "end": 12, "quote": article.body[:12]}


def test_spans_links_and_verdicts_come_back_as_they_were(transactional_db: None) -> None:
    cast = tangled()

    documents = came_back(archive(cast))

    assert [came_in(one) for one in documents] == [went_out(one) for one in export(cast, state="any")]


def test_fields_that_a_project_lacks_are_declared_as_they_were(transactional_db: None) -> None:
    documents = came_back(archive(tangled()))

    declared = {one["key"]: one["kind"] for document in documents for one in document.fields.get("fact", [])}
    assert declared == {"sure": "flag", "size": "number", "type": "text", "note": "text", "seen": "passage"}


def test_the_seeds_come_back_as_they_were(transactional_db: None) -> None:
    call_command("loadseeds", accounts=True, stdout=StringIO())
    manager = User.objects.get(email="manager@example.org")
    everything = Selection(project=Project.objects.get(), user=manager, states=tuple(Verdict.State))

    with snapshot(connection_parameters()) as reader:
        content = b"".join(written(FORMATS["uima"], everything, reader))
        records = b"".join(written(FORMATS["jsonl"], everything, reader)).splitlines()

    assert [came_in(one) for one in came_back(content)] == [went_out(json.loads(record)) for record in records]


def test_text_that_xml_changed_does_not_pass_for_the_article(transactional_db: None) -> None:
    cast = make_cast()
    article = make_article(cast.project, "A\x0bB.")

    [document] = came_back(archive(cast, article=str(article.pk)))

    assert (document.text, document.id) == ("A\ufffdB.", None)
