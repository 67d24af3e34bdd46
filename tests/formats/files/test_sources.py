"""Archives as they are sent, and as somebody sends them who means harm."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Mapping

import pytest

from annotations.formats.reading import sources
from annotations.formats.reading.records import Refused
from annotations.formats.reading.sources import File, Source, opened, safe_path, shown


def file(path: str, content: bytes) -> File:
    """A file as it was sent."""
    return File(path, len(content), lambda: io.BytesIO(content))


def archive(files: Mapping[str, bytes]) -> bytes:
    """A zip archive of these."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, inside in files.items():
            packed.writestr(path, inside)
    return content.getvalue()


def codes(source: Source) -> list[tuple[str, str]]:
    """Where what was refused, and why."""
    return [(one.place or one.file, one.code) for one in source.refused]


def refusal(packed: File) -> str:
    """The code with which reading a file ends."""
    with pytest.raises(Refused) as error:
        drain(packed)
    return error.value.refusal.code


def drain(packed: File) -> None:
    """Reads a file to its end, a piece at a time."""
    with packed.open() as stream:
        while stream.read(1024 * 1024):
            pass


def test_the_files_of_an_archive_are_those_in_it_without_what_systems_add() -> None:
    inside = {"a/one.txt": b"One.", "a/": b"", "__MACOSX/a/._one.txt": b"x", "a/.DS_Store": b"x"}

    source = opened([file("a.zip", archive(inside)), file("two.txt", b"Two.")])

    assert [(one.path, one.read()) for one in source.files] == [("a/one.txt", b"One."), ("two.txt", b"Two.")]
    assert source.refused == []


def test_a_packed_file_is_read_as_what_it_packs() -> None:
    [found] = opened([file("lines.jsonl.gz", gzip.compress(b"{}\n"))]).files

    assert (found.path, found.extension, found.read()) == ("lines.jsonl", ".jsonl", b"{}\n")


def test_a_packed_file_in_an_archive_is_read_as_what_it_packs() -> None:
    inside = {"a/lines.jsonl.gz": gzip.compress(b"{}\n"), "plain.gz": b"no gzip", "two.txt": b"Two."}

    source = opened([file("a.zip", archive(inside))])

    assert [(one.path, one.read()) for one in source.files] == [
        ("a/lines.jsonl", b"{}\n"), ("plain.gz", b"no gzip"), ("two.txt", b"Two."),
    ]  # fmt: skip


def test_a_packed_file_beside_the_same_one_unpacked_is_named() -> None:
    source = opened([file("a.zip", archive({"a.txt": b"One.", "a.txt.gz": gzip.compress(b"Two.")}))])

    assert [one.read() for one in source.files] == [b"One."]
    assert codes(source) == [("a.txt", "duplicate_name")]


def test_a_bomb_that_is_packed_again_in_an_archive_is_one() -> None:
    [bomb] = opened([file("a.zip", archive({"zeros.txt.gz": gzip.compress(bytes(200 * 1024**2))}))]).files

    assert refusal(bomb) == "archive_bomb"


def test_what_is_packed_twice_is_unpacked_once() -> None:
    once = gzip.compress(bytes(200 * 1024**2))

    [found] = opened([file("a.zip", archive({"zeros.gz.gz": gzip.compress(once)}))]).files

    assert (found.path, found.read()) == ("zeros.gz", once)


def test_a_packed_file_may_not_come_to_more_than_its_size_in_the_archive_explains() -> None:
    packed = gzip.compress(bytes(40 * 1024**2))

    [bomb] = opened([file("a.zip", archive({"zeros.txt.gz": packed}))]).files

    assert (bomb.packed or 0) * sources.MOST_TIMES < sources.SUSPECT
    assert refusal(bomb) == "archive_bomb"


def test_packed_files_that_are_small_enough_each_are_a_bomb_together() -> None:
    packed = gzip.compress(bytes(20 * 1024**2))
    found = opened([file("a.zip", archive({f"{number}.txt.gz": packed for number in range(4)}))]).files

    drain(found[0])

    assert {refusal(one) for one in found[1:]} == {"archive_bomb"}


def test_a_packed_file_that_breaks_off_is_refused_by_name() -> None:
    content = gzip.compress(b"0123456789" * 1000)[:-20]

    [broken] = opened([file("a.zip", archive({"a.txt.gz": content}))]).files

    assert refusal(broken) == "broken_archive"


