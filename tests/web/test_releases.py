"""The pages of releases."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from annotations.models import Release, User
from annotations.web.releases import comparison
from tests.cast import Cast
from tests.releasing import MANIFEST, finished
from tests.web.visit import words


def signed_in(user: User) -> Client:
    """Somebody's browser."""
    client = Client()
    client.force_login(user)
    return client


def wish(cast: Cast, **values: Any) -> Any:
    """What the manager's form comes to."""
    form = {"name": "1.0", "formats": ["jsonl", "claims"], "state": "any", **values}
    return signed_in(cast.manager).post(f"/projects/{cast.project.slug}/releases/", form)


def test_the_form_asks_for_what_was_chosen(cast: Cast) -> None:
    answer = wish(cast, train="80", test="20", seed="7", names="on")

    release = Release.objects.get()
    assert answer["Location"].endswith(f"/releases/{release.pk}/")
    assert (release.name, release.formats, release.state) == ("1.0", ["jsonl", "claims"], "waiting")
    assert release.filters == {"state": "any", "names": True}
    assert (release.splits, release.seed) == ({"train": 0.8, "test": 0.2}, 7)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"name": ""}, "Enter a name, such as 1.0."),
        ({"formats": []}, "Choose at least one format"),
        ({"train": "80"}, "add up to 100"),
        ({"train": "much"}, "a whole number from 0 to 100"),
        ({"seed": "-1"}, "0 or more"),
    ],
)
def test_what_is_wrong_is_said_beside_the_form(cast: Cast, values: dict[str, Any], says: str) -> None:
    answer = wish(cast, **values)

    assert (answer.status_code, Release.objects.count()) == (400, 0)
    assert says in answer.content.decode()


def test_a_name_that_is_taken_is_said(cast: Cast) -> None:
    finished(cast, "1.0")

    answer = wish(cast)

    assert (answer.status_code, Release.objects.count()) == (400, 1)
    assert "Another release of this project has this name." in answer.content.decode()


def test_a_viewer_reads_releases_and_is_offered_no_form(cast: Cast) -> None:
    release = finished(cast)
    viewer = signed_in(cast.viewer)

    page = viewer.get(f"/projects/{cast.project.slug}/releases/").content.decode()
    one = viewer.get(f"/projects/{cast.project.slug}/releases/{release.pk}/").content.decode()

    assert "Create release" not in page
    assert f"/api/v1/releases/{release.pk}/files/data.jsonl" in one
    assert release.published[0].sha256 in one


def test_the_page_asks_for_what_changes_until_it_is_done(cast: Cast) -> None:
    wish(cast)
    release, client = Release.objects.get(), signed_in(cast.manager)
    address = f"/projects/{cast.project.slug}/releases/{release.pk}/"

    waits = client.get(address, headers={"HX-Request": "true"})
    client.post(address, {"step": "cancel"})
    over = client.get(address, headers={"HX-Request": "true"})

    assert "a worker is free" in waits.content.decode()
    assert over["HX-Retarget"] == "#release"
    assert Release.objects.get().state == "cancelled"


def test_a_release_says_up_to_when_it_goes(cast: Cast) -> None:
    last = {"event": 7, "at": "2026-11-21T10:00:00.000001+00:00"}
    release = finished(cast, manifest={**MANIFEST, "as_of": last})

    page = signed_in(cast.viewer).get(f"/projects/{cast.project.slug}/releases/{release.pk}/").content.decode()

    assert "all changes up to <time" in page
    assert "21 Nov 2026, 10:00 UTC" in page


def test_a_comparison_shows_what_is_different(cast: Cast) -> None:
    key = "00000000-0000-7000-8000-000000000001"
    finished(cast, "1.0", items=f'span\t{key}\t{{"label": "claim"}}\n'.encode())
    later = finished(cast, "2.0", items=f'span\t{key}\t{{"label": "<fact>"}}\n'.encode())

    page = signed_in(cast.viewer).get(f"/projects/{cast.project.slug}/releases/{later.pk}/compare/").content.decode()

    assert "&lt;fact&gt;" in page
    assert "<del>" in page


def test_of_very_large_releases_the_first_items_are_compared(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "COMPARED", 2)
    keys = [f"00000000-0000-7000-8000-{number:012}" for number in range(3)]
    for name, label in (("1.0", "claim"), ("2.0", "fact")):
        later = finished(cast, name, items="".join(f'span\t{key}\t{{"label": "{label}"}}\n' for key in keys).encode())

    page = words(signed_in(cast.viewer).get(f"/projects/{cast.project.slug}/releases/{later.pk}/compare/"))

    assert "Only the first 2 items are compared here" in page
    assert "Compare all as JSON" in page
    assert keys[1] in page
    assert keys[2] not in page


@pytest.mark.parametrize("query", ["?with=nonsense", "?with=00000000-0000-7000-8000-000000000009", ""])
def test_there_is_no_comparison_with_nothing(cast: Cast, query: str) -> None:
    release = finished(cast)

    answer = signed_in(cast.viewer).get(f"/projects/{cast.project.slug}/releases/{release.pk}/compare/{query}")

    assert answer.status_code == 404
