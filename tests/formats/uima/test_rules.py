"""What leaves for INCEpTION is well-formed XML and what its import takes, read with lxml and cassis."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree

from annotations.models import Span
from tests.formats.rich import make_apart, make_rich
from tests.formats.uima.exported import archive, cases

pytestmark = pytest.mark.django_db(transaction=True)

XMI = "{http://www.omg.org/XMI}id"


@pytest.mark.parametrize("make", [make_rich, make_apart])
def test_every_file_is_xml_with_ids_of_its_own(transactional_db: None, make: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(archive(make()))) as files:
        trees = {name: etree.fromstring(files.read(name)) for name in files.namelist()}

    assert "TypeSystem.xml" in trees
    for name, tree in trees.items():
        ids = [one.get(XMI) for one in tree.iter() if one.get(XMI)]
        assert len(set(ids)) == len(ids), name


@pytest.mark.parametrize("make", [make_rich, make_apart])
def test_every_annotation_lies_in_the_text_and_covers_something(transactional_db: None, make: Any) -> None:
    for case in cases(archive(make())):
        for one in case.select("uima.tcas.Annotation"):
            assert 0 <= one.begin < one.end <= len(case.sofa_string), one.type.name
        sentences = sorted(case.select("Sentence"), key=lambda one: one.begin)
        assert all(first.end <= second.begin for first, second in pairwise(sentences))


def test_spans_cover_what_they_are(transactional_db: None) -> None:
    told = {}
    for case in cases(archive(make_rich())):
        parts: dict[str, list[Any]] = {}
        for part in case.select("webanno.custom.Part"):
            if not part.field:
                parts.setdefault(part.span, []).append(part)
        for layer in ("Claim", "Attribution", "Fact"):
            for one in case.select(f"webanno.custom.{layer}"):
                pieces = sorted(parts.get(one.identifier, [one]), key=lambda piece: piece.begin)
                told[one.identifier] = " … ".join(piece.get_covered_text() for piece in pieces)
    # XML 1.0 has no vertical tab and no form feed.
    assert told == {str(span.pk): re.sub("[\x0b\x0c]", "\ufffd", span.quote) for span in Span.objects.all()}


def test_relations_join_two_annotations_and_lie_on_the_second(transactional_db: None) -> None:
    links = [one for case in cases(archive(make_rich())) for one in case.select("webanno.custom.Link")]

    assert len(links) == 12
    assert all((one.begin, one.end) == (one.Dependent.begin, one.Dependent.end) for one in links)
    assert all(one.Governor.xmiID != one.Dependent.xmiID for one in links)
