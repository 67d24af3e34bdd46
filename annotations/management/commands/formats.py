"""`manage.py formats`"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from annotations.formats.documentation import page


class Command(BaseCommand):
    """Writes docs/formats.md from the registries of formats."""

    help = "Write docs/formats.md from the descriptions of the formats."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "formats.md").write_text(page(), "utf-8")
