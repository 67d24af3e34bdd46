"""Archives that are sent as they are made: no part of one is kept, whatever its size."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import Final

from annotations.formats.writing.format import Member

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time that every file in an archive carries: the same content is the same bytes."""

CHUNK: Final = 512 * 1024
LEVEL: Final = 1
"""Of deflate: text already shrinks to a third, and the processor keeps up with the database."""


class Outgoing(io.RawIOBase):
    """A file to write to: what was written and nobody has taken yet."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []
        self.size = self.written = 0

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]
        self.parts.append(bytes(content))
        self.size += len(content)
        self.written += len(content)
        return len(content)

    def tell(self) -> int:
        return self.written

    def taken(self) -> bytes:
        content = b"".join(self.parts)
        self.parts.clear()
        self.size = 0
        return content


def zipped(members: Iterable[Member], *, compressed: bool = True) -> Iterator[bytes]:
    """A zip archive of these files, in chunks."""
    outgoing = Outgoing()
    with zipfile.ZipFile(outgoing, "w") as archive:
        for member in members:
            entry = zipfile.ZipInfo(member.name, EPOCH)
            deflated = compressed and not member.stored
            entry.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
            entry._compresslevel = LEVEL  # type: ignore[attr-defined]  # public only from Python 3.13 on
            entry.external_attr = 0o644 << 16
            with archive.open(entry, "w", force_zip64=True) as file:
                for chunk in member.chunks:
                    file.write(chunk)
                    if outgoing.size >= CHUNK:
                        yield outgoing.taken()
            if outgoing.size >= CHUNK:
                yield outgoing.taken()
    yield outgoing.taken()
