"""`imports/`: files, texts and choices as the API takes them, and what it tells of them."""

from __future__ import annotations

import io
import json
import zipfile
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from annotations.bounded import Process
from annotations.formats.fetching import page
from annotations.models import Article, Import, Span, User
from tests.api.imports.sending import report, send, send_json
from tests.api.refusals import refused
from tests.cast import Api, Cast
from tests.formats.exports import lines
from tests.formats.fetching.site import SENTENCES, serving
from tests.formats.storing.sent import line, link, span

pytestmark = pytest.mark.django_db


def test_files_are_answered_with_an_import_that_waits_for_a_worker(cast: Cast) -> None:
    answer = send(cast, files={"a.txt": b"One text.", "b.txt": b"Two texts."})
    told = answer.json()
    assert (answer.status_code, told["state"], told["total"]) == (202, "waiting", None)
    assert [file["name"] for file in told["files"]] == ["a.txt", "b.txt"]
    assert ProcrastinateJob.objects.filter(args={"import_id": told["id"]}).count() == 1


def test_the_report_tells_what_came_of_it(cast: Cast) -> None:
    record = line("A text.", spans=[span((0, 1)), span((9, 99))])
    told = report(cast, send(cast, files={"r.jsonl": json.dumps(record).encode()}))
    assert (told["state"], told["format"], told["done"], told["total"], told["refused"]) == ("done", "jsonl", 1, 1, 1)
    assert told["made"] == {"articles": 1, "spans": 1, "links": 0, "verdicts": 0}
    [refusal] = told["refusals"]
    assert (refusal["file"], refusal["place"], refusal["code"]) == ("r.jsonl", "line 1, spans[1]", "fragments")


def test_an_archive_may_climb_nowhere_and_the_rest_comes_in(cast: Cast) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../climbs.txt", "Up.")
        archive.writestr("bomb.txt", b"0" * 200_000_000)
        archive.writestr("fine.txt", "A fine text.")
    told = report(cast, send(cast, files={"corpus.zip": packed.getvalue()}))
    assert {refusal["code"] for refusal in told["refusals"]} == {"unsafe_path", "too_large"}
    assert list(Article.objects.filter(imported_in=told["id"]).values_list("body", flat=True)) == ["A fine text."]


@pytest.mark.parametrize(
    ("stray", "state", "code"), [("LICENSE", "done", "not_read"), ("report.pdf", "failed", "not_text")]
)
def test_a_stray_is_named_and_all_or_nothing_minds_only_what_may_be_somebodys_work(
    cast: Cast, stray: str, state: str, code: str
) -> None:
    told = report(cast, send(cast, files={"a.txt": b"A text.", "b.txt": b"Two.", stray: b"%PDF-"}, strict="true"))
    assert (told["state"], told["format"], told["total"]) == (state, "txt", 2)
    assert [(one["file"], one["code"]) for one in told["refusals"] + told["noted"]] == [(stray, code)]


@pytest.mark.parametrize("beside", [False, True])
def test_a_text_comes_as_json_with_what_is_known_of_it(cast: Cast, beside: bool) -> None:
    known = {"title": "Given", "outlet": "Desk", "published_on": "2026-01-31", "language": "en"}
    told = report(cast, send_json(cast, text="A text\r\nof two lines.", **(known if beside else {"metadata": known})))
    article = Article.objects.get(imported_in=told["id"])
    assert (article.title, article.outlet, str(article.published_on)) == ("Given", "Desk", "2026-01-31")
    assert article.body == "A text\nof two lines."


def test_a_page_comes_by_its_address_where_the_operator_allows_it(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "http://news.example.org/page"
    settings.FETCHING = True
    with serving() as site:
        monkeypatch.setattr(page, "Network", site.network)
        monkeypatch.setattr(Process, "is_within", True)
        told = report(cast, send_json(cast, url=address, metadata={"outlet": "Desk"}))
    article = Article.objects.get(imported_in=told["id"])
    assert (article.title, article.outlet, article.url, article.fetched_from) == (
        "Die Brücke",
        "Desk",
        address,
        address,
    )
    assert SENTENCES in article.body
    assert article.fetched_at is not None


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"url": "http://news.example.org/page"}, "url", "fetching_off"),
        ({"url": "http://news.example.org/page", "text": "x"}, "text", "required"),
        ({"url": "http://news.example.org/page", "format": "txt"}, "format", "invalid_choice"),
        ({}, "text", "required"),
    ],
)
def test_what_is_neither_a_text_nor_an_address_to_fetch_is_refused(
    cast: Cast, body: dict[str, str], field: str, code: str
) -> None:
    answer = send_json(cast, **body)
    assert [(error["field"], error["code"]) for error in refused(answer, 400, "invalid-input")["errors"]] == [
        (field, code)
    ]


