"""Nothing new is added to an archived article or project, except what brings a review that has begun to its end."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from annotations.models import Article, Assignment, Link, Project, Span
from annotations.rules import ARCHIVED
from tests.api.refusals import nothing_changed, refused
from tests.cast import (
    CRACKS,
    DANGER,
    MAYOR,
    Api,
    Cast,
    make_article,
    make_link,
    make_span,
    make_supported,
    make_verdict,
)
from tests.formats.storing.sent import brought, line, refusals, span, verdict
from tests.rules.attack import broken, sql
from tests.rules.test_full_articles import TAKE_UP
from tests.web.visit import signed_in, words

EITHER = pytest.mark.parametrize("what", [Article, Project])


def archive(what: Any = Article) -> None:
    what.objects.update(archived=True)


def link_body(source: Span, target: Span, relation: str = "contradicts") -> dict[str, str]:
    return {"source": str(source.pk), "target": str(target.pk), "relation": relation}


@EITHER
def test_no_span_is_made(cast: Cast, what: Any) -> None:
    mine = make_span(cast.annotator, cast.article)
    archive(what)
    body = {"article": str(cast.article.pk), "label": "fact", "start": 0, "end": 14}
    batch = {"operations": [{"method": "PUT", "path": f"spans/{uuid4()}/", "body": body}] * 2}

    with nothing_changed():
        refused(Api(cast.annotator).put_span(cast.article, DANGER), 409, "archived", "article")
        answer = Api(cast.annotator).call("post", f"projects/{cast.project.slug}/batch/", batch)
    assert {one["body"]["type"] for one in answer.json()["results"]} == {"/problems/archived"}
    with broken(ARCHIVED):
        Span.objects.create(assignment=mine.assignment, article=cast.article, label="fact", fragments=[[0, 14]])


@EITHER
def test_nobody_takes_it_up(cast: Cast, what: Any) -> None:
    archive(what)

    with nothing_changed():
        answer = Api(cast.annotator).call("put", f"articles/{cast.article.pk}/assignment/")
    refused(answer, 409, "archived", "article")
    with broken(ARCHIVED):
        sql(TAKE_UP, cast.article.pk, cast.annotator.pk)


@EITHER
def test_no_link_and_no_verdict_is_made(cast: Cast, what: Any) -> None:
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")
    archive(what)
    api = Api(cast.annotator)

    with nothing_changed():
        refused(api.call("put", f"links/{uuid4()}/", link_body(fact, claim)), 409, "archived")
        refused(api.call("put", f"verdicts/{uuid4()}/", {"claim": str(claim.pk)}), 409, "archived")
    with broken(ARCHIVED):
        make_link(cast.annotator, fact, claim)
    with broken(ARCHIVED):
        make_verdict(cast.annotator, claim)


@EITHER
@pytest.mark.parametrize("kind", ["span", "link", "verdict"])
def test_nothing_is_restored(cast: Cast, what: Any, kind: str) -> None:
    _, fact, link, draft = make_supported(cast)
    gone: Any = {"span": fact, "link": link, "verdict": draft}[kind]
    key = gone.pk
    gone.remove(by=cast.annotator, from_version=1)
    archive(what)

    with nothing_changed():
        answer = Api(cast.annotator).call("post", f"{kind}s/{key}/restore/")
    refused(answer, 409, "archived")


@EITHER
def test_what_is_there_changes_and_goes(cast: Cast, what: Any) -> None:
    claim, *_, draft = make_supported(cast)
    archive(what)
    api = Api(cast.annotator)

    assert api.call("patch", f"spans/{claim.pk}/", {"note": "n"}, version=1).status_code == 200
    assert api.call("patch", f"verdicts/{draft.pk}/", {"rationale": "n"}, version=1).status_code == 200
    assert api.call("post", f"articles/{cast.article.pk}/assignment/submit/").status_code == 200
    assert api.call("delete", f"verdicts/{draft.pk}/", version=2).status_code == 204


@EITHER
def test_a_review_that_has_begun_is_brought_to_its_end(cast: Cast, what: Any) -> None:
    claim, fact, _, said = make_supported(cast)
    said.submit(by=cast.annotator, from_version=1)
    archive(what)
    said.send_back(by=cast.reviewer, from_version=2, reason="More evidence.")
    api = Api(cast.annotator)

    assert api.call("put", f"links/{uuid4()}/", link_body(fact, claim)).status_code == 201
    assert api.call("patch", f"verdicts/{said.pk}/", {"rationale": "n"}, version=3).status_code == 200
    more = make_span_in_another_article(cast)
    assert api.call("put", f"links/{uuid4()}/", link_body(more, claim)).status_code == 201
    assert api.call("post", f"verdicts/{said.pk}/submit/", version=4).status_code == 200
    assert Api(cast.reviewer).call("post", f"verdicts/{said.pk}/approve/", version=5).status_code == 200


def make_span_in_another_article(cast: Cast) -> Span:
    """Evidence from an article that is not archived, of a project that was so for a moment."""
    archived = Project.objects.get(pk=cast.project.pk).archived
    Project.objects.update(archived=False)
    made = make_span(cast.annotator, make_article(cast.project, "Another text."), (0, 7), "fact")
    Project.objects.update(archived=archived)
    return made


def test_evidence_of_an_archived_article_still_serves_claims_of_others(cast: Cast) -> None:
    fact = make_span(cast.annotator, cast.article, CRACKS, "fact")
    archive()
    claim = make_span(cast.annotator, make_article(cast.project, "Another text."), (0, 7))

    assert Api(cast.annotator).call("put", f"links/{uuid4()}/", link_body(fact, claim)).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_an_import_brings_nothing_into_an_archived_article(cast: Cast) -> None:
    archive()
    claim = span(MAYOR, annotator="anna")

    one = brought(cast.project, cast.manager, line(spans=[claim], verdicts=[verdict(claim)]), line("A new text."))

    assert sorted(code for _, code in refusals(one)) == ["archived", "end_missing", "same_text"]
    assert (one.state, one.articles, Span.objects.count(), Assignment.objects.count()) == ("done", 1, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_an_import_adds_no_link_or_verdict_to_what_is_there(cast: Cast) -> None:
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")
    archive()
    again = [span((15, 33)), span(CRACKS, "fact")]

    one = brought(cast.project, cast.annotator, line(spans=again, verdicts=[verdict(again[0])]))

    assert "archived" in [code for _, code in refusals(one)]
    assert (claim.links_in.count(), hasattr(fact, "verdict"), Link.objects.count()) == (0, False, 0)


def test_an_archived_project_takes_no_articles(cast: Cast) -> None:
    archive(Project)
    api, project = Api(cast.manager), f"projects/{cast.project.slug}"

    with nothing_changed():
        refused(api.call("post", f"{project}/articles/", {"title": "T", "body": "Text."}), 409, "archived")
        refused(api.call("post", f"{project}/imports/", {"text": "A text."}), 409, "archived")
    with broken(ARCHIVED):
        make_article(cast.project, "Text.")
    with pytest.raises(CommandError, match="is archived"):
        call_command("import", cast.project.slug, __file__)


@pytest.mark.parametrize("page", ["import", "import-upload"])
def test_its_page_of_imports_says_so(cast: Cast, page: str) -> None:
    archive(Project)
    browser, address = signed_in(cast.manager), reverse(page, args=[cast.project.slug])

    with nothing_changed():
        answer = browser.post(address, {"body": "A text."})

    assert (answer.status_code, "This project is archived" in words(answer)) == (409, True)
    assert "id_files" not in browser.get(reverse("import", args=[cast.project.slug])).content.decode()


def test_the_workbench_is_told(cast: Cast) -> None:
    archive()

    me = Api(cast.annotator).call("get", f"articles/{cast.article.pk}/annotations/").json()["me"]
    assert (me["can"]["mark"], me["mark_refused"]) == (False, "archived")
