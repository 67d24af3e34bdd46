"""A site that others reach."""

from __future__ import annotations

from typing import Any, Final

import pytest

AT_HOME: Final = "https://desk.example.org:8443"


@pytest.fixture
def public(settings: Any) -> Any:
    """A site at `AT_HOME`, with a further name."""
    settings.SITE_URL, settings.SITE_IS_LOCAL = AT_HOME, False
    settings.ALLOWED_HOSTS = ["desk.example.org", "old.example.org", "localhost", "127.0.0.1"]
    settings.CSRF_TRUSTED_ORIGINS = [AT_HOME]
    settings.SECURE_HSTS_SECONDS = 60
    settings.CSRF_COOKIE_SECURE = settings.SESSION_COOKIE_SECURE = True
    return settings
