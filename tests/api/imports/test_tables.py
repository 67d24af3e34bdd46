"""Tables as the API takes them, and the ids that it then tells."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.formats.examples import MAPPING, RECORD
from annotations.models import Article, Import, Link, Span
from tests.api.imports.sending import report, send, send_json
from tests.api.refusals import refused
from tests.cast import Api, Cast

pytestmark = pytest.mark.django_db

CLAIMS = b"id,claim,evidence,relation\nc1,The bridge is open.,Cars cross it.,corroborates\n"


def test_a_table_comes_in_and_its_ids_are_told(cast: Cast) -> None:
    articles = send(cast, files={"a.csv": b"id,body\nd1,A text.\n"}, format="table", options='{"table": "articles"}')
    assert report(cast, articles)["refused"] == 0
    options = json.dumps({"table": "spans", "columns": {"label": "kind"}, "values": {"label": {"Major": "claim"}}})
    spans = send(cast, files={"s.csv": b"id,article,kind,quote\ns1,d1,Major,A\n"}, format="table", options=options)
    assert report(cast, spans)["made"]["spans"] == 1
    article, span = Article.objects.get(external_id="d1"), Span.objects.get(external_id="s1")
    caller = Api(cast.manager)
    assert caller.call("get", f"articles/{article.pk}/").json()["external_id"] == "d1"
    assert caller.call("get", f"spans/{span.pk}/").json()["external_id"] == "s1"
    assert caller.call("get", f"claims/{span.pk}/").json()["external_id"] == "s1"
    claims = caller.call("get", f"projects/{cast.project.slug}/claims/").json()["results"]
    assert [one["external_id"] for one in claims] == ["s1"]


def test_a_table_may_be_sent_as_text(cast: Cast) -> None:
    answer = send_json(cast, text=CLAIMS.decode(), format="table", options={"table": "claims"})
    assert report(cast, answer)["made"] == {"articles": 2, "spans": 2, "links": 1, "verdicts": 0}


def test_what_has_no_id_from_outside_says_so(cast: Cast) -> None:
    assert Api(cast.manager).call("get", f"articles/{cast.article.pk}/").json()["external_id"] is None


@pytest.mark.parametrize(
    ("options", "format_", "field"),
    [
        ({}, "table", "options.table"),
        ({"table": "people"}, "table", "table"),
        ({"table": "claims", "types": {"a": "claim"}}, "table", "options.types"),
        ({"table": "claims", "without_boilerplate": True}, "table", "options.without_boilerplate"),
        ({"table": "claims"}, "csv", "options.table"),
        ({"table": "claims"}, "", "options.table"),
        ({"files": {"a.csv": {}}}, "table", "options.files.a.csv.table"),
        ({"files": {"a.csv": {"table": "people"}}}, "table", "options.files.a.csv.table"),
        ({"files": {"a.csv": {"table": "claims", "mode": 1}}}, "table", "options.files.a.csv.mode"),
        ({"files": {"a.csv": 5}}, "table", "options.files.a.csv"),
        ({"table": "claims", "columns": {"clam": "a"}}, "table", "options.columns.clam"),
        ({"table": "claims", "columns": {"claim": 5}}, "table", "options.columns"),
        ({"table": "claims", "values": {"speaker": {}}}, "table", "options.values.speaker"),
        ({"table": "claims", "values": {"relation": {"a": "likes"}}}, "table", "options.values.relation.a"),
        ({"table": "claims", "values": {"rating": {"a": "perhaps"}}}, "table", "options.values.rating.a"),
        ({"table": "claims", "values": {"label": 5}}, "table", "options.values.label"),
        ({"table": "claims", "fields": ["user"]}, "table", "options.fields"),
        ({"table": "spans", "fields": ["9 lives"]}, "table", "options.fields"),
        ({"table": "spans", "fields": "speaker"}, "table", "fields"),
    ],
)
def test_a_mapping_that_is_wrong_is_told_where(cast: Cast, options: Any, format_: str, field: str) -> None:
    fields: dict[str, Any] = {"format": format_} if format_ else {}
    answer = send(cast, files={"a.csv": CLAIMS}, options=json.dumps(options), **fields)
    assert refused(answer, 400, "invalid-input")["errors"][0]["field"] == field
    assert not Import.objects.exists()


def test_the_documented_record_comes_in(cast: Cast) -> None:
    record = json.dumps(json.loads(RECORD)).encode()
    told = report(cast, send(cast, files={"r.jsonl": record}))
    assert (told["made"], told["refused"]) == ({"articles": 1, "spans": 2, "links": 1, "verdicts": 1}, 0)
    told = report(cast, send(cast, files={"r.jsonl": b'{"schema": "factcheck/1", "article": {"text": "Open."}}'}))
    assert (told["made"]["articles"], told["refused"]) == (1, 0)


def test_the_documented_table_comes_in(cast: Cast) -> None:
    rows = [("1", "The bridge is open.", "Cars cross it.", "SUPPORTS"), ("2", "It is blue.", "It is red.", "REFUTES"),
            ("3", "It is old.", "Cars cross it.", "NOT ENOUGH INFO")]  # fmt: skip
    names = ("unique_id", "claim", "evidence", "label")
    content = "\n".join(json.dumps(dict(zip(names, row, strict=True))) for row in rows).encode()
    told = report(cast, send(cast, files={"dev.jsonl": content}, format="table", options=MAPPING))
    assert told["made"] == {"articles": 5, "spans": 5, "links": 2, "verdicts": 0}
    assert (told["refused"], [one["code"] for one in told["noted"]]) == (0, ["column_left_out", "value_left_out"])
    assert set(Link.objects.values_list("relation", flat=True)) == {"corroborates", "contradicts"}
