"""Versions in headers: `ETag` on the way out, `If-Match` on the way in."""

from __future__ import annotations

import re
from typing import Final

from django.utils.http import parse_etags

from annotations.api.base.problems import VersionRequired
from annotations.serializers.base import invalid

Stated = tuple[int, ...]
"""The versions of which the caller accepts any; nearly always one."""

MOST_TAGS: Final = 20

_VERSION = re.compile(r'"([0-9]{1,9})"\Z')
_COMPRESSED = re.compile(r'(?:W/)?("[^"]*?)(?:-(?:gzip|br|zstd|deflate))?"\Z')


def stated_versions(if_match: str) -> Stated:
    """The versions that the caller saw. Raises ValidationError where the header names none."""
    found = [_VERSION.match(as_sent(tag)) for one in if_match.split(",", MOST_TAGS) if (tag := one.strip())]
    versions = tuple(int(tag.group(1)) for tag in found if tag)
    if not versions or len(versions) < len(found):
        raise invalid("If-Match", 'State the version that you saw in quotation marks, as in If-Match: "3".')
    return versions


def needed_version(stated: Stated | None, current: int) -> int:
    """The version that the caller saw: the current one, if it is among those stated.

    Raises VersionRequired (428) where they did not say.
    """
    if stated is None:
        raise VersionRequired
    return current if current in stated else stated[0]


def as_sent(tag: str) -> str:
    """The tag as this server sent it.

    Proxies that compress answers change the tag, and clients send back what they got: nginx puts W/ before it, Apache
    a suffix into it.
    """
    found = _COMPRESSED.match(tag)
    return f'{found[1]}"' if found else tag


def is_among(tag: str, stated: str | None, *, missing: bool) -> bool:
    """Whether a header names this tag, or one that a proxy made of it; `missing` where there are no tags in it."""
    tags = parse_etags(stated or "")
    return missing if not tags else tags == ["*"] or tag in map(as_sent, tags)


def etag(version: int) -> str:
    """The header's value for a version."""
    return f'"{version}"'
