"""`{spans,links,verdicts}/{uuid}/history/`"""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from annotations import paging
from tests.api.refusals import refused
from tests.cast import Api, Cast, make_span, make_supported

KINDS = ["spans", "links", "verdicts"]
CHANGES: dict[str, dict[str, Any]] = {"spans": {"note": "n"}, "links": {"note": "n"}, "verdicts": {"rationale": "n"}}


def keys(cast: Cast) -> dict[str, Any]:
    claim, _, link, verdict = make_supported(cast)
    return {"spans": claim.pk, "links": link.pk, "verdicts": verdict.pk}


def history(api: Api, kind: str, key: Any) -> list[dict[str, Any]]:
    answer = api.call("get", f"{kind}/{key}/history/")
    assert answer.status_code == 200
    assert set(answer.json()) == {"next", "previous", "results"}
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_a_page_of_history_ends_where_its_rows_are_long(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    span = make_span(cast.annotator, cast.article, note="x" * 2_000)
    for number in range(1, 4):
        span.change(by=cast.annotator, from_version=number, note=f"{number}" * 2_000)
    monkeypatch.setattr(paging, "MOST_BYTES", 7_000)
    api = Api(cast.annotator)

    first = api.call("get", f"spans/{span.pk}/history/").json()
    second = api.call("get", first["next"].partition("/api/v1/")[2]).json()

    assert [one["after"]["version"] for one in first["results"]] == [4, 3]
    assert [one["after"]["version"] for one in second["results"]] == [2, 1]
    assert api.call("get", second["previous"].partition("/api/v1/")[2]).json()["results"] == first["results"]


@pytest.mark.parametrize("kind", KINDS)
def test_history_tells_every_change_newest_first(cast: Cast, kind: str) -> None:
    key, api = keys(cast)[kind], Api(cast.annotator)
    api.call("patch", f"{kind}/{key}/", CHANGES[kind], version=1)

    changed, made = history(api, kind, key)

    [(name, value)] = CHANGES[kind].items()
    assert (changed["what"], changed["before"][name], changed["after"][name]) == ("updated", "", value)
    assert (made["what"], made["before"], made["after"][name]) == ("created", None, "")
    assert changed["at"] > made["at"]


@pytest.mark.parametrize("kind", KINDS)
def test_history_says_who(cast: Cast, kind: str) -> None:
    events = history(Api(cast.reviewer), kind, keys(cast)[kind])

    assert [event["by"] for event in events] == [{"id": cast.annotator.pk, "name": "annotator"}]
    assert set(events[0]) == {"id", "at", "by", "what", "before", "after"}


def test_the_steps_of_a_verdict_are_in_its_history(cast: Cast) -> None:
    *_, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)

    events = history(Api(cast.annotator), "verdicts", verdict.pk)

    assert [event["after"]["state"] for event in events] == ["approved", "submitted", "draft"]
    assert [event["by"]["name"] for event in events] == ["reviewer", "annotator", "annotator"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_deleted_keeps_its_history(cast: Cast, kind: str) -> None:
    key, api = keys(cast)[kind], Api(cast.annotator)
    api.call("delete", f"{kind}/{key}/", version=1)

    last = history(api, kind, key)[0]

    assert (last["what"], last["after"], last["before"]["id"]) == ("deleted", None, str(key))


def test_history_comes_in_pages(cast: Cast) -> None:
    span, api = make_span(cast.annotator, cast.article), Api(cast.annotator)
    for version in range(1, 5):
        api.call("patch", f"spans/{span.pk}/", {"note": str(version)}, version=version)

    first = api.call("get", f"spans/{span.pk}/history/?limit=3").json()
    second = api.call("get", first["next"].partition("testserver")[2]).json()

    assert [event["after"]["version"] for event in first["results"] + second["results"]] == [5, 4, 3, 2, 1]
    assert second["next"] is None


@pytest.mark.parametrize("kind", KINDS)
def test_history_is_for_those_who_see_work_in_progress(cast: Cast, kind: str) -> None:
    found = keys(cast)
    assert history(Api(cast.annotator2), kind, found[kind])

    refused(Api(cast.outsider).call("get", f"{kind}/{found[kind]}/history/"), 404, "not-found")
    refused(Api(cast.viewer).call("get", f"{kind}/{found[kind]}/history/"), 404, "not-found")
    refused(Api(cast.annotator).call("get", f"{kind}/{uuid4()}/history/"), 404, "not-found")


@pytest.mark.parametrize("kind", KINDS)
def test_a_viewer_does_not_read_how_an_approved_verdict_came_to_be(cast: Cast, kind: str) -> None:
    claim, _, link, verdict = make_supported(cast)
    verdict.submit(by=cast.annotator, from_version=1)
    verdict.approve(by=cast.reviewer, from_version=2)
    key = {"spans": claim.pk, "links": link.pk, "verdicts": verdict.pk}[kind]
    api = Api(cast.viewer)

    assert api.call("get", f"{kind}/{key}/").status_code == 200
    refused(api.call("get", f"{kind}/{key}/history/"), 403, "forbidden")
