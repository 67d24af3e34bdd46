"""An approval that an import brought says so in every format that has approvals, and in releases."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from pyarrow import parquet

from annotations.formats.export_registry import FORMATS
from tests.cast import Cast
from tests.formats.exports import ask, lines
from tests.formats.releases.made import files, made
from tests.rules.verdicts.test_imported_reviews import approved, forged

pytestmark = pytest.mark.django_db(transaction=True)

WITHOUT_REVIEWS = {"averitec", "fever"}


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "stored"


def exported(cast: Cast, name: str) -> bytes:
    """An export; of an archive all files in it, one after the other."""
    content = lines(ask(cast, format=name))
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(one) for one in archive.namelist())


def says_imported(content: bytes) -> bool:
    """Whether it speaks of an imported approval somewhere."""
    values = (b'"approval" : "imported"', b'\\"approval\\": \\"imported\\"', b'"approval": "imported"', b",imported,",
              b'approval="imported"', b"Verdict-approval", b"Approval imported")  # fmt: skip
    return any(value in content for value in values)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - WITHOUT_REVIEWS - {"parquet"}))
def test_every_format_with_reviews_says_so(cast: Cast, name: str) -> None:
    forged(cast)

    assert says_imported(exported(cast, name))


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"parquet"}))
def test_none_says_so_of_an_approval_given_here(cast: Cast, name: str) -> None:
    approved(cast)

    assert not says_imported(exported(cast, name))


@pytest.mark.parametrize(("brought", "value"), [(True, "imported"), (False, None)])
def test_the_table_of_verdicts_in_parquet_has_a_column_for_it(cast: Cast, brought: bool, value: str | None) -> None:
    (forged if brought else approved)(cast)

    with zipfile.ZipFile(io.BytesIO(lines(ask(cast, format="parquet")))) as archive:
        table = parquet.read_table(io.BytesIO(archive.read("verdicts.parquet")))
    assert table.column("approval").to_pylist() == [value]


def test_a_release_counts_them_in_its_manifest_and_its_card(cast: Cast) -> None:
    forged(cast)

    release = made(cast)
    assert (release.manifest or {})["counts"]["imported_approvals"] == 1
    card = files(release)["README.md"].decode()
    assert "The approval of 1 of its verdicts was imported" in card


def test_a_release_without_them_says_nothing_of_it(cast: Cast) -> None:
    approved(cast)

    release = made(cast)
    assert (release.manifest or {})["counts"]["imported_approvals"] == 0
    assert "was imported" not in files(release)["README.md"].decode()


def test_what_compares_releases_has_it_only_where_it_applies(cast: Cast) -> None:
    forged(cast)
    [brought] = [line for line in files(made(cast))["items.tsv"].decode().splitlines() if line.startswith("verdict")]

    assert json.loads(brought.split("\t")[2])["approval"] == "imported"
