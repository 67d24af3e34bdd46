"""The files of a release in Django's storage: written as they are made, read as they are asked for."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from uuid import UUID

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from annotations.models import Release

CHUNK: Final = 256 * 1024
"""Bytes that are read and sent at once."""


def folder(release: UUID) -> str:
    """Where the files of a release lie."""
    return f"releases/{release}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file as it was written: its name in the storage, its size in bytes, its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


class _Passing(io.RawIOBase):
    """Chunks as a file that is read once; counts and hashes what passes."""

    def __init__(self, chunks: Iterable[bytes], passed: Callable[[bytes], None]) -> None:
        super().__init__()
        self.chunks, self.passed = iter(chunks), passed
        self.rest = memoryview(b"")
        self.size, self.digest = 0, sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self.rest:
            chunk = next(self.chunks, None)
            if chunk is None:
                return 0
            self.passed(chunk)
            self.size += len(chunk)
            self.digest.update(chunk)
            self.rest = memoryview(chunk)
        taken = min(len(buffer), len(self.rest))
        buffer[:taken] = self.rest[:taken]
        self.rest = self.rest[taken:]
        return taken


def store(name: str, chunks: Iterable[bytes], passed: Callable[[bytes], None] = lambda chunk: None) -> Stored:
    """Writes a file, no more than a chunk of it in memory. `passed` is called with each chunk, and may raise."""
    passing = _Passing(chunks, passed)
    try:
        stored = default_storage.save(name, File(io.BufferedReader(passing, CHUNK), name))
    finally:
        # What broke off holds a COPY open, and its connection would wait for it for ever.
        getattr(chunks, "close", lambda: None)()
    return Stored(stored, passing.size, passing.digest.hexdigest())


def discard(release: UUID) -> None:
    """Deletes what there is of the files of a release."""
    directory = folder(release)
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(directory)[1]:
            default_storage.delete(f"{directory}/{name}")
    with suppress(OSError, NotImplementedError):
        default_storage.delete(directory)  # the empty folder, where the storage has such a thing


def read(stored: str, start: int, stop: int) -> Iterator[bytes]:
    """The bytes of a file from `start` up to `stop`, in chunks."""
    if start >= stop:
        return
    with _opened(stored, start, stop) as file:
        left = stop - start
        while left > 0:
            chunk = file.read(min(CHUNK, left))
            if not chunk:
                raise EOFError(f"{stored} is shorter than it was.")
            left -= len(chunk)
            yield chunk


def _opened(stored: str, start: int, stop: int) -> AbstractContextManager[Any]:
    """The file at `start`. From S3 the range alone is asked for: its own `open` fetches the whole."""
    storage: Any = default_storage
    if hasattr(storage, "bucket_name"):
        stored_object = {"Bucket": storage.bucket_name, "Key": storage._normalize_name(stored)}
        # A connection for each thread; boto's own are not made to be shared.
        asked = storage.connection.meta.client.get_object(**stored_object, Range=f"bytes={start}-{stop - 1}")
        return closing(asked["Body"])
    file: AbstractContextManager[Any] = storage.open(stored)
    file.seek(start)  # type: ignore[attr-defined]
    return file


def lines(stored: str, size: int) -> Iterator[bytes]:
    """The lines of a file, without their ends."""
    rest = b""
    for chunk in read(stored, 0, size):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    if rest:
        yield rest


LEAVE_TRACE: Final = """
    INSERT INTO annotations_event (at, kind, object_id, project_id, what, after, xid)
    VALUES (clock_timestamp(), 'release', %(release)s, %(project)s, 'removed', %(trace)s::jsonb, factcheck_xid())
"""


def remove_release(release: Release, reason: str) -> None:
    """Deletes the release with its files, and leaves one event that says why."""
    key, trace = release.pk, json.dumps({"reason": reason, "sha256": release.sha256})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.removal', 'on', true)")
        release.delete()
        cursor.execute(LEAVE_TRACE, {"release": str(key), "project": release.project_id, "trace": trace})
        cursor.execute("SELECT set_config('factcheck.removal', '', true)")
    discard(key)
