"""What leaves as brat. The query runs on a connection of its own, so these tests commit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from annotations.models import Link, Span, Verdict
from annotations.operations.seeds import load
from annotations.operations.seeds import make_cast as make_people
from tests.cast import CRACKS, MAYOR, SAFE, Cast, make_article, make_cast, make_link, make_span, make_supported
from tests.formats.brat.exported import ann_files, archive, files, taken_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()


def test_an_attribution_is_an_event_whose_trigger_is_the_cue(cast: Cast) -> None:
    text = cast.article.body
    start, end = MAYOR
    source, cue = {"start": start, "end": start + 3}, {"start": end - 4, "end": end}
    said = make_span(cast.annotator, cast.article, MAYOR, "attribution", fields={"source": source, "cue": cue})
    make_link(cast.annotator, said, make_span(cast.annotator, cast.article, SAFE), "attributes")

    [ann] = ann_files(archive(cast))

    assert f"T1\tAttribution {end - 4} {end}\t{text[end - 4 : end]}\n" in ann
    assert "E1\tAttribution:T1 Source:T2 Whole:T3 Content:T4\n" in ann


def test_a_span_of_several_fragments_is_one_text_bound(cast: Cast) -> None:
    make_span(cast.annotator, cast.article, fragments=[[0, 3], [5, 8]])

    [ann] = ann_files(archive(cast))

    text = cast.article.body
    assert ann == f"T1\tClaim 0 3;5 8\t{text[0:3]} {text[5:8]}\n"


def test_a_verdict_is_said_of_its_claim(cast: Cast) -> None:
    make_supported(cast)

    [ann] = ann_files(archive(cast))

    assert "\tVerdict T1 supported\n" in ann
    assert "\tVerdict-state T1 draft\n" in ann


def test_the_configuration_lists_every_type(cast: Cast) -> None:
    make_supported(cast)

    configuration = files(archive(cast))["annotation.conf"]

    assert "[entities]\n\nClaim\nFact\n" in configuration
    assert "\ncorroborates\tArg1:<ANY>, Arg2:<ANY>\n" in configuration
    assert "\nVerdict\tArg:<ANY>, Value:supported\n" in configuration


def test_a_link_across_articles_stands_in_the_table_and_comes_in_again(cast: Cast) -> None:
    other = make_article(cast.project, "Elsewhere it is said that cracks were found.", title="Elsewhere")
    claim = make_span(cast.annotator, cast.article, SAFE)
    make_link(cast.annotator, make_span(cast.annotator, other, (0, 9), "fact"), claim, "contradicts", note="a\nb")
    content = archive(cast)

    documents = taken_in(content)

    quotes = {span.key: span.quote for document in documents for span in document.spans}
    [link] = [link for document in documents for link in document.links]
    assert (quotes[link.source], link.relation, quotes[link.target], link.note) == (
        "Elsewhere", "contradicts", claim.quote, "a\nb",
    )  # fmt: skip
    assert "contradicts" not in "".join(ann_files(content))


def test_in_an_independent_project_everybody_has_a_folder(transactional_db: None) -> None:
    cast = make_cast(mode="independent", annotators_per_article=2)
    for who in (cast.annotator, cast.annotator2):
        make_span(who, cast.article, SAFE)

    documents = taken_in(archive(cast))

    people = [span.annotator for document in documents for span in document.spans]
    assert len(set(people)) == 2
    assert [document.file.split("/")[0] for document in documents] == sorted(map(str, people))
    assert documents[0].text == documents[1].text == cast.article.body


def test_an_annotator_of_an_independent_project_gets_their_own_only(transactional_db: None) -> None:
    cast = make_cast(mode="independent", annotators_per_article=2)
    make_span(cast.annotator, cast.article, SAFE)
    make_span(cast.annotator2, cast.article, CRACKS)

    [ann] = ann_files(archive(cast, cast.annotator))

    assert "cracks" not in ann


def test_a_link_whose_end_the_filters_leave_out_is_left_out(cast: Cast) -> None:
    make_supported(cast)

    [ann] = ann_files(archive(cast, label="claim"))

    assert "T1\tClaim" in ann
    assert "corroborates" not in ann


def test_a_link_across_articles_of_which_the_filters_leave_out_an_end_is_in_no_table(cast: Cast) -> None:
    other = make_article(cast.project, "Elsewhere it is said that cracks were found.", title="Elsewhere")
    evidence = make_span(cast.annotator, other, (0, 9), "fact")
    make_link(cast.annotator, evidence, make_span(cast.annotator, cast.article, SAFE))

    narrowed: list[dict[str, Any]] = [{"label": "claim"}, {"article": str(cast.article.pk)}]
    for filters in narrowed:
        assert files(archive(cast, **filters))["links.tsv"].count("\n") == 1


def test_the_same_content_is_the_same_bytes(cast: Cast) -> None:
    make_supported(cast)

    assert archive(cast) == archive(cast)


def test_every_field_comes_back_in_its_kind(cast: Cast) -> None:
    kinds = ("text", "number", "flag", "date", "passage", "choice")
    fields: list[dict[str, Any]] = [{"key": f"a_{kind}", "name": kind, "kind": kind} for kind in kinds]
    fields[-1]["choices"] = [{"key": "one", "name": "One"}]
    cast.project.label_fields = {**cast.project.label_fields, "claim": fields}
    cast.project.save()
    passage = {"start": 0, "end": 3, "quote": cast.article.body[:3]}
    values = ("two\nlines\twith tab", 1.5, False, "2026-01-31", passage, "one")
    wanted = {f"a_{kind}": value for kind, value in zip(kinds, values, strict=True)}
    make_span(cast.annotator, cast.article, SAFE, fields=wanted)

    [document] = taken_in(archive(cast))

    assert document.spans[0].fields == wanted
    assert document.fields["claim"] == fields


def test_metadata_comes_back_though_a_spreadsheet_would_run_it(cast: Cast) -> None:
    said = {"title": "=1+1", "url": "https://example.org/a", "outlet": "'-", "author": "\tA", "language": "en"}
    make_article(cast.project, "Something else.", published_on="2020-02-29", **said)
    content = archive(cast)

    [document] = [one for one in taken_in(content) if one.text == "Something else."]

    assert document.metadata == {**said, "published_on": date(2020, 2, 29)}
    assert "\t'=1+1\t" in files(content)["documents.tsv"]


@pytest.fixture
def seeds(transactional_db: None) -> Cast:
    people = make_people(with_password=False)
    project = load(people)
    assert project is not None
    return replace(make_cast(), project=project, manager=people["manager"])


def test_the_seeds_come_in_again_with_all_spans_links_and_verdicts(seeds: Cast) -> None:
    documents = taken_in(archive(seeds, names="true"))

    spans = Span.objects.select_related("assignment__assignee", "article")
    found = {key: (d, p) for d in documents for p in d.spans for key in [p.key]}
    assert sorted(_described(document, span) for document, span in found.values()) == sorted(
        (s.article.title, s.label, s.fragments, s.quote, s.note, json.dumps(s.fields, sort_keys=True),
         s.assignment.assignee.name) for s in spans
    )  # fmt: skip
    links = [link for document in documents for link in document.links]
    quotes = {key: _described(*one)[3] for key, one in found.items()}
    assert sorted(
        (quotes[link.source], link.relation, quotes[link.target], link.note, link.annotator) for link in links
    ) == sorted(
        (link.source.quote, link.relation, link.target.quote, link.note, link.author.name)
        for link in Link.objects.select_related("source", "target", "author")
    )
    judged = [one for document in documents for one in document.verdicts]
    assert sorted((quotes[one.claim], one.rating, one.rationale) for one in judged) == sorted(
        (one.claim.quote, one.rating, one.rationale) for one in Verdict.objects.select_related("claim")
    )


def _described(document: Any, one: Any) -> tuple[Any, ...]:
    fragments = [list(fragment) for fragment in one.fragments]
    quote = " … ".join(document.text[start:end] for start, end in fragments)
    fields = json.dumps(one.fields, sort_keys=True)
    return document.metadata["title"], one.label, fragments, quote, one.note, fields, one.annotator
