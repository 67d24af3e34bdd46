"""What leaves satisfies the assertions by which the W3C tests implementations of the model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT4

from tests.cast import Cast, make_cast
from tests.formats.there_and_back import exported, make_work


@pytest.fixture
def page(transactional_db: None) -> dict[str, Any]:
    """The export of a small body of work."""
    cast: Cast = make_cast()
    make_work(cast)
    found: dict[str, Any] = json.loads(exported(cast, "webannotation"))
    return found


def assertions(corpora: Path, listed: str) -> Iterator[tuple[str, Draft4Validator]]:
    """The assertions of a list, each with what checks it."""
    tests = corpora / "w3c-annotation-tests"
    registry: Any = Registry().with_resources(
        (path.name, DRAFT4.create_resource(json.loads(path.read_text("utf-8"))))
        for path in (tests / "definitions").glob("*.json")
    )
    for path in json.loads((tests / listed).read_text("utf-8"))["assertions"]:
        schema = json.loads((tests / path).read_text("utf-8"))
        yield path, Draft4Validator({**schema, "id": ""}, registry=registry, format_checker=FormatChecker())


@pytest.mark.django_db(transaction=True)
def test_every_annotation_is_what_the_model_says_it_must_be(page: dict[str, Any], corpora: Path) -> None:
    checks = list(assertions(corpora, "annotations/annotationMusts.test"))
    assert len(checks) > 50

    for item in page["items"]:
        whole = {"@context": page["@context"], **item}
        broken = [(path, item["motivation"]) for path, check in checks if not check.is_valid(whole)]
        assert broken == []


@pytest.mark.django_db(transaction=True)
def test_the_page_is_what_the_model_says_it_must_be(page: dict[str, Any], corpora: Path) -> None:
    checks = list(assertions(corpora, "collections/pages/pageMusts.test"))

    assert [path for path, check in checks if not check.is_valid(page)] == []
    assert any(not check.is_valid({**page, "items": 3}) for _, check in checks)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "assertion",
    [
        "annotations/3.3.1-annotationCreatedImplemented.json",
        "annotations/3.3.1-annotationModifiedImplemented.json",
        "annotations/3.3.5-annotationSingleMotivationImplemented.json",
        "annotations/3.3.2-annotationCreatorAgentNameImplemented.json",
        "annotations/3.3.2-annotationCreatorAgentTypeImplemented.json",
        "annotations/specificResource/4.2.4-textQuoteSelector.json",
        "annotations/specificResource/4.2.4-prefix.json",
        "annotations/specificResource/4.2.4-suffix.json",
        "annotations/specificResource/4.2.5-textPositionSelector.json",
        "annotations/specificResource/4.3.1-timeState.json",
    ],
)
def test_spans_links_and_verdicts_have_what_the_model_offers(
    page: dict[str, Any], corpora: Path, assertion: str, tmp_path: Path
) -> None:
    listed = tmp_path / "listed.test"
    listed.write_text(json.dumps({"assertions": [assertion]}), "utf-8")
    [(_, check)] = assertions(corpora, str(listed))

    for item in page["items"]:
        if item["motivation"] != "describing":
            assert check.is_valid({"@context": page["@context"], **item}), item["motivation"]
