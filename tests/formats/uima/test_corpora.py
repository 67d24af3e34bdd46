"""Every UIMA file of others comes in, or is refused for a reason that is true."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from annotations.formats.reading.records import ArticleRecord, Options, Refusal
from annotations.formats.reading.sources import opened
from annotations.formats.uima.reader import read, recognises
from tests.formats.given import file

SUITE = "import-inception/inception/inception-io-webanno-tsv/src/test/resources"
XMI_ID = "{http://www.omg.org/XMI}id"


def everything(folder: Path) -> list[object]:
    """What comes in of all files of a folder, and what is refused."""
    found = sorted(one for one in folder.rglob("*") if one.is_file())
    source = opened([file(one.read_bytes(), str(one.relative_to(folder))) for one in found])
    assert recognises(source)
    return list(read(source, Options()))


def documents(items: list[object]) -> list[ArticleRecord]:
    return [item for item in items if isinstance(item, ArticleRecord)]


def codes(items: list[object]) -> Counter[str]:
    return Counter(item.code for item in items if isinstance(item, Refusal))


def test_every_xmi_of_the_webanno_suite_comes_in(corpora: Path) -> None:
    items = everything(corpora / SUITE)

    came = documents(items)
    assert len(came) == len(list((corpora / SUITE).rglob("*.xmi"))) == 73
    assert sum(len(one.spans) for one in came) == 179
    assert set(codes(items)) == {
        "type_left_out",
        "relation_unknown",
        "zero_length",
        "chain",
        "feature_left_out",
        "not_read",
    }


def covered(xmi: Path) -> dict[str, str]:
    """What each annotation of an XMI covers, by its id: UTF-16 units, counted here and by nobody else."""
    root = ElementTree.fromstring(xmi.read_bytes())  # noqa: S314 - a corpus
    text = next(one.attrib["sofaString"] for one in root if "sofaString" in one.attrib).encode("utf-16-le")
    found = {}
    for one in (one.attrib for one in root if "begin" in one.attrib):
        found[one[XMI_ID]] = text[2 * int(one["begin"]) : 2 * int(one["end"])].decode("utf-16-le")
    return found


def test_all_spans_of_the_suite_are_where_the_file_says(corpora: Path) -> None:
    for one in documents(everything(corpora / SUITE)):
        by_id = covered(corpora / SUITE / one.file)
        for span in one.spans:
            [(start, end)] = span.fragments
            assert one.text[start:end] == by_id[span.location.split()[-1]]


def test_the_emoji_of_the_suite_is_one_character(corpora: Path) -> None:
    [emoji] = [one for one in documents(everything(corpora / SUITE)) if "testSentenceWithEmoji" in one.file]

    assert [emoji.text[start:end] for span in emoji.spans for start, end in span.fragments] == ["😊"]


def test_the_relations_of_the_suite_come_in_once_they_are_chosen(corpora: Path) -> None:
    found = sorted((corpora / SUITE).rglob("*"))
    source = opened([file(one.read_bytes(), str(one.relative_to(corpora / SUITE))) for one in found if one.is_file()])
    token = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
    chosen = dict.fromkeys(("Relation", "SimpleRelation", "ComplexRelation"), "corroborates")

    items: list[object] = list(read(source, Options(types={**chosen, token: "fact"})))

    links = [link for one in documents(items) for link in one.links]
    assert (len(links), "end_missing" in codes(items)) == (15, False)


def test_what_else_lies_beside_is_refused_by_name(corpora: Path) -> None:
    items = everything(corpora / "import-inception/inception")

    counted = codes(items)
    assert (len(documents(items)), counted["old_json"], counted["java_serialized"]) == (79, 1, 3)
