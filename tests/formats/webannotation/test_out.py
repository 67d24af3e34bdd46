"""What leaves as Web Annotations: what each says, and that it comes in again as it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from annotations.models import Article, Link, Span
from tests.cast import Cast, make_article, make_cast, make_span
from tests.formats import there_and_back as work
from tests.formats.there_and_back import came_back, exported, make_work

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    cast = make_cast()
    make_work(cast)
    return cast


def page(cast: Cast, **filters: Any) -> dict[str, Any]:
    """The export."""
    found: dict[str, Any] = json.loads(exported(cast, "webannotation", **filters))
    return found


def with_motivation(items: list[dict[str, Any]], motivation: str) -> list[dict[str, Any]]:
    return [item for item in items if item["motivation"] == motivation]


def parts(target: Any) -> list[dict[str, Any]]:
    """The specific resources of a target, or of several."""
    return target if isinstance(target, list) else [target]


def ends(item: dict[str, Any]) -> list[dict[str, Any]]:
    """The specific resources with a place that an annotation is about or joins."""
    bodies = item["body"] if isinstance(item["body"], list) else []
    return [part for part in (*parts(item["target"]), *bodies) if "selector" in part]


def test_positions_quotes_and_context_are_those_of_the_text(cast: Cast) -> None:
    texts = {f"urn:uuid:{article.pk}": article.body for article in Article.objects.all()}
    found = [part for item in page(cast)["items"] for part in ends(item)]

    for part in found:
        (position, quote), text = part["selector"], texts[part["source"]]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[max(0, start - 32) : start] == quote["prefix"]
        assert text[end : end + 32] == quote["suffix"]
    assert len(found) > 15


def test_context_is_found_in_the_midst_of_long_texts_too(transactional_db: None) -> None:
    cast = make_cast()
    text = "".join(f"{number:06} 👩‍👩‍👧 é. " for number in range(1200))
    article = make_article(cast.project, text)
    edges = [0, 1, 31, 4090, 4096, 4097, 8191, 8192, 12287, len(text) - 40, len(text) - 5]
    for start in edges:
        make_span(cast.annotator, article, (start, start + 5))

    found = with_motivation(page(cast, article=str(article.pk))["items"], "classifying")

    assert [item["target"]["selector"][0]["start"] for item in found] == edges
    for start, item in zip(edges, found, strict=True):
        quote = item["target"]["selector"][1]
        assert quote["prefix"] == text[max(0, start - 32) : start]
        assert quote["suffix"] == text[start + 5 : start + 37]


def test_a_span_says_its_label_note_and_fields_and_who_made_it_when(cast: Cast) -> None:
    span = Span.objects.get(label="claim", article=cast.article)

    [item] = [one for one in page(cast, names="true")["items"] if one["id"] == f"urn:uuid:{span.pk}"]

    assert [(body["purpose"], body["value"]) for body in item["body"]] == [
        ("classifying", "claim"), ("commenting", span.note), ("describing", '{"statement": "It is safe."}'),
    ]  # fmt: skip
    assert item["creator"] == {"type": "Person", "name": "annotator"}
    assert item["created"].endswith("Z")
    assert item["target"]["state"] == {"type": "TimeState", "sourceDate": item["created"]}


def test_several_fragments_are_several_targets_of_one_name(cast: Cast) -> None:
    several = [
        one["target"] for one in with_motivation(page(cast)["items"], "classifying") if len(parts(one["target"])) > 1
    ]

    assert [[part["id"].partition("#")[2] for part in target] for target in several] == [
        ["passage-1", "passage-2", "passage-3"]
    ] * 2


def test_links_join_what_the_spans_mark(cast: Cast) -> None:
    items = page(cast)["items"]
    marked = {item["id"]: item["target"] for item in with_motivation(items, "classifying")}

    for link in with_motivation(items, "linking"):
        tag, *sources = [body for body in link["body"] if body["purpose"] in ("tagging", "linking")]
        kept = Link.objects.get(pk=link["id"].removeprefix("urn:uuid:"))
        assert tag["value"] == kept.relation
        assert link["target"] == marked[f"urn:uuid:{kept.target_id}"]
        assert all(part["id"].startswith(f"urn:uuid:{kept.source_id}#passage") for part in sources)
        if kept.source.article_id == kept.target.article_id:
            assert sources == [part | {"purpose": "linking"} for part in parts(marked[f"urn:uuid:{kept.source_id}"])]


def test_a_link_whose_end_is_left_out_leaves_no_trace_of_its_text(cast: Cast) -> None:
    items = page(cast, label="claim")["items"]

    ends = [link["body"][1] for link in with_motivation(items, "linking")]

    assert [set(end) for end in ends] == [{"id", "type", "source", "state", "purpose"}] * 3
    assert all("selector" in part for link in with_motivation(items, "linking") for part in parts(link["target"]))


def test_an_empty_project_is_an_empty_page(transactional_db: None) -> None:
    cast = make_cast()
    cast.article.describe(by=cast.manager, archived=True)

    found = page(cast)

    assert (found["type"], found["items"]) == ("AnnotationPage", [])
    assert found["id"] == page(cast)["id"]


def test_the_export_comes_in_again_as_it_was(cast: Cast) -> None:
    documents, refused = came_back(cast, "webannotation")

    assert refused == []
    assert [document.text for document in documents] == [a.body for a in Article.objects.order_by("created_at")]
    assert documents[1].metadata == {
        "title": "Elsewhere",
        "url": "https://example.org/a?b=ü",
        "outlet": "The O",
        "language": "en",
    }
    assert work.spans_of(documents) == work.kept_spans()
    assert work.links_of(documents) == work.kept_links()
    assert work.verdicts_of(documents) == work.kept_verdicts()
