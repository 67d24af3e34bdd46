"""`croissant.json`: the files and their fields for machines (Croissant 1.1, https://docs.mlcommons.org/croissant/)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from annotations.models import ReleaseFile

CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

MEDIA_TYPES: Final = {"application/x-ndjson": "application/jsonlines"}
"""What Croissant calls a media type where it has a name of its own for it."""

TEXT: Final = "sc:Text"
NUMBER: Final = "sc:Float"
COUNT: Final = "sc:Integer"

Column = tuple[str, str, str, bool]
"""Type of a field, its column, where in the column's value it stands, and whether that is a list of such values."""


def _within(column: str, *names: str, kind: str = TEXT, prefix: str = "", many: bool = False) -> dict[str, Column]:
    return {f"{prefix}{name}": (kind, column, f"$.{name}", many) for name in names}


def _plain(*names: str, kind: str = TEXT) -> dict[str, Column]:
    return {name: (kind, name, "", False) for name in names}


FIELDS: Final[dict[str, dict[str, Column]]] = {
    "jsonl": {
        **_within("article", "id", prefix="article_"),
        **_within("article", "title", "url", "outlet", "author", "published_on", "language", "sha256", "text"),
        **_within("spans", "id", "label", "quote", prefix="span_", many=True),
        **_within("spans", "start", "end", kind=COUNT, prefix="span_", many=True),
        **_within("links", "id", "relation", "source", "target", prefix="link_", many=True),
        **_within("verdicts", "id", "claim", "rating", "rationale", "state", prefix="verdict_", many=True),
    },
    "claims": {
        **_plain("id", "statement", "claim_type", "claim_date", "quote", "article_id", "article_title"),
        **_plain("url", "outlet", "published_on", "language", "rating", "rating_name", "rationale", "state"),
        **_plain("confidence", kind=NUMBER),
        **_within("said_by", "source_name", "stance", prefix="said_by_", many=True),
        **_within("mentions", "article_id", "quote", prefix="mention_", many=True),
        **_within("evidence", "relation", "article_id", "quote", "context", prefix="evidence_", many=True),
    },
}
"""The fields of a record by format and name."""


def described(told: Mapping[str, Any], files: Sequence[ReleaseFile]) -> dict[str, Any]:
    """The description of a release from what its manifest tells."""
    moment = (told["as_of"] or {}).get("at", "1970-01-01T00:00:00Z")
    counts = told["counts"]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": told["project"]["slug"],
        "alternateName": told["project"]["name"],
        "description": (
            f"{counts['articles']} articles with {counts['spans']} marked passages, {counts['links']} relations "
            f"between them and {counts['verdicts']} verdicts on claims."
        ),
        "version": f"{told['software']['version']}+{(told['as_of'] or {}).get('event', 0)}",
        "datePublished": moment[:10],
        "inLanguage": [language for language in counts["languages"] if language],
        "creator": {"@type": "sc:Organization", "name": told["project"]["name"]},
        "isLiveDataset": False,
        "distribution": [_file(file) for file in files],
        "recordSet": [_records(file) for file in files if file.format in FIELDS],
    }


def _file(file: ReleaseFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.name,
        "contentSize": f"{file.size} B",
        "encodingFormat": MEDIA_TYPES.get(file.media_type, file.media_type),
        "sha256": file.sha256,
    }


def _records(file: ReleaseFile) -> dict[str, Any]:
    name = ".".join(filter(None, (file.format, file.split)))
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "field": [_field(name, file.name, *one) for one in FIELDS[file.format].items()],
    }


def _field(records: str, file: str, name: str, column: Column) -> dict[str, Any]:
    kind, of, path, many = column
    source: dict[str, Any] = {"fileObject": {"@id": file}, "extract": {"column": of}}
    if path:
        source["transform"] = {"jsonPath": path}
    told = {
        "@type": "cr:Field",
        "@id": f"{records}/{name}",
        "name": f"{records}/{name}",
        "dataType": kind,
        "source": source,
    }
    return {**told, "isArray": True, "arrayShape": "-1"} if many else told
