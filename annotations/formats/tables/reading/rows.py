"""The rows of a table whatever kind of file it is: CSV, TSV, Parquet, or JSON with a flat object a row.

Memory holds one row of CSV or JSON at a time, and a few rows of Parquet.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.formats.reading.json_values import records
from annotations.formats.reading.records import Options, Refusal, Refused
from annotations.formats.reading.sources import File, shown
from annotations.formats.tables.reading import csv, parquet
from annotations.formats.tables.reading.columns import Table

JSON: Final = (".jsonl", ".ndjson", ".json")
EXTENSIONS: Final = (*csv.EXTENSIONS, ".parquet", *JSON)
FIRST: Final = 100
"""Objects of a JSON file whose names are its columns: one may lack what others have."""

NOT_FLAT: Final = gettext_noop("A cell must have one value, but this is a list or an object.")


def is_table(file: File) -> bool:
    """Whether the file's name says that it is a table."""
    return file.extension in EXTENSIONS


@contextmanager
def opened(file: File, options: Options, known: Callable[[Sequence[str]], int]) -> Iterator[Table]:
    """The table in a file. `known` counts the names of columns that are known.

    Raises Refused where it cannot be read, also while its rows are.
    """
    if file.extension in JSON:
        # Each object is a row; the columns are the names that the first of them have.
        firsts = (found[1] for found in islice(records(file), FIRST) if not isinstance(found, Refusal))
        names = list(dict.fromkeys(name for one in firsts if isinstance(one, Mapping) for name in one))
        yield Table(names, lambda wanted: _cells(file, [names[index] for index in wanted]))
    elif file.extension == ".parquet" or file.head().startswith(parquet.MAGIC):
        import pyarrow  # not before there is such a file: it takes long to load

        try:
            with parquet.opened(file) as table:
                yield table
        except (pyarrow.ArrowException, OSError, ValueError) as error:
            detail = _("This Parquet file can't be read: %(error)s") % {"error": shown(str(error))[:200]}
            raise Refused(file.path, "", "broken_file", detail) from error
    else:
        with csv.opened(file, options, known) as table:
            yield table


def _cells(file: File, wanted: Sequence[str]) -> Iterator[tuple[str, list[Any]] | Refusal]:
    for found in records(file):
        if isinstance(found, Refusal):
            yield found
            continue
        location, value = found
        if isinstance(value, Mapping):
            yield location, [value.get(name) for name in wanted]
        else:
            yield Refusal(file.path, location, "malformed", _("A row must be an object with a value for each column."))


def text_in(value: Any) -> str:
    """A cell as text; nothing for an empty one. Raises ValueError where it holds more than one value."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # Tables of numbers have a fraction in each cell as soon as one is empty.
        if math.isnan(value):
            return ""
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, int | Decimal | date | datetime):
        return value.isoformat() if isinstance(value, date | datetime) else str(value)
    raise ValueError(_(NOT_FLAT))
