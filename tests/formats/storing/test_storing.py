"""What an import stores: texts, spans, links and verdicts, as far as the rules let them in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from annotations.evidence.search import find_sentences
from annotations.imports.run import cancel, run
from annotations.models import Article, Event, Link, Membership, Project, Pseudonym, Sentence, Span, User, Verdict
from tests.cast import CRACKS, SAFE, TEXT, Cast, make_article, make_project
from tests.formats.exports import export
from tests.formats.storing.sent import brought, line, link, received, refusals, span, verdict

WHEN = "2026-01-31T12:00:00.123456+00:00"


@pytest.mark.parametrize("folds", [False, True])
def test_articles_are_indexed_as_the_project_says(cast: Cast, folds: bool) -> None:
    Project.objects.filter(pk=cast.project.pk).update(fold_diacritics=folds)

    one = brought(cast.project, cast.manager, line("In Zu\u0308rich it rains.", title="R"))

    assert list(Article.objects.filter(imported_in=one).values_list("folded", flat=True)) == [folds]
    assert len(find_sentences(cast.project.pk, "Zürich")) == 1
    assert len(find_sentences(cast.project.pk, "Zurich")) == folds


def test_articles_keep_their_order_and_are_found_by_their_words(cast: Cast) -> None:
    one = brought(
        cast.project, cast.manager, *(line(f"Text {number}. It rains.", title=f"T{number}") for number in range(9))
    )
    made = Article.objects.filter(imported_in=one)
    times = list(made.order_by("created_at").values_list("created_at", flat=True))
    assert (one.state, one.done, one.total, one.articles) == ("done", 9, 9, 9)
    assert list(made.order_by("created_at").values_list("title", flat=True)) == [f"T{number}" for number in range(9)]
    assert len(set(times)) == 9
    assert Sentence.objects.filter(article__in=made).count() == 18
    assert Article.objects.matching("rains", cast.project).count() == 9


@pytest.mark.parametrize("strict", [False, True])
def test_a_finished_import_lets_the_planner_see_what_came_in(cast: Cast, strict: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_class SET reltuples = 0 WHERE oid = 'annotations_sentence'::regclass")

    brought(cast.project, cast.manager, line("It rains, they say. " * 4000), strict=strict)

    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'annotations_sentence'::regclass")
        assert cursor.fetchone()[0] >= 4000


def test_a_text_that_is_there_already_is_not_doubled_but_gets_what_is_marked(cast: Cast) -> None:
    article = make_article(cast.project, "The same text twice.")
    one = brought(
        cast.project, cast.manager, line("The same text twice.", spans=[span((0, 8))]), line("The same text twice.")
    )
    assert (one.articles, one.known, one.spans, one.refused) == (0, 2, 1, 0)
    assert Span.objects.get(article=article).quote == "The same"


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    claim, fact = span(SAFE, fields={"statement": "It is safe."}), span(CRACKS, "fact")
    record = line("New. " + TEXT[5:], spans=[claim, fact], links=[link(fact, claim)], verdicts=[verdict(claim)])
    brought(cast.project, cast.manager, record)
    before = Event.objects.count()
    again = brought(cast.project, cast.manager, record)
    assert (again.state, again.refused, again.made) == ("done", 0, dict.fromkeys(again.made, 0))
    assert Event.objects.count() == before


def test_ids_times_and_history_are_kept(cast: Cast) -> None:
    claim = span(SAFE, created_at=WHEN, updated_at="2026-02-01T00:00:00Z")
    record = line("New. " + TEXT[5:], spans=[claim])
    brought(cast.project, cast.manager, record)
    made = Span.objects.get(pk=claim["id"])
    assert str(made.article_id) == record["article"]["id"]
    assert (made.created_at, made.updated_at) == (datetime.fromisoformat(WHEN), datetime(2026, 2, 1, tzinfo=UTC))
    assert Event.objects.creation_of(cast.project.pk, "span", made.pk).by == cast.manager  # type: ignore[union-attr]


def test_an_id_that_is_taken_is_given_to_nobody_else(cast: Cast) -> None:
    claim = span((0, 4))
    brought(cast.project, cast.manager, line("First text.", spans=[claim]))
    one = brought(cast.project, cast.manager, line("Other text.", spans=[claim]))
    assert (one.spans, one.refused) == (1, 0)
    assert Span.objects.filter(quote="Othe").exclude(pk=claim["id"]).exists()


def test_what_the_rules_forbid_is_refused_by_name_and_the_rest_comes_in(cast: Cast) -> None:
    claim, fact, other = span((0, 3)), span((5, 8), "fact"), span((9, 12))
    links = [
        link(claim, fact),
        link(fact, claim),
        link(fact, {"id": claim["id"]}, "refutes"),
        link(claim, span((1, 2))),
    ]
    many = [link(fact, other), link(claim, claim)]
    record = line("New. The mayor says.", spans=[claim, fact, other], links=links + many)
    one = brought(cast.project, cast.manager, record)
    assert (one.state, one.links, one.spans) == ("done", 2, 3)
    assert sorted(refusals(one)) == [
        ("line 1, links[0]", "relation_table"),
        ("line 1, links[2]", "relation_unknown"),
        ("line 1, links[3]", "end_missing"),
        ("line 1, links[5]", "self_link"),
    ]


@pytest.mark.parametrize(
    ("text", "given", "code"),
    [
        ("a 👩‍👩‍👧 said it", {"fragments": [[11, 15]], "quote": "said"}, "offsets_in_utf16"),
        ("a 👩 said it", {"fragments": [[3, 9]], "quote": "👩 said"}, "quote_mismatch"),
        ("said 👩 it", {"fragments": [[1, 6]], "quote": "said "}, "quote_mismatch"),
        ("Šárka řekla ano", {"fragments": [[8, 14]], "quote": "řekla"}, "offsets_in_bytes"),
        ("Šárka řekla ano", {"fragments": [[1, 6]], "quote": "řekla"}, "quote_mismatch"),
        ("a said it", {"fragments": [[5, 50]]}, "fragments"),
        ("a said it", {"fragments": [[5, 5]]}, "fragments"),
        ("a said it", {"fragments": []}, "fragments"),
        ("a said it", {"fragments": [[0, 1.5]]}, "fragments"),
        ("a said it", {"fragments": [[0, 1]], "label": "opinion"}, "label_unknown"),
        ("a said it", {"fragments": [[0, 1]], "fields": {"date": "June"}}, "invalid"),
        ("a said it", {"fields": {"x": {"start": 0, "end": 6, "quote": "b"}}}, "passage_mismatch"),
        ("a said it", {"fragments": [[0, 1]], "id": "7"}, "id"),
        ("a said it", {"fragments": [[0, 1]], "created_at": "yesterday"}, "time"),
    ],
)  # fmt: skip
def test_a_span_that_is_not_there_is_refused_with_the_reason(
    cast: Cast, text: str, given: dict[str, object], code: str
) -> None:
    one = brought(cast.project, cast.manager, line(text, spans=[{**span((0, 1)), **given}, span((0, 2))]))
    assert refusals(one) == [("line 1, spans[0]", code)]
    assert (one.articles, one.spans, one.refused) == (1, 1, 1)


def test_fields_that_the_project_lacks_are_added(cast: Cast) -> None:
    brought(
        cast.project, cast.manager, line("A text.", spans=[span((0, 1), fields={"imported_type": "Cue", "sure": True})])
    )
    cast.project.refresh_from_db()
    kinds = {field["key"]: field["kind"] for field in cast.project.label_fields["claim"]}
    assert (kinds["imported_type"], kinds["sure"], kinds["date"]) == ("text", "flag", "date")


def test_links_cross_documents_in_either_direction(cast: Cast) -> None:
    near, far = span((0, 3)), span((0, 3), "fact")
    ahead = line("One text.", spans=[near], links=[link(far, near)])
    behind = line("Two texts.", spans=[far], links=[link(far, near, "contradicts")])
    one = brought(cast.project, cast.manager, ahead, behind)
    assert (one.links, one.refused) == (2, 0)
    assert {made.source.article.body for made in Link.objects.all()} == {"Two texts."}
    assert not one.keys.exists()


def approved() -> dict[str, Any]:
    claim, fact = span((0, 3)), span((4, 8), "fact")
    judged = verdict(claim, state="approved", author="ann", reviewer="rev", approved_at=WHEN)
    return line("New text here.", spans=[claim, fact], links=[link(fact, claim)], verdicts=[judged])


def test_people_of_a_dataset_keep_their_names_and_have_no_login(cast: Cast) -> None:
    one = brought(cast.project, cast.manager, approved())
    made = Verdict.objects.get()
    names = dict(User.objects.filter(email__endswith="@people.invalid").values_list("name", "pk"))
    assert (one.verdicts, one.refused) == (1, 0)
    assert (made.state, made.approved_at) == ("approved", datetime.fromisoformat(WHEN))
    assert (made.author_id, made.reviewer_id) == (names["ann"], names["rev"])
    assert [user.is_active or user.has_usable_password() for user in User.objects.filter(pk__in=names.values())] == [
        False
    ] * 2


def test_a_verdict_that_comes_in_is_held_by_its_author(cast: Cast) -> None:
    brought(cast.project, cast.manager, approved())

    made = Verdict.objects.get()
    assert (made.holder_id, made.written_by) == (made.author_id, [made.author_id])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("name", "kept"), [("person-0123456789ab", True), ("Ann Smith", False)])
def test_only_a_pseudonym_leaves_again_where_nobody_asks_for_names(cast: Cast, name: str, kept: bool) -> None:
    record = line("New text here.", spans=[span((0, 3), annotator=name)])
    for _ in range(2):
        one = brought(cast.project, cast.manager, record)

    [annotator] = [mark["annotator"] for record in export(cast) for mark in record["spans"]]

    assert (one.refused, User.objects.filter(name=name).count()) == (0, 1)
    assert annotator.startswith("person-")
    assert (annotator == name) is kept
    assert Pseudonym.objects.filter(name=name).exists() is kept


def test_people_can_be_mapped_to_members(cast: Cast) -> None:
    people = {"ann": cast.annotator.email, "rev": cast.reviewer.pk}
    brought(cast.project, cast.manager, approved(), options={"people": people})
    made = Verdict.objects.get()
    assert (made.author, made.reviewer) == (cast.annotator, cast.reviewer)
    assert not Pseudonym.objects.exists()


def test_a_review_of_ones_own_comes_in_as_submitted_and_is_told(cast: Cast) -> None:
    one = brought(cast.project, cast.manager, approved(), options={"others": "me"})
    assert Verdict.objects.get().state == "submitted"
    assert refusals(one) == [("line 1, verdicts[0]", "own_review")]


def test_a_reviewer_who_may_not_review_here_is_told(cast: Cast) -> None:
    people = {"ann": "me", "rev": cast.annotator.email}
    one = brought(cast.project, cast.manager, approved(), options={"people": people})
    assert (Verdict.objects.get().state, refusals(one)) == ("submitted", [("line 1, verdicts[0]", "no_reviewer")])


def test_a_verdict_without_the_evidence_it_needs_stays_a_draft(cast: Cast) -> None:
    record = approved()
    record["links"] = []
    one = brought(cast.project, cast.manager, record)
    assert (Verdict.objects.get().state, refusals(one)) == ("draft", [("line 1, verdicts[0]", "evidence_needed")])


@pytest.mark.parametrize("who", ["nobody@example.org", "viewer"])
def test_somebody_who_may_not_annotate_ends_the_import_before_it_begins(cast: Cast, who: str) -> None:
    email = getattr(cast, who).email if hasattr(cast, who) else who
    one = brought(cast.project, cast.manager, approved(), options={"people": {"ann": email}})
    assert (one.state, one.articles) == ("failed", 0)
    assert one.failure.startswith(f"ann: {email}")


def test_an_import_makes_nobody_a_member_who_was_not_named(cast: Cast) -> None:
    before = Membership.objects.count()
    brought(cast.project, cast.manager, line("A text.", spans=[span((0, 1))]))
    assert Membership.objects.count() == before


def test_strict_lets_nothing_in_where_anything_is_refused(cast: Cast) -> None:
    bad = link(span((0, 1)), span((0, 1)))
    one = brought(
        cast.project, cast.manager, *(line(f"Text {n}.") for n in range(3)), line("Bad.", links=[bad]), strict=True
    )
    assert (one.state, one.articles, refusals(one)) == ("failed", 0, [("line 4, links[0]", "end_missing")])
    assert not Article.objects.filter(imported_in=one).exists()
    assert "Nothing was imported" in one.failure


def test_strict_lets_everything_in_where_nothing_is(cast: Cast) -> None:
    one = brought(cast.project, cast.manager, approved(), strict=True)
    assert (one.state, one.articles, one.verdicts, one.done) == ("done", 1, 1, 1)
    assert Verdict.objects.get().state == "approved"


def test_bad_lines_are_refused_with_their_numbers(cast: Cast) -> None:
    wrong = line("Changed.", sha256="0" * 64)
    lines = [
        line("One."),
        '{"schema": "factcheck/1", "artic',
        {"schema": "other/2"},
        wrong,
        "",
        line("Two.", id="x"),
        line(" "),
    ]
    one = brought(cast.project, cast.manager, *lines)
    codes = ["not_json", "schema_unknown", "sha256_mismatch", "id", "no_text"]
    assert refusals(one) == list(zip([f"line {number}" for number in (2, 3, 4, 6, 7)], codes, strict=True))
    assert one.articles == 1


def test_a_format_that_is_not_recognised_fails_in_words(cast: Cast) -> None:
    one = brought(cast.project, cast.manager, "", format="nonsense")
    assert (one.state, one.failure) == ("failed", "There is no format nonsense.")


def test_an_import_that_was_cancelled_is_not_begun(cast: Cast) -> None:
    one = received(cast.project, cast.manager, line("A text."))
    cancel(one)
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    assert (one.state, one.articles) == ("cancelled", 0)


def test_many_spans_of_one_text_come_in_parts_and_the_bad_one_alone_stays_out(cast: Cast) -> None:
    text = "word " * 2000
    spans = [span((at, at + 3), label) for at in range(2700) for label in ("claim", "fact")]
    links = [link(spans[1], spans[0]), link(spans[0], spans[1])]
    one = brought(cast.project, cast.manager, line(text, spans=spans, links=links))
    assert (one.spans, one.links, refusals(one)) == (5400, 1, [("line 1, links[1]", "relation_table")])


def test_two_people_with_the_same_span_each_have_theirs(cast: Cast) -> None:
    spans = [span((0, 4), annotator=name) for name in ("ann", "ben", "ann")]
    one = brought(cast.project, cast.manager, line("Some text.", spans=spans))
    assert (one.spans, one.refused) == (2, 0)
    assert Span.objects.filter(assignment__state="submitted").values("assignment__assignee").distinct().count() == 2


def test_the_same_span_with_other_fields_is_told(cast: Cast) -> None:
    spans = [span((0, 4), fields={"statement": words}) for words in ("This.", "That.")]
    one = brought(cast.project, cast.manager, line("Some text.", spans=spans))
    assert refusals(one) == [("line 1, spans[1]", "duplicate_span")]
    assert Span.objects.get(article__body="Some text.").fields == {"statement": "This."}


def test_comments_are_named_as_left_out(cast: Cast) -> None:
    one = brought(cast.project, cast.manager, {**line("Some text."), "comments": [{"id": "1"}]})
    assert (one.articles, refusals(one)) == (1, [("line 1", "comments_left_out")])


def test_what_is_said_of_a_text_and_cannot_be_stored_is_told_and_the_text_comes_in(cast: Cast) -> None:
    wrong = {"url": "javascript:alert(1)", "language": "?", "published_on": "June", "title": "", "outlet": "x" * 300}
    one = brought(cast.project, cast.manager, line("A title. The rest.", **wrong))
    made = Article.objects.get(imported_in=one)
    assert (made.title, made.url, made.outlet, made.published_on) == ("A title.", None, "", None)
    assert {place for place, _ in refusals(one)} == {
        f"line 1, {name}" for name in ("url", "language", "published_on", "outlet")
    }


def test_ids_that_were_used_elsewhere_are_replaced(transactional_db: None, cast: Cast) -> None:
    claim, fact = span(SAFE), span(CRACKS, "fact")
    of_fact = link(fact, claim)
    first = line(f"{TEXT} More.", spans=[claim, fact], links=[of_fact], verdicts=[verdict(claim)])
    brought(cast.project, cast.manager, first)
    Verdict.objects.all().delete()
    Link.objects.all().delete()
    Span.objects.all().delete()
    other = make_project(cast.manager)
    one = brought(other, cast.manager, first)

    assert (one.state, refusals(one), one.spans, one.links, one.verdicts) == ("done", [], 2, 1, 1)
    names = {claim["id"], fact["id"], of_fact["id"], first["verdicts"][0]["id"], first["article"]["id"]}
    stored = [*Span.objects.all(), *Link.objects.all(), *Verdict.objects.all(), *Article.objects.filter(project=other)]
    assert not names & {str(thing.pk) for thing in stored}


def test_ids_of_what_the_same_person_deleted_come_back(transactional_db: None, cast: Cast) -> None:
    claim = span(SAFE)
    one = line(spans=[claim])
    brought(cast.project, cast.manager, one)
    Span.objects.all().delete()
    brought(cast.project, cast.manager, one)

    assert [str(made.pk) for made in Span.objects.all()] == [claim["id"]]
