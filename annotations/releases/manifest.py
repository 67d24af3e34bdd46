"""`manifest.json`: what a release holds and how it came to be, without anything that another making would change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC
from typing import Any, Final

from django.utils.translation import override

from annotations.formats.writing import selection as narrowed
from annotations.formats.writing.format import Format, Reader
from annotations.models import Link, Project, Release, ReleaseFile, Span, Verdict
from annotations.releases import filters
from factcheck import VERSION

SCHEMA: Final = "factcheck-release/1"

HELD: Final = ("article", "span", "link", "verdict", "evidence_set", "evidence_link", "project")
"""The kinds of events that change what a release holds. Members, assignments, and releases themselves do not."""

PROJECT: Final = "SELECT name, guidelines, label_fields, scale FROM annotations_project WHERE id = {project}"

LAST: Final = """
    SELECT id, at FROM annotations_event WHERE project_id = {project} AND kind IN ({kinds}) {further}
    ORDER BY id DESC LIMIT 1
"""

OF_OPEN_WORK: Final = """
    AND (kind IN ('article', 'project')
         OR kind = 'span' AND object_id IN (SELECT s.id::text FROM annotations_span s WHERE {spans})
         OR kind = 'link' AND object_id IN (SELECT t.id::text FROM annotations_link t WHERE {links})
         OR kind = 'verdict' AND object_id IN (SELECT v.id::text FROM annotations_verdict v WHERE {verdicts}))
"""
"""What happened to work that is not open to all is in no file, so neither is when it happened. The evidence sets of a
verdict change before it is submitted."""


def circumstances(release: Release, reader: Reader) -> dict[str, Any]:
    """The project as it stood, and the last event that the release may hold."""
    [(name, guidelines, label_fields, scale)] = reader.rows(PROJECT.format(project=release.project_id))
    kinds = (*HELD, "comment") if release.filters.get("comments") else HELD
    wanted = ", ".join(f"'{kind}'" for kind in kinds)
    further, selected = "", filters.selection(release)
    if selected.open_to_all:
        further = OF_OPEN_WORK.format(
            spans=narrowed.seen(selected, Span.objects, "s"),
            links=narrowed.seen(selected, Link.objects, "t"),
            verdicts=narrowed.seen(selected, Verdict.objects, "v"),
        )
    events = LAST.format(project=release.project_id, kinds=wanted, further=further)
    last, as_of = next(iter(reader.rows(events)), None), None
    if last:
        at = last[1].astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        as_of = {"event": last[0], "at": at}
    return {
        "schema": SCHEMA,
        "project": {"slug": release.project.slug, "name": name},
        "as_of": as_of,
        **({"audience": release.audience} if release.project.mode == Project.Mode.INDEPENDENT else {}),
        "filters": {key: value for key, value in sorted(release.filters.items()) if value != filters.USUAL[key]},
        "software": {"name": "Factcheck", "version": VERSION},
        "scale": scale,
        "label_fields": label_fields,
        "guidelines": guidelines,
    }


def with_formats(told: dict[str, Any], formats: Iterable[Format]) -> dict[str, Any]:
    """The same with what each format carries and leaves out, in English whatever the site's language is."""
    with override(None):
        said = [
            {
                "name": one.name,
                "title": str(one.title),
                "carries": str(one.carries),
                "leaves_out": str(one.leaves_out),
            }
            for one in formats
        ]
    return {**told, "formats": said}


def with_files(told: dict[str, Any], files: Iterable[ReleaseFile]) -> dict[str, Any]:
    """The same with the files that there are."""
    return {**told, "files": [_file(one) for one in files if one.listed]}


def _file(file: ReleaseFile) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": file.name,
        "bytes": file.size,
        "sha256": file.sha256,
        "media_type": file.media_type,
    }
    if file.format:
        told["format"] = file.format
    if file.split:
        told["split"] = file.split
    return told


def written(told: Any) -> bytes:
    """JSON for people and programs; the same values are the same bytes."""
    return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"
