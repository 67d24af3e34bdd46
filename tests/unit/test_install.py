"""Installing: uv is given pip's settings, and pip does it where uv fails."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

import pytest

from requirements import install


@pytest.mark.parametrize(
    ("listing", "index"),
    [
        ("global.index-url='https://a.example/simple'", "https://a.example/simple"),
        ("install.index-url='https://b.example'\nglobal.index-url='https://a.example'", "https://b.example"),
        (":env:.index-url='https://c.example'\ninstall.index-url='https://b.example'", "https://c.example"),
        ("global.index-url='https://a.example'\n:env:.index-url=''", "https://a.example"),
        ("global.index-url='https://a.example'\nglobal.index-url='https://d.example'", "https://d.example"),
        ('global.index-url="https://it\'s.example"', "https://it's.example"),
        ("download.index-url='https://e.example'", None),
        ("", None),
    ],
)
def test_the_environment_overrides_the_section_install_and_that_the_section_global(
    listing: str, index: str | None
) -> None:
    assert install.pip_settings(listing).get("index-url") == index


def test_pip_lists_its_files_and_its_variables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    (tmp_path / "pip.conf").write_text(
        "[global]\nquiet = 2\nindex-url = https://a.example/simple\n"
        "[install]\nextra_index_url =\n  https://b.example\n  https://c.example\n"
    )
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.setenv("PIP_TRUSTED_HOST", "b.example c.example:8080")

    settings = install.pip_settings(install.pip_configuration())

    assert settings["index-url"] == "https://a.example/simple"
    assert settings["extra-index-url"].split() == ["https://b.example", "https://c.example"]
    assert settings["trusted-host"] == "b.example c.example:8080"


def test_uv_gets_the_indexes_the_folders_and_the_ways_to_reach_them(tmp_path: Path) -> None:
    (tmp_path / "a,b").mkdir()
    settings = {
        "index-url": "https://a.example/simple",
        "extra-index-url": "https://b.example/simple\nhttps://c.example/simple",
        "find-links": f"{tmp_path / 'a,b'} https://d.example/x,y",
        "trusted-host": "b.example\nc.example:8080",
        "proxy": "http://proxy.example:3128",
        "cert": "~/bundle.pem",
        "client-cert": "/keys/me.pem",
        "no-cache-dir": "1",
    }

    assert install.uv_environment(settings, {"HOME": "/home/me"}) == install.OURS | {
        "HOME": "/home/me",
        "UV_DEFAULT_INDEX": "https://a.example/simple",
        "UV_INDEX": "https://b.example/simple https://c.example/simple",
        "UV_FIND_LINKS": f"{tmp_path.as_uri()}/a%2Cb,https://d.example/x%2Cy",
        "UV_INSECURE_HOST": "b.example c.example:8080",
        "UV_NO_CACHE": "1",
        "HTTP_PROXY": "http://proxy.example:3128",
        "HTTPS_PROXY": "http://proxy.example:3128",
        "SSL_CERT_FILE": str(Path("~/bundle.pem").expanduser()),
        "SSL_CLIENT_CERT": "/keys/me.pem",
    }


def test_without_settings_uv_gets_only_what_makes_it_search_and_wait_as_it_should() -> None:
    assert install.uv_environment({}, {}) == install.OURS


def test_a_folder_of_certificates_is_given_as_one(tmp_path: Path) -> None:
    assert install.uv_environment({"cert": str(tmp_path)}, {})["SSL_CERT_DIR"] == str(tmp_path)


def test_folders_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    links = f"{tmp_path} {tmp_path / 'none'} {tmp_path.as_uri()}/none"

    assert install.uv_environment({"find-links": links}, {})["UV_FIND_LINKS"] == tmp_path.as_uri()
    assert "UV_FIND_LINKS" not in install.uv_environment({"find-links": str(tmp_path / "none")}, {})


def test_an_index_on_this_machine_stays_even_if_it_is_not_there(tmp_path: Path) -> None:
    """Else uv would ask the public one."""
    environment = install.uv_environment({"index-url": str(tmp_path / "none")}, {})

    assert environment["UV_DEFAULT_INDEX"] == (tmp_path / "none").as_uri()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UV_DEFAULT_INDEX", "https://mine.example"),
        ("UV_INDEX", ""),
        ("UV_FIND_LINKS", "/mine"),
        ("UV_INDEX_STRATEGY", "first-index"),
        ("UV_LINK_MODE", "hardlink"),
        ("UV_HTTP_RETRIES", "9"),
    ],
)
def test_variables_of_uv_that_somebody_has_set_are_kept(name: str, value: str) -> None:
    settings = {"index-url": "https://a.example", "extra-index-url": "https://b.example", "find-links": "/"}

    assert install.uv_environment(settings, {name: value})[name] == value


@pytest.mark.parametrize(("name", "synonym"), install.SYNONYMS.items())
def test_a_synonym_that_somebody_has_set_counts_too(name: str, synonym: str) -> None:
    settings = {"index-url": "https://a.example", "extra-index-url": "https://b.example", "no-cache-dir": "1"}

    assert name in install.uv_environment(settings, {})
    assert name not in install.uv_environment(settings, {synonym: "mine"})


class FakePython:
    """A script in Python's place, in a virtual environment of its own: it logs its commands, and some of them fail."""

    def __init__(self, folder: Path) -> None:
        self.script, self.log, self.unfinished = folder / "python", folder / "log", folder / "unfinished"
        self.packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder)}))
        self.packages.mkdir(parents=True)
        self.fail("")

    def fail(self, pattern: str, after: str = ":") -> None:
        """Let commands that a pattern of the shell matches do something and fail."""
        fails = f'case "$*" in {pattern}) {after}; exit 3;; esac' if pattern else ""
        self.script.write_text(f'#!/bin/sh\necho "$*" >> {self.log}\n{fails}\n')
        self.script.chmod(0o755)

    def commands(self) -> list[str]:
        return [line.removeprefix("-m ") for line in self.log.read_text().splitlines()]


