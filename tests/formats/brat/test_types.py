"""What somebody chose for types comes back out of our own archive, without being chosen again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

import pytest

from annotations.formats.brat.names import DOCUMENTS_COLUMNS, TYPES
from annotations.formats.brat.writing.document import Document as Outgoing
from annotations.formats.brat.writing.meanings import Meanings
from annotations.formats.reading.records import ArticleRecord
from annotations.imports.storage.batch import with_fields
from annotations.models import Link, Project, Span
from annotations.vocabulary import RELATIONS
from tests.cast import make_project, person
from tests.formats.brat import by_chance
from tests.formats.brat.by_hand import folder, one, read, record
from tests.formats.brat.exported import files
from tests.formats.brat.test_import import brought, described, sent_out
from tests.formats.storing.sent import refusals

TEXT = "The bridge is safe, said the mayor. Police deny it."
LINES = (
    "T1\tClaim 4 18\tbridge is safe\nT2\tPremise 36 50\tPolice deny it\nT3\tThesis 0 3\tThe\n"
    "R1\tAttack Arg1:T2 Arg2:T1\nR2\tBacks Arg1:T1 Arg2:T2\n"
)
CHOSEN = {"Premise": "claim", "Thesis": "fact", "Backs": "corroborates"}


def ours(documents: Sequence[ArticleRecord]) -> dict[str, str]:
    """The archive that documents go out as, once they are stored."""
    meanings, found = Meanings(), {"documents.tsv": "\t".join(DOCUMENTS_COLUMNS) + "\n"}
    fields: dict[str, list[dict[str, Any]]] = {}
    for number, document in enumerate(documents):
        content = record(document)
        kinds = {label: {one["key"]: one["kind"] for one in document.fields.get(label, [])} for label in TYPES}
        outgoing = Outgoing(document.text, "ada", content["spans"], content["links"], [], kinds, meanings)
        found |= {f"{number}.txt": document.text, f"{number}.ann": "".join(outgoing.made().written())}
        fields = with_fields(fields, document.fields)
    return found | {"fields.json": json.dumps(fields), "types.json": b"".join(meanings.written()).decode()}


def said(document: ArticleRecord) -> tuple[list[Any], list[Any]]:
    """The spans and the links of a document, without keys and without what they keep of brat."""
    spans = {
        one.key: (one.label, one.fragments, one.note, {k: v for k, v in one.fields.items() if k != "brat"})
        for one in document.spans
    }
    links = [(one.relation, spans[one.source], spans[one.target], one.note) for one in document.links]
    return sorted(map(str, spans.values())), sorted(map(str, links))


def again(archive: Mapping[str, str]) -> list[ArticleRecord]:
    """What comes in of an archive, nothing of which is refused."""
    documents, refused = read(folder(archive))
    assert refused == []
    return documents


@pytest.fixture
def project(transactional_db: None) -> Project:
    return make_project(person("somebody"))


@pytest.mark.django_db(transaction=True)
def test_chosen_types_come_back_out_of_our_own_archive(project: Project) -> None:
    first = brought(project, {"doc.txt": TEXT.encode(), "doc.ann": LINES.encode()}, types=CHOSEN)
    second = make_project(person("another"))

    done = brought(second, {"export.zip": sent_out(project)})

    assert (first.spans, first.links) == (done.spans, done.links) == (3, 2)
    assert refusals(done) == []
    labels = [
        dict(Span.objects.filter(article__project=one).values_list("quote", "label")) for one in (project, second)
    ]
    assert labels[0] == labels[1] == {"The": "fact", "bridge is safe": "claim", "Police deny it": "claim"}
    assert [row[:3] for row in described(second)[1]] == [row[:3] for row in described(project)[1]]
    assert Link.objects.filter(source__article__project=second).count() == 2


@pytest.mark.django_db(transaction=True)
def test_lines_go_out_as_they_came_and_the_archive_says_what_their_types_are(project: Project) -> None:
    brought(project, {"doc.txt": TEXT.encode(), "doc.ann": LINES.encode()}, types=CHOSEN)

    archive = files(sent_out(project))

    assert [text for name, text in archive.items() if name.endswith(".ann")] == [LINES]
    assert json.loads(archive["types.json"]) == {
        "labels": {"Premise": "claim", "Thesis": "fact"}, "relations": {"Backs": "corroborates"},
    }  # fmt: skip


def test_a_type_that_two_imports_took_for_different_things_comes_back_as_both() -> None:
    documents = [one(TEXT, LINES, **CHOSEN), read(folder({"doc.txt": TEXT, "doc.ann": LINES}))[0][0]]
    for order in (documents, documents[::-1]):
        archive = ours(order)

        assert [said(document) for document in again(archive)] == [said(document) for document in order]
        assert "\tRead-as T2\t" in archive["1.ann"]
        assert "Read-as" not in archive["0.ann"]


def test_what_somebody_chooses_for_our_own_archive_goes_before_what_it_says() -> None:
    archive = ours([one(TEXT, LINES, **CHOSEN), one(TEXT, "T1\tPremise 0 3\tThe\n")])

    documents, _ = read(folder(archive), Premise="attribution")

    labels = [span.label for document in documents for span in document.spans]
    assert labels == ["claim", "attribution", "fact", "attribution"]


def test_events_of_chosen_types_come_back_as_attributions() -> None:
    bounds = "T1\tMove 20 24\tsaid\nT2\tThesis 4 18\tbridge is safe\nT3\tWho 25 34\tthe mayor\n"
    lines = bounds + "E1\tMove:T1 Content:T2 Source:T3\n"
    document = one(TEXT, lines, Move="attribution", Thesis="claim", Who="fact")

    [back] = again(ours([document]))

    assert said(back) == said(document)
    assert [span.label for span in back.spans] == ["claim", "fact", "attribution"]


def test_a_relation_that_was_no_link_is_none_after_its_ends_were_relabelled() -> None:
    [document], _ = read(folder({"doc.txt": TEXT, "doc.ann": LINES.replace("Claim", "Fact")}))
    for span in document.spans:
        span.label = "claim"
        span.fields.pop("imported_type", None)

    [back] = again(ours([document]))

    assert (document.links, back.links) == ([], [])


def test_the_type_in_a_field_comes_back_as_somebody_changed_it() -> None:
    document = one(TEXT, "T1\tGene 4 10\tbridge\nT2\tGene 14 18\tsafe\nT3\tGene 0 3\tThe\n")
    document.spans[0].fields["imported_type"] = "Gene or protein"
    del document.spans[1].fields["imported_type"]

    [back] = again(ours([document]))

    assert said(back) == said(document)


@pytest.mark.parametrize("seed", range(0, 200, 50))
def test_whatever_was_chosen_for_whatever_types_comes_back(seed: int) -> None:
    for chance in map(Random, range(seed, seed + 50)):
        documents = []
        for _ in range(3):
            names = chance.sample([*by_chance.TYPES, "Move", "Support", "Follows", "Attack"], 4)
            chosen = {name: chance.choice([*TYPES, *TYPES, *RELATIONS]) for name in names}
            files_ = {"doc.txt": by_chance.TEXT, "doc.ann": by_chance.ann(chance)}
            documents.append(read(folder(files_), **chosen)[0][0])

        assert [said(document) for document in again(ours(documents))] == [said(document) for document in documents]


@pytest.mark.parametrize(
    ("content", "place", "code"),
    [
        ("[]", "", "types_unreadable"),
        ("{", "", "types_unreadable"),
        ('{"labels": []}', "", "types_unreadable"),
        ('{"labels": {"Gene": "gene"}}', "labels, Gene", "malformed"),
        ('{"relations": {"Near": 7}}', "relations, Near", "malformed"),
        ('{"relations": {"Near": []}}', "relations, Near", "malformed"),
    ],
)
def test_types_that_cannot_be_read_are_refused_and_the_rest_comes_in(content: str, place: str, code: str) -> None:
    archive = ours([one(TEXT, LINES, **CHOSEN)]) | {"types.json": content}

    [document], [refusal] = read(folder(archive))

    assert (refusal.file, refusal.place, refusal.code) == ("types.json", place, code)
    assert len(document.spans) == 3


@pytest.mark.parametrize("note", ["Read-as T1\tevent", "Read-as R1\tclaim", "Read-as A1\tclaim", "Read-as T9\tclaim"])
def test_a_note_of_what_a_line_cannot_be_is_refused(note: str) -> None:
    archive = ours([one(TEXT, LINES, **CHOSEN)])
    archive["0.ann"] += f"A1\tSure T1\n#9\t{note}\n"

    [document], [refusal] = read(folder(archive))

    assert (refusal.place, refusal.code) == ("line 7", "malformed")
    assert len(document.spans) == 3
