"""`manage.py makemessages`"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

LOCALE: Final[Path] = settings.BASE_DIR / "annotations" / "locale"
SOURCE_LANGUAGE: Final = "en"
SOURCES: Final = {
    "django": (
        "annotations/**/*.py",
        "factcheck/**/*.py",
        "annotations/templates/**/*.html",
        "annotations/templates/**/*.txt",
    ),
    "djangojs": ("annotations/static/annotations/js/**/*.js",),
}
"""The files of each catalogue: what the server says, and what scripts say."""

KEYWORDS: Final = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
"""The functions whose literals are messages, with the arguments that are."""

OPTIONS: Final = {"parse_template_string": True}
"""What Babel's reader of JavaScript does only if asked: find calls within template literals."""

HEADER: Final = """msgid ""
msgstr ""
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"

"""


class Command(BaseCommand):
    """Writes the catalogues of all languages anew, in place of Django's own command, which needs GNU gettext."""

    help = "Writes the texts that are marked for translation into annotations/locale."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for path, content in catalogues().items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def catalogues() -> dict[Path, bytes]:
    """Each catalogue of each language as it should be: the messages of today, with the translations so far.

    Neither times nor line numbers stand in it, so that it changes with the messages alone.
    """
    found = {}
    for domain in SOURCES:
        messages = extracted(domain)
        for language in languages():
            path = path_of(language, domain)
            found[path] = written(messages if language == SOURCE_LANGUAGE else translated(messages, path, language))
    return found


def languages() -> list[str]:
    """The languages of the site, English among them."""
    return [language for language, _name in settings.LANGUAGES]


def path_of(language: str, domain: str) -> Path:
    """Where the catalogue of a language lies; beside it, compiled, Django looks for it."""
    return LOCALE / to_locale(language) / "LC_MESSAGES" / f"{domain}.po"


def extracted(domain: str) -> Catalog:
    """The messages of a catalogue, each with the files in which it stands."""
    catalog = Catalog(locale=SOURCE_LANGUAGE, domain=domain)
    for path in sorted(path for pattern in SOURCES[domain] for path in settings.BASE_DIR.glob(pattern)):
        name = str(path.relative_to(settings.BASE_DIR))
        if "/migrations/" not in name:
            for message, comments, context in messages_in(path):
                catalog.add(message, locations=[(name, 0)], auto_comments=comments, context=context)
    return catalog


def messages_in(path: Path) -> Iterator[tuple[Any, list[str], str | None]]:
    """The messages of a file with what is said to translators and their contexts, in the file's order."""
    source, method = path.read_bytes(), "javascript" if path.suffix == ".js" else "python"
    if path.suffix in (".html", ".txt"):
        # Django makes calls of the template's tags, and letters of all else. Indented letters would be blocks.
        calls = templatize(source.decode())
        source = "\n".join(line.strip() for line in calls.split("\n")).encode()
    for _line, message, comments, context in extract(method, BytesIO(source), KEYWORDS, ("Translators:",), OPTIONS):
        yield message, comments, context


def translated(messages: Catalog, path: Path, language: str) -> Catalog:
    """The messages with what the file at `path` says of them in another language."""
    catalog = Catalog(locale=to_locale(language))
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=to_locale(language))
    catalog.update(messages, no_fuzzy_matching=True)
    return catalog


def written(catalog: Catalog) -> bytes:
    """A catalogue as a file."""
    language = str(catalog.locale)
    content = BytesIO()
    write_po(
        content, catalog, width=120, omit_header=True, sort_output=True, include_lineno=False, ignore_obsolete=True
    )
    header = HEADER.format(language=language, plural=f"nplurals={catalog.num_plurals}; plural={catalog.plural_expr};")
    return header.encode() + content.getvalue().strip() + b"\n"