@pytest.fixture
def python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakePython:
    fake = FakePython(tmp_path)
    monkeypatch.setattr(sys, "executable", str(fake.script))
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    return fake


def test_uv_installs_the_lock_by_its_hashes(python: FakePython, capfd: pytest.CaptureFixture[str]) -> None:
    assert install.install("run.txt") == 0

    by_pip, _, by_uv = python.commands()
    assert by_pip.startswith("pip --disable-pip-version-check install --quiet --require-hashes ")
    assert by_pip.endswith("requirements/uv.txt")
    assert by_uv == f"uv pip install --quiet --python {python.script} --require-hashes -r run.txt"
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize("failing", ["*requirements/uv.txt", "*uv\\ pip*"])
def test_pip_installs_the_same_lock_where_uv_cannot_be_had_or_fails(
    failing: str, python: FakePython, capfd: pytest.CaptureFixture[str]
) -> None:
    python.fail(failing)

    assert install.install("run.txt") == 0
    assert python.commands()[-1] == "pip --disable-pip-version-check install --quiet --require-hashes -r run.txt"
    assert capfd.readouterr().out == "Installing with uv failed. Installing with pip instead, which takes longer.\n"


def test_where_pip_fails_too_its_status_is_returned(python: FakePython) -> None:
    python.fail("*")

    assert install.install("run.txt") == 3


def test_pip_replaces_what_uv_had_begun_to_install(python: FakePython) -> None:
    python.fail("*uv\\ pip*", after=f"touch {python.packages}/half")

    assert install.install("run.txt") == 0
    assert "--force-reinstall" in python.commands()[-1]


def test_after_an_interruption_everything_is_installed_anew(python: FakePython) -> None:
    python.fail("*")
    install.install("run.txt")
    assert python.unfinished.exists()

    python.fail("")
    assert install.install("run.txt") == 0
    *_, by_pip, _, by_uv = python.commands()
    assert "--force-reinstall" in by_pip
    assert "--reinstall" in by_uv
    assert not python.unfinished.exists()


@pytest.mark.parametrize(("value", "passed"), [("1", True), ("True", True), ("off", False)])
def test_uv_asks_no_index_where_pip_is_told_not_to(
    value: str, passed: bool, python: FakePython, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "pip_configuration", lambda: f":env:.no-index={value!r}")

    assert install.install("run.txt") == 0
    assert ("--no-index" in python.commands()[-1]) is passed
