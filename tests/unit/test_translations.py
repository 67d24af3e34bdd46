"""The catalogue of the texts that are marked for translation, and how a language besides English would come in."""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.template import Context, Template
from django.utils import translation

from annotations.management.commands import compilemessages, makemessages
from annotations.management.commands.makemessages import catalogues, extracted, messages_in
from annotations.rules import RULES

TEMPLATE = """{% load i18n %}
<h1>{% translate "Members" %}</h1>
    {# Translators: a button #}
    <button title="{% translate "Add somebody" %}">{% translate "Add" context "verb" %}</button>
  {% blocktranslate trimmed count number=articles %}
    {{ number }} article isn't "done", 5 % of {{ name }}
  {% plural %}
    {{ number }} articles aren't
  {% endblocktranslate %}
"""


def found_in(path: Path, source: str) -> list[Any]:
    """The messages of a file that is written for the test, with their contexts."""
    path.write_text(source)
    return [(message, context) for message, _comments, context in messages_in(path)]


def test_the_catalogue_has_the_texts_of_today() -> None:
    stale = [path.name for path, content in catalogues().items() if not path.exists() or path.read_bytes() != content]

    assert not stale, "`make messages` writes the catalogue anew."


def test_the_texts_of_rules_are_in_the_catalogue() -> None:
    catalogue = extracted("django")

    assert [rule.name for rule in RULES.values() if rule.message_id not in catalogue] == []


def test_texts_of_templates_are_found(tmp_path: Path) -> None:
    assert found_in(tmp_path / "page.html", TEMPLATE) == [
        ("Members", None),
        ("Add somebody", None),
        ("Add", "verb"),
        (
            (
                '%(number)s article isn\'t "done", 5 %% of %(name)s',
                "%(number)s articles aren't",
            ),
            None,
        ),
    ]


def test_texts_of_code_and_scripts_are_found(tmp_path: Path) -> None:
    code = (
        'NAME = gettext_lazy("Two "\n    "lines")\nngettext_lazy("%(n)s span", "%(n)s spans", "n")\nother("no text")\n'
    )
    script = """h("p", {}, gettext("Saved"), ngettext("%(n)s span", `%(n)s spans`, n), pgettext("key", "Enter"));
    `${gettext("Done")}`"""
    spans = (("%(n)s span", "%(n)s spans"), None)

    assert found_in(tmp_path / "code.py", code) == [("Two lines", None), spans]
    assert found_in(tmp_path / "script.js", script) == [("Saved", None), spans, ("Enter", "key"), ("Done", None)]


@pytest.fixture
def german(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of catalogues of a site in two languages."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    monkeypatch.setattr(makemessages, "LOCALE", tmp_path)
    monkeypatch.setattr(compilemessages, "SCRIPTS", tmp_path / "scripts")
    call_command("makemessages")
    return tmp_path


def test_a_translation_outlives_the_next_extraction(german: Path) -> None:
    catalogue = german / "de" / "LC_MESSAGES" / "django.po"
    translated = catalogue.read_text().replace('msgid "In progress"\nmsgstr ""', 'msgid "In progress"\nmsgstr "Läuft"')
    catalogue.write_text(translated)

    call_command("makemessages")

    assert catalogue.read_text() == translated
    assert "Läuft" in translated


def test_translations_are_compiled_for_the_server_and_for_scripts(german: Path) -> None:
    folder = german / "de" / "LC_MESSAGES"
    for domain in ("django", "djangojs"):
        header, _, _messages = (folder / f"{domain}.po").read_text().partition("\n\n")
        (folder / f"{domain}.po").write_text(f'{header}\n\nmsgid "Draft"\nmsgstr "Entwurf"\n')

    call_command("compilemessages")

    compiled = gettext.translation("django", german, ["de"])
    assert compiled.gettext("Draft") == "Entwurf"
    assert '"Draft": "Entwurf"' in (german / "scripts" / "de.js").read_text()
    assert not list(german.glob("en/**/*.mo"))


def test_a_page_loads_a_script_with_the_texts_of_its_language_unless_it_is_english(settings: Any) -> None:
    settings.STATIC_URL = "/static/"
    page = Template("{% load wording %}{% catalogue %}")

    assert page.render(Context()) == ""
    with translation.override("de"):
        assert page.render(Context()) == (
            '<script id="catalogue" src="/static/annotations/messages/de.js" defer></script>'
        )
