"""Rule 1: an article goes only by an operator's command, which says what goes with it and leaves a trace."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection

from annotations.models import Article, Event, Link, Review, Span, Verdict
from annotations.web.dashboard.activity import latest
from tests.cast import CRACKS, Api, Cast, make_article, make_comment, make_link, make_span, make_supported, make_verdict


def remove(article: Article, **options: Any) -> str:
    """Runs the command and gives what it says."""
    said = StringIO()
    call_command("removearticle", str(article.pk), reason="Court order 7", yes=True, stdout=said, **options)
    return said.getvalue()


def test_it_says_what_goes_with_the_article(cast: Cast) -> None:
    make_supported(cast)

    said = remove(cast.article)

    assert "The bridge (Bridge)" in said
    assert "spans: 2, links: 1, verdicts: 1, reviews: 0, comments: 0, assignments: 1, sentences: 5" in said


def test_the_article_and_all_on_it_are_gone_even_under_review(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)

    remove(cast.article)

    assert not Article.objects.filter(pk=cast.article.pk).exists()
    assert not any(model.objects.exists() for model in (Span, Link, Verdict, Review))


def test_links_to_other_articles_go_and_the_other_articles_stay(cast: Cast) -> None:
    other = make_article(cast.project, "Another text about the bridge.")
    claim = make_span(cast.annotator, other, (0, 12))
    make_link(cast.annotator, make_span(cast.annotator, cast.article, CRACKS, "fact"), claim)

    remove(cast.article)

    assert list(Span.objects.all()) == [claim]
    assert not Link.objects.exists()


def test_it_counts_the_verdicts_elsewhere_that_lose_evidence(cast: Cast) -> None:
    other = make_article(cast.project, "Another text about the bridge.")
    claim = make_span(cast.annotator, other, (0, 12))
    make_link(cast.annotator, make_span(cast.annotator, cast.article, CRACKS, "fact"), claim)
    verdict = make_verdict(cast.annotator, claim, "supported")
    verdict.submit(by=cast.annotator, from_version=1)

    assert "lose evidence: 1" in remove(cast.article)
    assert Verdict.objects.get(pk=verdict.pk).state == "submitted"


def test_no_table_keeps_a_word_of_it(cast: Cast) -> None:
    """Not its text, nor what people wrote about it, also in what was returned or deleted before."""
    claim, _, link, verdict = make_supported(cast)
    claim.change(by=cast.annotator, from_version=1, note="pelican one")
    link.change(by=cast.annotator, from_version=1, note="pelican two")
    sets = [{"question": "pelican three?", "answer": None, "links": [link.pk]}]
    verdict.change(by=cast.annotator, from_version=1, rationale="pelican four", evidence_sets=sets)  # type: ignore[arg-type]
    verdict.submit(by=cast.annotator, from_version=2)
    verdict.send_back(by=cast.reviewer, from_version=3, reason="pelican five")
    cast.article.describe(by=cast.manager, title="pelican six")
    make_comment(cast.annotator, link, "pelican seven")
    make_comment(cast.annotator, cast.article, "pelican eight").remove(by=cast.annotator, from_version=1)
    assert len(tables_with("pelican")) == 8

    remove(cast.article)

    assert tables_with("pelican") == tables_with("the bridge is safe") == []


def tables_with(words: str) -> list[str]:
    """Our tables that hold these words anywhere in a row."""
    tables = [name for name in connection.introspection.table_names() if name.startswith("annotations_")]
    found = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


@pytest.mark.parametrize("step", ["history", "restore"])
def test_what_was_removed_cannot_be_read_or_restored(cast: Cast, step: str) -> None:
    claim, _, link, verdict = make_supported(cast)
    keys = {"spans": claim.pk, "links": link.pk, "verdicts": verdict.pk}

    remove(cast.article)

    api = Api(cast.manager)
    method = "get" if step == "history" else "post"
    assert {api.call(method, f"{kind}/{key}/{step}/").status_code for kind, key in keys.items()} == {404}


def test_the_dashboard_says_that_an_article_was_removed(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    remove(cast.article)

    deeds = latest(cast.project, cast.manager)

    assert any("removed an article for legal reasons" in deed.did for deed in deeds)


def test_the_history_keeps_no_word_of_it_but_who_and_when(cast: Cast) -> None:
    claim, *_ = make_supported(cast)
    deleted = make_span(cast.annotator, cast.article, (0, 3))
    key = str(deleted.pk)
    deleted.remove(by=cast.annotator, from_version=1)

    remove(cast.article)

    about = Event.objects.filter(object_id__in=[str(claim.pk), key, str(cast.article.pk)])
    assert about.filter(what="created", by=cast.annotator).count() == 2
    assert not about.exclude(what="removed").exclude(before=None, after=None).exists()


def test_one_event_tells_the_reason_and_the_counts(cast: Cast) -> None:
    make_supported(cast)

    remove(cast.article)

    trace = Event.objects.get(what="removed")
    assert (trace.object_id, trace.project_id) == (str(cast.article.pk), cast.project.pk)
    assert trace.after == {
        "reason": "Court order 7", "spans": 2, "links": 1, "verdicts": 1, "reviews": 0, "comments": 0, "assignments": 1,
        "sentences": 5, "verdicts_elsewhere": 0,
    }  # fmt: skip


def test_an_article_that_another_one_revises_is_refused(cast: Cast) -> None:
    make_article(cast.project, "The corrected text.", revises=cast.article)

    with pytest.raises(CommandError, match="is a revision"):
        remove(cast.article)

    assert Article.objects.filter(pk=cast.article.pk).exists()


def test_without_a_yes_nothing_happens(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda prompt: "no")

    with pytest.raises(CommandError, match="Nothing"):
        call_command("removearticle", str(cast.article.pk), reason="x", stdout=StringIO())

    assert Article.objects.filter(pk=cast.article.pk).exists()


def test_history_is_closed_again_afterwards(cast: Cast) -> None:
    remove(cast.article)

    with pytest.raises(IntegrityError, match="history_append_only"):
        Event.objects.all().delete()


@pytest.mark.parametrize(("options", "words"), [({"reason": " "}, "Enter a reason"), ({}, "no article")])
def test_a_removal_without_a_reason_or_an_article_is_refused(cast: Cast, options: dict[str, str], words: str) -> None:
    key = cast.article.pk if options else cast.article.project.pseudonym_key

    with pytest.raises(CommandError, match=words):
        call_command("removearticle", str(key), **{"reason": "Court order 7", "yes": True, **options})
