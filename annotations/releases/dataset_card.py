"""`README.md`: the dataset card, with the block at its top that Hugging Face reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from annotations.formats.writing.format import Format
from annotations.models import ReleaseFile
from annotations.releases import front_matter

CARD: Final = """\
---
{front}
---

# {name}

News articles in which people marked what is claimed, who said it and what is established, tied each claim to the
passages that corroborate or contradict it, and gave verdicts. Made with {software} {version}; offsets are Unicode code
points, end exclusive; times are UTC.

{what}

## What it holds

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

None is stated. The articles belong to their authors and publishers; ask whoever gave you this dataset what you may do
with it.

## Guidelines of the annotators

{guidelines}
"""

SPLITS: Final = """
## Splits

{table}

Every mention of a claim, and all articles whose texts are nearly the same, are on one side: {groups} groups were dealt
out, with the seed {seed}. Evidence for a claim may stand in an article of another side.
"""


AUDIENCES: Final = {
    "members": (
        "Annotators worked independently. It has the spans of articles that as many of them as planned have submitted, "
        "and what approved verdicts rest on."
    ),
    "managers": (
        "Annotators worked independently. It has all spans, also those that are not open to all members of the "
        "project, and is for its managers and reviewers only."
    ),
}
"""What a release of an independent project holds, by who may read it."""


def written(told: Mapping[str, Any], files: Sequence[ReleaseFile], formats: Sequence[Format]) -> str:
    """The card from what the manifest tells, and the files with data."""
    return CARD.format(
        front=front_matter.written(told, files),
        name=_line(told["project"]["name"]),
        software=told["software"]["name"],
        version=told["software"]["version"],
        what=_what(told),
        counts=_counts(told["counts"]),
        splits=_splits(told["splits"]),
        files=_table(("file", "bytes", "SHA-256"), [(f"`{one.name}`", one.size, f"`{one.sha256}`") for one in files]),
        formats="\n".join(_format(one, files) for one in formats),
        scale=_table(
            ("rating", "name", "meaning", "needs"),
            [(f"`{one['key']}`", one["name"], one["meaning"], one["needs"] or "nothing") for one in told["scale"]],
        ),
        labels=_table(("label", "field", "name", "kind", "choices"), _fields(told["label_fields"])),
        guidelines=_quoted(told["guidelines"]) or "None are written.",
    )


def _what(told: Mapping[str, Any]) -> str:
    """Up to when, and narrowed by what."""
    lines = []
    if told["as_of"]:
        lines.append(f"This is the dataset as it stood after the change of {told['as_of']['at']}.")
    if told["filters"]:
        chosen = ", ".join(
            f"`{name}={json.dumps(value, ensure_ascii=False)}`" for name, value in told["filters"].items()
        )
        lines.append(f"It is narrowed or widened by {_line(chosen)}.")
    if "audience" in told:
        lines.append(AUDIENCES[told["audience"]])
    if "state" not in told["filters"]:
        lines.append("It has the approved verdicts only.")
    if imported := told["counts"]["imported_approvals"]:
        lines.append(
            f"An import brought the approval of {imported} of its verdicts (`approval` is `imported`): nobody gave it "
            "in this project."
        )
    if "names" not in told["filters"]:
        lines.append("People are under pseudonyms. Paths and file names that came in with files are replaced.")
    return " ".join(lines)


def _counts(counts: Mapping[str, Any]) -> str:
    kinds = (("articles", "languages"), ("spans", "labels"), ("links", "relations"), ("verdicts", "ratings"))
    rows = []
    for kind, parts in kinds:
        of_which = ", ".join(f"{name or 'none'}: {count}" for name, count in counts[parts].items())
        rows.append((kind, counts[kind], of_which))
    return _table(("", "number", "of which"), rows)


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
    return f"### `{one.name}`: {one.title}\n\n{one.carries}\n\nNot in it: {one.leaves_out}\n{loadings}"


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


def _quoted(text: str) -> str:
    """Somebody's Markdown as a quotation, so that its headings are not the card's."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
