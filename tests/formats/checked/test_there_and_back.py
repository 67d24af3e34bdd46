"""AVeriTeC and ClaimReview go in and out again, through the whole of an import."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from annotations.imports.run import run
from annotations.imports.uploads import receive
from annotations.models import Import, Project, Span, User, Verdict
from tests.cast import Cast, make_cast, make_link, make_project, make_span, person
from tests.formats.checked.world import make_world, sent, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _storage(tmp_path: Path) -> Iterator[None]:
    with override_settings(MEDIA_ROOT=tmp_path):
        yield


def brought(project: Project, by: User, content: bytes, **about: Any) -> Import:
    """An import of a file with this content, over."""
    one = receive(project, by, [("file.json", io.BytesIO(content))], **about)
    one.state = Import.State.WAITING
    one.save()
    assert run(one.pk, stopping=lambda: False)
    one.refresh_from_db()
    return one


def elsewhere(cast: Cast) -> Cast:
    """Another project of the same people."""
    cast.project = make_project(cast.manager)
    cast.manager = User.objects.get(pk=cast.manager.pk)
    return cast


def came_out(cast: Cast, *records: Any) -> tuple[Import, list[dict[str, Any]]]:
    """The import of these claims of AVeriTeC, and the claims that go out then."""
    one = brought(cast.project, cast.manager, json.dumps(records).encode(), format="averitec")
    return one, told(cast, "averitec", state="any")


def exact(value: Any) -> str:
    """A value as JSON in which true is not 1, whatever the order of names."""
    return json.dumps(value, sort_keys=True)


def test_each_claim_of_the_dataset_goes_out_as_it_came_in(corpora: Path) -> None:
    records = json.loads((corpora / "averitec" / "data" / "dev-first-100.json").read_bytes())
    one, after = came_out(make_cast(), *records)

    assert (one.state, one.format, one.done, one.refused) == ("done", "averitec", 100, 0)
    assert [
        number for number, pair in enumerate(zip(records, after, strict=True)) if len(set(map(exact, pair))) > 1
    ] == []


def test_every_imported_span_is_where_it_says(corpora: Path) -> None:
    cast = make_cast()
    brought(cast.project, cast.manager, (corpora / "averitec" / "data" / "dev-first-100.json").read_bytes())

    spans = list(Span.objects.select_related("article"))

    assert len(spans) > 400
    assert all(span.article.body[span.start : span.end] == span.quote for span in spans)


def test_what_leaves_as_averitec_comes_in_and_leaves_the_same(transactional_db: None) -> None:
    for rating, sets in (("refuted", True), ("supported", False), ("not_enough_evidence", True)):
        world = make_world(rating, sets=sets)
        content = sent(world.cast, "averitec")
        other = elsewhere(world.cast)

        one = brought(other.project, other.manager, content, format="averitec")

        assert list(one.reported.values_list("place", "code", "detail")) == []
        assert told(other, "averitec", state="any") == json.loads(content)


def test_what_leaves_as_claimreview_comes_in_and_leaves_the_same(transactional_db: None) -> None:
    world = make_world("refuted")
    content = sent(world.cast, "claimreview")
    other = elsewhere(world.cast)

    one = brought(other.project, other.manager, content)
    approve_all(other)

    assert (one.state, one.format, one.refused) == ("done", "claimreview", 0)
    [before], [after] = json.loads(content), told(other, "claimreview")
    assert after.pop("@id") != before.pop("@id")
    # Of a further appearance only its address comes in.
    further = before["itemReviewed"].pop("appearance")
    assert [one["url"] for one in after["itemReviewed"].pop("appearance")] == [one["url"] for one in further]
    assert after == before


def test_reviews_of_publishers_go_out_as_they_came_once_they_are_approved(corpora: Path) -> None:
    content = (corpora / "claimreview" / "from_html" / "claimreviews.json").read_bytes()
    cast = make_cast()
    one = brought(cast.project, cast.manager, content)
    assert (one.state, one.done, one.refused) == ("done", 3, 2)
    Verdict.objects.filter(rating=None).delete()
    approve_all(cast)

    came = [item["claimreview"] for item in json.loads(content)][:2]
    for before, after in zip(came, told(cast, "claimreview"), strict=True):
        assert (after["claimReviewed"], after["url"]) == (before["claimReviewed"], before["url"])
        assert after["author"]["name"] == before["author"]["name"]
        assert after["datePublished"] == before["datePublished"][:10]
        assert after["itemReviewed"]["author"]["name"] == before["itemReviewed"]["author"]["name"]


def approve_all(cast: Cast) -> None:
    """What is needed for it, and the approval."""
    verdicts = Verdict.objects.filter(claim__article__project=cast.project)
    for verdict in verdicts.select_related("claim__article", "holder"):
        evidence = make_span(cast.manager, verdict.claim.article, (0, 3), "fact")
        relation = "contradicts" if verdict.rating == "refuted" else "corroborates"
        make_link(cast.manager, evidence, verdict.claim, relation)
        verdict.submit(by=verdict.holder, from_version=verdict.version)
        verdict.approve(by=person("somebody"), from_version=verdict.version)


def test_ratings_of_another_scale_are_found_or_named(transactional_db: None) -> None:
    scale = [{"key": "wrong", "name": "Wrong", "needs": "contradicting", "value": 0}]
    cast = make_cast(scale=scale)
    records: list[dict[str, Any]] = [
        {"claim": f"Claim {label}", "label": label, "questions": [], "justification": "So."}
        for label in ("Refuted", "Supported")
    ]

    one = brought(cast.project, cast.manager, json.dumps(records).encode())

    assert list(one.reported.values_list("place", "code")) == [("[1].label", "rating_unknown")]
    assert list(Verdict.objects.order_by("claim__article").values_list("rating", flat=True)) == ["wrong", None]
