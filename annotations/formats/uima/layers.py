"""The UIMA types of an export, which are layers in INCEpTION.

INCEpTION takes a type for a layer of spans where it has primitive features only, and for a layer of relations where it
also has `Governor` and `Dependent`. So a reference that is neither is an id in a text feature.
"""

from __future__ import annotations

import json
import keyword
from collections.abc import Mapping
from typing import Any, Final

from cassis import TypeSystem

from annotations import vocabulary

TYPE_SYSTEM_FILE: Final = "TypeSystem.xml"

ANNOTATION: Final = "uima.tcas.Annotation"
STRING, BOOLEAN, FLOAT, INTEGER = "uima.cas.String", "uima.cas.Boolean", "uima.cas.Float", "uima.cas.Integer"

DKPRO: Final = "de.tudarmstadt.ukp.dkpro.core.api."
METADATA: Final = f"{DKPRO}metadata.type.DocumentMetaData"
SENTENCE: Final = f"{DKPRO}segmentation.type.Sentence"

CUSTOM: Final = "webanno.custom."
"""The package of the layers that people make in INCEpTION."""
LABELS: Final = {f"{CUSTOM}{label.capitalize()}": label for label in vocabulary.LABELS}
LINK: Final = f"{CUSTOM}Link"
LINK_FROM_ELSEWHERE: Final = f"{CUSTOM}LinkFromElsewhere"
PART: Final = f"{CUSTOM}Part"
VERDICT: Final = f"{CUSTOM}Verdict"
EVIDENCE_SET: Final = f"{CUSTOM}EvidenceSet"
ARTICLE: Final = f"{CUSTOM}Article"

MADE: Final = {"identifier": STRING, "annotator": STRING, "note": STRING, "created_at": STRING, "updated_at": STRING}
"""What every span and link has."""
FIELDS: Final = "other_fields"
"""JSON of the field values of a span that no feature holds."""

FEATURES: Final[dict[str, dict[str, str]]] = {
    LINK: {"relation": STRING, "same_source": BOOLEAN, **MADE},
    LINK_FROM_ELSEWHERE: {
        "relation": STRING, "source": STRING, "source_article": STRING, "target": STRING, "same_source": BOOLEAN,
        **MADE,
    },
    PART: {"span": STRING, "field": STRING, "number": INTEGER, "quoted": BOOLEAN},
    VERDICT: {
        "identifier": STRING, "claim": STRING, "rating": STRING, "rationale": STRING, "confidence": FLOAT,
        "state": STRING, "author": STRING, "reviewer": STRING, "approved_at": STRING, "approval": STRING,
        "created_at": STRING, "updated_at": STRING,
    },
    EVIDENCE_SET: {"verdict": STRING, "number": INTEGER, "question": STRING, "answer": STRING, "links": STRING},
    ARTICLE: {
        "identifier": STRING, "title": STRING, "url": STRING, "outlet": STRING, "author": STRING,
        "published_on": STRING, "language": STRING, "sha256": STRING,
    },
}  # fmt: skip

MEANINGS: Final = {
    LINK: "A link from the passage that speaks (Governor) to the one it speaks of (Dependent).",
    LINK_FROM_ELSEWHERE: "A link whose source lies in another article; it stands on the passage at which it ends.",
    PART: "One fragment of a span that is broken in several; where `field` is given, the passage that the field holds.",
    VERDICT: "The verdict on the claim that it stands on; `approval` is imported where nobody approved it here.",
    EVIDENCE_SET: "Links that together carry a verdict; `links` are their ids.",
    ARTICLE: "What is known of the article.",
}

_TAKEN: Final = {*MADE, FIELDS, "begin", "end", "sofa", "self", "type", "get", "set", "value", "get_covered_text"}
_AVOIDING: Final = "field_"


def feature_name(key: str) -> str:
    """The feature that holds a field: its key, but for names that mean something else to UIMA, Python or us."""
    taken = key in _TAKEN or keyword.iskeyword(key) or key.startswith(_AVOIDING)
    return f"{_AVOIDING}{key}" if taken else key


def field_key(feature: str) -> str:
    """The key of the field that a feature holds."""
    return feature.removeprefix(_AVOIDING)


def type_system(label_fields: Mapping[str, list[dict[str, Any]]]) -> TypeSystem:
    """The types of a project's export. A field's feature has its definition as description.

    A field that holds a passage has no feature: its passage is a `PART`. A number is the text that JSON has for it,
    since INCEpTION's numbers have 32 bits.
    """
    types = TypeSystem()
    types.create_type(SENTENCE, ANNOTATION)
    metadata = types.create_type(METADATA, "uima.tcas.DocumentAnnotation")
    for name in ("documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"):
        types.create_feature(metadata, name, STRING)
    types.create_feature(metadata, "isLastSegment", BOOLEAN)
    for name, label in LABELS.items():
        layer = types.create_type(name, ANNOTATION, f"A passage with the label {label}.")
        for feature in MADE:
            types.create_feature(layer, feature, STRING)
        for field in label_fields.get(label, []):
            if field["kind"] != "passage":
                kind = BOOLEAN if field["kind"] == "flag" else STRING
                known = {key: value for key, value in field.items() if value}
                definition = json.dumps(known, ensure_ascii=False, sort_keys=True)
                types.create_feature(layer, feature_name(field["key"]), kind, description=definition)
        types.create_feature(layer, FIELDS, STRING, description="Other fields, as JSON.")
    for name, features in FEATURES.items():
        layer = types.create_type(name, "uima.cas.AnnotationBase" if name == ARTICLE else ANNOTATION, MEANINGS[name])
        for feature, kind in features.items():
            types.create_feature(layer, feature, kind)
    for end in ("Governor", "Dependent"):
        types.create_feature(LINK, end, ANNOTATION)
    return types
