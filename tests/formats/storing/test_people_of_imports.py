"""Whom the files of an import name, as it is stored and reported."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.formats.registry import IMPORTERS
from annotations.imports import authors as kept
from annotations.imports.proposal import proposal_of
from annotations.imports.run import run
from annotations.imports.uploads import receive, source_of
from annotations.models import Article, Import, ImportPerson, Project, Span
from tests.cast import make_project, person
from tests.formats.brat.test_import import brought, manager_of
from tests.formats.given import file
from tests.formats.storing.sent import refusals, waiting

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "The bridge is safe."
CLAIM = b"T1\tClaim 4 10\tbridge\n"
OF_TWO = {"t/d.txt": TEXT.encode(), "anna/d.ann": CLAIM, "ben/d.ann": CLAIM + b"T2\tPremise 14 18\tsafe\n"}


@pytest.fixture
def project(transactional_db: None) -> Project:
    return make_project(person("somebody"))


def people(one: Import) -> dict[str, tuple[str, int]]:
    """Who it is here and how many spans came in, by the name in the files."""
    return {found.name: (found.user.name, found.spans) for found in one.people.select_related("user")}


def sent(project: Project, files: dict[str, Any], name: str = "doccano", **options: Any) -> Import:
    """An import of these files, each an object as JSON, over."""
    parts = [(path, file(json.dumps(content)).open()) for path, content in files.items()]
    one = waiting(receive(project, manager_of(project), parts, format=name, options=options))
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    return one


def record(text: str = TEXT, **more: Any) -> dict[str, Any]:
    return {"text": text, "label": [[4, 10, "claim"]], **more}


@pytest.mark.parametrize("strict", [False, True])
def test_people_are_kept_apart_where_nothing_is_chosen(project: Project, strict: bool) -> None:
    one = brought(project, OF_TWO, strict=strict)

    assert people(one) == {"anna": ("anna", 1), "ben": ("ben", 2)}
    assert (one.state, one.spans, refusals(one)) == ("done", 3, [])
    assert set(Span.objects.values_list("assignment__assignee__name", "quote")) == {
        ("anna", "bridge"), ("ben", "bridge"), ("ben", "safe"),
    }  # fmt: skip


def test_others_may_be_the_importing_person(project: Project) -> None:
    me = manager_of(project)

    one = brought(project, OF_TWO, others="me", people={"ben": "keep"})

    assert people(one) == {"anna": (me.name, 1), "ben": ("ben", 2)}


def test_what_nobody_is_named_for_is_the_importing_persons(project: Project) -> None:
    one = sent(project, {"a.jsonl": record()})

    assert people(one) == {"": (manager_of(project).name, 1)}


def test_the_same_files_again_are_the_same_people_and_bring_nothing(project: Project) -> None:
    for _ in range(2):
        one = brought(project, OF_TWO)

    assert people(one) == {"anna": ("anna", 0), "ben": ("ben", 0)}
    assert one.spans == 0


def test_texts_that_become_one_article_are_named(project: Project) -> None:
    one = sent(project, {"1.jsonl": record(), "2.jsonl": record(title="Other")})

    [note] = one.noted
    assert (note.file, note.place, note.code) == ("2.jsonl", "line 1", "same_text")
    assert f"“{Article.objects.get().title}”" in note.detail
    assert one.refused == 0


def test_a_text_that_the_project_has_is_named_too_but_not_several_peoples_work_on_one_file(project: Project) -> None:
    assert refusals(brought(project, OF_TWO)) == []

    one = brought(project, OF_TWO)

    assert [(note.file, note.code) for note in one.noted] == [("anna/d.ann", "same_text")]


def test_the_look_at_it_names_people_and_texts_as_the_report_will(project: Project) -> None:
    parts = [(path, file(json.dumps(record(title=path))).open()) for path in ("anna.jsonl", "ben.jsonl", "3.jsonl")]
    one = receive(project, manager_of(project), parts, format="doccano")

    proposal = proposal_of(one, IMPORTERS["doccano"], source_of(one))

    assert proposal.people == {"anna": 1, "ben": 1}
    assert [(note.file, note.code) for note in proposal.notes] == [("ben.jsonl", "same_text"), ("3.jsonl", "same_text")]


def test_an_import_that_was_broken_off_goes_on_with_the_same_people(project: Project) -> None:
    parts = [(path, file(json.dumps(record(title=path))).open()) for path in ("anna.jsonl", "ben.jsonl")]
    one = waiting(receive(project, manager_of(project), parts, format="doccano"))

    assert not run(one.pk, stopping=lambda: True)
    assert run(one.pk, stopping=lambda: False)

    assert people(one) == {"anna": ("anna", 1), "ben": ("ben", 1)}


def test_more_people_than_are_kept_are_refused_and_the_rest_comes_in(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    text = "\n".join(json.dumps(record(f"The bridge {n}.", by=f"P{n}")) for n in range(4))
    one = waiting(receive(project, manager_of(project), [("a.jsonl", file(text).open())], format="doccano",
                          options={"person_from": "field", "person_field": "by"}))  # fmt: skip
    run(one.pk, stopping=lambda: False)

    assert people(one) == {"P0": ("P0", 1), "P1": ("P1", 1)}
    assert [code for _, code in refusals(one)] == ["too_many_people", "too_many_people"]


def test_names_of_any_length_are_counted_each_by_itself(project: Project) -> None:
    options = {"person_from": "field", "person_field": "by"}
    names = [f"{'n' * 350}{number}" for number in range(2)]
    files = {f"{number}.jsonl": record(by=name) for number, name in enumerate(names)}

    one = sent(project, files, **options)

    assert sorted(ImportPerson.objects.filter(of=one).values_list("name", "spans")) == [(name, 1) for name in names]