@pytest.mark.parametrize("path", ["../up.txt", "a/../../up.txt", "/etc/passwd", "C:\\up.txt", "..\\up.txt", "a/.."])
def test_a_path_that_climbs_out_is_refused_and_the_rest_comes_in(path: str) -> None:
    source = opened([file("a.zip", archive({path: b"Up.", "good.txt": b"Good."}))])

    assert [one.path for one in source.files] == ["good.txt"]
    assert [code for _, code in codes(source)] == ["unsafe_path"]


def test_a_file_that_inflates_out_of_all_proportion_is_a_bomb() -> None:
    [bomb] = opened([file("a.zip", archive({"zeros.txt": bytes(64 * 1024**2)}))]).files

    assert refusal(bomb) == "archive_bomb"


def test_many_files_that_are_small_enough_each_are_a_bomb_together() -> None:
    packed = archive({f"{number}.txt": bytes(20 * 1024**2) for number in range(4)})
    files = opened([file("a.zip", packed)]).files

    assert len(files[0].open().read()) == 20 * 1024**2
    assert len(files[0].open().read()) == 20 * 1024**2  # again: it is counted once
    assert refusal(files[1]) == "archive_bomb"


def test_a_packed_file_may_be_a_bomb_too() -> None:
    [bomb] = opened([file("zeros.csv.gz", gzip.compress(bytes(64 * 1024**2)))]).files

    assert refusal(bomb) == "archive_bomb"


def test_a_list_of_files_that_would_fill_the_memory_is_not_read() -> None:
    packed = bytearray(archive({"one.txt": b"One."}))
    struct.pack_into("<I", packed, len(packed) - 22 + 12, 512 * 1024**2)

    assert codes(opened([file("a.zip", bytes(packed))])) == [("a.zip", "too_many_files")]


@pytest.mark.parametrize("cut", [10, 60, -5])
def test_an_archive_that_breaks_off_is_refused(cut: int) -> None:
    source = opened([file("a.zip", archive({"one.txt": b"One." * 99})[:cut]), file("two.txt", b"Two.")])

    assert codes(source) == [("a.zip", "broken_archive")]
    assert [one.path for one in source.files] == ["two.txt"]


def test_damaged_content_is_refused_where_it_is_read() -> None:
    packed = bytearray(archive({"one.txt": bytes(range(256)) * 9}))
    packed[60:70] = b"damaged..."

    assert refusal(opened([file("a.zip", bytes(packed))]).files[0]) == "broken_archive"


def test_an_encrypted_file_is_refused_by_name() -> None:
    packed = bytearray(archive({"one.txt": b"One."}))
    packed[packed.index(b"PK\x01\x02") + 8] |= 1

    assert codes(opened([file("a.zip", bytes(packed))])) == [("one.txt", "encrypted")]


def test_archives_within_archives_are_opened_to_a_depth() -> None:
    inner = file("inner.zip", archive({"one.txt": b"One."}))

    assert [one.read() for one in sources.within(inner, 2).files] == [b"One."]
    with pytest.raises(Refused, match="at this depth"):
        sources.within(inner, 3)


def test_two_files_of_one_name_are_not_taken_for_one() -> None:
    source = opened([file("one.txt", b"One."), file("one.txt", b"Two.")])

    assert [one.read() for one in source.files] == [b"One."]
    assert codes(source) == [("one.txt", "duplicate_name")]


def test_more_files_than_an_import_may_have_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MOST_FILES", 2)

    source = opened([file(f"{number}.txt", b"x") for number in range(5)])

    assert (len(source.files), codes(source)) == (2, [("2.txt", "too_many_files")])


def test_a_document_has_a_largest_size() -> None:
    large = file("large.txt", bytes(sources.LARGEST_DOCUMENT + 1))

    with pytest.raises(Refused, match="at most 16 MB"):
        large.read()


def test_names_are_shown_without_what_reorders_or_ends_a_line() -> None:
    assert shown("a\u202eb\nc\ud800") == "a\ufffdb\ufffdc\ufffd"
    assert safe_path("./a//b.txt") == "a/b.txt"
    assert len(shown("x" * 1000)) == 400
