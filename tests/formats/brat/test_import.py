"""brat through the whole of an import: received, read, stored, and out again."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Import, Link, Project, Span, User, Verdict
from tests.cast import Api, fresh, make_project, person
from tests.formats.brat.by_hand import on_disk
from tests.formats.brat.exported import files
from tests.formats.brat.test_events import EVENTS, TEXT
from tests.formats.exports import lines
from tests.formats.storing.sent import refusals, waiting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def project(transactional_db: None) -> Project:
    return make_project(person("somebody"))


def brought(project: Project, contents: Mapping[str, bytes], *, strict: bool = False, **options: Any) -> Import:
    """An import of these files, over."""
    sent = [(path, io.BytesIO(content)) for path, content in contents.items()]
    one = waiting(receive(project, manager_of(project), sent, format="brat", options=options, strict=strict))
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    return one


def manager_of(project: Project) -> User:
    """Whoever started the project."""
    return User.objects.get(memberships__project=project, memberships__roles__contains=["manager"])


def sent_out(project: Project, **filters: Any) -> bytes:
    """The archive that the project goes out as."""
    query = {"format": "brat", "state": "any", **filters}
    answer = Api(fresh(manager_of(project))).call("get", f"projects/{project.slug}/export/", query_params=query)
    assert answer.status_code == 200, answer.content
    return lines(answer)


def ann_files(project: Project) -> list[str]:
    """The `.ann` files that go out."""
    return [content for name, content in files(sent_out(project)).items() if name.endswith(".ann")]


def test_attributions_as_events_go_in_and_out_as_the_same_lines(project: Project) -> None:
    one = brought(project, {"doc.txt": TEXT.encode(), "doc.ann": EVENTS.encode()})

    assert (one.state, one.articles, one.spans, one.links) == ("done", 1, 6, 5)
    assert [code for _, code in refusals(one)] == ["kept_in_field"]
    assert ann_files(project) == [EVENTS]


def test_our_own_archive_of_what_came_from_brat_says_the_same_but_for_ids(project: Project) -> None:
    brought(project, {"doc.txt": TEXT.encode(), "doc.ann": EVENTS.encode()})
    second = make_project(person("another"))

    one = brought(second, {"export.zip": sent_out(project)})

    assert refusals(one) == []
    [ann] = ann_files(second)
    assert without_ids(ann) == without_ids(EVENTS)


def without_ids(ann: str) -> list[str]:
    """The lines, with what they are about in the place of its id."""
    lines = [line.split("\t", 1) for line in ann.splitlines()]
    said = {id_: rest for id_, rest in lines if id_[0] == "T"}
    for letter in "ERAM":
        said.update({id_: _spelt(rest, said) for id_, rest in lines if id_[0] == letter})
    return sorted(said.get(id_) or _spelt(rest, said) for id_, rest in lines)


def _spelt(rest: str, said: Mapping[str, str]) -> str:
    return re.sub(r"\b[TERAM]\d+\b", lambda found: f"({said.get(found[0], found[0])})", rest).strip()


def test_the_same_archive_twice_changes_nothing(project: Project) -> None:
    contents = {"doc.txt": TEXT.encode(), "doc.ann": EVENTS.encode()}
    brought(project, contents)

    again = brought(project, contents)

    assert (again.spans, again.links) == (0, 0)
    assert ann_files(project) == [EVENTS]


def test_two_peoples_files_on_one_text_are_kept_apart(project: Project) -> None:
    project.mode = Project.Mode.INDEPENDENT
    project.save()
    other = EVENTS.replace("T5\t", "T55\t").replace(":T5", ":T55").replace(" T5\t", " T55\t")
    contents = {"doc.txt": TEXT, "doc_anna.ann": EVENTS, "doc_ben.ann": other}

    one = brought(project, {path: text.encode() for path, text in contents.items()}, others="keep")

    assert (one.articles, one.spans) == (1, 12)
    assert set(ann_files(project)) == {EVENTS, other}


def test_in_a_shared_project_ids_that_collide_are_given_anew(project: Project) -> None:
    contents = {
        "doc.txt": TEXT,
        "doc_anna.ann": "T1\tClaim 0 10\tThe bridge\nT2\tPremise 12 16\tsaid\nR1\tSupport Arg1:T2 Arg2:T1\n",
        "doc_ben.ann": "T1\tPremise 0 3\tThe\nT2\tClaim 12 16\tsaid\nR1\tAttack Arg1:T1 Arg2:T2\n",
    }
    brought(project, {path: text.encode() for path, text in contents.items()}, others="keep")

    [ann] = ann_files(project)

    [attack] = [line.split() for line in ann.splitlines() if "\tAttack" in line]
    ends = {line.split("\t")[0]: line.split("\t")[1] for line in ann.splitlines()}
    assert [ends[end.partition(":")[2]] for end in attack[2:]] == ["Premise 0 3", "Claim 12 16"]
    assert len(ends) == len(ann.splitlines())


def test_claims_and_premises_go_in_and_out_line_for_line(project: Project, corpora: Path) -> None:
    folder = on_disk(corpora / "abstrct/AbstRCT_corpus/data", "*.txt", "*.ann")
    contents = {file.path: file.read() for file in folder.files}

    one = brought(project, contents)

    assert {code for _, code in refusals(one)} == {"kept_in_field"}
    assert (one.articles, one.spans, one.links) == (60, 376, 193)
    was = sorted(content.decode() for path, content in contents.items() if path.endswith(".ann"))
    assert sorted(ann_files(project)) == was


def described(project: Project) -> tuple[list[Any], list[Any], list[Any]]:
    """All spans, links and verdicts of a project without their ids."""
    spans = Span.objects.filter(article__project=project).select_related("article", "assignment__assignee")
    links = Link.objects.filter(target__article__project=project).select_related("source", "target", "author")
    verdicts = Verdict.objects.filter(claim__article__project=project).select_related("claim")
    return (
        sorted(
            (one.article.title, one.label, one.fragments, str(sorted(one.fields.items())), one.note,
             one.assignment.assignee.name) for one in spans
        ),
        sorted((one.source.quote, one.relation, one.target.quote, one.note, one.author.name) for one in links),
        sorted((one.claim.quote, one.rating, one.rationale) for one in verdicts),
    )  # fmt: skip


def test_the_seeds_go_out_and_come_in_with_all_they_have(project: Project) -> None:
    call_command("loadseeds", accounts=True, verbosity=0)
    seeds = Project.objects.get(slug="raqqa-2017")

    one = brought(project, {"export.zip": sent_out(seeds, names="true")}, others="keep")

    assert (one.state, refusals(one)) == ("done", [])
    assert described(project) == described(seeds)


def test_an_archive_that_lies_about_itself_is_refused(project: Project) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("../../doc.txt", TEXT)
        archive.writestr("doc.txt", TEXT)
        archive.writestr("doc.ann", "T1\tClaim 0 3\tThe\nhalf a li")

    one = brought(project, {"export.zip": content.getvalue()})

    assert (one.articles, one.spans) == (1, 1)
    assert sorted(code for _, code in refusals(one)) == ["malformed", "unsafe_path"]


@pytest.mark.parametrize(("offsets", "code"), [("6 9", "offsets_in_utf16"), ("8 11", "offsets_in_bytes")])
def test_offsets_in_another_unit_are_named_as_such(project: Project, offsets: str, code: str) -> None:
    one = brought(project, {"doc.txt": "Oh 🙂 yes.".encode(), "doc.ann": f"T1\tClaim {offsets}\tyes\n".encode()})

    assert (one.articles, one.spans, refusals(one)) == (1, 0, [("line 1", code)])


def test_right_to_left_texts_and_joined_emoji_keep_their_offsets(project: Project) -> None:
    text = "שלום 👩‍👩‍👧 e\u0301 — ثم قال: نعم! 🇩🇪"
    starts = (text.index("👩"), text.index("ثم"), text.index("🇩"))
    line = "T1\tClaim " + ";".join(f"{start} {start + 2}" for start in starts)
    ann = f"{line}\t{' '.join(text[start : start + 2] for start in starts)}\n"

    one = brought(project, {"doc.txt": text.encode(), "doc.ann": ann.encode()})

    assert (one.spans, refusals(one)) == (1, [])
    assert ann_files(project) == [ann]


def test_all_or_nothing_does_not_mind_what_is_only_told(project: Project) -> None:
    one = brought(project, {"doc.txt": TEXT.encode(), "doc.ann": EVENTS.encode()}, strict=True)

    assert (one.state, one.articles, one.spans, one.links) == ("done", 1, 6, 5)
    assert [code for _, code in refusals(one)] == ["kept_in_field"]


def test_all_or_nothing_is_nothing_where_a_line_is_lost(project: Project) -> None:
    one = brought(project, {"doc.txt": TEXT.encode(), "doc.ann": EVENTS.encode() + b"T99\tnonsense\n"}, strict=True)

    assert (one.state, one.articles, one.spans) == ("failed", 0, 0)
    assert not project.articles.exists()
