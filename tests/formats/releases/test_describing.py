"""What a release says of itself is read by those for whom it is written."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from annotations.formats.export_registry import FORMATS
from annotations.models import Article, Release
from tests.cast import Cast, make_article, make_cast, make_supported
from tests.formats.releases.made import files, made
from tests.formats.rich import make_rich

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

SPLITS = {"train": 0.5, "dev": 0.25, "test": 0.25}


@pytest.fixture
def mlcroissant() -> Any:
    """A second to import, which only the worker that reads with it should spend."""
    return import_module("mlcroissant")


@pytest.fixture
def datasets() -> Any:
    """Two seconds."""
    return import_module("datasets")


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "stored"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    make_supported(cast)
    for number in range(3):
        make_article(cast.project, f"Text {number} " + " ".join(f"w{number}x{word}" for word in range(20)))
    return cast


def downloaded(release: Release, folder: Path) -> Path:
    """The files in a folder, as a reader has them."""
    folder.mkdir()
    for name, content in files(release).items():
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("splits", [{}, SPLITS], ids=["whole", "split"])
def test_croissant_is_valid_and_finds_each_file(
    cast: Cast, tmp_path: Path, mlcroissant: Any, splits: dict[str, float]
) -> None:
    release = made(cast, formats=tuple(FORMATS), filters={"state": "any"}, splits=splits)
    folder = downloaded(release, tmp_path / "down")

    described = mlcroissant.Dataset(str(folder / "croissant.json"))

    assert not described.metadata.ctx.issues.errors
    named = {one.name: one.sha256 for one in described.metadata.distribution}
    assert named == {one.name: one.sha256 for one in release.published.exclude(format="")}


def test_croissant_reads_the_records(cast: Cast, tmp_path: Path, mlcroissant: Any) -> None:
    folder = downloaded(made(cast), tmp_path / "down")

    records = list(mlcroissant.Dataset(str(folder / "croissant.json")).records("jsonl"))

    assert len(records) == 4
    assert records[0]["jsonl/article_id"] == str(cast.article.pk).encode()
    assert records[0]["jsonl/text"].decode() == cast.article.body


def test_hugging_face_reads_the_splits_from_the_card(cast: Cast, tmp_path: Path, datasets: Any) -> None:
    folder = downloaded(made(cast, splits=SPLITS), tmp_path / "down")

    loaded = datasets.load_dataset(str(folder), "jsonl", cache_dir=str(tmp_path / "cache"))

    assert {name: len(rows) for name, rows in loaded.items()} == {"train": 2, "validation": 1, "test": 1}


def test_hugging_face_reads_the_claims(cast: Cast, tmp_path: Path, datasets: Any) -> None:
    folder = downloaded(made(cast, formats=("claims",), filters={"state": "any"}), tmp_path / "down")

    loaded = datasets.load_dataset(str(folder), "claims", cache_dir=str(tmp_path / "cache"))["train"]

    assert loaded[0]["rating"] == "supported"
    assert loaded[0]["evidence"][0]["relation"] == "corroborates"


def test_both_read_what_makes_formats_break(
    transactional_db: None, tmp_path: Path, mlcroissant: Any, datasets: Any
) -> None:
    folder = downloaded(made(make_rich(), formats=("jsonl", "claims")), tmp_path / "down")
    texts = set(Article.objects.values_list("body", flat=True))

    records = list(mlcroissant.Dataset(str(folder / "croissant.json")).records("jsonl"))
    loaded = datasets.load_dataset(str(folder), "jsonl", cache_dir=str(tmp_path / "cache"))["train"]
    claims = datasets.load_dataset(str(folder), "claims", cache_dir=str(tmp_path / "cache"))["train"]

    assert {record["jsonl/text"].decode() for record in records} == texts
    assert {row["article"]["text"] for row in loaded} == texts
    assert sum(len(row["spans"]) for row in loaded) == 18
    assert [row["rating"] for row in claims] == ["conflicting_evidence", "supported", "not_enough_evidence"]


def test_the_card_names_files_formats_and_what_is_missing(cast: Cast) -> None:
    cast.project.guidelines = "# Mark what is checkable\n\nAsk | before you guess."
    cast.project.save()
    card = files(made(cast))["README.md"].decode()

    assert f"| `{cast.project.slug}.jsonl` |" in card
    assert f'pandas.read_json("{cast.project.slug}.jsonl", lines=True)' in card
    assert "> # Mark what is checkable" in card
    assert str(FORMATS["jsonl"].leaves_out) in card
    assert 'license: "unknown"' in card
