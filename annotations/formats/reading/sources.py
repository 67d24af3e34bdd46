"""The files of an import: as they were sent, out of an archive, or both. Nothing in them is trusted.

An archive is read where it lies and never unpacked to disk, so a path in it names a document and nothing else. What
inflates to more than its size explains is refused while it is read.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO, Final, cast

from django.utils.translation import gettext as _

from annotations.formats.reading.records import Refusal, Refused

MOST_FILES: Final = 100_000
"""Files in one import."""

LARGEST_DOCUMENT: Final = 16 * 1024**2
"""Bytes of one file that is read whole: a text of the most code points, each of four bytes, and its markup."""

LARGEST_INFLATED: Final = 8 * 1024**3
"""Bytes that one packed file may come to."""

SUSPECT: Final = 32 * 1024**2
MOST_TIMES: Final = 200
"""A packed file may inflate to this many times its size once it is past `SUSPECT` bytes. Text rarely passes 20."""

LARGEST_ARCHIVE: Final = 32 * 1024**3
"""Bytes that all files of one archive may come to."""

LARGEST_DIRECTORY: Final = 32 * 1024**2
"""Bytes of an archive's list of files: it is read whole before the first of them can be."""

HEAD: Final = 64 * 1024
"""Bytes by which a format is recognised."""

DEEPEST: Final = 2
"""Archives within archives."""

OFFICE: Final = (".xlsx", ".docx", ".pptx", ".odt", ".ods", ".odp", ".epub")
"""Documents that are archives to a computer, and to nobody else."""

GZIP: Final = b"\x1f\x8b"

JUNK: Final = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|\._)")


@dataclass(slots=True)
class Allowance:
    """What the files of one archive may inflate to together, however often each is read."""

    left: int
    taken: dict[str, int] = field(default_factory=dict)

    def take(self, path: str, inflated: int) -> bool:
        """Notes that a file has come to so many bytes, and says whether that is within what is allowed."""
        further = inflated - self.taken.get(path, 0)
        if further > 0:
            self.taken[path] = inflated
            self.left -= further
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class File:
    """One file; `path` is relative, with `/` between its parts, and safe to show. `size` is what it says of itself."""

    path: str
    size: int
    opener: Callable[[], IO[bytes]]
    packed: int | None = None
    """Its size in the archive, where it is packed."""
    allowance: Allowance | None = None

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def stem(self) -> str:
        """The path without its last extension."""
        return self.path.removesuffix(self.extension)

    @property
    def extension(self) -> str:
        """The last extension in lower case with its dot, or nothing."""
        dot = self.name.rfind(".")
        return self.name[dot:].lower() if dot > 0 else ""

    def open(self) -> IO[bytes]:
        """The bytes as a stream. Reading it raises Refused where they inflate to a bomb or the archive is broken."""
        if self.packed is None:
            return self.opener()
        return io.BufferedReader(_Guarded(self))

    def read(self) -> bytes:
        """All bytes of a file that is one document. Raises Refused where it is larger than any document."""
        with self.open() as stream:
            content = stream.read(LARGEST_DOCUMENT + 1)
        if len(content) > LARGEST_DOCUMENT:
            megabytes = LARGEST_DOCUMENT // 1024**2
            raise Refused(
                self.path,
                "",
                "too_large",
                _("A file with one document can have at most %(megabytes)s MB.") % {"megabytes": megabytes},
            )
        return content

    def head(self) -> bytes:
        """Its first bytes; nothing where they cannot be read."""
        try:
            with self.open() as stream:
                return stream.read(HEAD)
        except (Refused, OSError):
            return b""


@dataclass(slots=True)
class Source:
    """The files of one import, by path, and what of them was refused before anything was read."""

    files: list[File] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def with_extension(self, *extensions: str) -> Iterator[File]:
        """The files whose last extension is one of these (lower case, with the dot)."""
        return (file for file in self.files if file.extension in extensions)


class _Guarded(io.RawIOBase):
    """A packed file as it inflates, until it is more than its size explains."""

    def __init__(self, file: File) -> None:
        super().__init__()
        self.file, self.inflated = file, 0
        self.limit = min(LARGEST_INFLATED, max(SUSPECT, (file.packed or 0) * MOST_TIMES))

    @cached_property
    def stream(self) -> IO[bytes]:
        return self.file.opener()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            content = self.stream.read(len(buffer))
        except RuntimeError as error:
            raise Refused(self.file.path, "", "encrypted", _("The file is encrypted.")) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, OSError) as error:
            raise Refused(
                self.file.path, "", "broken_archive", _("The archive is damaged here: %(error)s.") % {"error": error}
            ) from error
        self.inflated += len(content)
        if self.inflated > self.limit:
            raise Refused(
                self.file.path,
                "",
                "archive_bomb",
                _("The unpacked file is more than %(times)s times as large as the packed one.") % {"times": MOST_TIMES},
            )
        allowance = self.file.allowance
        if allowance is not None and not allowance.take(self.file.path, self.inflated):
            raise Refused(
                self.file.path,
                "",
                "archive_bomb",
                _("The unpacked archive is more than %(times)s times as large as the packed one.")
                % {"times": MOST_TIMES},
            )
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        if "stream" in self.__dict__:
            self.stream.close()
        super().close()


