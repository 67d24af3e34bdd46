"""What goes out as `uima`, comes into an emptied database and goes out again as `jsonl`, is the same bytes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings

from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Import, Project, User
from tests.cast import Api, fresh, make_project, person
from tests.databases import empty_tables
from tests.formats.exports import lines
from tests.formats.storing.sent import waiting
from tests.formats.uima.test_round_trip import tangled

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _storage(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def exported(project: Project, by: User, name: str) -> bytes:
    query = {"format": name, "state": "any"}
    return lines(Api(fresh(by)).call("get", f"projects/{project.slug}/export/", query_params=query))


def again(project: Project, by: User) -> tuple[bytes, bytes, Import]:
    """What goes out as jsonl before and after everything went out as uima and came in elsewhere."""
    before, content = exported(project, by, "jsonl"), exported(project, by, "uima")
    empty_tables()
    manager = person("somebody")
    empty = make_project(manager)
    received = receive(empty, manager, [("a.zip", io.BytesIO(content))], format="uima", options={"others": "keep"})
    one = waiting(received)
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    return before, exported(empty, manager, "jsonl"), one


def test_the_seeds(transactional_db: None) -> None:
    call_command("loadseeds", accounts=True, verbosity=0)

    before, after, one = again(Project.objects.get(), User.objects.get(email="manager@example.org"))

    assert list(one.refusals.values_list("place", "code")) == []
    assert after.replace(b', "approval" : "imported"', b"") == before


def test_fragments_fields_and_links_across_articles(transactional_db: None) -> None:
    cast = tangled()

    before, after, one = again(cast.project, cast.manager)

    assert list(one.refusals.values_list("place", "code")) == []
    assert after == before
