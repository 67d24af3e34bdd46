"""`manage.py export`"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from annotations.formats.export_registry import FORMATS
from tests.cast import Cast, make_supported
from tests.formats.exports import ask, lines

pytestmark = pytest.mark.django_db(transaction=True)


def over_http(cast: Cast, name: str, **filters: Any) -> bytes:
    """The same export as the API answers it."""
    return lines(ask(cast, format=name, **filters))


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_writes_what_the_api_streams(cast: Cast, name: str, tmp_path: Path) -> None:
    make_supported(cast)
    path = tmp_path / "dataset"

    call_command("export", cast.project.slug, format=name, state="any", output=path)

    assert path.read_bytes() == over_http(cast, name, state="any") != b""
    assert [one.name for one in tmp_path.iterdir()] == ["dataset"]


def test_the_filters_are_those_of_the_api(cast: Cast, tmp_path: Path) -> None:
    make_supported(cast)
    path = tmp_path / "facts"

    call_command("export", cast.project.slug, "--label=fact", "--names", output=path)

    assert path.read_bytes() == over_http(cast, "jsonl", label="fact", names="true")


def test_somebody_else_gets_what_they_may_read(cast: Cast, tmp_path: Path) -> None:
    make_supported(cast)
    path = tmp_path / "open"

    call_command("export", cast.project.slug, "--as", cast.viewer.email, output=path)

    assert b'"spans" : []' in path.read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nothing-like-it"], "no project"),
        (["{project}", "--as", "outsider@example.org"], "not a member"),
        (["{project}", "--format", "docx"], "invalid choice"),
        (["{project}", "--updated-after", "yesterday"], "with its offset"),
        (["{project}", "--updated-after", "9999-12-31T23:59:59-23:59"], "in the years 1 to 9999"),
        (["{project}", "--output", "/nowhere/at/all"], "can't be written"),
    ],
)
def test_what_cannot_be_done_is_said(cast: Cast, words: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("export", *(word.format(project=cast.project.slug) for word in words))


def test_an_export_that_fails_leaves_no_file(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(*_: Any) -> Any:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("annotations.management.commands.export.written", half)

    with pytest.raises(CommandError, match="No space left"):
        call_command("export", cast.project.slug, output=tmp_path / "dataset")

    assert list(tmp_path.iterdir()) == []


def test_the_standard_output_holds_nothing_but_the_dataset(cast: Cast) -> None:
    make_supported(cast)
    name = str(connection.settings_dict["NAME"])
    program = (
        "import django; from django.conf import settings; django.setup(); "
        f"settings.DATABASES['default']['NAME'] = {name!r}; "
        f"from django.core.management import call_command; call_command('export', {cast.project.slug!r})"
    )

    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, cwd=settings.BASE_DIR, timeout=60
    )

    assert ran.stdout == over_http(cast, "jsonl")
