"""The files of WebAnno and INCEpTION: each comes in, or is refused for a reason that is true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.formats.reading.sources import Source, opened
from annotations.formats.registry import IMPORTERS
from annotations.formats.webannotsv.reader import read, recognises
from tests.formats.given import file

SUITE = "import-inception/inception/inception-io-webanno-tsv/src/test/resources"
CHOSEN = dict.fromkeys(("Relation", "SimpleRelation", "ComplexRelation", "p1", "p2", "links"), "corroborates")
EDGES = ("testAnnotationWith", "testZeroWidthAnnotationBeyondLastToken")
"""Cases whose annotations or texts begin or end with space, which TSV does not keep."""


def source(folder: Path) -> Source:
    found = sorted(one for one in folder.rglob("*") if one.is_file())
    return opened([file(one.read_bytes(), str(one.relative_to(folder))) for one in found])


def by_folder(documents: list[ArticleRecord]) -> dict[str, ArticleRecord]:
    return {one.file.split("/")[-2]: one for one in documents if not one.file.split("/")[-2].startswith(EDGES)}


def documents(name: str, folder: Path) -> list[ArticleRecord]:
    token = {"de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token": "fact"}
    items = IMPORTERS[name].read(source(folder), Options(types={**CHOSEN, **token}))
    return [item for item in items if isinstance(item, ArticleRecord)]


def spans(document: ArticleRecord) -> list[tuple[list[tuple[int, int]], str]]:
    return sorted((span.fragments, span.fields.get("value", "")) for span in document.spans)


def links(document: ArticleRecord) -> Counter[tuple[str, str, str]]:
    at = {span.key: str(span.fragments) for span in document.spans}
    return Counter((link.relation, at[link.source], at[link.target]) for link in document.links)


def test_what_lies_in_both_formats_comes_in_alike(corpora: Path) -> None:
    as_xmi, as_tsv = (by_folder(documents(name, corpora / SUITE)) for name in ("uima", "webannotsv"))

    assert len(as_xmi) == 68
    for name, document in as_xmi.items():
        assert (name, as_tsv[name].text) == (name, document.text)
        assert (name, spans(as_tsv[name])) == (name, spans(document))
        assert (name, links(as_tsv[name])) == (name, links(document))
    assert sum(len(one.links) for one in as_tsv.values()) >= 38


def test_every_file_of_inception_comes_in_or_is_of_an_old_version(corpora: Path) -> None:
    folder = corpora / "import-inception/inception"
    everything = source(folder)
    items = list(read(everything, Options()))

    refused = Counter(item.code for item in items if isinstance(item, Refusal) and item.file.endswith(".tsv"))
    new = [one for one in everything.with_extension(".tsv") if one.head().startswith(b"#FORMAT=WebAnno TSV 3")]
    old = len(list(everything.with_extension(".tsv"))) - len(new)
    assert {item.file for item in items if isinstance(item, ArticleRecord)} == {one.path for one in new}
    assert refused["old_webannotsv"] == old == 27
    known = {"type_left_out", "relation_unknown", "zero_length", "chain"}
    assert set(refused) - {"old_webannotsv"} == known


@pytest.mark.parametrize("name", ["annotation project_3_6_1", "correction project_3_4_8", "correction project_3_6_1"])
def test_a_project_of_webanno_brings_what_it_has_as_tsv(corpora: Path, name: str) -> None:
    [path] = (corpora / "import-webanno").rglob(f"*{name.replace(' ', '+')}.zip")
    project = opened([file(path.read_bytes(), path.name)])

    items = list(read(project, Options()))

    [document] = [item for item in items if isinstance(item, ArticleRecord)]
    codes = {item.code for item in items if isinstance(item, Refusal)}
    assert recognises(project)
    assert (document.text, document.metadata["title"]) == ("This is an example sentence.", "example_sentence.txt")
    assert codes == {"type_left_out", "java_serialized", "not_read"}
