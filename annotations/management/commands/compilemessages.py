"""`manage.py compilemessages`"""

from __future__ import annotations

from io import BytesIO
from typing import Any, Final, cast

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation
from django.views.i18n import JavaScriptCatalog

from annotations.management.commands import makemessages

SCRIPTS: Final = settings.BASE_DIR / "annotations" / "static" / "annotations" / "messages"


class Command(BaseCommand):
    """Compiles the catalogues of all languages but English, whose texts stand in the code.

    Django's own command would need GNU gettext. What scripts say becomes a static file: a page loads it without a
    request to the application.
    """

    help = "Compiles the translations in annotations/locale. English needs none."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language in makemessages.languages():
            if language == makemessages.SOURCE_LANGUAGE:
                continue
            for domain in makemessages.SOURCES:
                path = makemessages.path_of(language, domain)
                compiled = BytesIO()
                with path.open("rb") as file:
                    write_mo(compiled, read_po(file, locale=translation.to_locale(language)))
                path.with_suffix(".mo").write_bytes(compiled.getvalue())
            with translation.override(language):
                script = cast(HttpResponse, _Scripts.as_view()(RequestFactory().get("/"))).content
            SCRIPTS.mkdir(exist_ok=True)
            (SCRIPTS / f"{language}.js").write_bytes(script)


class _Scripts(JavaScriptCatalog):
    """Django's catalogue for scripts, with our texts alone."""

    packages = ["annotations"]

    def get_paths(self, packages: list[str]) -> list[str]:
        return [str(makemessages.LOCALE)]
