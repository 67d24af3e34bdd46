"""Where texts and annotations lie, and what lies beside them."""

from __future__ import annotations

import pytest

from annotations.formats.brat.reader import BRAT
from annotations.models import Assignment, Project
from tests.cast import make_project, person
from tests.formats.brat.by_hand import folder, read
from tests.formats.brat.test_import import brought, manager_of, sent_out
from tests.formats.storing.sent import refusals

TEXT = "The bridge is safe."
OTHER = "The dam broke in March."
CLAIM = "T1\tClaim 4 10\tbridge\n"


def whose(files: dict[str, str]) -> list[tuple[str, str, str | None]]:
    """The annotations that come in, the title of their text, and whose they are."""
    documents, refused = read(folder(files))
    assert refused == []
    return [(one.file, one.metadata["title"], part.annotator) for one in documents for part in one.parts]


@pytest.mark.parametrize(
    ("annotations", "person_"),
    [
        ("attributions/nyt_2016-08_the-bridge_anna.ann", "anna"),
        ("attributions/anna_nyt_2016-08_the-bridge.ann", "anna"),
        ("attributions/nyt_2016-08_the-bridge.anna@desk.ann", "anna@desk"),
        ("attributions/nyt_2016-08_the-bridge.ann", None),
        ("attributions/nyt_2016-08_the-bridge.txt.ann", None),
        ("nyt_2016-08_the-bridge_anna.ann", "anna"),
    ],
)
def test_annotations_find_their_text_in_the_folder_beside_them(annotations: str, person_: str | None) -> None:
    files = {"text/nyt_2016-08_the-bridge.txt": TEXT, annotations: CLAIM}

    assert whose(files) == [(annotations, "nyt_2016-08_the-bridge", person_)]


def test_the_text_whose_name_is_most_of_the_files_name_is_meant() -> None:
    files = {"text/a.txt": OTHER, "text/a_b.txt": TEXT, "ann/a_b_anna.ann": CLAIM}

    assert whose(files) == [("ann/a_b_anna.ann", "a_b", "anna")]


def test_of_several_texts_of_a_name_the_nearest_is_meant() -> None:
    files = {"x/text/d.txt": OTHER, "y/text/d.txt": TEXT, "y/ann/d_anna.ann": CLAIM}

    assert whose(files) == [("y/ann/d_anna.ann", "d", "anna")]


def test_where_several_texts_are_as_near_the_annotations_are_refused_with_their_names() -> None:
    _, [refusal] = read(folder({"x/d.txt": OTHER, "y/d.txt": TEXT, "ann/d_anna.ann": CLAIM}))

    assert (refusal.file, refusal.code) == ("ann/d_anna.ann", "text_unclear")
    assert "x/d.txt, y/d.txt" in refusal.detail


def test_one_folder_of_annotations_names_nobody_and_several_do_for_all_in_them() -> None:
    texts = {"text/d.txt": TEXT, "text/e.txt": f"{TEXT} Yes."}

    assert whose({**texts, "ann/d.ann": CLAIM}) == [("ann/d.ann", "d", None)]
    assert whose({**texts, "anna/d.ann": CLAIM, "anna/e.ann": CLAIM, "ben/d.ann": CLAIM}) == [
        ("anna/d.ann", "d", "anna"), ("anna/e.ann", "e", "anna"), ("ben/d.ann", "d", "ben"),
    ]  # fmt: skip


def test_whatever_lies_beside_them_is_noted_by_name() -> None:
    beside = ["annotation.conf", "ann/d.json", "ann/scores.tsv", "notes.xyz"]

    _, noted = read(folder({"text/d.txt": TEXT, "ann/d.ann": CLAIM, **dict.fromkeys(beside, "{}")}))

    assert [(one.file, one.code, one.is_note) for one in noted] == [(path, "not_read", True) for path in sorted(beside)]


@pytest.mark.parametrize(("content", "is_brat"), [("", True), (" \n", True), ("nothing", False)])
def test_empty_files_of_annotations_are_recognised_beside_texts(content: str, is_brat: bool) -> None:
    assert BRAT.recognises(folder({"d.txt": TEXT, "d.ann": content})) is is_brat
    assert not BRAT.recognises(folder({"d.ann": content}))


@pytest.fixture
def project(transactional_db: None) -> Project:
    return make_project(person("somebody"))


def passes() -> set[tuple[str, str, str]]:
    """Text, person and state of each assignment."""
    return set(Assignment.objects.values_list("article__body", "assignee__name", "state"))


EMPTY = {"text/d.txt": TEXT.encode(), "ann/d_anna.ann": CLAIM.encode(), "ann/d_ben.ann": b"", "ann/d_carl.ann": b"\n"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("strict", [False, True])
def test_an_empty_file_is_a_submitted_assignment_of_whoever_looked(project: Project, strict: bool) -> None:
    one = brought(project, EMPTY, strict=strict)

    assert passes() == {(TEXT, "anna", "submitted"), (TEXT, "ben", "submitted"), (TEXT, "carl", "submitted")}
    assert list(one.people.values_list("name", "spans")) == [("anna", 1), ("ben", 0), ("carl", 0)]
    assert (one.spans, refusals(one)) == (1, [])


@pytest.mark.django_db(transaction=True)
def test_an_empty_file_that_names_nobody_is_the_importing_persons_pass(project: Project) -> None:
    brought(project, {"d.txt": TEXT.encode(), "d.ann": b""})

    assert passes() == {(TEXT, manager_of(project).name, "submitted")}


@pytest.mark.django_db(transaction=True)
def test_work_that_somebody_is_at_is_not_ended_by_an_empty_file(project: Project) -> None:
    brought(project, {"d.txt": TEXT.encode(), "d.ann": CLAIM.encode()})

    brought(project, {"d.txt": TEXT.encode(), "d.ann": b""})

    assert passes() == {(TEXT, manager_of(project).name, "open")}


@pytest.mark.django_db(transaction=True)
def test_an_article_of_our_own_archive_that_nobody_annotated_stays_so(project: Project) -> None:
    brought(project, {"d.txt": TEXT.encode()})
    content, second = sent_out(project), make_project(person("another"))

    one = brought(second, {"export.zip": content})

    assert (one.articles, Assignment.objects.count(), refusals(one)) == (1, 0, [])
