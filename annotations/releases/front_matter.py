"""The block at the top of the dataset card, by which Hugging Face knows the dataset and loads it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from annotations.models import ReleaseFile

VALIDATION: Final = {"dev": "validation"}
"""What Hugging Face calls a split where its name is another."""

SIZES: Final = ((10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M"))

TEXT: Final = {"dtype": "string"}
NUMBER: Final = {"dtype": "float64"}
COUNT: Final = {"dtype": "int64"}
OBJECTS: Final = {"list": "json"}
RANGES: Final = {"list": {"list": "int64"}}


def _texts(names: str) -> dict[str, Any]:
    return dict.fromkeys(names.split(), TEXT)


FEATURES: Final[dict[str, dict[str, Any]]] = {
    "jsonl": {
        "schema": TEXT,
        "article": {"struct": _texts("id title url outlet author published_on language sha256 text")},
        **dict.fromkeys(("spans", "links", "verdicts"), OBJECTS),
    },
    "claims": {
        **_texts("schema id statement claim_type claim_date article_id article_title url outlet published_on language"),
        **dict.fromkeys(("start", "end"), COUNT),
        "fragments": RANGES,
        **_texts("quote"),
        **dict.fromkeys(("said_by", "mentions", "evidence", "evidence_sets"), OBJECTS),
        **_texts("verdict_id rating rating_name rationale"),
        "confidence": NUMBER,
        **_texts("state author reviewer approved_at approval updated_at"),
    },
}
"""The columns of the formats that load with their splits. Said here, for a split may lack what shows a type."""


def written(told: Mapping[str, Any], files: Sequence[ReleaseFile]) -> str:
    """YAML. Texts and lists are written as JSON, which YAML includes."""
    languages = sorted({language.split("-")[0].lower() for language in told["counts"]["languages"]} - {""})
    articles = told["counts"]["articles"]
    configurations = _configurations(files)
    talk = "comments" in told["filters"]
    front: dict[str, Any] = {
        "pretty_name": " ".join(told["project"]["name"].split()),
        "language": languages,
        "license": "unknown",
        "task_categories": ["text-classification", "token-classification"],
        "tags": ["fact-checking", "claims", "attribution", "croissant"],
        "size_categories": [next((words for limit, words in SIZES if articles < limit), "1M<n<10M")],
        "dataset_info": [_features(one["config_name"], comments=talk) for one in configurations],
        "configs": configurations,
    }
    return "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items() if value)


def _configurations(files: Iterable[ReleaseFile]) -> list[dict[str, Any]]:
    """What `datasets.load_dataset` offers: a configuration for each such format, with its splits."""
    found: dict[str, list[dict[str, str]]] = {}
    for file in files:
        if file.format in FEATURES and file.size:
            split = VALIDATION.get(file.split, file.split) or "train"
            found.setdefault(file.format, []).append({"split": split, "path": file.name})
    return [{"config_name": name, "data_files": paths} for name, paths in found.items()]


def _features(name: str, *, comments: bool) -> dict[str, Any]:
    features = FEATURES[name] | ({"comments": OBJECTS} if comments and name == "jsonl" else {})
    return {"config_name": name, "features": [_feature(*one) for one in features.items()]}


def _feature(name: str, kind: Mapping[str, Any]) -> dict[str, Any]:
    if "struct" in kind:
        return {"name": name, "struct": [_feature(*one) for one in kind["struct"].items()]}
    return {"name": name, **kind}
