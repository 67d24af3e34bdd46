"""The links of the map as a table: the same content for who reads rather than looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotations.models import Link, Span, Verdict
from annotations.web.evidence_map.data import Contents


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as a sentence: evidence, relation, claim, and how the claim was judged."""

    link: Link
    source: Span
    target: Span
    verdict: Verdict | None
    across: bool


def rows_of(contents: Contents) -> list[LinkRow]:
    """The links that touch the map's spans, in the reading order of what they lead to."""
    columns = {article.pk: place for place, article in enumerate(contents.articles)}
    rows = [
        LinkRow(
            link,
            link.source,
            link.target,
            contents.verdicts.get(link.target_id),
            link.source.article_id != link.target.article_id,
        )
        for link in contents.links
    ]
    last = len(columns)

    def _place(row: LinkRow) -> tuple[Any, ...]:
        target = row.target
        return columns.get(target.article_id, last), target.start, target.pk, row.link.relation, row.source.start

    return sorted(rows, key=_place)
