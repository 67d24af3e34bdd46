"""Exports in the format `uima`, as cassis reads them."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from cassis import Cas, load_cas_from_xmi, load_typesystem

from annotations.models import User
from tests.cast import Cast
from tests.formats.exports import ask, lines


def archive(cast: Cast, by: User | None = None, **filters: Any) -> bytes:
    """The bytes of an export as `by` gets it; the manager, where nobody is named."""
    answer = ask(cast, by, **{"format": "uima", "state": "any", **filters})
    assert answer.status_code == 200, answer.content
    return lines(answer)


def cases(content: bytes) -> list[Cas]:
    """The CASes of an archive in its order."""
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        types = load_typesystem(io.BytesIO(files.read("TypeSystem.xml")))
        names = [name for name in files.namelist() if name.endswith(".xmi")]
        return [load_cas_from_xmi(io.BytesIO(files.read(name)), types) for name in names]
