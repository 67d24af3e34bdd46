"""The worked examples of the guide for developers name the files that they touch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from annotations.vocabulary import FIELD_KINDS, RELATIONS

ROOT: Path = settings.BASE_DIR
GUIDE = (ROOT / "docs" / "developing.md").read_text("utf-8").partition("## Worked examples")[2].partition("\n## ")[0]
CODE = [
    path
    for path in (ROOT / "annotations").rglob("*.*")
    if path.suffix in (".py", ".js", ".css", ".html") and "migrations" not in path.parts
]


def files_of(example: str) -> list[str]:
    """The files that the guide lists under a heading."""
    part = GUIDE.partition(f"### {example}")[2].partition("\n### ")[0]
    return re.findall(r"^\d\. `([^`]+)`", part, re.MULTILINE)


def naming(*words: str) -> set[str]:
    """The files of code in which all of these words are."""
    found = [re.compile(rf"(?<![\w-]){word}(?![\w-])", re.IGNORECASE) for word in words]
    texts = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in CODE}
    return {path for path, text in texts.items() if all(one.search(text) for one in found)}


@pytest.mark.parametrize(("example", "most"), [("A field kind", 4), ("A relation", 8), ("A role", 4)])
def test_a_worked_example_touches_few_files_which_are_there(example: str, most: int) -> None:
    files = files_of(example)

    assert 0 < len(files) == len(set(files)) <= most
    assert [path for path in files if not (ROOT / path).is_file()] == []


def test_no_other_file_names_every_relation() -> None:
    assert naming(*RELATIONS) <= set(files_of("A relation"))


def test_no_other_file_names_every_field_kind() -> None:
    assert naming(*FIELD_KINDS) <= set(files_of("A field kind"))


def test_few_files_name_a_relation_of_evidence() -> None:
    named = re.compile(r"corroborates|contradicts")
    files = [path for path in CODE if path.suffix != ".html" and named.search(path.read_text("utf-8"))]

    assert len(files) <= 24
