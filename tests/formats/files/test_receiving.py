"""What is sent for an import: kept as it came, under no name of the sender's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import override_settings
from django.utils import timezone

from annotations.imports.uploads import discard, receive, source_of
from annotations.models import Import
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _storage(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def sent(cast: Cast, **files: bytes) -> Import:
    """An import of these files."""
    parts = [(name.replace("_", "."), io.BytesIO(content)) for name, content in files.items()]
    return receive(cast.project, cast.manager, parts)


def test_files_are_kept_as_they_came_with_their_size_and_digest(cast: Cast) -> None:
    received = sent(cast, a_txt=b"\xff\xfeA\0", b_ann=b"")
    first, second = received.files.all()
    assert received.state == "proposed"
    assert (first.name, first.size, first.sha256) == ("a.txt", 4, sha256(b"\xff\xfeA\0").hexdigest())
    assert (second.name, second.size) == ("b.ann", 0)
    with default_storage.open(first.stored) as content:
        assert content.read() == b"\xff\xfeA\0"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("corpus/one/a.txt", "corpus/one/a.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\texts\\a.txt", "a.txt"),
        ("..", "file"),
        ("a\u202e\0.txt", "a\ufffd\ufffd.txt"),
    ],
)
def test_no_name_climbs_out_of_anything(cast: Cast, path: str, name: str) -> None:
    [kept] = receive(cast.project, cast.manager, [(path, io.BytesIO(b"x"))]).files.all()
    assert kept.name == name
    assert kept.stored.startswith(f"imports/{kept.of_id}/")


def test_an_archive_is_looked_into_when_it_is_read(cast: Cast) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("texts/a.txt", "The bridge fell.")
    [file] = source_of(sent(cast, all_zip=packed.getvalue())).files
    assert (file.path, file.read()) == ("texts/a.txt", b"The bridge fell.")


def test_what_is_discarded_leaves_no_file(cast: Cast, tmp_path: Path) -> None:
    discard(sent(cast, a_txt=b"x", b_txt=b"y"))
    assert not Import.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_what_breaks_off_while_it_is_received_leaves_nothing(cast: Cast, tmp_path: Path) -> None:
    closed = io.BytesIO(b"y")
    closed.close()
    with pytest.raises(ValueError, match="closed"):
        receive(cast.project, cast.manager, [("a.txt", io.BytesIO(b"x")), ("b.txt", closed)])
    assert not Import.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_proposal_that_was_forgotten_goes_with_the_next_one(cast: Cast) -> None:
    old, other = sent(cast, a_txt=b"x"), sent(cast, b_txt=b"x")
    Import.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
    new = sent(cast, c_txt=b"x")
    assert set(Import.objects.all()) == {other, new}
