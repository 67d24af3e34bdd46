"""What stands where a name was: it stays the same, and what depends on it still works."""

from __future__ import annotations

import io
import json
import zipfile
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Article, Import, Project, User
from tests.cast import Api, Cast, make_cast, make_project, person
from tests.databases import empty_tables
from tests.formats.exports import export
from tests.formats.storing.sent import brought, line, span, waiting
from tests.formats.storing.test_tools import exported, records

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "The mayor says the bridge is safe. It is not.\n"
OF_SUE = "T1\tPremise 0 9\tThe mayor\nT2\tClaim 15 33\tthe bridge is safe\n"
OF_TOM = "T1\tPremise 10 14\tsays\nT2\tClaim 35 45\tIt is not.\nR1\tsupport Arg1:T1 Arg2:T2\n"
OF_TWO = {"sue/first.txt": TEXT, "sue/first.ann": OF_SUE, "tom/first.txt": TEXT, "tom/first.ann": OF_TOM}


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def bring(project: Project, by: User, name: str, content: bytes | dict[str, str], **options: Any) -> Import:
    """An import of an archive, over."""
    if isinstance(content, dict):
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as opened:
            for path, text in content.items():
                opened.writestr(path, text)
        content = archive.getvalue()
    one = waiting(receive(project, by, [("a.zip", io.BytesIO(content))], format=name, options=options))
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    return one


def test_two_files_of_one_person_stay_two_files(cast: Cast) -> None:
    bring(cast.project, cast.manager, "brat", OF_TWO, others="me")

    [*_, record] = export(cast, state="any")

    heads = {one["fields"]["brat"].partition("\n")[0].partition(" in ")[2] for one in record["spans"]}
    assert len(heads) == 2
    assert len([one for one in record["links"] if one["relation"] == "corroborates"]) == 1


def test_what_went_out_and_came_in_goes_out_again_as_the_same_bytes(cast: Cast) -> None:
    bring(cast.project, cast.manager, "brat", OF_TWO, others="keep")
    before = exported(cast.project, cast.manager, "jsonl")
    empty_tables()
    manager = person("somebody")
    project = make_project(manager)

    one = waiting(receive(project, manager, [("a.jsonl", io.BytesIO(before))], format="jsonl"))
    assert run(one.pk, stopping=lambda: False)

    assert exported(project, manager, "jsonl") == before


def test_a_brat_archive_without_names_comes_in_as_the_same_work(cast: Cast) -> None:
    bring(cast.project, cast.manager, "brat", OF_TWO, others="keep")
    before, content = records(cast.project, cast.manager), exported(cast.project, cast.manager, "brat")
    empty_tables()
    manager = person("somebody")
    project = make_project(manager)

    bring(project, manager, "brat", content, others="keep")

    after = records(project, manager)
    assert sorted(map(_work, after)) == sorted(map(_work, before))
    assert exported(project, manager, "brat").count(b"sue") == 0


def _work(record: dict[str, Any]) -> list[Any]:
    spans = {one["id"]: (one["label"], one["fragments"], one["annotator"]) for one in record["spans"]}
    links = [(one["relation"], spans[one["source"]], spans[one["target"]]) for one in record["links"]]
    return [record["article"]["title"], record["article"]["text"], sorted(spans.values()), sorted(links)]


def test_a_title_that_somebody_gives_leaves(cast: Cast) -> None:
    bring(cast.project, cast.manager, "brat", {"sue.txt": TEXT})
    article = Article.objects.get(title="sue")
    assert export(cast, article=str(article.pk))[0]["article"]["title"] == f"article-{article.pk.hex[-12:]}"

    article.describe(by=cast.manager, title="Is the bridge safe?")

    assert export(cast, article=str(article.pk))[0]["article"]["title"] == "Is the bridge safe?"


def test_a_title_that_a_file_brings_leaves(cast: Cast) -> None:
    brought(cast.project, cast.manager, line(TEXT, title="Is the bridge safe?"))

    assert [one["article"]["title"] for one in export(cast)] == ["The bridge", "Is the bridge safe?"]


def test_a_field_has_the_pseudonym_of_whom_it_names(cast: Cast) -> None:
    spans = [span((0, 9), annotator="Sue", fields={"annotator": "Sue"}), span((10, 14), fields={"user": "Ann"})]
    brought(cast.project, cast.manager, line(TEXT, spans=spans))

    [*_, record] = export(cast)

    [first, second] = record["spans"]
    assert first["fields"]["annotator"] == first["annotator"]
    assert second["fields"]["user"].startswith("person-")
    assert second["fields"]["user"] not in (first["annotator"], second["annotator"])


def test_other_values_stay_as_they_are(cast: Cast) -> None:
    fields = {"annotator_agreement": 0.5, "source": "Sue", "user_id": 7, "path": "/home/sue/a.txt"}
    brought(cast.project, cast.manager, line(TEXT, spans=[span((0, 9), annotator="Sue", fields=fields)]))

    [*_, record] = export(cast)

    said = record["spans"][0]["fields"]
    assert said.pop("path").startswith("file-")
    assert said == {"annotator_agreement": 0.5, "source": "Sue"}


def test_a_release_of_one_person_names_them_only_where_names_are_asked_for(cast: Cast) -> None:
    def asked(**filters: Any) -> Any:
        body = {"name": f"of {len(filters)}", "formats": ["jsonl"], "filters": {"annotator": "annotator", **filters}}
        return Api(cast.manager).call("post", f"projects/{cast.project.slug}/releases/", body)

    refused, taken = asked(), asked(names=True)

    assert (refused.status_code, json.loads(refused.content)["errors"][0]["field"]) == (400, "filters.annotator")
    assert taken.status_code == 202


def test_titles_of_earlier_imports_are_told_by_what_they_look_like(cast: Cast) -> None:
    bring(cast.project, cast.manager, "brat", {"sue.txt": TEXT, "Talk of sue.v2.txt": "Other."})
    brought(cast.project, cast.manager, line("A third.", title="records"), line("A fourth.", title="Safe"))
    Article.objects.update(title_from_file=False)
    Article.objects.filter(title="Talk of sue.v2").update(title="Talk of sue")

    with connection.cursor() as cursor:
        cursor.execute(import_module("annotations.migrations.0015_titles_from_files").LOOK)

    assert set(Article.objects.filter(title_from_file=True).values_list("title", flat=True)) == {"sue", "records"}
