"""Naughty strings, broken JSON and broken UTF-8 that others collected."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from tests.api.bad_input.corpora import grapheme_texts, json_files, naughty_strings, needs_corpora, utf8_lines
from tests.api.refusals import nothing_changed, refused
from tests.cast import SAFE, Api, Cast, make_article, make_span

pytestmark = needs_corpora


def put_raw(api: Api, cast: Cast, note: bytes) -> Any:
    """Makes a span whose note is written as it stands, as a JSON value."""
    body = {"article": str(cast.article.pk), "label": "claim", "start": SAFE[0], "end": SAFE[1], "note": "NOTE"}
    raw = json.dumps(body).encode().replace(b'"NOTE"', note)
    return api.put(f"/api/v1/spans/{uuid4()}/", data=raw, content_type="application/json")


def test_files_that_are_not_json_are_refused(cast: Cast) -> None:
    api, files = Api(cast.manager), json_files("n_*.json")
    assert len(files) == 188

    with nothing_changed():
        for content in files:
            answer = api.post("/api/v1/projects/", data=content, content_type="application/json")
            refused(answer, 400, "invalid-input")


def test_files_that_may_or_may_not_be_json_are_no_projects(cast: Cast) -> None:
    api, files = Api(cast.manager), json_files("[iy]_*.json") + json_files("*_*[!n].json")
    assert len(files) >= 130

    with nothing_changed():
        for content in files:
            answer = api.post("/api/v1/projects/", data=content, content_type="application/json")
            refused(answer, 400, "invalid-input")


def test_values_of_all_these_files_are_no_notes(cast: Cast) -> None:
    api = Api(cast.annotator)

    with nothing_changed():
        for content in json_files("*.json"):
            if not content.strip().startswith(b'"'):
                refused(put_raw(api, cast, content), 400, "invalid-input")


def test_broken_utf_8_is_refused(cast: Cast) -> None:
    api, sequences = Api(cast.annotator), utf8_lines("invalid")
    assert len(sequences) > 100

    with nothing_changed():
        for sequence in sequences:
            refused(put_raw(api, cast, b'"' + sequence + b'"'), 400, "invalid-input")


def test_unusual_utf_8_is_kept(cast: Cast) -> None:
    api, span = Api(cast.annotator), make_span(cast.annotator, cast.article)

    for version, sequence in enumerate(utf8_lines("valid"), start=1):
        note = sequence.decode().replace("\x00", "")
        answer = api.call("patch", f"spans/{span.pk}/", {"note": note}, version=version)
        assert (answer.status_code, answer.json()["note"]) == (200, note)


def test_naughty_strings_are_kept_as_texts_and_found_at_their_offsets(cast: Cast) -> None:
    manager, annotator = Api(cast.manager), Api(cast.annotator)
    everything = [text for text in dict.fromkeys(naughty_strings()) if text]

    for text in everything:
        body = f"Before {text} after"
        added = manager.call("post", f"projects/{cast.project.slug}/articles/", {"title": "N", "body": body})
        assert added.status_code == 201, added.content
        assert added.json()["body"] == body
        span = {"article": added.json()["id"], "label": "claim", "start": 7, "end": 7 + len(text), "quote": text}
        made = annotator.call("put", f"spans/{uuid4()}/", {**span, "note": text, "fields": {"statement": text}})
        assert (made.status_code, made.json()["quote"], made.json()["note"]) == (201, text, text)


def test_naughty_strings_in_addresses_break_nothing(cast: Cast) -> None:
    api, project = Api(cast.annotator), f"/api/v1/projects/{cast.project.slug}/"

    for number, text in enumerate(dict.fromkeys(naughty_strings())):
        address, name = (("articles", "outlet"), ("claims", "rating"), ("verdicts", "rating"))[number % 3]
        wanted = {name: text} if address == "verdicts" else {name: text, "q": text}
        for path, query in ((address, wanted), ("search", {"q": text})):
            answer = api.get(f"{project}{path}/", query)
            assert answer.status_code in (200, 400), (text, answer.content)


def test_naughty_strings_as_metadata_are_kept_or_refused(cast: Cast) -> None:
    api = Api(cast.manager)
    names = ("title", "outlet", "author", "language", "url", "published_on", "direction")

    for text in dict.fromkeys(naughty_strings()):
        answer = api.call("patch", f"articles/{cast.article.pk}/", dict.fromkeys(names, text))
        refused(answer, 400, "invalid-input", "direction")
        named = {error["field"] for error in answer.json()["errors"]}
        kept = {name: text for name in names if name not in named}
        answer = api.call("patch", f"articles/{cast.article.pk}/", kept)
        assert answer.status_code == 200
        assert [answer.json()[name] for name in kept] == [text.strip()] * len(kept)


def test_offsets_hold_in_texts_of_combining_characters(cast: Cast) -> None:
    texts = [text for text in grapheme_texts() if "\x00" not in text]
    article, api = make_article(cast.project, "".join(texts)), Api(cast.annotator)
    start = 0

    for text in texts[:150]:
        made = api.put_span(article, (start, start + len(text)), "fact")
        assert made.json()["quote"] == text
        start += len(text)
