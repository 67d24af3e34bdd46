"""What leaves as brat's files is what brat takes, by its rules."""

from __future__ import annotations

import io
import json

import pytest

from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Link, Span
from tests.cast import Cast, make_project, person
from tests.databases import empty_tables
from tests.formats.brat.exported import archive, files
from tests.formats.brat.standoff_rules import complaints, complaints_about_configuration
from tests.formats.rich import CARRIAGE, make_apart, make_rich
from tests.formats.storing.sent import refusals, waiting

AS_STORED = CARRIAGE.replace("\r\n", "\n").replace("\r", "\n")


def broken(cast: Cast) -> list[str]:
    """What brat would refuse of an export."""
    found = files(archive(cast))
    documents = [name.removesuffix(".ann") for name in found if name.endswith(".ann")]
    assert len(documents) == sum(name.endswith(".txt") for name in found)
    assert sum(len(found[f"{name}.ann"]) for name in documents) > 1000
    wrong = [f"{name}: {one}" for name in documents for one in complaints(found[f"{name}.txt"], found[f"{name}.ann"])]
    return wrong + list(complaints_about_configuration(found["annotation.conf"]))


@pytest.mark.django_db(transaction=True)
def test_brat_takes_all_that_leaves(transactional_db: None) -> None:
    assert broken(make_rich()) == []


@pytest.mark.django_db(transaction=True)
def test_brat_takes_the_work_of_each_who_works_alone(transactional_db: None) -> None:
    assert broken(make_apart()) == []


@pytest.mark.django_db(transaction=True)
def test_all_that_leaves_comes_back(transactional_db: None) -> None:
    cast = make_rich()
    spans = sorted(map(_told, Span.objects.exclude(article__body=CARRIAGE)))
    links = Link.objects.count()
    content = archive(cast)
    empty_tables()
    manager = person("somebody")
    one = waiting(receive(make_project(manager), manager, [("a.zip", io.BytesIO(content))], format="brat"))

    assert run(one.pk, stopping=lambda: False)

    # Line ends of two characters become one.
    assert refusals(one) == [("", "line_ends_counted")]
    assert sorted(map(_told, Span.objects.exclude(article__body=AS_STORED))) == spans
    assert Link.objects.count() == links


def _told(span: Span) -> str:
    """What a span says, as text."""
    return json.dumps([span.label, span.fragments, span.quote, span.note, span.fields], sort_keys=True)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("T1 Claim 0 3\tThe", "has its type and its offsets"),
        ("T1 Claim 0 3 The", "begins with no id and tab"),
        ("T1\tClaim 0 99\tThe", "not in the text"),
        ("T1\tClaim 0 3;2 6\tThe e m", "overlaps"),
        ("T1\tClaim 0 3\tAll", "is not 'The'"),
        ("T1\tClaim 0 8\tThe mayo", "is not 'The may\\n'"),
        ("T1\tClaim 0 3\tThe\nT1\tClaim 4 7\tmay", "twice"),
        ("R1\tx Arg1:T9", "two arguments"),
        ("T1\tSaid 0 3\tThe\nE1\tSays:T1", "no Says"),
        ("T1\tSays 0 3\tThe\nE1\tSays:T1\n#1\tNote T1\ta", "about the trigger"),
        ("A1\tVerdict T4 so", "not there"),
        ("T1\tClaim 0 3\tThe\n#1\tNote T1\ta\u2028b", "begins with no id"),
    ],
)
def test_the_rules_find_what_brat_refuses(line: str, complaint: str) -> None:
    assert [one for one in complaints("The may\nor said.", line) if complaint in one]