def opened(parts: Sequence[File], depth: int = 0) -> Source:
    """The files that these are, with archives (zip) and packed files (gz) looked into."""
    source = Source()
    seen: set[str] = set()
    for part in parts:
        try:
            head = part.head()[:4]
            if head in (b"PK\x03\x04", b"PK\x05\x06") and part.extension not in OFFICE:
                found, refused = _in_zip(part, depth)
            else:
                found, refused = [_unpacked(part) if head[:2] == GZIP else part], []
        except Refused as error:
            source.refused.append(error.refusal)
            continue
        source.refused += refused
        for file in found:
            if len(source.files) >= MOST_FILES:
                detail = _("An import can have at most %(most_files)s files. The others were skipped.") % {
                    "most_files": f"{MOST_FILES:,}"
                }
                source.refused.append(Refusal(file.path, "", "too_many_files", detail))
                return source
            if file.path in seen:
                source.refused.append(
                    Refusal(file.path, "", "duplicate_name", _("There are two files with this name."))
                )
                continue
            seen.add(file.path)
            source.files.append(file)
    return source


def _unpacked(part: File) -> File:
    """The file that a packed one (gz) holds.

    One out of an archive may inflate to what its size in the archive explains, not to what the size that it has when it
    is out of there would: packing twice allows nothing more. It counts towards what its archive may come to.
    """

    def opener() -> IO[bytes]:
        return cast(IO[bytes], gzip.GzipFile(fileobj=part.open()))

    packed = part.size if part.packed is None else part.packed
    return File(part.path.removesuffix(".gz"), part.size, opener, packed, part.allowance)


def _in_zip(part: File, depth: int) -> tuple[list[File], list[Refusal]]:
    """The files of an archive; an archive within it has to fit into a document's size."""
    if depth > DEEPEST:
        raise Refused(part.path, "", "too_deep", _("Archives inside archives are not opened at this depth."))
    stream = part.open() if part.packed is None else io.BytesIO(part.read())
    _refuse_large_directory(part, stream)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error) as error:
        raise Refused(
            part.path, "", "broken_archive", _("This zip archive can't be read: %(error)s.") % {"error": error}
        ) from error
    if "[Content_Types].xml" in archive.namelist()[:20]:
        archive.close()
        return [part], []
    files, refused = [], []
    allowance = Allowance(min(LARGEST_ARCHIVE, max(SUSPECT, part.size * MOST_TIMES)))
    for entry in archive.infolist():
        if entry.is_dir() or JUNK.search(entry.filename):
            continue
        path = safe_path(entry.filename)
        if path is None:
            refused.append(
                Refusal(part.path, shown(entry.filename), "unsafe_path", _("The path leads out of the archive."))
            )
        elif entry.flag_bits & 1:
            refused.append(Refusal(part.path, path, "encrypted", _("The file is encrypted.")))
        else:
            file = _packed(archive, entry, path, allowance)
            files.append(_unpacked(file) if file.extension == ".gz" and file.head()[:2] == GZIP else file)
    return files, refused


def _packed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str, allowance: Allowance) -> File:
    return File(path, entry.file_size, lambda: archive.open(entry), max(entry.compress_size, 1), allowance)


def within(file: File, depth: int = 1) -> Source:
    """The files of an archive that is itself a file of an import. Raises Refused where it is none."""
    files, refused = _in_zip(file, depth)
    return Source(files, refused)


def _refuse_large_directory(part: File, stream: IO[bytes]) -> None:
    """Raises Refused where the list of files alone would fill the memory (APPNOTE.TXT, 4.3.16)."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Refused(part.path, "", "broken_archive", _("The archive is incomplete: its list of files is missing."))
    directory = struct.unpack_from("<I", tail, at + 12)[0]
    if directory == 0xFFFFFFFF:
        zip64 = tail.rfind(b"PK\x06\x06", 0, at)
        directory = struct.unpack_from("<Q", tail, zip64 + 40)[0] if 0 <= zip64 <= len(tail) - 48 else directory
    if directory > LARGEST_DIRECTORY:
        raise Refused(
            part.path,
            "",
            "too_many_files",
            _("The archive lists more than %(most_files)s files.") % {"most_files": f"{MOST_FILES:,}"},
        )
    stream.seek(0)


def safe_path(name: str) -> str | None:
    """The path within an archive as it is shown and compared, or None where it would climb out of it."""
    path = name.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if path.startswith("/") or re.match(r"[A-Za-z]:", path) or ".." in parts or not parts:
        return None
    return shown("/".join(parts))


def shown(name: str) -> str:
    """A name from outside without what cannot be stored or would reorder the line that it stands in."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "�", name)[:400]
