"""Tables as tests send them, run in the foreground."""

from __future__ import annotations

import io
from typing import Any

from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Import
from tests.cast import Cast
from tests.formats.storing.sent import waiting


def sent(cast: Cast, table: str, rows: str | bytes, name: str = "a.csv", **options: Any) -> Import:
    """An import of one table, over."""
    return sent_files(cast, {name: rows}, table=table, **options)


def sent_files(cast: Cast, sending: dict[str, str | bytes], /, *, strict: bool = False, **options: Any) -> Import:
    """An import of these files, over."""
    opened = [(name, io.BytesIO(one.encode() if isinstance(one, str) else one)) for name, one in sending.items()]
    one = waiting(receive(cast.project, cast.manager, opened, format="table", options=options, strict=strict))
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    return one


def told(one: Import) -> list[tuple[str, str]]:
    """Place and code of what was refused or is noted."""
    return list(one.reported.values_list("place", "code"))
