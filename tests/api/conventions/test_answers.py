"""What every answer has in common."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.access.reading import lists
from tests.api.refusals import refused
from tests.cast import Api, Cast, make_supported

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")
TIMES = {"at", "created_at", "updated_at", "submitted_at", "approved_at"}


def times(value: Any, *, within_rows: bool = False) -> Iterator[str]:
    """The times in an answer, without those in the rows that history shows as they stood."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in TIMES and inner is not None:
                yield inner
            elif name not in ("before", "after"):
                yield from times(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from times(inner)


def test_times_are_in_utc(cast: Cast) -> None:
    claim, _, link, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    api = Api(cast.manager)
    paths = [*lists(cast), f"spans/{claim.pk}/", f"links/{link.pk}/", f"verdicts/{verdict.pk}/history/"]

    found = [time for path in paths for time in times(api.call("get", path).json())]

    assert len(found) > 20
    assert not [time for time in found if not TIME.fullmatch(time)]


def test_answers_are_json_in_utf_8(cast: Cast) -> None:
    answer = Api(cast.manager).call("patch", f"articles/{cast.article.pk}/", {"title": "Überblick 👩‍👩‍👧"})

    assert answer["Content-Type"] == "application/json"
    assert "Überblick 👩‍👩‍👧".encode() in answer.content


@pytest.mark.parametrize("path", ["me/", "projects/", "articles/{article}/", "articles/{article}/annotations/"])
def test_head_is_get_without_its_body(cast: Cast, path: str) -> None:
    address = f"/api/v1/{path.format(article=cast.article.pk)}"

    answer = Api(cast.viewer).head(address)

    assert (answer.status_code, answer.content) == (200, b"")


def test_options_tells_the_methods_to_those_who_may_ask(cast: Cast) -> None:
    answer = Api(cast.viewer).options("/api/v1/projects/")

    assert answer.status_code == 200
    assert answer["Allow"] == "GET, POST, HEAD, OPTIONS"
    refused(Api(None).options("/api/v1/projects/"), 401, "unauthenticated")


def test_many_errors_are_told_at_once(cast: Cast) -> None:
    body = {"article": "x", "label": "y", "start": -1, "end": "z"}

    problem = refused(
        Api(cast.annotator).call("put", "spans/01890a5d-ac96-774b-bcce-b302099a8057/", body), 400, "invalid-input"
    )

    assert {error["field"] for error in problem["errors"]} == {"article", "label", "start", "end"}


def test_the_words_of_a_problem_name_its_fields(cast: Cast) -> None:
    problem = refused(
        Api(cast.manager).call("post", "projects/", {"slug": "Not plain", "name": ""}), 400, "invalid-input"
    )

    assert "slug: " in problem["detail"]
    assert "name: " in problem["detail"]
