"""`claimreview`: approved verdicts as schema.org ClaimReview, for the pages on which they are published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from annotations.formats.claims.selection import DATE, DAY, NAMED, STATEMENT, cases, records, tied
from annotations.formats.writing import provenance
from annotations.formats.writing.format import Format, Loading, json_array
from annotations.formats.writing.selection import Selection, literal
from annotations.models.review import APPROVAL_IMPORTED

NOBODY: Final = UUID(int=0)

APPEARANCE: Final = """
    json_strip_nulls(json_build_object('@type', 'CreativeWork', 'url', b.url, 'name', nullif({title}, ''),
        'datePublished', b.published_on, 'inLanguage', nullif(b.language, ''),
        'publisher', CASE WHEN b.outlet <> '' THEN json_build_object('@type', 'Organization', 'name', b.outlet) END))
"""

APPEARANCES: Final = """
    SELECT ({appearance}) AS appearance,
        row_number() OVER (ORDER BY b.published_on NULLS LAST, b.id <> a.id, b.created_at, b.id) AS number
    FROM annotations_article b JOIN (SELECT a.id UNION SELECT b.id {restating}) occurs ON occurs.id = b.id
"""
"""The articles that a claim occurs in, the earliest first; where none is dated, the one it is checked in."""

OTHERS: Final = """
    UNION ALL SELECT json_build_object('@type', 'CreativeWork', 'url', address), 1000000 + number
    FROM string_to_table(coalesce(s.fields ->> 'appearances', ''), E'\\n') WITH ORDINALITY named(address, number)
"""

SOURCE: Final = """
    (SELECT json_build_object('@type', CASE s.fields ->> 'source_type'
            WHEN 'person' THEN 'Person' WHEN 'organisation' THEN 'Organization' ELSE 'Thing' END, 'name', {named})
     {attributing} AND coalesce(s.fields ->> 'stance', 'asserts') = 'asserts'
     ORDER BY s.article_id <> a.id, s.start, s.id LIMIT 1)
"""

AUTHOR: Final = """
    CASE WHEN {names} AND coalesce(s.fields ->> 'review_author', '') = '' AND s.fields ->> 'reviewed_by' <> ''
        THEN json_build_object('@type', 'Person', 'name', s.fields ->> 'reviewed_by')
        ELSE json_build_object('@type', 'Organization',
            'name', coalesce(nullif(s.fields ->> 'review_author', ''), {project})) END
"""
"""Who published the review: an organisation, or, only where names are asked for, a person."""

RECORD: Final = """
    json_strip_nulls(json_build_object(
        '@context', 'https://schema.org', '@type', 'ClaimReview', '@id', 'urn:uuid:' || v.id,
        'url', coalesce(nullif(s.fields ->> 'review_url', ''), replace({address}, '{nobody}', s.id::text)),
        'datePublished', coalesce({reviewed_on}, (v.approved_at AT TIME ZONE 'UTC')::date::text),
        'author', {author}, 'creativeWorkStatus', CASE WHEN {imported} THEN 'Approval imported' END,
        'claimReviewed', {statement}, 'reviewBody', nullif(v.rationale, ''),
        'reviewRating', {rating},
        'itemReviewed', json_build_object('@type', 'Claim', 'author', {source},
            'datePublished', coalesce({date}, a.published_on::text),
            'firstAppearance', (SELECT p.appearance FROM ({appearances}) p WHERE p.number = 1),
            'appearance', (SELECT json_agg(p.appearance ORDER BY p.number) FROM ({appearances} {others}) p
                           WHERE p.number > 1))))::text
"""


def claimreview(selection: Selection) -> str:
    """The query whose rows are the items of the array: whichever states are asked for, only what is approved."""
    project = selection.project
    appearance = APPEARANCE.format(title=provenance.title(selection, "b"))
    appearances = APPEARANCES.format(appearance=appearance, restating=tied(selection, "v.claim_id", "restates"))
    record = RECORD.format(
        address=literal(reverse("claim", args=[NOBODY])),
        nobody=NOBODY,
        reviewed_on=DAY.format(field="review_date"),
        imported=APPROVAL_IMPORTED,
        author=AUTHOR.format(names=str(selection.names).lower(), project=literal(project.name)),
        statement=STATEMENT,
        rating=cases("v.rating", {one["key"]: _rating(one, project.scale) for one in project.scale}) + "::json",
        source=SOURCE.format(named=NAMED, attributing=tied(selection, "v.claim_id", "attributes")),
        date=DATE,
        appearances=appearances,
        others=OTHERS,
    )
    return json_array(records(selection, record, further="v.state = 'approved'"))


def _rating(rating: Mapping[str, Any], scale: Sequence[Mapping[str, Any]]) -> str:
    """A rating as JSON, with its value between the best and the worst of the scale where it has one."""
    told: dict[str, Any] = {"@type": "Rating", "alternateName": rating["name"]}
    values = [one["value"] for one in scale if one.get("value") is not None]
    if rating.get("value") is not None:
        told |= {"ratingValue": rating["value"], "bestRating": max(values), "worstRating": min(values)}
    return json.dumps(told, ensure_ascii=False)


CLAIMREVIEW = Format(
    name="claimreview",
    title=gettext_lazy("ClaimReview: approved verdicts for the web"),
    media_type="application/ld+json",
    extension="claimreview.jsonld",
    carries=gettext_lazy(
        "Each approved verdict: the statement, the rating with its value on the project's scale, the "
        "rationale, who made the claim, and where and when it appeared. `author` is the project, or "
        "whoever published the review that came in: an organisation, or a person where names are asked "
        "for. `creativeWorkStatus` is *Approval imported* where an import brought the approval, so that "
        "nobody gave it here. `url` is the claim's field `review_url`, where the project has one; else the "
        "claim's page here, relative to the address of the export."
    ),
    leaves_out=gettext_lazy(
        "Verdicts that are not approved, whatever state is asked for; evidence, evidence sets and "
        "confidence; the people who worked on it; offsets. Texts go out as they are: one that holds an "
        "HTML entity such as `&amp;` comes in again with the entity decoded."
    ),
    loadings=(
        Loading("pandas", 'import pandas\nloaded = pandas.read_json("{file}")'),
        Loading("DuckDB", "import duckdb\nloaded = duckdb.sql(\"SELECT * FROM read_json('{file}')\").fetchall()"),
    ),
    statement=claimreview,
    opening=b"[\n",
    closing=b"]\n",
)
