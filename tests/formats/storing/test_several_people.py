"""Several people mark the same thing: what each of them made stays theirs, out and in again."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.cast import CRACKS, SAFE, Cast, make_cast, make_link, make_span, make_verdict
from tests.databases import empty_tables
from tests.formats.storing.sent import refusals
from tests.formats.storing.test_tools import exported, people, records, stored

pytestmark = pytest.mark.django_db(transaction=True)

FORMATS = ["jsonl", "webannotation", "labelstudio", "doccano"]


def make_work_of_three() -> Cast:
    """Three people who mark the same claim and the same fact, each with a link, a verdict and evidence of their own."""
    cast = make_cast(mode="independent", annotators_per_article=3)
    work = [
        (cast.annotator, "corroborates", "supported"),
        (cast.annotator2, "contradicts", "refuted"),
        (cast.reviewer, "contradicts", "conflicting_evidence"),
    ]
    for person, relation, rating in work:
        claim = make_span(person, cast.article, SAFE, note=f"by {person.name}")
        fact = make_span(person, cast.article, CRACKS, "fact", fragments=[[35, 44], [51, 57]])
        make_link(person, fact, claim, relation, note=rating)
        make_verdict(person, claim, rating, rationale=rating)
    for assignment in cast.article.assignments.all():
        assignment.submit(by=assignment.assignee)
    return cast


def renumbered(content: bytes) -> bytes:
    """What doccano makes of its ids: those of its own database, in another order within a text."""
    lines = []
    for line in content.splitlines():
        record = json.loads(line)
        own = {entity["id"]: 900 - entity["id"] for entity in record["entities"]}
        record["entities"] = [{**entity, "id": own[entity["id"]]} for entity in reversed(record["entities"])]
        for relation in record["relations"]:
            relation["from_id"], relation["to_id"] = own[relation["from_id"]], own[relation["to_id"]]
        lines.append(json.dumps(record))
    return "\n".join(lines).encode()


def others_shuffled(content: bytes) -> bytes:
    """Label Studio's annotations, as one person there has handed them in again, the last first."""
    tasks = json.loads(content)
    for task in tasks:
        task["annotations"] = [{**one, "completed_by": 1} for one in reversed(task["annotations"])]
    return json.dumps(tasks).encode()


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        *((name, bytes) for name in FORMATS),
        pytest.param("doccano", renumbered, id="doccano-renumbered"),
        pytest.param("labelstudio", others_shuffled, id="labelstudio-again"),
    ],
)
def test_each_ones_work_comes_back_as_theirs(
    transactional_db: None, name: str, changed: Callable[[bytes], bytes]
) -> None:
    cast = make_work_of_three()
    before = records(cast.project, cast.manager)
    assert [len(before[0][part]) for part in ("spans", "links", "verdicts")] == [6, 3, 3]
    content = changed(exported(cast.project, cast.manager, name))
    empty_tables()

    one, after = stored("export.json", content, name, people(before))

    assert refusals(one) == []
    assert after == before
