"""Nobody gets words in a format of checked claims that they may not read elsewhere."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from annotations.models import Assignment
from tests.cast import make_link, make_span, make_verdict
from tests.formats.checked.world import World, make_world, sent

pytestmark = pytest.mark.django_db(transaction=True)

FORMS = ("claims", "averitec", "fever", "claimreview")
by_form = pytest.mark.parametrize("form", FORMS)


def claims(world: World, form: str, by: Any, **filters: Any) -> str:
    """What an export says of claims; the texts that every member may read are not among it."""
    content = sent(world.cast, form, by, **filters)
    if form == "fever":
        content = zipfile.ZipFile(io.BytesIO(content)).read("claims.jsonl")
        return "".join(str(json.loads(line)) for line in content.splitlines())
    return content.decode()


@by_form
def test_of_anothers_work_on_one_article_only_what_both_have_submitted(transactional_db: None, form: str) -> None:
    world = make_world("refuted", mode="independent", annotators_per_article=2)
    make_span(world.cast.annotator2, world.cast.article)
    reader = world.cast.annotator2
    assert "bridge is safe" not in claims(world, form, reader, state="any")

    for assignment in Assignment.objects.filter(article=world.cast.article):
        assignment.submit(by=assignment.assignee)

    seen = claims(world, form, reader, state="any")
    assert "bridge is safe" in seen
    assert not [word for word in ("Yesterday", "all bridges", "example.com/2", str(world.elsewhere.pk)) if word in seen]


@by_form
def test_a_viewer_gets_what_is_approved_and_nothing_on_the_way(transactional_db: None, form: str) -> None:
    world = make_world("refuted")
    by = world.cast.annotator
    draft = make_span(by, world.elsewhere, (58, 68))
    make_link(by, make_span(by, world.elsewhere, (69, 73), "fact"), draft, "contradicts")
    make_verdict(by, draft, "refuted")

    assert claims(world, form, world.cast.viewer) == claims(world, form, world.cast.manager)
    assert "الجسر" not in claims(world, form, world.cast.viewer)


@by_form
def test_who_made_it_narrows_every_part(transactional_db: None, form: str) -> None:
    world = make_world("refuted", sets=False)
    world.verdict.reopen(by=world.cast.reviewer, from_version=world.verdict.version, reason="More.")
    other = world.cast.annotator2
    make_link(other, make_span(other, world.elsewhere, (58, 68), "fact"), world.claim, "contradicts")
    world.verdict.submit(by=world.cast.annotator, from_version=world.verdict.version)
    world.verdict.approve(by=world.cast.reviewer, from_version=world.verdict.version)
    names = {"names": "true", "annotator": world.cast.annotator.name}

    mine, all_of_it = (claims(world, form, world.cast.manager, **narrowed) for narrowed in (names, {}))

    assert ("الجسر" in mine, "safe" in mine) == (False, True)
    assert ("الجسر" in all_of_it) == (form in ("claims", "averitec"))
    assert (mine != all_of_it) == (form != "claimreview")
