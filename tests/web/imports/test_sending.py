"""Files that are sent to the import page."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.models import Import
from tests.cast import Cast, make_project
from tests.web.imports.sending import address, proposed, send
from tests.web.visit import signed_in, words


def test_files_lead_to_a_look_at_them_and_store_nothing_else(cast: Cast) -> None:
    answer = send(cast, a_txt="One.", b_txt="Two.")
    [one] = Import.objects.all()
    assert answer["Location"] == address(one)
    assert (one.state, one.by, [file.name for file in one.files.all()]) == (
        "proposed",
        cast.manager,
        ["a.txt", "b.txt"],
    )
    assert cast.project.articles.count() == 1


def test_sending_nothing_names_the_field(cast: Cast) -> None:
    answer = send(cast)
    assert answer.status_code == 400
    assert "Choose at least one file" in words(answer)
    assert 'aria-invalid="true"' in answer.content.decode()


def test_a_script_is_told_where_the_look_is_or_what_is_wrong(cast: Cast) -> None:
    manager, place = signed_in(cast.manager), reverse("import-upload", args=[cast.project.slug])
    headers = {"Accept": "application/json"}
    refused = manager.post(place, headers=headers)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "files")
    answer = manager.post(place, {"files": [SimpleUploadedFile("a.txt", b"One.")]}, headers=headers)
    assert (answer.status_code, answer.json()) == (201, {"address": address(Import.objects.get())})


def test_files_of_a_folder_keep_their_paths(cast: Cast) -> None:
    files = [SimpleUploadedFile("a.txt", b"One."), SimpleUploadedFile("a.txt", b"Two.")]
    sent = {"files": files, "paths": json.dumps(["x/a.txt", "y/../../a.txt"])}
    signed_in(cast.manager).post(reverse("import-upload", args=[cast.project.slug]), sent)
    assert [file.name for file in Import.objects.get().files.all()] == ["x/a.txt", "a.txt"]


@pytest.mark.parametrize("paths", ["[", "[1]", '["a"]', '{"a": 1}', "[" * 100_000])
def test_paths_that_make_no_sense_are_as_if_they_were_not_sent(cast: Cast, paths: str) -> None:
    files = [SimpleUploadedFile("a.txt", b"One."), SimpleUploadedFile("b.txt", b"Two.")]
    place = reverse("import-upload", args=[cast.project.slug])
    assert signed_in(cast.manager).post(place, {"files": files, "paths": paths}).status_code == 302
    assert [file.name for file in Import.objects.get().files.all()] == ["a.txt", "b.txt"]


def test_the_list_has_what_was_begun_and_ones_own_proposals(cast: Cast) -> None:
    mine = proposed(cast, mine_txt="One.")
    for name, state in (("theirs.txt", "proposed"), ("done.txt", "done")):
        other = Import.objects.create(project=cast.project, by=cast.annotator, state=state)
        other.files.create(position=0, name=name, size=1, sha256="", stored=name)
    page = words(signed_in(cast.manager).get(reverse("import", args=[cast.project.slug])))
    assert mine.files.get().name in page
    assert "done.txt" in page
    assert "theirs.txt" not in page


def test_an_import_is_found_in_its_own_project_only(cast: Cast) -> None:
    one, other = proposed(cast, a_txt="One."), make_project(cast.manager)
    assert signed_in(cast.manager).get(reverse("import-one", args=[other.slug, one.pk])).status_code == 404
    assert signed_in(cast.viewer).get(address(one)).status_code == 403
    assert signed_in(cast.outsider).get(address(one)).status_code == 404
