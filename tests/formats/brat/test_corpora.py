"""Corpora in brat that others made come in and go out again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.formats.brat.by_hand import on_disk, read, there_and_back

INCEPTION = "import-inception/inception/inception-io-brat/src/test/resources/corpora"
FOLDERS = ("abstrct/AbstRCT_corpus", f"{INCEPTION}/NCBI-disease", f"{INCEPTION}/TDT", f"{INCEPTION}/CoNLL-ST_2006")


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_came_in_goes_out_again_line_for_line(corpora: Path, folder: str) -> None:
    source = on_disk(corpora / folder, "*.txt", "*.ann")

    files = list(there_and_back(source))

    assert len(files) == len(list(source.with_extension(".ann"))) > 5
    assert [path for path, was, now in files if was != now] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_quote_is_what_the_offsets_select(corpora: Path, folder: str) -> None:
    documents, _ = read(on_disk(corpora / folder, "*.txt", "*.ann"))

    for document in documents:
        for span in document.spans:
            assert span.quote == " … ".join(document.text[start:end] for start, end in span.fragments)


def test_claims_and_premises_come_with_their_relations(corpora: Path) -> None:
    documents, refused = read(on_disk(corpora / "abstrct/AbstRCT_corpus", "*.*"))

    labels = Counter(span.label for document in documents for span in document.spans)
    relations = Counter(link.relation for document in documents for link in document.links)
    assert labels == {"claim": 118, "fact": 258}
    assert relations == {"corroborates": 172, "contradicts": 21}
    assert {refusal.code for refusal in refused} == {"kept_in_field", "not_read"}
    assert {refusal.file for refusal in refused if refusal.code == "not_read"} == {"data/annotation.conf"}


def test_a_byte_order_mark_counts_where_the_quotes_say_so(corpora: Path) -> None:
    documents, _ = read(on_disk(corpora / "abstrct/AbstRCT_corpus", "*.txt", "*.ann"))

    marked = [document for document in documents if (document.source or b"").startswith(b"\xef\xbb\xbf")]

    assert marked
    assert all(document.text.startswith("\ufeff") for document in marked)


def test_relations_that_nothing_names_are_told_once_and_kept(corpora: Path) -> None:
    documents, refused = read(on_disk(corpora / f"{INCEPTION}/CoNLL-ST_2006", "*.*"))

    told = [refusal.detail.partition(":")[0] for refusal in refused if refusal.code == "kept_in_field"]
    assert len(told) == len(set(told)) > 20
    assert all(span.fields["imported_type"] for document in documents for span in document.spans)
