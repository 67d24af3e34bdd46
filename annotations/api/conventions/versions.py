"""Versions in headers: `ETag` on the way out, `If-Match` on the way in."""

from __future__ import annotations

import re

from annotations.api.conventions.errors import VersionRequired, invalid

_VERSION = re.compile(r'"([0-9]{1,9})"\Z')


def stated_version(if_match: str | None) -> int | None:
    """The version that the caller saw, or None where they did not say. Raises ValidationError for anything else."""
    if if_match is None:
        return None
    found = _VERSION.match(if_match.strip())
    if found is None:
        raise invalid("If-Match", 'State one version in quotation marks, as in If-Match: "3".')
    return int(found.group(1))


def needed_version(version: int | None) -> int:
    """The version that the caller saw. Raises VersionRequired (428) where they did not say."""
    if version is None:
        raise VersionRequired
    return version


def etag(version: int) -> str:
    """The header's value for a version."""
    return f'"{version}"'
