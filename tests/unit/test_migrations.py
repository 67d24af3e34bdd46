"""One migration makes a new database; the ones it stands for remain for older ones."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

MIGRATIONS = Path(__file__).parents[2] / "annotations" / "migrations"
BEFORE = "0036_names_of_constraints"
"""The last one before the initial migration was made."""


def test_the_initial_migration_stands_for_all_before_it_in_their_order() -> None:
    initial = import_module("annotations.migrations.0001_initial").Migration
    older = [path.stem for path in sorted(MIGRATIONS.glob("0*.py")) if path.stem <= BEFORE]

    assert [name for _, name in initial.replaces] == [
        name for name in older if name not in {"0001_initial", "0002_address_of_account"}
    ]
