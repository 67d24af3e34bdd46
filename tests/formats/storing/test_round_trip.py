"""`jsonl` goes out, comes into an emptied database, and goes out again as the same bytes.

Only approvals are imported from then on, which the next export says; the one after that is the same bytes.
"""

from __future__ import annotations

import pytest
from django.core.management import call_command

from annotations.models import Article, EvidenceSet, Import, Project, Span, User, Verdict
from tests.cast import (
    CRACKS,
    DANGER,
    Api,
    Cast,
    fresh,
    make_article,
    make_cast,
    make_link,
    make_project,
    make_span,
    make_supported,
    make_verdict,
    person,
)
from tests.databases import empty_tables
from tests.formats.exports import lines
from tests.formats.storing.sent import brought, line, refusals

pytestmark = pytest.mark.django_db(transaction=True)

WILD = "שלום 👩‍👩‍👧 e\u0301 — a\u0308ö\tdone.\n\nثم قال: نعم! 🇩🇪 x \u2028 \\u0041"


def exported(project: Project, by: User) -> bytes:
    query = {"format": "jsonl", "state": "any"}
    return lines(Api(fresh(by)).call("get", f"projects/{project.slug}/export/", query_params=query))


def again(content: bytes, **about: object) -> tuple[bytes, Import]:
    """What goes out of a database that was emptied and then got this."""
    empty_tables()
    manager = person("somebody")
    project = make_project(manager)
    one = brought(project, manager, *content.decode().removesuffix("\n").split("\n"), **about)
    return exported(project, manager), one


def test_the_seeds(transactional_db: None) -> None:
    call_command("loadseeds", accounts=True, verbosity=0)
    content = exported(Project.objects.get(), User.objects.get(email="manager@example.org"))
    back, one = again(content)
    assert (one.state, refusals(one), one.articles) == ("done", [], 2)
    assert b'"approval"' not in content
    assert back.count(b'"approval" : "imported"') == content.count(b'"state" : "approved"') > 0
    assert again(back)[0] == back


def test_every_state_of_a_verdict_and_both_ways_of_evidence(transactional_db: None) -> None:
    cast = make_cast()
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    other = make_span(cast.annotator2, cast.article, DANGER)
    against = make_link(cast.annotator2, make_span(cast.annotator2, cast.article, CRACKS, "fact"), other, "contradicts")
    sent_back = make_verdict(cast.annotator2, other, "refuted", confidence=0.25)
    sets = [{"question": "Is it?", "answer": None, "links": [against.pk]}]
    EvidenceSet.objects.replace(sent_back, sets)  # type: ignore[arg-type]
    sent_back.submit(by=cast.annotator2, from_version=1)
    sent_back.send_back(by=cast.reviewer, from_version=2, reason="Why?")
    content = exported(cast.project, cast.manager)
    back, one = again(content)
    assert refusals(one) == []
    assert back.replace(b', "approval" : "imported"', b"") == content
    assert again(back)[0] == back
    assert set(Verdict.objects.values_list("state", "evidence_sets__question")) == {
        ("approved", None), ("returned", "Is it?"),
    }  # fmt: skip


@pytest.mark.parametrize("strict", [False, True])
def test_texts_of_all_scripts_and_fragments(transactional_db: None, strict: bool) -> None:
    cast = make_cast()
    wild = make_article(
        cast.project, WILD, title="\u202eTitle", language="", url="https://example.org/ä?x=1", author=""
    )
    claim = make_span(cast.annotator, wild, fragments=[[0, 4], [5, 10], [13, 30]], note="a 👍 note\nof two lines")
    cue = {"source": {"start": 5, "end": 10}, "source_name": "  שם  ", "stance": "denies"}
    make_link(
        cast.annotator2, make_span(cast.annotator2, wild, (5, 12), "attribution", fields=cue), claim, "attributes"
    )
    content = exported(cast.project, cast.manager)
    back, one = again(content, strict=strict)
    assert refusals(one) == []
    assert content == back


def test_a_project_takes_its_own_export_and_stays_the_same(transactional_db: None) -> None:
    cast = make_cast()
    make_supported(cast)
    content = exported(cast.project, cast.manager)
    one = brought(cast.project, cast.manager, *content.decode().removesuffix("\n").split("\n"))
    assert (refusals(one), one.known, one.spans) == ([], 1, 0)
    assert exported(cast.project, cast.manager) == content


def test_ids_from_outside_go_out_where_there_are_some_and_come_back(transactional_db: None) -> None:
    cast = make_cast()
    claim = make_span(cast.annotator, cast.article, DANGER)
    make_span(cast.annotator, cast.article, CRACKS, "fact")
    assert b"external_id" not in exported(cast.project, cast.manager)
    Article.objects.filter(pk=cast.article.pk).update(external_id="d 1")
    Span.objects.filter(pk=claim.pk).update(external_id='"1"', version=2)
    content = exported(cast.project, cast.manager)
    assert content.count(b"external_id") == 2
    back, one = again(content)
    assert (content == back, refusals(one)) == (True, [])
    assert Span.objects.get(external_id='"1"').label == "claim"


def test_an_id_from_outside_that_is_taken_is_refused_with_what_has_it(cast: Cast) -> None:
    Article.objects.filter(pk=cast.article.pk).update(external_id="1")
    one = brought(cast.project, cast.manager, line("Another text.", external_id="1"), line("A third.", external_id=""))
    assert (one.articles, refusals(one)) == (0, [("line 2, article", "external_id"), ("line 1", "duplicate_key")])
