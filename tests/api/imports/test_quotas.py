"""What an import may leave behind: a list of bounded length, which can be deleted, and a bounded number of imports."""

from __future__ import annotations

import gzip
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from annotations.formats.reading.records import NOTES, Refusal
from annotations.imports.context import Report
from annotations.models import Import, ImportFile, ReportedItem
from annotations.models.transfer.imports import MOST_REPORTED, MOST_UNDER_WAY
from tests.api.imports.sending import report, send, send_json
from tests.api.refusals import refused
from tests.cast import Api, Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("strict", ["false", "true"])
def test_of_very_many_refusals_all_are_counted_and_ten_thousand_are_listed(cast: Cast, strict: str) -> None:
    packed = gzip.compress(b"x\n" * 15_000)
    assert len(packed) < 200
    told = report(cast, send(cast, files={"a.jsonl.gz": packed}, format="jsonl", strict=strict))
    assert (told["refused"], len(told["refusals"])) == (15_000, 100)
    assert ReportedItem.objects.filter(of=told["id"]).count() == MOST_REPORTED


def test_notes_have_a_list_of_their_own_and_go_on_from_where_it_is() -> None:
    listed = Report(refused=MOST_REPORTED - 1, notes=0)
    listed.take([Refusal("a", "", code, "") for code in ("wrong", "wrong", min(NOTES))])
    assert (listed.refused, listed.notes) == (MOST_REPORTED + 1, 1)
    assert [one.code for one in listed.listed] == ["wrong", min(NOTES)]


def test_a_line_of_the_report_is_cut(cast: Cast) -> None:
    one = Import.objects.create(project=cast.project, by=cast.manager, state="running")
    listed = Report()
    listed.take([Refusal("f" * 9_000, "p" * 9_000, "c" * 9_000, "d" * 9_000)])
    listed.store(one)
    [item] = one.reported.all()
    assert [len(text) for text in (item.file, item.place, item.code, item.detail)] == [400, 400, 60, 1_000]


def test_a_report_is_deleted_once_the_import_is_over_and_what_came_in_stays(cast: Cast) -> None:
    told = report(cast, send(cast, files={"a.txt": b"A text.", "b.txt": b"\xff\xfe\x00"}))
    assert told["refused"] == 1
    assert deleted(cast, told["id"]).status_code == 204
    after = Api(cast.manager).call("get", f"imports/{told['id']}/").json()
    assert (after["refused"], after["refusals"], after["made"]["articles"]) == (1, [], 1)


def test_an_import_of_which_nothing_came_in_is_deleted_with_its_files(cast: Cast) -> None:
    told = report(cast, send(cast, files={"b.txt": b"\xff\xfe\x00"}))
    assert deleted(cast, told["id"]).status_code == 204
    assert not Import.objects.filter(pk=told["id"]).exists()
    assert not ImportFile.objects.filter(of=told["id"]).exists()


def test_an_import_that_is_under_way_keeps_its_report(cast: Cast) -> None:
    one = send_json(cast, text="A text.").json()["id"]
    refused(deleted(cast, one), 409, "import-under-way")


def deleted(cast: Cast, key: str) -> Any:
    return Api(cast.manager).call("delete", f"imports/{key}/report/")


def test_one_person_has_a_bounded_number_of_imports_that_are_not_over(cast: Cast) -> None:
    waiting = [Import(project=cast.project, by=cast.manager, state="waiting") for _ in range(MOST_UNDER_WAY)]
    Import.objects.bulk_create(waiting)
    problem = refused(send_json(cast, text="A text."), 409, "imports-under-way")
    assert str(MOST_UNDER_WAY) in problem["detail"]
    Import.objects.filter(pk=waiting[0].pk).update(state="done")
    assert send_json(cast, text="A text.").status_code == 202


def test_a_project_keeps_a_bounded_number_of_imports(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "INSERT INTO annotations_import (id, project_id, by_id, format, strict, options, state, phase, position,"
            " done, links_read, verdicts_read, articles, spans, links, verdicts, known, refused, notes, failure)"
            " SELECT gen_random_uuid(), %s, %s, '', false, '{}', 'done', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ''"
            " FROM generate_series(1, 10000)",
            [cast.project.pk, cast.manager.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    problem = refused(send_json(cast, text=f"A text {uuid4()}."), 409, "imports-kept")
    assert "10,000" in problem["detail"]
