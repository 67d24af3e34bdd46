"""An id that was used keeps its history: nobody comes to it by using the id again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from annotations.models import Article, Membership, Project, Role, Span
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    Api,
    Cast,
    fresh,
    make_article,
    make_comment,
    make_project,
    make_span,
    make_supported,
    make_verdict,
)

KINDS = ("span", "link", "verdict", "comment")


@pytest.fixture
def own(cast: Cast) -> Project:
    """Another project, of somebody who is no member of the first one."""
    project = make_project(cast.outsider)
    Membership.objects.filter(user=cast.outsider).update(roles=[Role.MANAGER, Role.ANNOTATOR])
    return project


def body_of(kind: str, by: Any, article: Article) -> dict[str, Any]:
    """What a creation of this kind may say in the article."""
    if kind == "span":
        return {"article": str(article.pk), "label": "fact", "start": DANGER[0], "end": DANGER[1]}
    if kind == "comment":
        return {"on": {"article": str(article.pk)}, "text": "Here again."}
    claim = make_span(by, article)
    if kind == "verdict":
        return {"claim": str(claim.pk), "rating": "not_enough_evidence"}
    fact = make_span(by, article, CRACKS, "fact")
    return {"source": str(fact.pk), "target": str(claim.pk), "relation": "corroborates"}


def used(cast: Cast) -> dict[str, Any]:
    """One thing of each kind, of the first project's annotator."""
    claim, _, link, verdict = make_supported(cast)
    return {"span": claim, "link": link, "verdict": verdict, "comment": make_comment(cast.annotator, cast.article)}


def remove(cast: Cast, thing: Any) -> UUID:
    """Deletes it, and tells the id that it had."""
    key: UUID = thing.pk
    thing.refresh_from_db()
    thing.remove(by=cast.annotator, from_version=thing.version)
    return key


@contextmanager
def without_recording(table: str) -> Iterator[None]:
    """Rows of the table come in without an event, and without a look at the history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_recorded%%' "
                       "AND tgrelid = %s::regclass", [table])  # fmt: skip
        [(trigger,)] = cursor.fetchall()
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("gone", [True, False])
def test_an_id_of_another_project_is_not_to_be_had(cast: Cast, own: Project, kind: str, gone: bool) -> None:
    thing = used(cast)[kind]
    key = remove(cast, thing) if gone else thing.pk
    body = body_of(kind, cast.outsider, make_article(own))
    api = Api(cast.outsider)

    assert api.call("put", f"{kind}s/{key}/", body).status_code == 404
    assert api.call("get", f"{kind}s/{key}/history/").status_code == 404
    if gone:
        assert Api(cast.annotator).call("post", f"{kind}s/{key}/restore/").status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_nor_is_a_colleagues_in_an_independent_project(independent_cast: Cast, kind: str) -> None:
    cast = independent_cast
    key = remove(cast, used(cast)[kind])
    body = body_of(kind, cast.annotator2, cast.article)
    api = Api(cast.annotator2)

    assert api.call("put", f"{kind}s/{key}/", body).status_code == 404
    assert api.call("get", f"{kind}s/{key}/history/").status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_what_one_deleted_oneself_may_be_made_anew_with_its_id(cast: Cast, kind: str) -> None:
    key = remove(cast, used(cast)[kind])
    article = cast.article if kind == "span" else make_article(cast.project, "A" * 200)
    body = body_of(kind, cast.annotator, article)

    assert Api(cast.annotator).call("put", f"{kind}s/{key}/", body).status_code == 201


def test_a_batch_does_not_get_round_it(cast: Cast, own: Project) -> None:
    key = remove(cast, used(cast)["span"])
    body = body_of("span", cast.outsider, make_article(own))
    operations = [{"method": "PUT", "path": f"spans/{key}/", "body": body}]
    answer = Api(cast.outsider).call("post", f"projects/{own.slug}/batch/", {"operations": operations})

    assert [one["status"] for one in answer.json()["results"]] == [404]
    assert not Span.objects.filter(pk=key).exists()


@pytest.mark.django_db(transaction=True)
def test_history_of_an_id_that_two_projects_used_before_is_told_by_project(cast: Cast, own: Project) -> None:
    claim = make_span(cast.annotator, cast.article, MAYOR)
    verdict = make_verdict(cast.annotator, claim, rationale="Hidden from the other project.")
    verdict.change(by=cast.annotator, from_version=1, rationale="Reworded.")
    key = remove(cast, verdict)
    theirs = make_span(cast.outsider, make_article(own))
    with without_recording("annotations_verdict"):
        # As a version that did not look at the history let it happen.
        make_verdict(cast.outsider, theirs, id=key, rationale="Mine.")
    Membership.objects.create(project=cast.project, user=cast.outsider, roles=[Role.REVIEWER])
    api = Api(fresh(cast.outsider))

    assert api.call("get", f"verdicts/{key}/history/").json()["results"] == []
    assert "Reworded" not in api.get(f"/projects/{own.slug}/review/{key}/").content.decode()
