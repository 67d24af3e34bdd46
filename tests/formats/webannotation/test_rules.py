"""What leaves as Web Annotations is what the model and its vocabulary say (w3.org/TR/annotation-model, -vocab).

The terms, and what each is in RDF, are stated here: JSON-LD silently drops what its context does not have.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final

import pytest
from rdflib import RDF, Graph, Namespace

from tests.formats.rich import make_apart, make_rich
from tests.formats.schemas import COUNT, TEXT, TIME, WORDS, complaints, either, exactly, many
from tests.formats.there_and_back import exported

OA: Final = Namespace("http://www.w3.org/ns/oa#")
DCTERMS: Final = "http://purl.org/dc/terms/"
TERMS: Final[dict[str, Any]] = {
    "oa": str(OA), "dc": "http://purl.org/dc/elements/1.1/", "dcterms": DCTERMS, "foaf": "http://xmlns.com/foaf/0.1/",
    "as": "http://www.w3.org/ns/activitystreams#", "schema": "http://schema.org/", "rdf": str(RDF),
    "xsd": "http://www.w3.org/2001/XMLSchema#", "dctypes": "http://purl.org/dc/dcmitype/",
    "id": {"@id": "@id", "@type": "@id"}, "type": {"@id": "@type", "@type": "@id"},
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "TimeState": "oa:TimeState", "AnnotationPage": "as:OrderedCollectionPage", "Person": "foaf:Person",
    "Text": "dctypes:Text",
    **{one: f"oa:{one}" for one in ("assessing", "classifying", "commenting", "describing", "linking", "tagging")},
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "state": {"@type": "@id", "@id": "oa:hasState"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "creator": {"@type": "@id", "@id": "dcterms:creator"},
    "created": {"@id": "dcterms:created", "@type": "xsd:dateTime"},
    "modified": {"@id": "dcterms:modified", "@type": "xsd:dateTime"},
    "sourceDate": {"@id": "oa:sourceDate", "@type": "xsd:dateTime"},
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value", "format": "dc:format",
    "language": "dc:language", "name": "foaf:name",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
}  # fmt: skip

IRI: Final[dict[str, Any]] = {"type": "string", "pattern": r"^[a-z][a-z0-9+.-]*:\S+$"}
PURPOSE: Final = either("assessing", "classifying", "commenting", "describing", "linking", "tagging")
TEXTUAL: Final = exactly(
    {"type": either("TextualBody"), "value": TEXT},
    {"id": IRI, "purpose": PURPOSE, "format": WORDS, "language": WORDS},
)
POSITION: Final = exactly({"type": either("TextPositionSelector"), "start": COUNT, "end": COUNT})
QUOTE: Final = exactly({"type": either("TextQuoteSelector"), "exact": TEXT}, {"prefix": TEXT, "suffix": TEXT})
STATE: Final = exactly({"type": either("TimeState"), "sourceDate": {**TIME, "pattern": r"Z$"}})
SPECIFIC: Final = exactly(
    {"type": either("SpecificResource"), "source": IRI},
    {"id": IRI, "purpose": PURPOSE, "selector": many({"anyOf": [POSITION, QUOTE]}, 1), "state": STATE},
)
RESOURCE: Final = {
    **exactly({"id": IRI, "type": either("Text")}, {"format": WORDS, "language": WORDS}),
    "patternProperties": {"^schema:[a-zA-Z]+$": TEXT},
}
BODY: Final = {"anyOf": [TEXTUAL, SPECIFIC]}
TARGET: Final = {"anyOf": [SPECIFIC, RESOURCE]}
MOMENT: Final = {**TIME, "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}
ANNOTATION: Final = exactly(
    {"id": IRI, "type": either("Annotation"), "target": {"anyOf": [TARGET, many(TARGET, 1)]}},
    {
        "motivation": PURPOSE, "body": {"anyOf": [BODY, many(BODY)]}, "created": MOMENT, "modified": MOMENT,
        "creator": exactly({"type": either("Person", "Organization", "Software")}, {"name": TEXT}),
    },
)  # fmt: skip
PAGE: Final = exactly(
    {
        "@context": either("http://www.w3.org/ns/anno.jsonld"),
        "type": either("AnnotationPage"),
        "items": many(ANNOTATION, 1),
    },
    {"id": IRI},
)

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


def page_of(make: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(make(), "webannotation", state="any"))
    return found


def selected(page: dict[str, Any]) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """The text, the source, the position and the quote of every target that selects something."""
    texts = {one["target"]["id"]: one["body"]["value"] for one in page["items"] if one["motivation"] == "describing"}
    targets = [
        target
        for one in page["items"]
        for target in (one["target"] if isinstance(one["target"], list) else [one["target"]])
    ]
    return [(texts[one["source"]], one["source"], *one["selector"]) for one in targets if "selector" in one]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", [make_rich, make_apart])
def test_every_part_has_the_shape_that_the_model_gives_it(transactional_db: None, make: Any) -> None:
    page = page_of(make)

    assert complaints(page, PAGE) == []
    ids = Counter(one["id"] for one in page["items"])
    assert [one for one, times in ids.items() if times > 1] == []


@pytest.mark.parametrize(
    "change",
    [
        {"target": []},
        {"motivation": "judging"},
        {"created": "2026-01-31T12:00:00"},
        {"confidence": 1},
        {"target": {"type": "SpecificResource", "source": "a b"}},
        {"body": {"type": "TextualBody", "value": 1}},
    ],
)
def test_the_shapes_are_not_those_of_anything(change: dict[str, Any]) -> None:
    annotation = {"id": "urn:x:1", "type": "Annotation", "target": {"type": "SpecificResource", "source": "urn:x:2"}}

    assert complaints(annotation, ANNOTATION) == []
    assert complaints({**annotation, **change}, ANNOTATION) != []


@pytest.mark.django_db(transaction=True)
def test_position_and_quote_select_the_same(transactional_db: None) -> None:
    found = selected(page_of(make_rich))

    assert len(found) > 40
    for text, _, at, quote in found:
        assert text[at["start"] : at["end"]] == quote["exact"]
        assert text[: at["start"]].endswith(quote["prefix"])
        assert text[at["end"] :].startswith(quote["suffix"])


@pytest.mark.django_db(transaction=True)
def test_as_rdf_it_says_the_same(transactional_db: None) -> None:
    page = page_of(make_rich)

    graph = Graph().parse(data=json.dumps({**page, "@context": TERMS}), format="json-ld")

    annotations = set(graph.subjects(RDF.type, OA.Annotation))
    assert {str(one) for one in annotations} == {one["id"] for one in page["items"]}
    assert all(any(graph.objects(one, OA.hasTarget)) for one in annotations)
    motivated = Counter(str(one).removeprefix(str(OA)) for one in graph.objects(None, OA.motivatedBy))
    assert motivated == Counter(one["motivation"] for one in page["items"])
    exact = {str(one) for one in graph.objects(None, OA.exact)}
    assert exact == {quote["exact"] for _, _, _, quote in selected(page)}


@pytest.mark.django_db(transaction=True)
def test_the_context_has_every_term(transactional_db: None) -> None:
    def terms(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(terms, value))
        return set(value).union(*map(terms, value.values())) if isinstance(value, dict) else set()

    used = terms(page_of(make_rich)) - {"@context"}

    assert {one for one in used if one.partition(":")[0] not in TERMS} == set()
