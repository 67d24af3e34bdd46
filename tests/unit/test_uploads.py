"""Uploads: all files of a request lie in one place, and each is read as if it were alone."""

from __future__ import annotations

import io
import os

import pytest
from django.core.files.uploadedfile import UploadedFile

from factcheck.server.upload_handler import IN_MEMORY, OnePlaceHandler


def uploaded(*contents: bytes) -> list[UploadedFile[bytes]]:
    """What the handler makes of files that come one after the other, in two pieces each."""
    handler, files = OnePlaceHandler(), []
    for number, content in enumerate(contents):
        handler.new_file("files", f"{number}.txt", "text/plain", None)
        half = len(content) // 2
        for piece in (content[:half], content[half:]):
            handler.receive_data_chunk(piece, 0)
        files.append(handler.file_complete(len(content)))
    return files


def test_each_file_holds_its_own_bytes_whichever_is_read_first() -> None:
    first, empty, last = uploaded(b"one", b"", b"three")
    assert (last.read(), first.read(), empty.read()) == (b"three", b"one", b"")
    first.seek(-2, io.SEEK_END)
    assert (first.read(), first.size) == (b"ne", 3)


def test_a_thousand_files_on_disk_take_one_descriptor() -> None:
    before = len(os.listdir("/proc/self/fd"))
    files = uploaded(b"x" * (IN_MEMORY + 1), *[b"y"] * 1_000)
    assert len(os.listdir("/proc/self/fd")) == before + 1
    assert files[1_000].read() == b"y"


def test_the_place_is_given_back_with_the_last_file() -> None:
    first, last = uploaded(b"x" * (IN_MEMORY + 1), b"y")
    first.close()
    assert last.read() == b"y"
    last.close()
    with pytest.raises(ValueError, match="closed"):
        last.read()
