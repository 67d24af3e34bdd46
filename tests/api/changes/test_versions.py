"""An update states the version it was made from."""

from __future__ import annotations

from typing import Any

import pytest

from annotations.models import Span
from annotations.models.base.versioned import Versioned
from annotations.rules import RuleBroken
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_supported

KINDS = ["spans", "links", "verdicts"]
CHANGES: dict[str, dict[str, Any]] = {"spans": {"note": "n"}, "links": {"note": "n"}, "verdicts": {"rationale": "n"}}


def things(cast: Cast) -> dict[str, Versioned]:
    claim, _, link, verdict = make_supported(cast)
    return {"spans": claim, "links": link, "verdicts": verdict}


def whole(cast: Cast, kind: str, thing: Any) -> dict[str, Any]:
    """A body for PUT."""
    if kind == "spans":
        return {
            "article": str(cast.article.pk),
            "label": thing.label,
            "start": thing.start,
            "end": thing.end,
            "note": "n",
        }
    if kind == "links":
        return {"source": str(thing.source_id), "target": str(thing.target_id), "relation": thing.relation, "note": "n"}
    return {"claim": str(thing.claim_id), "rating": thing.rating, "rationale": "n"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_change_without_a_version_is_refused(cast: Cast, kind: str, method: str) -> None:
    thing = things(cast)[kind]
    body = {"put": whole(cast, kind, thing), "patch": CHANGES[kind], "delete": None}[method]

    with nothing_changed():
        answer = Api(cast.annotator).call(method, f"{kind}/{thing.pk}/", body)

    refused(answer, 428, "version-required")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_stale_version_is_refused_with_the_current_state(cast: Cast, kind: str, method: str) -> None:
    thing, api = things(cast)[kind], Api(cast.annotator)
    current = api.call("patch", f"{kind}/{thing.pk}/", CHANGES[kind], version=1).json()
    body = {"put": whole(cast, kind, thing), "patch": CHANGES[kind], "delete": None}[method]

    with nothing_changed():
        for version in (0, 1, 3, 999_999_999):
            answer = api.call(method, f"{kind}/{thing.pk}/", body, version=version)
            assert refused(answer, 412, "stale-version", "version")["current"] == current


MALFORMED = [
    "", "1", "*", 'w/"1"', 'W/1', 'W/ "1"', '"1" "2"', '"1", 2', ",", '"1", *', '"1-lz4"', '"1",' * 21,
    '"one"', '"-1"', '"1.0"', '""', "'1'", '"1', '"²"', '"1" ;', f'"{"9" * 40}"',
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_malformed_version_is_bad_input(cast: Cast, kind: str) -> None:
    thing, api = things(cast)[kind], Api(cast.annotator)

    with nothing_changed():
        for stated in MALFORMED:
            for method, body in (("patch", CHANGES[kind]), ("delete", None)):
                answer = api.call(method, f"{kind}/{thing.pk}/", body, headers={"If-Match": stated})
                refused(answer, 400, "invalid-input", "If-Match")


CHANGED_ON_THE_WAY = ['W/"1"', '"1-gzip"', 'W/"1-gzip"', '"1-br"', 'W/"1", "1"', '"7", W/"1"', ' "1" , ', '"0","1","2"']


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stated", CHANGED_ON_THE_WAY)
def test_a_version_counts_as_proxies_send_it_and_in_a_list(cast: Cast, kind: str, stated: str) -> None:
    thing, api = things(cast)[kind], Api(cast.annotator)

    answer = api.call("patch", f"{kind}/{thing.pk}/", CHANGES[kind], headers={"If-Match": stated})

    assert (answer.status_code, answer.json()["version"]) == (200, 2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stated", ['W/"2"', '"2-gzip"', '"0", "2"', 'W/"2", W/"3"'])
def test_a_stale_version_is_refused_however_proxies_send_it(cast: Cast, kind: str, stated: str) -> None:
    thing, api = things(cast)[kind], Api(cast.annotator)

    with nothing_changed():
        for method, body in (("patch", CHANGES[kind]), ("delete", None), ("put", whole(cast, kind, thing))):
            answer = api.call(method, f"{kind}/{thing.pk}/", body, headers={"If-Match": stated})
            refused(answer, 412, "stale-version", "version")


@pytest.mark.parametrize("kind", KINDS)
def test_every_change_counts_one_version(cast: Cast, kind: str) -> None:
    thing, api = things(cast)[kind], Api(cast.annotator)

    for version in (1, 2):
        answer = api.call("patch", f"{kind}/{thing.pk}/", CHANGES[kind], version=version)
        assert (answer.status_code, answer.json()["version"]) == (200, version + 1)
        assert answer["ETag"] == f'"{version + 1}"'
        assert answer.json().items() <= api.call("get", f"{kind}/{thing.pk}/").json().items()


@pytest.mark.parametrize("kind", KINDS)
def test_the_one_who_is_told_can_go_on_from_the_current_state(cast: Cast, kind: str) -> None:
    thing, api = things(cast)[kind], Api(cast.annotator)
    api.call("patch", f"{kind}/{thing.pk}/", CHANGES[kind], version=1)
    told = api.call("patch", f"{kind}/{thing.pk}/", CHANGES[kind], version=1).json()

    answer = api.call("patch", f"{kind}/{thing.pk}/", CHANGES[kind], version=told["current"]["version"])

    assert answer.status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_a_deletion_asks_the_database_for_the_version(cast: Cast, kind: str) -> None:
    thing: Any = things(cast)[kind]
    Api(cast.annotator).call("patch", f"{kind}/{thing.pk}/", CHANGES[kind], version=1)

    with nothing_changed(), pytest.raises(RuleBroken):
        thing.remove(by=cast.annotator, from_version=1)


def test_changing_back_and_forth_still_counts(cast: Cast) -> None:
    claim, api = things(cast)["spans"], Api(cast.annotator)
    for version, note in enumerate(("a", "b", "a"), start=1):
        api.call("patch", f"spans/{claim.pk}/", {"note": note}, version=version)

    assert Span.objects.get(pk=claim.pk).version == 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_of_nothing_counts_no_version(cast: Cast, kind: str) -> None:
    thing = things(cast)[kind]
    api = Api(cast.annotator)
    answer = api.call("patch", f"{kind}/{thing.pk}/", {}, version=thing.version)
    assert (answer.status_code, answer.json()["version"]) == (200, thing.version)
    refused(api.call("patch", f"{kind}/{thing.pk}/", {}, version=thing.version + 1), 412, "stale-version")
