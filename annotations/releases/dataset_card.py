"""`README.md`: the dataset card, with the block at its top that Hugging Face reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from annotations.formats.writing.format import Format
from annotations.models import ReleaseFile

CARD: Final = """\
---
{front}
---

# {name}

News articles in which people annotated claims, attributions and facts, linked each claim to the spans that corroborate
or contradict it, and wrote verdicts. Created with {software} {version}. Offsets are Unicode code points, end exclusive;
times are UTC.

{what}

## Content

{counts}
{splits}
## Files

{files}

`manifest.json` has the size and SHA-256 of each file, the filters, the verdict scale, the label fields and the
guidelines; `croissant.json` describes the files for machines ([Croissant](https://docs.mlcommons.org/croissant/)).

## Formats

{formats}

## Verdicts

{scale}

## Labels and their fields

{labels}

## Licence

This dataset doesn't state a licence. The articles belong to their authors and publishers. Ask the people who gave you
this dataset how you can use it.

## Annotation guidelines

{guidelines}
"""

SPLITS: Final = """
## Splits

{table}

All occurrences of a claim, and all articles whose texts are nearly the same, are in the same split: {groups} groups
were assigned to the splits, with the seed {seed}. The evidence for a claim can be in an article of another split.
"""


AUDIENCES: Final = {
    "members": (
        "Annotators worked independently. The dataset has the spans of articles that the planned number of annotators "
        "have submitted, and the evidence of approved verdicts."
    ),
    "managers": (
        "Annotators worked independently. The dataset has all spans, including those that not all members of the "
        "project can see. It is for the project's managers and reviewers only."
    ),
}
"""What a release of an independent project holds, by who may read it."""


def written(told: Mapping[str, Any], files: Sequence[ReleaseFile], formats: Sequence[Format]) -> str:
    """The card from what the manifest tells, and the files with data."""
    counts = told["counts"]
    kinds = (("articles", "languages"), ("spans", "labels"), ("links", "relations"), ("verdicts", "ratings"))
    rows = []
    for kind, parts in kinds:
        of_which = ", ".join(f"{name or 'none'}: {count}" for name, count in counts[parts].items())
        rows.append((kind, counts[kind], of_which))
    return CARD.format(
        front=front_matter(told, files),
        name=_line(told["project"]["name"]),
        software=told["software"]["name"],
        version=told["software"]["version"],
        what=_what(told),
        counts=_table(("", "number", "of which"), rows),
        splits=_splits(told["splits"]),
        files=_table(("file", "bytes", "SHA-256"), [(f"`{one.name}`", one.size, f"`{one.sha256}`") for one in files]),
        formats="\n".join(_format(one, files) for one in formats),
        scale=_table(
            ("rating", "name", "meaning", "needs"),
            [(f"`{one['key']}`", one["name"], one["meaning"], one["needs"] or "nothing") for one in told["scale"]],
        ),
        labels=_table(("label", "field", "name", "kind", "choices"), _fields(told["label_fields"])),
        guidelines="\n".join(f"> {line}".rstrip() for line in told["guidelines"].splitlines())
        or "There are no guidelines.",
    )


def _what(told: Mapping[str, Any]) -> str:
    """Up to when, and narrowed by what."""
    lines = []
    if told["as_of"]:
        lines.append(f"This is the dataset after the change of {told['as_of']['at']}.")
    if told["filters"]:
        chosen = ", ".join(
            f"`{name}={json.dumps(value, ensure_ascii=False)}`" for name, value in told["filters"].items()
        )
        lines.append(f"These filters apply: {_line(chosen)}.")
    if "audience" in told:
        lines.append(AUDIENCES[told["audience"]])
    if "state" not in told["filters"]:
        lines.append("It has approved verdicts only.")
    if imported := told["counts"]["imported_approvals"]:
        lines.append(
            f"The approval of {imported} of its verdicts was imported (`approval` is `imported`): nobody approved them "
            "in this project."
        )
    if "names" not in told["filters"]:
        lines.append("People have pseudonyms. Paths and file names from imported files are replaced.")
    return " ".join(lines)


def _splits(splits: Mapping[str, Any] | None) -> str:
    if splits is None:
        return ""
    counts = splits["counts"]
    rows = [
        (name, splits["shares"][name], one["articles"], one["spans"], one["verdicts"]) for name, one in counts.items()
    ]
    table = _table(("split", "share", "articles", "spans", "verdicts"), rows)
    return SPLITS.format(table=table, groups=splits["groups"], seed=splits["seed"])


def _format(one: Format, files: Iterable[ReleaseFile]) -> str:
    name = next(file.name for file in files if file.format == one.name)
    loadings = "".join(
        f"\nWith {loading.library}:\n\n```python\n{loading.code.replace('{file}', name)}\n```\n"
        for loading in one.loadings
    )
    return f"### `{one.name}`: {one.title}\n\n{one.carries}\n\nNot included: {one.leaves_out}\n{loadings}"


def _fields(label_fields: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            label,
            f"`{field['key']}`",
            field["name"],
            field["kind"],
            ", ".join(f"`{choice['key']}` {choice['name']}" for choice in field.get("choices") or []),
        )
        for label, fields in label_fields.items()
        for field in fields
    ]


def _table(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    cells = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(_line(str(cell)).replace('|', chr(92) + '|') for cell in row)} |" for row in cells)


def _line(text: str) -> str:
    return " ".join(text.split())


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


def front_matter(told: Mapping[str, Any], files: Sequence[ReleaseFile]) -> str:
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
