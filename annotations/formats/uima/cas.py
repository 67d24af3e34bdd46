"""One article's record as a UIMA CAS. Offsets are code points here; cassis writes them as UTF-16 units."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from cassis import Cas, TypeSystem

from annotations.formats.uima.layers import (
    ARTICLE,
    BOOLEAN,
    CUSTOM,
    EVIDENCE_SET,
    FIELDS,
    LINK,
    LINK_FROM_ELSEWHERE,
    MADE,
    METADATA,
    PART,
    SENTENCE,
    VERDICT,
    feature_name,
)  # fmt: skip
from annotations.text.sentences import sentence_ranges

NOT_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""


def case_of(record: Mapping[str, Any], types: TypeSystem) -> Cas:
    """The CAS of a record of `annotations.formats.jsonl.dataset`."""
    article = record["article"]
    case = Cas(typesystem=types)
    case.sofa_mime = "text"
    case.sofa_string = _in_xml(article["text"])
    _add(
        case, METADATA, begin=0, end=len(article["text"]), language=article["language"] or None,
        documentTitle=article["title"], documentId=article["id"], documentUri=article["url"], isLastSegment=False,
    )  # fmt: skip
    known = ("title", "url", "outlet", "author", "published_on", "language", "sha256")
    _add(case, ARTICLE, identifier=article["id"], **{name: article[name] for name in known})
    for start, end in sentence_ranges(article["text"]):
        _add(case, SENTENCE, begin=start, end=end)
    spans = {span["id"]: _annotation(case, span) for span in record["spans"]}
    for link in record["links"]:
        _link(case, link, spans)
    for verdict in record["verdicts"]:
        if claim := spans.get(verdict["claim"]):
            _judge(case, verdict, claim)
    return case


def _annotation(case: Cas, span: Mapping[str, Any]) -> Any:
    """A span, and a part for each of its fragments, where it has several, and each passage in its fields."""
    layer = case.typesystem.get_type(f"{CUSTOM}{span['label'].capitalize()}")
    values: dict[str, Any] = {}
    others: dict[str, Any] = {}
    parts: list[dict[str, Any]] = []
    for key, value in span["fields"].items():
        feature = layer.get_feature(feature_name(key))
        if isinstance(value, dict):
            parts.append({"field": key, "begin": value["start"], "end": value["end"], "quoted": "quote" in value})
        elif feature is None or value is None or isinstance(value, bool) != (feature.rangeType.name == BOOLEAN):
            others[key] = value
        else:
            values[feature.name] = value if isinstance(value, str | bool) else json.dumps(value)
    if others:
        values[FIELDS] = json.dumps(others, ensure_ascii=False, sort_keys=True)
    marked = _add(case, layer.name, begin=span["start"], end=span["end"], **values, **_made(span))
    if len(span["fragments"]) > 1:
        parts = [{"begin": start, "end": end} for start, end in span["fragments"]] + parts
    for number, part in enumerate(parts, 1):
        _add(case, PART, span=span["id"], number=number, **part)
    return marked


def _link(case: Cas, link: Mapping[str, Any], spans: Mapping[str, Any]) -> None:
    """A link to a span of this article; one whose target is left out has no place to stand."""
    target, source = spans.get(link["target"]), spans.get(link["source"])
    if target is None:
        return
    values = {"relation": link["relation"], "same_source": link["same_source"], **_made(link)}
    offsets = {"begin": target.begin, "end": target.end}
    if source is not None:
        _add(case, LINK, **offsets, **values, Governor=source, Dependent=target)
    else:
        ends = {name: link[name] for name in ("source", "source_article", "target")}
        _add(case, LINK_FROM_ELSEWHERE, **offsets, **values, **ends)


def _judge(case: Cas, verdict: Mapping[str, Any], claim: Any) -> None:
    offsets = {"begin": claim.begin, "end": claim.end}
    names = (
        "claim", "rating", "rationale", "confidence", "state", "author", "reviewer", "approved_at", "created_at",
        "updated_at",
    )  # fmt: skip
    said = {name: verdict[name] for name in names}
    _add(case, VERDICT, **offsets, identifier=verdict["id"], approval=verdict.get("approval"), **said)
    for number, one in enumerate(verdict["evidence_sets"], 1):
        links = " ".join(link["link"] for link in one["links"])
        asked = {"question": one["question"], "answer": one["answer"]}
        _add(case, EVIDENCE_SET, **offsets, verdict=verdict["id"], number=number, links=links, **asked)


def _made(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"identifier": row["id"], **{name: row[name] for name in MADE if name != "identifier"}}


def _add(case: Cas, name: str, **values: Any) -> Any:
    """A new feature structure in the index; what is None is not set."""
    held = {key: _in_xml(value) if isinstance(value, str) else value for key, value in values.items()}
    made = case.typesystem.get_type(name)(**held)
    case.add(made)
    return made


def _in_xml(text: str) -> str:
    return NOT_XML.sub("\ufffd", text)
