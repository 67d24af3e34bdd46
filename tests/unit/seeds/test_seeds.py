"""The seeds as they stand in the database."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from annotations.models import Article, Comment, Event, Link, Membership, Notice, Review, Span, User, Verdict
from annotations.operations.seeds import CAST, PASSWORD, close_accounts, make_cast, ranges


@pytest.fixture
def seeds(db: None) -> None:
    """The demonstration, with people who can sign in."""
    call_command("loadseeds", accounts=True, stdout=StringIO())


@pytest.mark.usefixtures("seeds")
def test_a_second_time_changes_nothing() -> None:
    before = Event.objects.count()

    call_command("loadseeds", accounts=True, stdout=StringIO())

    assert Event.objects.count() == before


@pytest.mark.usefixtures("seeds")
def test_there_is_enough_of_everything() -> None:
    labels = {label: Span.objects.filter(label=label).count() for label in Span.Label.values}
    evidence = Link.objects.all().evidence().select_related("source", "target")
    across = [link for link in evidence if link.source.article_id != link.target.article_id]

    assert labels["claim"] >= 14
    assert labels["attribution"] >= 10
    assert labels["fact"] >= 8
    assert (len(evidence) >= 12, len(across) >= 5) == (True, True)
    assert Link.objects.filter(relation="restates").exists()


@pytest.mark.usefixtures("seeds")
def test_verdicts_are_in_every_state_and_one_in_its_second_round() -> None:
    assert set(Verdict.objects.values_list("state", flat=True)) == set(Verdict.State.values)
    assert Verdict.objects.filter(state="submitted", reviews__decision="returned").exists()
    assert not Review.objects.exclude(reviewer__email="reviewer@example.org").exists()


@pytest.mark.usefixtures("seeds")
def test_people_talk_about_everything_and_one_thread_is_resolved() -> None:
    assert {comment.on[0] for comment in Comment.objects.all()} == {"span", "link", "verdict", "article"}
    assert Comment.objects.exclude(thread=None).count() == 2
    assert Comment.objects.exclude(resolved_at=None).count() == 1


@pytest.mark.parametrize("role", ["annotator", "annotator2"])
@pytest.mark.usefixtures("seeds")
def test_both_annotators_are_mentioned(role: str) -> None:
    told = Notice.objects.filter(user__email=f"{role}@example.org", why="mention", read=False)

    assert told.count() >= 2


@pytest.mark.usefixtures("seeds")
def test_every_attribution_has_source_and_cue_in_its_article() -> None:
    for span in Span.objects.filter(label="attribution").select_related("article"):
        for part in ("source", "cue"):
            passage = span.fields[part]
            assert span.article.body[passage["start"] : passage["end"]] == passage["quote"]


@pytest.mark.usefixtures("seeds")
def test_every_quote_is_what_its_offsets_select() -> None:
    for span in Span.objects.select_related("article"):
        assert span.quote == " … ".join(span.article.body[start:end] for start, end in span.fragments)


@pytest.mark.usefixtures("seeds")
def test_there_are_fragments_overlaps_and_nested_spans() -> None:
    spans = list(Span.objects.all())
    pairs = [(a, b) for a in spans for b in spans if a.article_id == b.article_id and a.pk != b.pk]

    assert any(len(span.fragments) > 1 for span in spans)
    assert any(a.start < b.start < a.end < b.end for a, b in pairs)
    assert any(a.start <= b.start and b.end <= a.end and a.quote != b.quote for a, b in pairs)


@pytest.mark.usefixtures("seeds")
def test_metadata_says_only_what_the_texts_say() -> None:
    first, second = Article.objects.order_by("created_at")

    assert (first.outlet, first.url, first.published_on) == ("", None, None)
    assert (second.outlet, second.author, second.published_on) == ("The iran News Gazette", "Al Alam", None)


@pytest.mark.usefixtures("seeds")
def test_the_cast_signs_in_and_the_outsider_is_in_nothing() -> None:
    people = {role: User.objects.get(email=f"{role}@example.org") for role in CAST}

    assert all(person.check_password(PASSWORD) for person in people.values())
    assert not Membership.objects.filter(user=people["outsider"]).exists()


def test_without_accounts_nobody_signs_in(db: None) -> None:
    call_command("loadseeds", stdout=StringIO())

    assert not any(user.has_usable_password() for user in User.objects.all())


def test_people_who_could_not_sign_in_can_once_they_are_asked_for(db: None) -> None:
    call_command("loadseeds", stdout=StringIO())
    mine = User.objects.get(email="manager@example.org")
    mine.set_password("a password of their own")
    mine.save()

    call_command("loadseeds", accounts=True, stdout=StringIO())

    assert User.objects.get(email="annotator@example.org").check_password(PASSWORD)
    assert User.objects.get(email="manager@example.org").check_password("a password of their own")


def test_quotes_become_ranges_in_order() -> None:
    assert ranges("a b a c a", ["a"], 2) == [[4, 5]]
    assert ranges("one two one three", ["one", "three"], 1) == [[0, 3], [12, 17]]
    with pytest.raises(ValueError, match="not found"):
        ranges("text", ["absent"], 1)


def test_the_public_password_is_taken_from_the_demonstrations_people_alone(db: None) -> None:
    make_cast(with_password=True)
    other = User.objects.create_user("other@example.org", PASSWORD)

    closed = close_accounts()

    assert len(closed) == 6
    assert not any(one.has_usable_password() for one in User.objects.exclude(pk=other.pk))
    assert User.objects.get(pk=other.pk).has_usable_password()
    assert close_accounts() == []
