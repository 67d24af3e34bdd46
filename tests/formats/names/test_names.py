"""Names that came in with files leave where names are asked for, and nowhere else."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest
from pyarrow import parquet

from annotations.formats.export_registry import FORMATS
from annotations.formats.registry import IMPORTERS
from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Article, Import
from tests.cast import Cast, make_cast, make_comment
from tests.formats.names.planted import NAME, PLANTED
from tests.formats.releases.made import files, made
from tests.formats.storing.sent import waiting
from tests.formats.there_and_back import exported

pytestmark = pytest.mark.django_db(transaction=True)

PLANT = re.compile(rf"{NAME}-[a-z-]*[a-z]", re.IGNORECASE)

STORED = {
    "brat": "attribute file folder lonely note",
    "uima": "annotator id maker path person title user",
    "webannotsv": "feature file",
    "webannotation": "field file iri mail name",
    "labelstudio": "file mail meta",
    "doccano": "file",
    "jsonl": "annotator author averitec brat field file-name line reviewer",
    "averitec": "annotator history worker",
    "claimreview": "author",
    "csv": "file",
    "parquet": "file",
    "table": "annotator field",
    "txt": "file",
    "html": "file",
}
"""Of what is planted, what the project keeps."""

OPTIONS: dict[str, dict[str, Any]] = {
    "doccano": {"offset_unit": "code_points"},
    "table": {"table": "spans", "fields": ["user"], "files": {"articles.csv": {"table": "articles", "fields": []}}},
}
"""What has to be chosen for a format besides."""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def bring(cast: Cast, name: str, others: str = "keep") -> Import:
    """The import of the files that are planted for a format, over; everybody in them is kept, or is who imports."""
    sent = [(path, io.BytesIO(content)) for path, content in PLANTED[name]()]
    options = {"others": others, **OPTIONS.get(name, {})}
    one = waiting(receive(cast.project, cast.manager, sent, format=name, options=options))
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    assert one.articles, list(one.reported.values_list("code", "detail"))
    return one


def planted_in(content: bytes, path: str) -> set[str]:
    """The names that stand in a file and its path, or in all files of an archive."""
    if path.endswith(".parquet"):
        return set(PLANT.findall(f"{path} {parquet.read_table(io.BytesIO(content)).to_pylist()}"))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return set().union(*(planted_in(archive.read(one), one) for one in archive.namelist()))
    return set(PLANT.findall(f"{path} {content.decode()}"))


@pytest.mark.parametrize("others", ["keep", "me"])
@pytest.mark.parametrize("name", PLANTED)
def test_no_export_has_a_name_that_came_in(cast: Cast, name: str, others: str) -> None:
    bring(cast, name, others)
    for article in Article.objects.filter(project=cast.project):
        make_comment(cast.manager, article, "Look at this.")

    found = {form: planted_in(exported(cast, form, state="any", comments="true"), form) for form in FORMATS}

    assert found == {form: set() for form in FORMATS}


@pytest.mark.parametrize("name", PLANTED)
def test_no_file_of_a_release_has_a_name_that_came_in(cast: Cast, name: str) -> None:
    bring(cast, name)

    release = made(cast, formats=tuple(FORMATS), filters={"state": "any", "comments": True})

    found = {path: planted_in(content, path) for path, content in files(release).items()}
    assert found == {path: set() for path in found}
    assert {"items.tsv", "manifest.json", "README.md", "croissant.json"} <= found.keys()


@pytest.mark.parametrize("name", PLANTED)
def test_what_is_stored_leaves_where_names_are_asked_for(cast: Cast, name: str) -> None:
    bring(cast, name)

    found = planted_in(exported(cast, "jsonl", state="any", names="true"), "")

    found_in = {one.removeprefix(f"{NAME}-").partition("-")[2] for one in found}
    assert found_in == set(STORED[name].split())


def test_every_format_that_comes_in_has_names_planted() -> None:
    assert set(PLANTED) == set(STORED) == set(IMPORTERS) - {"url"}
