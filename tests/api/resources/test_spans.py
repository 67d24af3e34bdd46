"""`spans/{uuid}/`"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from annotations.models import Span
from tests.api.refusals import nothing_changed, refused
from tests.cast import (
    CRACKS,
    MAYOR,
    SAFE,
    TEXT,
    Api,
    Cast,
    key_of,
    make_article,
    make_comment,
    make_project,
    make_span,
    make_supported,
)

FIELDS = {
    "id", "article", "assignment", "annotator", "label", "start", "end", "fragments", "quote", "fields", "note",
    "external_id", "version", "created_at", "updated_at",
}  # fmt: skip


def body(cast: Cast) -> dict[str, Any]:
    return {"article": str(cast.article.pk), "label": "claim", "start": SAFE[0], "end": SAFE[1]}


def test_a_span_is_made_from_start_and_end(cast: Cast) -> None:
    key = uuid4()

    answer = Api(cast.annotator).put_span(cast.article, SAFE, key=key, note="Says who?")

    assert (answer.status_code, answer["ETag"]) == (201, '"1"')
    span = answer.json()
    assert set(span) == FIELDS
    assert (span["id"], span["article"], span["version"]) == (str(key), str(cast.article.pk), 1)
    assert (span["start"], span["end"], span["fragments"]) == (15, 33, [{"start": 15, "end": 33}])
    assert (span["quote"], span["label"], span["fields"], span["note"]) == (
        "the bridge is safe",
        "claim",
        {},
        "Says who?",
    )
    assert span["annotator"] == {"id": cast.annotator.pk, "name": "annotator"}


def test_a_span_is_made_from_fragments(cast: Cast) -> None:
    fragments = [{"start": 0, "end": 9}, {"start": 15, "end": 33}]
    body = {"article": str(cast.article.pk), "label": "claim", "fragments": fragments}

    span = Api(cast.annotator).call("put", f"spans/{uuid4()}/", body).json()

    assert (span["start"], span["end"], span["fragments"]) == (0, 33, fragments)
    assert span["quote"] == "The mayor … the bridge is safe"


@pytest.mark.parametrize("words", ["👩‍👩‍👧", "👩", "é", "\u0301", "hurt 👩‍👩‍👧 é"])
def test_offsets_are_code_points(cast: Cast, words: str) -> None:
    article = make_article(cast.project, "Nobody was hurt 👩‍👩‍👧 é — said e\u0301milie.")
    start = article.body.index(words)

    span = Api(cast.annotator).put_span(article, (start, start + len(words))).json()

    assert span["quote"] == words == article.body[span["start"] : span["end"]]


def test_the_whole_text_may_be_one_span(cast: Cast) -> None:
    span = Api(cast.annotator).put_span(cast.article, (0, len(TEXT))).json()

    assert span["quote"] == TEXT


def test_a_quote_that_matches_is_accepted(cast: Cast) -> None:
    assert Api(cast.annotator).put_span(cast.article, SAFE, quote="the bridge is safe").status_code == 201


def test_a_quote_that_does_not_match_is_refused(cast: Cast) -> None:
    with nothing_changed():
        answer = Api(cast.annotator).put_span(cast.article, SAFE, quote="the bridge is unsafe")

    refused(answer, 400, "quote-mismatch", "quote")


@pytest.mark.parametrize(
    "fragments",
    [
        [[0, 0]],
        [[5, 4]],
        [[0, 100_000]],
        [[len(TEXT), len(TEXT) + 1]],
        [[0, 5], [4, 8]],
        [[10, 12], [0, 5]],
        [[at, at + 1] for at in range(0, 202, 2)],
    ],
)
def test_fragments_are_in_order_disjoint_and_inside_the_text(cast: Cast, fragments: list[list[int]]) -> None:
    article = make_article(cast.project, "x" * 300) if len(fragments) > 5 else cast.article
    body = {"article": str(article.pk), "label": "fact", "fragments": [{"start": s, "end": e} for s, e in fragments]}

    with nothing_changed():
        answer = Api(cast.annotator).call("put", f"spans/{uuid4()}/", body)

    refused(answer, 400, "fragments", "fragments")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"start": None}, "start"),
        ({"start": -1}, "start"),
        ({"end": 2**31}, "end"),
        ({"start": 1.5}, "start"),
        ({"label": "rumour"}, "label"),
        ({"article": "not-an-id"}, "article"),
        ({"article": str(uuid4())}, "article"),
        ({"nope": 1}, "nope"),
        ({"fragments": []}, "fragments"),
        ({"fragments": [{"start": 0}]}, "fragments.0.end"),
        ({"fragments": [{"start": 0, "end": 1, "text": "T"}]}, "fragments.0.text"),
        ({"fragments": [[0, 1]]}, "fragments.0"),
        ({"fragments": [{"start": 0, "end": 1}]}, "fragments"),
        ({"fields": []}, "fields"),
        ({"fields": {"colour": "red"}}, "fields.colour"),
        ({"fields": {"claim_type": "rumour"}}, "fields.claim_type"),
        ({"fields": {"date": "2024-13-01"}}, "fields.date"),
        ({"fields": {"statement": 5}}, "fields.statement"),
        ({"note": "x" * 20_001}, "note"),
    ],
)
def test_a_bad_span_names_its_field(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    with nothing_changed():
        answer = Api(cast.annotator).call("put", f"spans/{uuid4()}/", body(cast) | wrong)

    refused(answer, 400, "invalid-input", field)


def test_a_span_needs_both_its_ends(cast: Cast) -> None:
    body = {"article": str(cast.article.pk), "label": "claim", "start": 3}

    with nothing_changed():
        answer = Api(cast.annotator).call("put", f"spans/{uuid4()}/", body)

    refused(answer, 400, "invalid-input", "end")


def test_values_of_fields_are_kept(cast: Cast) -> None:
    values = {"statement": "The bridge is safe.", "claim_type": "event", "date": "2024-05-01"}

    span = Api(cast.annotator).put_span(cast.article, SAFE, fields=values).json()

    assert span["fields"] == values


def test_a_passage_gets_its_quote(cast: Cast) -> None:
    values = {"source": {"start": 0, "end": 9}, "cue": {"start": 10, "end": 14, "quote": "says"}}

    span = Api(cast.annotator).put_span(cast.article, MAYOR, "attribution", fields=values).json()

    assert span["fields"]["source"] == {"start": 0, "end": 9, "quote": "The mayor"}
    assert span["fields"]["cue"]["quote"] == "says"


@pytest.mark.parametrize(
    "cue", [{"start": 10, "end": 14, "quote": "denies"}, {"start": 5, "end": 5}, {"start": 0, "end": 999}]
)
def test_a_passage_is_a_range_of_the_article(cast: Cast, cue: dict[str, Any]) -> None:
    with nothing_changed():
        answer = Api(cast.annotator).put_span(cast.article, MAYOR, "attribution", fields={"cue": cue})

    refused(answer, 400, "passage-mismatch", "fields")


def test_the_same_passage_has_a_label_once(cast: Cast) -> None:
    api = Api(cast.annotator)
    api.put_span(cast.article)

    with nothing_changed():
        answer = api.put_span(cast.article)

    refused(answer, 409, "duplicate-span", "fragments")


def test_the_same_passage_may_have_another_label_and_another_annotator(cast: Cast) -> None:
    assert Api(cast.annotator).put_span(cast.article).status_code == 201
    assert Api(cast.annotator).put_span(cast.article, label="fact").status_code == 201
    assert Api(cast.annotator2).put_span(cast.article).status_code == 201


def test_a_span_is_read_with_its_version(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)

    answer = Api(cast.annotator2).call("get", f"spans/{span.pk}/")

    assert (answer.status_code, answer["ETag"]) == (200, '"1"')
    assert set(answer.json()) == FIELDS


def test_a_span_says_what_a_deletion_would_take_along(cast: Cast) -> None:
    claim, fact, link, verdict = make_supported(cast)
    api = Api(cast.annotator)
    said = [make_comment(cast.annotator, thing) for thing in (claim, link, verdict)]

    told = api.call("get", f"spans/{claim.pk}/").json()["goes_with_it"]

    assert (told["links"], told["verdict"]) == ([str(link.pk)], str(verdict.pk))
    assert set(told["comments"]) == {str(comment.pk) for comment in said}
    told = api.call("get", f"spans/{fact.pk}/").json()["goes_with_it"]
    assert told == {"links": [str(link.pk)], "verdict": None, "comments": [str(said[1].pk)]}


def test_a_patch_changes_what_it_names(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, note="old")

    answer = Api(cast.annotator).call("patch", f"spans/{span.pk}/", {"note": "new"}, version=1)

    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert (answer.json()["note"], answer.json()["version"], answer.json()["label"]) == ("new", 2, "claim")


def test_moving_a_span_moves_its_quote(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)

    moved = Api(cast.annotator).call("patch", f"spans/{span.pk}/", {"start": 35, "end": 66}, version=1).json()

    assert (moved["quote"], moved["start"], moved["fragments"]) == (
        "Engineers found cracks in March", 35, [{"start": 35, "end": 66}],
    )  # fmt: skip


def test_a_put_with_a_version_replaces_a_span(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article)
    body = {"article": str(cast.article.pk), "label": "fact", "start": 35, "end": 66, "note": "checked"}

    answer = Api(cast.annotator).call("put", f"spans/{span.pk}/", body, version=1)

    assert (answer.status_code, answer.json()["version"]) == (200, 2)
    assert (answer.json()["label"], answer.json()["start"], answer.json()["note"]) == ("fact", 35, "checked")


def test_a_relabelled_span_keeps_only_the_fields_that_its_label_has(cast: Cast) -> None:
    span = make_span(cast.annotator, cast.article, fields={"statement": "It is safe."})

    answer = Api(cast.annotator).call("patch", f"spans/{span.pk}/", {"label": "fact"}, version=1)

    assert answer.json()["fields"] == {}


def test_a_span_stays_in_its_article(cast: Cast) -> None:
    span, other = make_span(cast.annotator, cast.article), make_article(cast.project, "x" * 100)

    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"spans/{span.pk}/", {"article": str(other.pk)}, version=1)

    refused(answer, 409, "span-moved", "article")


@pytest.mark.parametrize(
    ("change", "slug", "status"),
    [
        ({"start": 0, "end": 1000}, "fragments", 400),
        ({"quote": "something else"}, "quote-mismatch", 400),
        ({"label": "rumour"}, "invalid-input", 400),
        ({"start": 3}, "invalid-input", 400),
        ({"start": 35, "end": 66, "label": "fact"}, "duplicate-span", 409),
    ],
)
def test_a_change_is_checked_like_a_creation(cast: Cast, change: dict[str, Any], slug: str, status: int) -> None:
    span = make_span(cast.annotator, cast.article)
    make_span(cast.annotator, cast.article, CRACKS, "fact")

    with nothing_changed():
        answer = Api(cast.annotator).call("patch", f"spans/{span.pk}/", change, version=1)

    refused(answer, status, slug)


def test_a_span_is_deleted_with_its_links_and_verdict(cast: Cast) -> None:
    claim, fact, link, verdict = make_supported(cast)

    answer = Api(cast.annotator).call("delete", f"spans/{claim.pk}/", version=1)

    assert (answer.status_code, answer.content) == (204, b"")
    refused(Api(cast.annotator).call("get", f"links/{link.pk}/"), 404, "not-found")
    refused(Api(cast.annotator).call("get", f"verdicts/{verdict.pk}/"), 404, "not-found")
    assert Span.objects.get() == fact


@pytest.mark.parametrize("name", ["annotator2", "reviewer", "manager"])
def test_nobody_changes_somebody_elses_span(cast: Cast, name: str) -> None:
    api, span = Api(cast.everybody[name]), make_span(cast.annotator, cast.article)

    with nothing_changed():
        refused(api.call("patch", f"spans/{span.pk}/", {"note": "x"}, version=1), 403, "forbidden")
        refused(api.call("delete", f"spans/{span.pk}/", version=1), 403, "forbidden")


@pytest.mark.parametrize("name", ["viewer", "reviewer", "manager"])
def test_only_annotators_make_spans(cast: Cast, name: str) -> None:
    with nothing_changed():
        answer = Api(cast.everybody[name]).put_span(cast.article)

    refused(answer, 403, "forbidden")


def test_nothing_is_marked_in_another_project(cast: Cast) -> None:
    foreign = make_article(make_project(cast.outsider))

    with nothing_changed():
        answer = Api(cast.annotator).put_span(foreign)

    refused(answer, 400, "invalid-input", "article")


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_spans_of_other_projects_are_not_found(cast: Cast, method: str) -> None:
    span = make_span(cast.annotator, cast.article)

    for key in (span.pk, uuid4(), UUID(int=0)):
        answer = Api(cast.outsider).call(method, f"spans/{key}/", {} if method == "patch" else None, version=1)
        refused(answer, 404, "not-found")


def test_a_span_may_have_an_id_of_any_version(cast: Cast) -> None:
    answer = Api(cast.annotator).put_span(cast.article, key=UUID(int=1))

    assert key_of(answer) == UUID(int=1)
