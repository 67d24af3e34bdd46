"""Uploads of any number of files: all of a request lie in one temporary file.

Django's own handlers hold each file in memory or open on disk, and a folder of a thousand texts has more files than a
process may have open.
"""

from __future__ import annotations

import io
from functools import cached_property
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

IN_MEMORY: Final = 1024 * 1024
"""Bytes of a request's files that do not go to disk."""


class OnePlaceHandler(FileUploadHandler):
    """Writes the files of a request one after the other."""

    start = 0

    @cached_property
    def place(self) -> _Place:
        """Where they lie."""
        return _Place()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.start = self.place.content.tell()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.place.content.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        part = io.BufferedReader(_Part(self.place, self.start, file_size))
        return UploadedFile(part, self.file_name, self.content_type, file_size, self.charset, self.content_type_extra)

    def upload_interrupted(self) -> None:
        self.place.content.close()


class _Place:
    """Where the files lie, until the last of them is closed."""

    def __init__(self) -> None:
        self.content: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        self.open_parts = 0

    def let_go(self) -> None:
        self.open_parts -= 1
        if not self.open_parts:
            self.content.close()


class _Part(io.RawIOBase):
    """One of the files: `size` bytes from `start` on."""

    def __init__(self, place: _Place, start: int, size: int) -> None:
        super().__init__()
        self.place, self.start, self.size, self.at = place, start, size, 0
        place.open_parts += 1

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.size}[whence])
        return self.at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self.place.content.seek(self.start + self.at)
        content = self.place.content.read(max(0, min(len(buffer), self.size - self.at)))
        buffer[: len(content)] = content
        self.at += len(content)
        return len(content)

    def close(self) -> None:
        if not self.closed:
            self.place.let_go()
        super().close()
