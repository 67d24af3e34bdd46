"""A CSS class belongs to one component and is used, like every template and script; no style depends on a font."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

STYLES = Path("annotations/static/annotations/css")
SCRIPTS = Path("annotations/static/annotations/js")
TEMPLATES = Path("annotations/templates")

PLACED = {"button", "danger", "overline", "soft", "fine", "sheet", "field", "field-error", "form-actions"}
"""Parts of every page, whose looks site/ declares: components say where they stand, by these names."""
OF_OTHERS = {"htmx-request"}
"""Classes that a library sets."""


def classes() -> dict[str, set[str]]:
    """The style sheets in which each class stands, by its name."""
    found = defaultdict(set)
    for sheet in STYLES.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", sheet.read_text(), flags=re.DOTALL)
        for name in re.findall(r"\.([a-zA-Z_][\w-]*)", text):
            found[name].add(str(sheet.relative_to(STYLES)))
    return found


def users(*kinds: str) -> str:
    """The text of everything that may use a class, a script or a template, or of files of some kinds only."""
    python = [path for path in Path("annotations").rglob("*.py") if "migrations" not in path.parts]
    files = [*TEMPLATES.rglob("*.*"), *SCRIPTS.rglob("*.js"), *python, *Path("factcheck").rglob("*.py")]
    return "\n".join(path.read_text() for path in files if not kinds or path.suffix in kinds)


def test_a_class_belongs_to_one_style_sheet() -> None:
    shared = {name: sheets for name, sheets in classes().items() if len(sheets) > 1}

    assert shared.keys() - PLACED == set()
    assert PLACED - shared.keys() == set()


def test_every_class_is_used() -> None:
    written = re.findall(r'class="[^"]*"|block body_class %}[^{]*', users(".html"))
    quoted = re.findall(r"""(?<!from )(?:"[^"\n]*"|'[^'\n]*'|`[^`]*`)""", users(".js", ".py"))
    used = set(re.findall(r"[\w-]+", " ".join(written + quoted)))

    assert classes().keys() - used - OF_OTHERS == set()


def test_every_style_sheet_and_script_is_used() -> None:
    text = users()
    sheets = {str(path.relative_to(STYLES.parent)) for path in STYLES.rglob("*.css")}
    scripts = set(SCRIPTS.rglob("*.js"))

    assert {sheet for sheet in sheets if f"annotations/{sheet}" not in text} == set()
    assert {str(script) for script in scripts if f"/{script.name}" not in text} == set()


def test_every_partial_is_included_twice_or_rendered_by_a_view() -> None:
    text = users()
    included = re.findall(r"{% include \"annotations/([^\"]+)\"", text)
    other = re.sub(r"{% include \"[^\"]+\"", "", text)
    pages = [str(path.relative_to(TEMPLATES / "annotations")) for path in (TEMPLATES / "annotations").rglob("*.html")]

    assert [page for page in pages if page not in other and included.count(page) < 2] == []


@pytest.mark.parametrize("sheet", sorted(STYLES.rglob("*.css")), ids=lambda sheet: sheet.stem)
def test_signs_that_fonts_may_lack_are_drawn(sheet: Path) -> None:
    for written in re.findall(r"content:\s*(.*?);", sheet.read_text()):
        assert all(sign < "\u0250" or "\u2010" <= sign <= "\u203a" for sign in written), written
