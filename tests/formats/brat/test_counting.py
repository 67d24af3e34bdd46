"""What offsets count where a text has line ends of two characters, or a byte order mark."""

from __future__ import annotations

import re
import time

import pytest

from annotations.formats.brat.reading.offset_units import counted_text
from annotations.formats.reading.records import Refusal
from annotations.models import Project
from tests.cast import make_project, person
from tests.formats.brat.by_hand import folder, read
from tests.formats.brat.test_import import brought
from tests.formats.storing.sent import refusals

TEXT = "The bridge.\r\nIt is safe,\r\nsaid the mayor.\r\nPolice deny it."
UNIX = TEXT.replace("\r\n", "\n")
WORDS = ("bridge", "safe", "mayor", "Police deny it")


def lines(text: str, *words: str, quoted: bool = True) -> str:
    """Text-bounds of these words, with their offsets in a text."""
    found = [(word, text.index(word)) for word in words]
    return "".join(
        f"T{number}\tClaim {start} {start + len(word)}{chr(9) + word if quoted else ''}\n"
        for number, (word, start) in enumerate(found, 1)
    )


def quotes(text: str, annotations: str) -> tuple[list[str], list[Refusal]]:
    """What the spans select, and what is reported; each text fits."""
    [document], refused = read(folder({"doc.txt": text, "doc.ann": annotations}))
    for span in document.spans:
        assert span.quote is None or span.quote == " … ".join(document.text[a:b] for a, b in span.fragments)
    return [" … ".join(document.text[a:b] for a, b in span.fragments) for span in document.spans], refused


@pytest.mark.parametrize(("counted", "number"), [(UNIX, "one character"), (TEXT, "two characters")])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("mark_counts", [False, True])
def test_quotes_show_what_offsets_count(counted: str, number: str, mark: str, *, mark_counts: bool) -> None:
    found, [refusal] = quotes(mark + TEXT, lines(mark * mark_counts + counted, *WORDS))

    assert found == list(WORDS)
    assert (refusal.place, refusal.code, refusal.is_note) == ("", "line_ends_counted", True)
    assert refusal.detail == f"Offsets count each line end (CRLF) as {number}: 4 of 4 quotes match."


def test_each_document_is_counted_by_its_own_quotes() -> None:
    files = {"a.txt": TEXT, "a.ann": lines(UNIX, *WORDS), "b.txt": TEXT, "b.ann": lines(TEXT, *WORDS)}

    documents, refused = read(folder(files))

    assert [span.quote for document in documents for span in document.spans] == [*WORDS, *WORDS]
    assert [(one.file, re.findall("one|two", one.detail)) for one in refused] == [
        ("a.ann", ["one"]),
        ("b.ann", ["two"]),
    ]


def test_a_span_over_a_line_end_comes_in_however_that_is_counted() -> None:
    for counted, words in ((UNIX, "bridge. It is"), (TEXT, "bridge.  It is"), (TEXT, "bridge. It is")):
        start, end = counted.index("bridge"), counted.index("is safe") + 2

        assert quotes(TEXT, f"T1\tClaim {start} {end}\t{words}\n" + lines(counted, *WORDS)[3:].replace("T1", "T9"))[0]


@pytest.fixture
def project(transactional_db: None) -> Project:
    return make_project(person("somebody"))


@pytest.mark.django_db(transaction=True)
def test_a_quote_that_fits_no_counting_is_refused_and_the_rest_comes_in(project: Project) -> None:
    annotations = lines(UNIX, *WORDS) + "T5\tClaim 30 33\tcar\nT6\tClaim 15 17\tis\n"

    done = brought(project, {"doc.txt": TEXT.encode(), "doc.ann": annotations.encode()})

    assert refusals(done) == [("", "line_ends_counted"), ("line 5", "quote_mismatch")]
    assert done.spans == 5


@pytest.mark.django_db(transaction=True)
def test_all_or_nothing_does_not_mind_how_line_ends_are_counted(project: Project) -> None:
    contents = {"doc.txt": TEXT.encode(), "doc.ann": lines(UNIX, *WORDS).encode()}

    assert brought(project, contents, strict=True).spans == 4


def test_a_text_bound_without_a_text_is_counted_as_the_quotes_say() -> None:
    bare = lines(UNIX, "mayor", quoted=False).replace("T1", "T7")

    assert quotes(TEXT, lines(UNIX, "safe") + bare)[0] == ["safe", "mayor"]


def test_where_no_quote_shows_what_offsets_count_nothing_is_guessed() -> None:
    bare = lines(UNIX, "bridge", "mayor", quoted=False)

    found, refused = quotes(TEXT, bare + "A1\tSure T2\n")

    assert found == ["bridge"]
    assert [(one.place, one.code) for one in refused] == [("line 2", "offsets_unclear"), ("line 3", "missing_target")]


def test_where_no_quote_shows_whether_the_mark_counts_nothing_is_guessed() -> None:
    assert [one.code for one in quotes("\ufeff" + UNIX, lines(UNIX, "mayor", quoted=False))[1]] == ["offsets_unclear"]
    assert quotes(UNIX, lines(UNIX, "mayor", quoted=False)) == (["mayor"], [])


def test_ranges_over_a_whole_long_text_take_no_time_to_count() -> None:
    text = "A line of a text.\r\n" * 20_000
    annotations = "".join(f"T{number}\tClaim 0 {len(text)}\tA line\n" for number in range(1, 5_000))
    begun = time.monotonic()

    assert counted_text(text, annotations).remark == ""
    assert time.monotonic() - begun < 5
