"""Removing a release for legal reasons: the one way in which one goes, with a trace that it did."""

from __future__ import annotations

import json
from typing import Final

from django.db import connection, transaction

from annotations.models import Release
from annotations.releases.files import discard

LEAVE_TRACE: Final = """
    INSERT INTO annotations_event (at, kind, object_id, project_id, what, after, xid)
    VALUES (clock_timestamp(), 'release', %(release)s, %(project)s, 'removed', %(trace)s::jsonb, factcheck_xid())
"""


def remove_release(release: Release, reason: str) -> None:
    """Deletes the release with its files, and leaves one event that says why."""
    key, trace = release.pk, json.dumps({"reason": reason, "sha256": release.sha256})
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('factcheck.removal', 'on', true)")
        release.delete()
        cursor.execute(LEAVE_TRACE, {"release": str(key), "project": release.project_id, "trace": trace})
        cursor.execute("SELECT set_config('factcheck.removal', '', true)")
    discard(key)
