"""Releases of independent projects: what is not open to all members is in none that all of them read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from annotations.formats.export_registry import FORMATS
from annotations.models import Assignment, Link, Project, Release, User
from tests.api.access.reading import SECRET, approve, secret_work
from tests.cast import CRACKS, SAFE, Cast, make_article, make_cast, make_link, make_span, make_verdict
from tests.formats.releases.made import files, made, records

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast(mode="independent", annotators_per_article=2)


def submit(cast: Cast, *people: User) -> None:
    """Submits the article's passes of these people."""
    for somebody in people:
        assignment, _ = Assignment.objects.take_up(cast.article, by=somebody)
        assignment.submit(by=somebody)


@contextmanager
def room_for_one_more(cast: Cast) -> Iterator[None]:
    """More people may take up an article than afterwards; passes beyond the limit stay."""
    projects = Project.objects.filter(pk=cast.project.pk)
    projects.update(annotators_per_article=3)
    yield
    projects.update(annotators_per_article=2)


def record(cast: Cast, release: Release) -> Any:
    """The record of the cast's article."""
    return next(
        one for one in records(release, f"{cast.project.slug}.jsonl") if one["article"]["id"] == str(cast.article.pk)
    )


def ids(items: list[Any]) -> set[str]:
    return {item["id"] for item in items}


def test_no_file_tells_anything_of_a_pass_that_is_not_submitted(cast: Cast) -> None:
    work = secret_work(cast)
    submit(cast, cast.annotator2)
    hidden = [SECRET.encode(), *(str(key).encode() for keys in work.values() for key in keys)]

    content = files(made(cast, formats=tuple(name for name in FORMATS if name != "parquet")))

    assert [(name, one) for name, bytes_ in content.items() for one in hidden if one in unpacked(bytes_)] == []


def test_its_manifest_counts_only_what_is_open(cast: Cast) -> None:
    before = made(cast, "1.0").manifest
    secret_work(cast)

    assert made(cast, "2.0").manifest == before


def test_one_submitted_pass_of_two_is_not_open(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)
    submit(cast, cast.annotator)

    assert record(cast, made(cast))["spans"] == []


def test_as_many_as_the_project_wants_open_the_spans_of_those_who_submitted(cast: Cast) -> None:
    one, other = (make_span(by, cast.article) for by in (cast.annotator, cast.annotator2))
    link = make_link(cast.reviewer, make_span(cast.annotator2, cast.article, CRACKS, "fact"), one)
    with room_for_one_more(cast):
        unfinished = make_span(cast.manager, cast.article, (0, 50))
    submit(cast, cast.annotator, cast.annotator2)

    held = record(cast, made(cast))

    assert ids(held["spans"]) == {str(one.pk), str(other.pk), str(link.source_id)}
    assert ids(held["links"]) == {str(link.pk)}
    assert str(unfinished.pk) not in ids(held["spans"])


def test_passes_of_people_without_a_login_open_nobody_elses(cast: Cast) -> None:
    without = [User.objects.create_user(f"{n}@people.invalid", name="Imported", is_active=False) for n in range(2)]
    imported = make_span(without[0], cast.article)
    submit(cast, *without)
    assert ids(record(cast, made(cast, "1.0"))["spans"]) == {str(imported.pk)}

    with room_for_one_more(cast):
        make_span(cast.annotator, cast.article)
    submit(cast, cast.annotator)

    assert record(cast, made(cast, "2.0"))["spans"] == []


def test_an_approved_verdict_comes_with_what_it_rests_on_and_no_more(cast: Cast) -> None:
    work = secret_work(cast)
    approve(cast, work["verdicts"][0])
    rested_on = Link.objects.exclude(relation="restates")
    make_span(cast.annotator2, cast.article, (0, 50))

    held = record(cast, made(cast))

    assert ids(held["verdicts"]) == {str(work["verdicts"][0])}
    assert ids(held["links"]) == {str(link.pk) for link in rested_on}
    assert ids(held["spans"]) == {held["verdicts"][0]["claim"], *(str(link.source_id) for link in rested_on)}


def test_a_source_that_somebody_hidden_named_does_not_make_evidence_dependent(cast: Cast) -> None:
    claim, fact = make_span(cast.annotator, cast.article), make_span(cast.annotator, cast.article, CRACKS, "fact")
    make_link(cast.annotator, fact, claim)
    named = {"source_name": "The mayor"}
    for end, at in ((claim, (0, 5)), (fact, (0, 6))):
        said = make_span(cast.annotator2, cast.article, at, "attribution", fields=named)
        make_link(cast.manager, said, end, "attributes")
    approve(cast, make_verdict(cast.annotator, claim, "supported").pk)
    with room_for_one_more(cast):
        submit(cast, cast.annotator, cast.reviewer)

    [link] = [one for one in record(cast, made(cast))["links"] if one["relation"] == "corroborates"]

    assert link["same_source"] is False


def test_a_hidden_restatement_ties_no_articles_together(cast: Cast) -> None:
    splits = {"train": 0.5, "test": 0.5}
    other = make_article(cast.project, "Entirely different words about a harbour and its ferry.")
    before = files(made(cast, "1.0", splits=splits))
    make_link(
        cast.annotator, make_span(cast.annotator, other, (0, 8)), make_span(cast.annotator, cast.article), "restates"
    )

    assert files(made(cast, "2.0", splits=splits)) == before


def test_hidden_work_does_not_make_an_article_one_that_changed(cast: Cast) -> None:
    since = {"updated_after": cast.article.created_at.isoformat()}
    make_span(cast.annotator, cast.article)

    assert records(made(cast, "1.0", filters=since), f"{cast.project.slug}.jsonl") == []
    submit(cast, cast.annotator, cast.annotator2)
    assert len(records(made(cast, "2.0", filters=since), f"{cast.project.slug}.jsonl")) == 1


def test_one_for_managers_has_everything_and_says_so(cast: Cast) -> None:
    work = secret_work(cast)

    release = made(cast, audience="managers", filters={"state": "any"})

    held = record(cast, release)
    assert {kind: ids(held[kind]) for kind in ("spans", "links", "verdicts")} == {
        kind: set(map(str, work[kind])) for kind in ("spans", "links", "verdicts")
    }
    assert (release.manifest or {})["audience"] == "managers"
    assert b"for the project's managers and reviewers only" in files(release)["README.md"]


def test_what_it_says_of_when_tells_nothing_of_hidden_work(cast: Cast) -> None:
    with room_for_one_more(cast):
        Assignment.objects.take_up(cast.article, by=cast.manager)
    span = make_span(cast.annotator, cast.article)
    submit(cast, cast.annotator, cast.annotator2)
    make_span(cast.manager, cast.article, SAFE)

    manifest = made(cast).manifest or {}

    last = cast.project.events.get(kind="span", object_id=str(span.pk))
    assert manifest["as_of"]["event"] == last.pk


def test_a_shared_project_says_nothing_of_audiences(transactional_db: None) -> None:
    release = made(make_cast())

    assert "audience" not in (release.manifest or {})
    assert b"independently" not in files(release)["README.md"]


def unpacked(content: bytes) -> bytes:
    """The files of an archive one after the other, or what is no archive as it is."""
    if not content.startswith(b"PK"):
        return content
    with ZipFile(BytesIO(content)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())
