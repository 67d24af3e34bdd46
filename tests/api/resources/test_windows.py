"""`articles/{id}/annotations/` of a long text: a window of it, and spans as columns."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conventions.test_queries import counted
from tests.api.refusals import refused
from tests.cast import CRACKS, DANGER, MAYOR, SAFE, TEXT, Api, Cast, make_article, make_link, make_span, make_verdict


def read(cast: Cast, query: str = "", who: str = "annotator") -> dict[str, Any]:
    answer = Api(cast.everybody[who]).call("get", f"articles/{cast.article.pk}/annotations/{query}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def ids(things: list[Any]) -> list[str]:
    return [str(getattr(thing, "pk", thing)) for thing in things]


def test_a_window_has_what_shares_a_character_with_it_and_no_body(cast: Cast) -> None:
    _, safe, cracks = (make_span(cast.annotator, cast.article, at) for at in (MAYOR, SAFE, CRACKS))

    found = read(cast, f"?from={SAFE[1] - 1}&to={CRACKS[0] + 1}")

    assert ids([span["id"] for span in found["spans"]]) == ids([safe, cracks])
    assert [TEXT[start:end] for start, end in found["sentences"]] == [
        "The mayor says the bridge is safe.", "Engineers found cracks in March.",
    ]  # fmt: skip
    assert "body" not in found["article"]
    assert found["window"] == {"from": SAFE[1] - 1, "to": CRACKS[0] + 1}


def test_what_only_meets_the_edges_of_a_window_is_outside(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, MAYOR)
    make_span(cast.annotator, cast.article, CRACKS)

    assert read(cast, f"?from={MAYOR[1]}&to={CRACKS[0]}")["spans"] == []


def test_links_and_verdicts_come_with_the_spans_they_touch(cast: Cast) -> None:
    claim, fact, far = (make_span(cast.annotator, cast.article, at) for at in (SAFE, CRACKS, DANGER))
    link = make_link(cast.annotator, fact, claim)
    make_link(cast.annotator, far, fact)
    verdict = make_verdict(cast.annotator, claim)

    found = read(cast, f"?to={SAFE[1]}")

    assert [ids([one["id"] for one in found[kind]]) for kind in ("links", "verdicts")] == [ids([link]), ids([verdict])]
    assert found["links"][0]["source_span"]["quote"] == "Engineers found cracks in March"


def test_the_span_of_another_article_at_the_same_place_is_not_in_the_window(cast: Cast) -> None:
    here = make_span(cast.annotator, cast.article, DANGER)
    make_link(cast.annotator, make_span(cast.annotator, make_article(cast.project, "Cracks."), (0, 6)), here)

    assert read(cast, "?from=0&to=10")["links"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?from=x", "from"), ("?from=-1", "from"), ("?to=2000001", "to"), ("?to=", "to"), ("?from=5&to=5", "to"),
        ("?from=1.5", "from"), ("?from=%D9%A1", "from"), ("?spans=rows", "spans"), ("?windows=1", "windows"),
    ],
)  # fmt: skip
def test_a_bad_window_is_refused_by_the_name_of_its_parameter(cast: Cast, query: str, field: str) -> None:
    answer = Api(cast.annotator).call("get", f"articles/{cast.article.pk}/annotations/{query}")

    refused(answer, 400, "invalid-input", field)


def test_columns_are_the_same_spans_without_what_follows_from_the_text(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, note="„n“", fields={"statement": "It is safe."})
    make_span(cast.annotator2, cast.article, label="fact", fragments=[list(MAYOR), list(CRACKS)])

    columns = read(cast, "?spans=columns")["spans"]
    people = {person["id"]: person for person in columns.pop("people")}

    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert [
        {
            **row,
            "article": str(cast.article.pk),
            "annotator": people[row["annotator"]],
            "start": row["fragments"][0][0],
            "end": row["fragments"][-1][1],
            "fragments": [{"start": start, "end": end} for start, end in row["fragments"]],
            "quote": " … ".join(TEXT[start:end] for start, end in row["fragments"]),
        }
        for row in rows
    ] == read(cast)["spans"]


def test_columns_of_nothing_are_empty(cast: Cast) -> None:
    columns = read(cast, "?spans=columns")["spans"]

    assert set(map(str, columns.values())) == {"[]"}


def test_columns_leave_out_what_links_say_of_ends_in_the_article_itself(cast: Cast) -> None:
    claim = make_span(cast.annotator, cast.article)
    far = make_span(cast.annotator, make_article(cast.project, "Cracks."), (0, 6), "fact")
    make_link(cast.annotator, far, claim)

    [link] = read(cast, "?spans=columns")["links"]

    assert (link["source_span"]["quote"], "target_span" in link) == ("Cracks", False)


def test_a_window_and_columns_show_nobody_more_than_the_rest(cast: Cast) -> None:
    make_span(cast.annotator, cast.article)

    assert read(cast, "?from=0&to=90", "viewer")["spans"] == []
    assert read(cast, "?spans=columns", "viewer")["spans"]["id"] == []
    refused(Api(cast.outsider).call("get", f"articles/{cast.article.pk}/annotations/?from=0"), 404, "not-found")


@pytest.mark.parametrize("query", ["?from=0&to=90", "?spans=columns"])
def test_more_spans_take_no_more_statements(cast: Cast, query: str) -> None:
    claim, fact = (make_span(cast.annotator, cast.article, at) for at in (SAFE, CRACKS))
    make_link(cast.annotator, fact, claim)
    make_verdict(cast.annotator, claim)
    with counted() as few:
        read(cast, query)
    for end in range(1, 9):
        make_link(cast.annotator2, make_span(cast.annotator2, cast.article, (0, end), "fact"), claim)

    with counted() as many:
        read(cast, query)

    assert len(many) == len(few)