def test_choices_hold(cast: Cast) -> None:
    record = line("A text.", spans=[span((0, 1), annotator="x")], language="")
    options = json.dumps({"people": {"x": cast.annotator.email}})
    report(cast, send(cast, files={"r.jsonl": json.dumps(record).encode()}, options=options, format="jsonl"))
    assert Span.objects.get(quote="A").assignment.assignee == cast.annotator


def test_a_page_comes_in_without_boilerplate_where_that_is_chosen(cast: Cast) -> None:
    options = json.dumps({"without_boilerplate": True})
    report(cast, send(cast, files={"a.txt": b"The bridge is safe.\nShare this\n"}, options=options))
    assert Article.objects.latest("created_at").body == "The bridge is safe."


def test_stored_choices_have_the_names_of_today_after_the_migration(cast: Cast) -> None:
    made = send(cast, files={"a.txt": b"One text."}, options=json.dumps({"encoding": "utf-8"})).json()
    Import.objects.update(options={"encoding": "utf-8", "without_furniture": True})
    with connection.cursor() as cursor:
        cursor.execute(import_module("annotations.migrations.0034_names_of_imports").BOILERPLATE)
    assert Import.objects.get(pk=made["id"]).options == {"encoding": "utf-8", "without_boilerplate": True}


def test_what_offsets_count_is_chosen(cast: Cast) -> None:
    record = json.dumps({"text": "👍 is so.", "label": [[3, 5, "claim"]]}).encode()
    told = report(cast, send(cast, files={"a.jsonl": record}, format="doccano"))
    assert [one["code"] for one in told["refusals"]] == ["unit_unknown"]
    report(cast, send(cast, files={"a.jsonl": record}, format="doccano", options='{"offset_unit": "utf16"}'))
    assert Span.objects.get().quote == "is"


def test_what_offsets_count_is_not_ignored_where_the_files_turn_out_to_say_it(cast: Cast) -> None:
    record = json.dumps(line("A text.", spans=[span((0, 1))])).encode()
    told = report(cast, send(cast, files={"a.jsonl": record}, options='{"offset_unit": "utf16", "crlf": "two"}'))
    words = "The offsets of jsonl are always counted the same way. Leave out: offset_unit, crlf."
    assert (told["state"], told["failure"]) == ("failed", words)
    assert not Article.objects.filter(imported_in=told["id"]).exists()


def test_the_report_tells_whom_the_files_name_and_who_that_is(cast: Cast) -> None:
    files = {name: json.dumps({"text": "It is so.", "label": [[3, 5, "claim"]]}).encode() for name in ("ann.jsonl",
             "bo.jsonl")}  # fmt: skip
    options = json.dumps({"people": {"bo": cast.annotator.email}})
    told = report(cast, send(cast, files=files, format="doccano", options=options))
    kept = User.objects.get(name="ann")
    assert told["people"] == [
        {"name": "ann", "user": {"id": kept.pk, "name": "ann"}, "spans": 1},
        {"name": "bo", "user": {"id": cast.annotator.pk, "name": str(cast.annotator)}, "spans": 1},
    ]


def test_what_names_whoever_annotated_is_chosen(cast: Cast) -> None:
    record = json.dumps({"text": "It is so.", "label": [[3, 5, "claim"]], "by": "Ada"}).encode()
    options = json.dumps({"person_from": "field", "person_field": "by"})
    told = report(cast, send(cast, files={"a.jsonl": record}, format="doccano", options=options))
    assert [one["name"] for one in told["people"]] == ["Ada"]


def test_what_names_people_is_not_ignored_where_the_files_turn_out_to_be_texts_alone(cast: Cast) -> None:
    told = report(cast, send(cast, files={"a.txt": b"A text."}, options='{"person_from": "file"}'))
    assert (told["state"], "Leave out person_from" in told["failure"]) == ("failed", True)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "file"),
        ({"format": "nonsense"}, "format"),
        ({"strict": "perhaps"}, "strict"),
        ({"mode": "fast"}, "mode"),
        ({"options": "{"}, ""),
        ({"options": '{"poeple": {}}'}, "poeple"),
        ({"options": '{"without_furniture": true}'}, "without_furniture"),
        ({"options": '{"people": {"x": "nobody@example.org"}}'}, "options.people"),
        ({"options": '{"people": {"x": {}}}'}, "people.x"),
        ({"options": '{"types": {"Person": "", "Place": null}}'}, "types.Place"),
        ({"options": '{"fields": ["a", 5]}'}, "fields.1"),
        ({"options": '{"metadata": {"language": "?"}}'}, "metadata.language"),
        ({"options": '{"offset_unit": "letters"}'}, "offset_unit"),
        ({"options": '{"crlf": 2}'}, "crlf"),
        ({"options": '{"person_from": "name"}'}, "person_from"),
        ({"options": '{"person_from": "field"}'}, "person_field"),
        ({"options": '{"person_field": "by"}'}, "person_field"),
        ({"options": '{"person_from": "file"}', "format": "txt"}, "options.person_from"),
        ({"options": '{"offset_unit": "utf16"}', "format": "labelstudio"}, "options.offset_unit"),
    ],
)
def test_a_form_that_is_wrong_is_told_where(cast: Cast, fields: dict[str, Any], field: str) -> None:
    files = {"a.txt": b"A text."} if fields else {}
    problem = refused(send(cast, files=files, **fields), 400, "invalid-input")
    assert problem["errors"][0]["field"] == field
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": 5}, "text"),
        ({"text": "a", "mode": 1}, "mode"),
        ({"text": "a", "format": "x"}, "format"),
        ({"text": "a", "url": "https://example.org/"}, "text"),
        ({"url": "https://example.org/"}, "url"),
    ],
)
def test_json_that_is_wrong_is_told_where(cast: Cast, body: dict[str, Any], field: str) -> None:
    assert refused(send_json(cast, **body), 400, "invalid-input")["errors"][0]["field"] == field


