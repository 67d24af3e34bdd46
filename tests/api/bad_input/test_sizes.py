"""Bodies and texts that are too large, and bodies of another media type."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from annotations.models import Article
from tests.api.bad_input.writes import Write, writes
from tests.api.refusals import nothing_changed, refused
from tests.cast import Api, Cast, make_article

MEGABYTE = 1024 * 1024


@pytest.fixture
def every_write(cast: Cast) -> dict[str, Write]:
    return writes(cast)


def test_a_request_has_at_most_16_megabytes(every_write: dict[str, Write]) -> None:
    huge = b'{"note": "' + b"x" * 16 * MEGABYTE + b'"}'

    with nothing_changed():
        for write in every_write.values():
            refused(write.send(huge), 413, "too-large")


def test_a_text_has_at_most_2_000_000_code_points(cast: Cast) -> None:
    body = {"title": "Long", "body": "x" * 2_000_001}

    with nothing_changed():
        answer = Api(cast.manager).call("post", f"projects/{cast.project.slug}/articles/", body)

    problem = refused(answer, 413, "too-large")
    assert "body" in problem["detail"]


def test_a_span_of_a_whole_long_text_is_refused_and_names_what_was_sent(cast: Cast) -> None:
    article, api = make_article(cast.project, "The bridge. " * 1_000), Api(cast.annotator)
    halves = [{"start": 0, "end": 6_000}, {"start": 6_000, "end": 12_000}]
    whole = {"article": str(article.pk), "label": "attribution"}

    with nothing_changed():
        refused(api.put_span(article, (0, 12_000)), 400, "span-length", "fragments")
        refused(api.call("put", f"spans/{uuid4()}/", {**whole, "fragments": halves}), 400, "span-length", "fragments")
        passages = {"source": halves[0], "cue": halves[1]}
        answer = api.put_span(article, (0, 11), "attribution", fields=passages)
    refused(answer, 400, "passage-length", "fields")


def test_a_text_of_2_000_000_code_points_is_taken(cast: Cast) -> None:
    words = "🌊 wave " * 300_000

    answer = Api(cast.manager).call(
        "post", f"projects/{cast.project.slug}/articles/", {"title": "Long", "body": words[:2_000_000]}
    )

    assert (answer.status_code, answer.json()["length"]) == (201, 2_000_000)
    assert Article.objects.get(title="Long").sentences.exists()


def test_an_overlong_text_is_refused_by_name(every_write: dict[str, Write]) -> None:
    with nothing_changed():
        for write in every_write.values():
            for name, kind in write.takes.items():
                if kind.rstrip("?") in ("text", "id") and name != "body":
                    answer = write.send({**write.body, name: "x" * 250_000})
                    refused(answer, 400, "quote-mismatch" if name == "quote" else "invalid-input", name)


def test_an_overlong_list_is_refused(every_write: dict[str, Write]) -> None:
    with nothing_changed():
        for write in every_write.values():
            for name, kind in write.takes.items():
                if kind == "list":
                    refused(write.send({**write.body, name: [{}] * 100_000}), 400, "invalid-input")


TYPES = [
    "text/plain", "text/html", "application/xml", "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/merge-patch+json", "application/octet-stream", "nonsense", "application/jsonx",
]  # fmt: skip


def test_another_media_type_is_refused_everywhere(every_write: dict[str, Write]) -> None:
    with nothing_changed():
        for media_type in TYPES:
            for write in every_write.values():
                answer = write.send(json.dumps(write.body).encode(), content_type=media_type)
                refused(answer, 415, "unsupported-media-type")
