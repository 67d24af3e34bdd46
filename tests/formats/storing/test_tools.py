"""What went out for Web Annotations, Label Studio and doccano is stored again as it was."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Import, Project, User
from tests.cast import Api, Cast, fresh, make_cast, make_project, person
from tests.databases import empty_tables
from tests.formats.exports import lines
from tests.formats.rich import make_apart, make_rich
from tests.formats.storing.sent import refusals, waiting
from tests.formats.there_and_back import make_work

pytestmark = pytest.mark.django_db(transaction=True)


def exported(project: Project, by: User, name: str) -> bytes:
    query = {"format": name, "state": "any"}
    return lines(Api(fresh(by)).call("get", f"projects/{project.slug}/export/", query_params=query))


def records(project: Project, by: User) -> list[Any]:
    return [json.loads(line) for line in exported(project, by, "jsonl").splitlines()]


def people(records: list[Any]) -> list[str]:
    """The names that stand in records."""
    marks = [one for record in records for part in ("spans", "links", "verdicts") for one in record[part]]
    names = {one.get(role) for one in marks for role in ("annotator", "author", "reviewer")}
    return sorted(name for name in names if name)


def as_imported(records: list[Any]) -> list[Any]:
    """What an import makes of records: approvals say that it brought them."""
    for verdict in (one for record in records for one in record["verdicts"]):
        verdict.update({"approval": "imported"} if verdict["state"] == "approved" else {})
    return records


def stored(file: str, content: bytes, name: str, keep: list[str]) -> tuple[Import, list[Any]]:
    """An import into a new project, over, and the records of that project."""
    manager = person("somebody")
    project = make_project(manager)
    options = {"people": dict.fromkeys(keep, "keep")}
    one = waiting(receive(project, manager, [(file, io.BytesIO(content))], format=name, options=options))
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    return one, records(project, manager)


@pytest.mark.parametrize("name", ["webannotation", "labelstudio", "doccano"])
def test_work_comes_back_as_it_was(transactional_db: None, name: str) -> None:
    cast = make_cast()
    make_work(cast)
    before, content = records(cast.project, cast.manager), exported(cast.project, cast.manager, name)
    empty_tables()

    one, after = stored("export.json", content, name, people(before))

    assert refusals(one) == []
    assert after == as_imported(before)


@pytest.mark.parametrize("make", [make_rich, make_apart])
@pytest.mark.parametrize("name", ["jsonl", "labelstudio", "doccano"])
def test_what_makes_formats_break_comes_back_as_it_was(
    transactional_db: None, name: str, make: Callable[[], Cast]
) -> None:
    cast = make()
    before, content = records(cast.project, cast.manager), exported(cast.project, cast.manager, name)
    empty_tables()

    one, after = stored("export.json", content, name, people(before))

    assert refusals(one) == []
    assert after == as_imported(before)


@pytest.mark.parametrize("name", ["webannotation", "labelstudio", "doccano"])
def test_the_seeds_come_back_as_they_were(transactional_db: None, name: str) -> None:
    call_command("loadseeds", accounts=True, verbosity=0)
    project, manager = Project.objects.get(), User.objects.get(email="manager@example.org")
    before, content = records(project, manager), exported(project, manager, name)
    empty_tables()

    one, after = stored("export.json", content, name, people(before))

    assert refusals(one) == []
    assert after == as_imported(before)


@pytest.mark.parametrize(
    ("path", "name", "code", "spans"),
    [
        ("import-labelstudio/frontend/examples/named_entity/annotations/1.json", "labelstudio", None, 1),
        ("import-labelstudio/frontend/examples/rich_text_plain/annotations/1.json", "labelstudio", "quote_mismatch", 0),
        ("import-doccano/backend/data_import/pipeline/examples/relation_extraction/example.jsonl", "doccano",
         "relation_unknown", 4),
    ],
)  # fmt: skip
def test_examples_of_others_are_stored_unless_they_are_wrong(
    transactional_db: None, corpora: Path, path: str, name: str, code: str | None, spans: int
) -> None:
    one, [record] = stored(Path(path).name, (corpora / path).read_bytes(), name, [])

    assert {found for _, found in refusals(one)} == ({code} if code else set())
    assert len(record["spans"]) == spans
    assert all(span["fields"].get("imported_type") for span in record["spans"])
