"""Previews of imports without a worker."""

from __future__ import annotations

from uuid import UUID

import pytest

from annotations.acts.importing.previews import make
from annotations.bounded import Process
from annotations.jobs import preview_import


class _Asked:
    def defer(self, import_id: str, key: str) -> None:
        make(UUID(import_id), key)


def made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each preview is made where it is asked for, in this process and in the test's transaction."""
    monkeypatch.setattr(Process, "is_within", True)
    monkeypatch.setattr(preview_import, "configure", lambda **_: _Asked())
