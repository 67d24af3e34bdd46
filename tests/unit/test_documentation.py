"""What README and docs say is so."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from factcheck import environment

ROOT: Path = settings.BASE_DIR
FOLDERS = [path for path in ROOT.iterdir() if path.is_dir() and path.name[0] != "." and path.name != "node_modules"]
PAGES = sorted([*ROOT.glob("*.md"), *(page for folder in FOLDERS for page in folder.rglob("*.md"))])
DOCUMENTED = "\n".join(page.read_text("utf-8") for page in PAGES)

by_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


@by_page
def test_every_link_points_to_a_file_that_is_there(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:|#|mailto:|/)([^)#\s]+)", page.read_text("utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_changelog_is_grouped() -> None:
    versions = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)[1:]
    groups = [re.findall(r"^### (.+)$", version, re.MULTILINE) for version in versions]
    before_groups = [version.partition("\n### ")[0].splitlines()[1:] for version in versions]

    assert [names for names in groups if names != [one for one in ("Added", "Changed", "Fixed") if one in names]] == []
    assert ["\n".join(lines).strip() for lines in before_groups] == [""] * len(versions)


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


@by_page
def test_lines_have_at_most_120_characters(page: Path) -> None:
    lines = page.read_text("utf-8").splitlines()

    assert [f"{number}: {line}" for number, line in enumerate(lines, 1) if len(line) > 120] == []


def test_every_setting_of_the_environment_is_documented() -> None:
    source = (ROOT / "factcheck" / "environment.py").read_text("utf-8")
    read = set(re.findall(r'"([A-Z][A-Z_]{3,})"', source)) - {"EMAIL_TIMEOUT"}  # that one is Django's own
    table = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs" / "operators.md").read_text("utf-8"), re.MULTILINE))

    assert {"HOST", "PORT", "DATABASE_URL", "DATA_DIR", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS"} <= table
    assert table <= read | {"CORPORA", "BROWSER"}
    assert read - table == set()


def test_the_documented_defaults_are_the_real_ones(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "operators.md").read_text("utf-8")
    documented = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]+)`", text, re.MULTILINE))
    real = environment.read({}, tmp_path)

    assert (documented["HOST"], int(documented["PORT"])) == (real.host, real.port)
    assert tmp_path / documented["DATA_DIR"] == real.data_dir
    assert (documented["DEBUG"], documented["SIGNUP"]) == ("on" if real.debug else "off", real.signup)
    assert documented["DEMO"] == ("on" if real.demo else "off")
    limits = {
        name: int(value) for name, value in documented.items() if re.search("_(MAX|MAX_KB|MAX_MB|TIMEOUT)$", name)
    }
    assert environment.read({name: f"{value}" for name, value in limits.items()}, tmp_path) == real
    assert len(limits) == 8


def test_every_make_target_that_is_named_exists() -> None:
    named = set(re.findall(r"(?:`|^\$ )make ([a-z]+)\b", DOCUMENTED, re.MULTILINE))
    listed = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert {"run", "test", "lint", "bench"} <= named
    assert {target for target in named if f"make {target}" not in listed} == set()


def test_every_command_of_ours_is_documented_and_every_documented_one_exists() -> None:
    known = get_commands()
    ours = {name for name, app in known.items() if app == "annotations"}
    named = set(re.findall(r"manage\.py ([a-z]+)", DOCUMENTED))

    assert named - set(known) == set()
    assert ours - named == set()


def test_every_address_that_is_named_resolves() -> None:
    whole = re.findall(r"https?://(?:127\.0\.0\.1|localhost):8000(/[^\s\"`>)?]+/)", DOCUMENTED)
    paths = re.findall(r"`(/[a-z][a-z0-9/_-]*)`", DOCUMENTED)

    assert {"/api/docs/", "/readyz", "/account/"} <= {*whole, *paths}
    assert {address for address in (*whole, *paths) if not leads_somewhere(address)} == set()


def leads_somewhere(address: str) -> bool:
    """Whether the site has something there."""
    try:
        resolve(address)
    except Resolver404:
        return address in ("/api/", "/api/v1/")  # prefixes: what the API's guide names stands below them
    return True


def test_every_file_and_folder_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:factcheck|annotations|seeds|tests|bench|docs|requirements)/[\w./-]*[a-z/])`", DOCUMENTED)

    assert len(named) > 10
    assert {path for path in named if not (ROOT / path).exists()} == set()
