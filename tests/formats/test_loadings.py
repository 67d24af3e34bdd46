"""Each line that loads an export does load it."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from annotations.formats.documentation import page
from annotations.formats.export_registry import FORMATS
from annotations.formats.registry import IMPORTERS
from tests.api.description.schema import operation
from tests.cast import Cast
from tests.formats.exports import ask, lines
from tests.formats.rich import make_rich

ROOT: Final = Path(__file__).parents[2]
MODULES: Final = {"pandas": "pandas", "datasets": "datasets", "DuckDB": "duckdb", "spaCy": "spacy", "cassis": "cassis"}
TABLES: Final = {"articles": 4, "spans": 18, "links": 16, "verdicts": 3, "evidence": 5}
HELD: Final[dict[str, Any]] = {
    "jsonl": (4, "spans"),
    "claims": (3, "evidence"),
    "csv": (18, "fragments"),
    "parquet": (18, "fragments"),
    "uima": (4, ""),
    "averitec": (3, "questions"),
    "fever": (2, "label"),
    "claimreview": (3, "claimReviewed"),
    "webannotation": (41, "motivation"),
    "labelstudio": (4, "annotations"),
    "doccano": (4, "entities"),
}
"""How many things a loaded export of `cast` has, and a column that it has where it has columns; or how many by name."""

RUN: Final = """
import json, os, sys

def told(loaded):
    if isinstance(loaded, dict):
        return {name: told(part) for name, part in loaded.items()}
    columns = getattr(loaded, "column_names", None) or getattr(loaded, "columns", None)
    return len(loaded), None if columns is None else [str(column) for column in columns]

outcome = {}
for name, code in json.load(sys.stdin).items():
    os.chdir(os.path.join(sys.argv[1], name))
    scope = {}
    exec(code, scope)
    outcome[name] = told(scope["loaded"])
print(json.dumps(outcome))
"""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_rich()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("library", sorted({loading.library for one in FORMATS.values() for loading in one.loadings}))
def test_the_documented_lines_load_what_was_exported(cast: Cast, library: str, tmp_path: Path) -> None:
    if importlib.util.find_spec(MODULES[library]) is None:
        pytest.skip(f"{library} is not installed")
    codes = {}
    for chosen in FORMATS.values():
        for code in [loading.code for loading in chosen.loadings if loading.library == library]:
            file = tmp_path / chosen.name / f"{cast.project.slug}.{chosen.extension}"
            file.parent.mkdir()
            file.write_bytes(lines(ask(cast, format=chosen.name)))
            codes[chosen.name] = code.replace("{file}", file.name)

    for name, loaded in run(codes, tmp_path).items():
        if isinstance(loaded, dict):
            assert {table: count for table, (count, _) in loaded.items()} == TABLES, name
            continue
        count, columns = loaded
        assert count == HELD[name][0], name
        assert columns is None or HELD[name][1] in columns, name


def run(codes: dict[str, str], folder: Path) -> dict[str, Any]:
    """What the lines of each format load, as (count, columns); run apart, as somebody would who has only the file."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(folder)],
        input=json.dumps(codes),
        env={**os.environ, "HF_DATASETS_OFFLINE": "1", "HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "cache")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome


def test_the_page_on_formats_is_what_the_formats_say() -> None:
    assert (ROOT / "docs" / "formats.md").read_text("utf-8") == page(), "run manage.py formats"


def test_the_reference_says_what_each_format_that_comes_in_takes() -> None:
    said = operation("POST", "/api/v1/projects/raqqa-2017/imports/")["description"]

    assert [name for name, importer in IMPORTERS.items() if importer.takes not in said] == []


def test_the_reference_has_the_lines_that_fetch_and_load_each_format() -> None:
    said = operation("GET", "/api/v1/projects/raqqa-2017/export/")["description"]

    for chosen in FORMATS.values():
        file = f"raqqa-2017.{chosen.extension}"
        assert f'/export/?format={chosen.name}" --output {file}' in said
        assert str(chosen.carries) in said
        assert str(chosen.leaves_out) in said
        for loading in chosen.loadings:
            assert loading.code.replace("{file}", file) in said
