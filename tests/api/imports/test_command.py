"""`manage.py import`: the same steps at the command line."""

from __future__ import annotations

import json
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from annotations.models import Article, Import
from tests.cast import Cast
from tests.formats.storing.sent import line, span

_option = import_module("annotations.management.commands.import")._option
pytestmark = pytest.mark.django_db


def imported(cast: Cast, *files: Path, **options: Any) -> str:
    """What the command prints."""
    out = StringIO()
    call_command("import", cast.project.slug, *map(str, files), stdout=out, **options)
    return out.getvalue()


def test_a_folder_comes_in_whole_under_the_names_below_it(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "corpus" / "in").mkdir(parents=True)
    (tmp_path / "corpus" / "a.txt").write_text("One text.", "utf-8")
    (tmp_path / "corpus" / "in" / "b.txt").write_text("Two texts.", "utf-8")
    told = imported(cast, tmp_path / "corpus")
    assert told.startswith("txt, done: 2 articles, 0 spans, 0 links, 0 verdicts; 0 texts already in project.")
    assert [file.name for file in Import.objects.get().files.all()] == ["corpus/a.txt", "corpus/in/b.txt"]


def test_what_is_refused_is_printed_with_its_location(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text(json.dumps(line("A text.", spans=[span((5, 99))])), "utf-8")
    told = imported(cast, file, format="jsonl")
    assert "1 item not imported:" in told
    assert "records.jsonl, line 1, spans[0]: fragments: Fragments must be in order" in told


def test_what_is_noted_is_printed_by_itself(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "articles.csv").write_text("title,body,mood\nOne,A text.,grave\n", "utf-8")
    told = imported(cast, tmp_path / "articles.csv")
    assert "not imported" not in told
    assert "1 item noted:\n  articles.csv, header: column_left_out: " in told


def test_names_in_the_files_are_printed_with_who_that_is(cast: Cast, tmp_path: Path) -> None:
    for name in ("ann", "bo"):
        (tmp_path / f"{name}.jsonl").write_text('{"text": "It is so.", "label": [[3, 5, "claim"]]}', "utf-8")
    options = ["person_from=file", f'people={{"bo": "{cast.annotator.email}"}}']
    told = imported(cast, tmp_path / "ann.jsonl", tmp_path / "bo.jsonl", format="doccano", option=map(_option, options))
    assert "2 names found:\n  ann: ann, without an account: 1 span\n" in told
    assert f"  bo: {cast.annotator}: 1 span\n" in told


def test_strict_ends_with_a_failure_and_nothing_in(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text(json.dumps(line("A text.", spans=[span((5, 99))])), "utf-8")
    with pytest.raises(SystemExit):
        imported(cast, file, strict=True)
    assert not Article.objects.filter(imported_in=Import.objects.get()).exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"email": "viewer@example.org"}, "viewer@example.org is not a manager of this project"),
        ({"files": ["/nowhere"]}, "There is no file /nowhere"),
        ({"project": "none"}, "There is no project"),
    ],
)
def test_what_is_not_there_is_told(cast: Cast, tmp_path: Path, options: dict[str, Any], words: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text("A text.", "utf-8")
    slug = options.pop("project", cast.project.slug)
    with pytest.raises(CommandError, match=words):
        call_command("import", slug, *options.pop("files", [str(file)]), **options)


def test_options_are_read_and_a_wrong_one_is_told(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes("Šárka řekla.".encode("utf-16"))
    imported(cast, file, option=[("metadata", {"outlet": "Desk"})])
    assert Article.objects.get(outlet="Desk").body == "Šárka řekla."
    with pytest.raises(CommandError, match="an option must be one of"):
        call_command("import", cast.project.slug, str(file), "--option", "mode=1")
    with pytest.raises(CommandError, match="Use person_from=field and person_field=NAME together"):
        call_command("import", cast.project.slug, str(file), "--option", "person_from=field")
    with pytest.raises(CommandError, match="offset_unit must be one of code_points, utf16, graphemes, bytes"):
        call_command("import", cast.project.slug, str(file), "--option", "offset_unit=letters")


def test_a_table_is_mapped_by_options(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text("claim,evidence,stance\nThe bridge is open.,Cars cross it.,pro\n", "utf-8")
    values = 'values={"relation": {"pro": "corroborates"}}'
    chosen = ["--option", "table=claims", "--option", 'columns={"relation": "stance"}', "--option", values]
    out = StringIO()
    call_command("import", cast.project.slug, str(file), "--format", "table", *chosen, stdout=out)
    assert out.getvalue().startswith("table, done: 2 articles, 2 spans, 1 links, 0 verdicts")
    with pytest.raises(CommandError, match="table must be one of articles, spans, links, verdicts, claims"):
        call_command("import", cast.project.slug, str(file), "--option", "table=people")
    with pytest.raises(CommandError, match="table: Choose what the table is"):
        call_command("import", cast.project.slug, str(file), "--format", "table")
