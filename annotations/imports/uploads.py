"""Receiving the files of an import: they are kept as they came, and nothing of them is read yet."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import IO, Any, Final, cast

from django.core.files import File as StoredFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from annotations.formats.reading.sources import File, Source, opened, safe_path
from annotations.models import Import, ImportFile, Project, User
from annotations.rules import ARCHIVED, IMPORT_UNDER_WAY, RuleBroken

FORGOTTEN_AFTER: Final = timedelta(days=2)
"""How long a proposal waits for whoever made it."""


def receive(project: Project, by: User, files: Iterable[tuple[str, IO[bytes]]], **about: Any) -> Import:
    """A proposed import of these files, each a path as its sender has it and the bytes as a stream that can go back.

    `about` are columns of the import, such as its format. What the same person proposed here and forgot goes. Raises
    RuleBroken (`archived`) where the project is archived, IntegrityError (`imports_under_way`, `imports_kept`) where
    there are too many.
    """
    for forgotten in Import.objects.filter(
        project=project, by=by, state=Import.State.PROPOSED, created_at__lt=timezone.now() - FORGOTTEN_AFTER
    ):
        discard(forgotten)
    if project.archived:
        raise RuleBroken(ARCHIVED)
    proposed = Import(project=project, by=by, state=Import.State.PROPOSED, **about)
    kept: list[ImportFile] = []
    try:
        kept.extend(_kept(proposed, position, path, content) for position, (path, content) in enumerate(files))
        with transaction.atomic():
            proposed.save()
            ImportFile.objects.bulk_create(kept)
    except BaseException:
        _drop(proposed, kept)
        raise
    return proposed


def delete_report(over: Import) -> None:
    """Deletes what an import that is over lists as refused or noted; the import and its files where nothing came in.

    Raises RuleBroken (`import_under_way`) where it is not over.
    """
    if not over.is_over:
        raise RuleBroken(IMPORT_UNDER_WAY)
    if any(over.made.values()):
        over.reported.all().delete()
    else:
        discard(over)


def discard(proposed: Import) -> None:
    """Forgets an import of which nothing came in, with its files."""
    files = list(proposed.files.all())
    proposed.delete()
    _drop(proposed, files)


def source_of(received: Import) -> Source:
    """The files of an import, to be read by an importer."""
    return opened([File(kept.name, kept.size, partial(_opened, kept.stored)) for kept in received.files.all()])


class _Stored(io.RawIOBase):
    """A stored file that is closed with the last who reads it: an archive stays open as long as its files are read."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.content = default_storage.open(name, "rb")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self.content.seek(offset, whence)
        return int(self.content.tell())

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        content = self.content.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self.content.close()
        super().close()


def _opened(name: str) -> IO[bytes]:
    return io.BufferedReader(_Stored(name))


def _kept(proposed: Import, position: int, path: str, content: IO[bytes]) -> ImportFile:
    digest = hashlib.file_digest(cast(Any, content), "sha256").hexdigest()
    size = content.seek(0, io.SEEK_END)
    content.seek(0)
    # Never under the name that somebody sent: that one may be anything.
    name = default_storage.save(f"imports/{proposed.pk}/{position:06}", StoredFile(content))
    shown = safe_path(path) or safe_path(path.replace("\\", "/").rpartition("/")[2]) or "file"
    return ImportFile(of=proposed, position=position, name=shown, size=size, sha256=digest, stored=name)


def _drop(proposed: Import, files: Iterable[ImportFile]) -> None:
    for kept in files:
        default_storage.delete(kept.stored)
    default_storage.delete(f"imports/{proposed.pk}")