def test_a_form_that_breaks_off_is_refused(cast: Cast) -> None:
    broken = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nA te'
    path = f"/api/v1/projects/{cast.project.slug}/imports/"
    answer = Api(cast.manager).post(path, broken, content_type="multipart/form-data; boundary=")
    refused(answer, 400, "invalid-input")


def test_the_list_tells_of_what_was_begun(cast: Cast) -> None:
    send(cast, files={"a.txt": b"One text."})
    Import.objects.create(project=cast.project, by=cast.manager, state="proposed")
    told = Api(cast.manager).call("get", f"projects/{cast.project.slug}/imports/").json()
    assert [one["state"] for one in told["results"]] == ["waiting"]


def test_a_waiting_import_is_cancelled_once(cast: Cast) -> None:
    place = f"imports/{send(cast, files={'a.txt': b'One text.'}).json()['id']}/"
    assert Api(cast.manager).call("delete", place).status_code == 204
    assert Api(cast.manager).call("get", place).json()["state"] == "cancelled"
    refused(Api(cast.manager).call("delete", place), 409, "import-over")


def test_nobody_else_finds_an_import(cast: Cast) -> None:
    key = send(cast, files={"a.txt": b"One text."}).json()["id"]
    for path in (f"imports/{key}/", f"imports/{key}/refused.csv", f"imports/{key}/notes.csv"):
        assert Api(cast.outsider).call("get", path).status_code == 404
        assert Api(cast.annotator).call("get", path).status_code == 403
    assert Api(cast.manager).call("get", f"imports/{uuid4()}/").status_code == 404


NOTED = b"title,body,mood\nOne,A text.,grave\nTwo,,grave\n"
"""A table with a column that articles don't have, and a row without a text."""


def test_what_is_noted_is_counted_apart_from_what_is_refused(cast: Cast) -> None:
    told = report(cast, send(cast, files={"a.csv": NOTED}))
    assert (told["refused"], [one["code"] for one in told["refusals"]]) == (1, ["no_text"])
    assert (told["notes"], [one["code"] for one in told["noted"]]) == (1, ["column_left_out"])


def test_a_strict_import_comes_in_with_notes_and_tells_them_where_it_does_not(cast: Cast) -> None:
    told = report(cast, send(cast, files={"a.csv": b"body,mood\nA text.,grave\n"}, strict="true"))
    assert (told["state"], told["made"]["articles"], told["refused"], told["notes"]) == ("done", 1, 0, 1)
    told = report(cast, send(cast, files={"a.csv": NOTED}, strict="true"))
    assert (told["state"], told["made"]["articles"], told["refused"], told["notes"]) == ("failed", 0, 1, 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "code"), [("refused", "no_text"), ("notes", "column_left_out")])
def test_each_csv_has_its_own_items(cast: Cast, name: str, code: str) -> None:
    told = report(cast, send(cast, files={"a.csv": NOTED}))
    answer = Api(cast.manager).call("get", f"imports/{told['id']}/{name}.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="{name}-{told["id"]}.csv"'
    [_, row] = lines(answer).decode("utf-8-sig").splitlines()
    assert f",{code}," in row


@pytest.mark.django_db(transaction=True)
def test_the_csv_has_every_refusal_and_runs_no_formula(cast: Cast) -> None:
    bad = link(span((0, 1)), {"id": str(uuid4())})
    record = {**line("A text."), "links": [bad]}
    told = report(cast, send(cast, files={"=cmd.jsonl": json.dumps(record).encode()}))
    answer = Api(cast.manager).call("get", f"imports/{told['id']}/refused.csv")
    rows = lines(answer).decode("utf-8-sig").splitlines()
    assert answer["Content-Type"].startswith("text/csv")
    assert rows[0] == "file,place,code,detail"
    assert rows[1].startswith('\'=cmd.jsonl,"line 1, links[0]",end_missing,')
