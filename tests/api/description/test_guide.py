"""docs/api.md says what is so."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import resolve

from annotations.api.base.pagination import LARGEST_PAGE
from annotations.rules import RULES, Rule
from annotations.strict_json import DEEPEST
from factcheck.problems import TITLES
from tests.api.description.test_openapi import CONTRACT
from tests.cast import Api, Cast, make_link, make_span

GUIDE = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text()
FRAMEWORK: Any = settings.REST_FRAMEWORK
RATES = FRAMEWORK["DEFAULT_THROTTLE_RATES"]
BEYOND_RULES = {"internal": 500, "undone": 409, **{slug: status for status, (slug, _) in TITLES.items()}}


def rows(columns: int) -> list[list[str]]:
    """The rows of the tables with so many columns."""
    lines = [line.strip("|").split(" | ") for line in GUIDE.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in cells] for cells in lines if len(cells) == columns]


def examples() -> list[Any]:
    """What stands in the examples in JSON."""
    return [json.loads(example) for example in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)]


def problems() -> dict[str, tuple[int, str]]:
    """The list of problem types: status and meaning of each."""
    items = re.findall(r"^- `([a-z-]+)` \((\d{3})\): (.+(?:\n  .+)*)", GUIDE, re.MULTILINE)
    return {slug: (int(status), " ".join(text.split())) for slug, status, text in items}


def test_every_problem_type_is_listed_with_its_status() -> None:
    rules = {rule.slug: rule.status for rule in RULES.values()}

    assert {slug: status for slug, (status, _) in problems().items()} == rules | BEYOND_RULES


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_is_told_in_its_own_words(rule: Rule) -> None:
    assert problems()[rule.slug][1] == rule.message


def test_every_route_is_listed_with_its_methods() -> None:
    listed = {
        path.strip("`").replace("{id}", "{}"): methods
        for path, methods, _ in rows(3)
        if re.fullmatch(r"(GET|POST|PUT|PATCH|DELETE| )+", methods)
    }

    assert listed == {
        re.sub(r"\{(key|member_id|assignment_id|invitation_id)\}", "{}", path): methods
        for path, methods in CONTRACT.items()
    }


def test_every_address_in_an_example_is_one() -> None:
    addresses = re.findall(r"\$API/([^\s\"?]+)", GUIDE)
    assert len(addresses) >= 5

    for address in addresses:
        place = re.sub(r"\$\w+|\$\(uuidgen$", str(uuid4()), address).removesuffix("/") + "/"
        assert resolve(f"/api/v1/{place}").namespace == "api"


def test_the_example_of_a_problem_is_what_one_gets(cast: Cast) -> None:
    *_, example = examples()

    assert Api(cast.annotator).put_span(cast.article, quote="something else").json() == example


def test_the_examples_of_bodies_work(cast: Cast) -> None:
    span, verdict, comment, batch, *_ = examples()
    api, claim = Api(cast.annotator), make_span(cast.annotator, cast.article)
    made = api.call("put", f"spans/{uuid4()}/", span | {"article": str(cast.article.pk)})
    link = make_link(cast.annotator, make_span(cast.annotator, cast.article, (35, 66), "fact"), claim, "contradicts")
    verdict["evidence_sets"][0]["links"] = [str(link.pk)]

    judged = api.call("put", f"verdicts/{uuid4()}/", verdict | {"claim": str(claim.pk)})
    said = api.call("put", f"comments/{uuid4()}/", comment | {"on": {"span": str(claim.pk)}})
    answer = api.call("post", f"projects/{cast.project.slug}/batch/", batch)

    assert said.status_code == 201
    assert (made.status_code, judged.status_code, answer.status_code) == (201, 201, 200)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("3,000 requests a minute for a token", RATES["token"] == "3000/min"),
        ("6,000 for an address", RATES["address"] == "6000/min"),
        ("A body may be 16 MB large", settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 16 * 1024**2),
        (f"and {DEEPEST} levels deep", True),
        (f"takes 1 to {LARGEST_PAGE}", True),
    ],
)
def test_the_limits_are_those_told(words: str, value: Any) -> None:
    assert words in " ".join(GUIDE.split())
    assert value
