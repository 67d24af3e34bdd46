"""Previews of imports, and addresses to fetch, without a worker."""

from __future__ import annotations

from uuid import UUID

import pytest

from annotations.bounded import Process
from annotations.imports.proposal import make_preview
from annotations.jobs import fetch_address, preview_import
from annotations.jobs.addresses import fetch_and_keep


class _Asked:
    def defer(self, import_id: str, key: str) -> None:
        make_preview(UUID(import_id), key)


class _AskedAddress:
    def defer(self, fetch_id: str) -> None:
        fetch_and_keep(UUID(fetch_id))


def made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each preview is made, and each address fetched, where that is asked for, in this process and in the test's
    transaction.
    """
    monkeypatch.setattr(Process, "is_within", True)
    monkeypatch.setattr(preview_import, "configure", lambda **_: _Asked())
    monkeypatch.setattr(fetch_address, "configure", lambda **_: _AskedAddress())
