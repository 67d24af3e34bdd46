"""A Chromium is installed where there is none, and nothing is where there is one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import chromium

CONFIGURED = """
import pathlib, types
from tests import chromium, machine
own = pathlib.Path(chromium.playwrights_own())
own.parent.mkdir(parents=True)
own.touch(0o755)
machine.pytest_configure(types.SimpleNamespace(add_cleanup=lambda clean: None))
assert str(pathlib.Path.home()) != HOME
assert chromium.find() == str(own), chromium.find()
assert str(own).startswith(HOME), own
"""
"""A run on a machine where Playwright's own Chromium is in the home directory."""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine of root's with apt, whose packages are what a test puts here, and which has no browser."""
    packages = dict[str, str]()

    def run(command: list[str], **options: Any) -> None:
        if made := packages.get(command[-1]):
            make_program(tmp_path / made)

    make_program(tmp_path / "apt-get")
    monkeypatch.setenv("PATH", str(tmp_path))
    # A test of the browser in this process may have left Playwright running, which can't be started twice.
    monkeypatch.setattr(chromium, "playwrights_own", lambda: str(tmp_path / "downloaded"))
    monkeypatch.delenv("BROWSER", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(subprocess, "run", run)
    return packages


def make_program(path: Path) -> None:
    """A file that could be run."""
    path.touch()
    path.chmod(0o755)


def test_one_that_is_there_is_taken(machine: dict[str, str], tmp_path: Path, capsys: Any) -> None:
    make_program(tmp_path / "google-chrome")
    machine[chromium.SHELL] = chromium.SHELL
    chromium.main()
    assert chromium.find() == str(tmp_path / "google-chrome")
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("package", [chromium.SHELL, "chromium"])
def test_the_systems_package_is_installed(machine: dict[str, str], package: str, tmp_path: Path, capsys: Any) -> None:
    machine[package] = package
    chromium.main()
    assert chromium.find() == str(tmp_path / package)
    assert capsys.readouterr().out == "Installing a headless Chromium for the browser tests …\n"


def test_the_one_without_a_user_interface_comes_first(machine: dict[str, str], tmp_path: Path) -> None:
    machine |= {chromium.SHELL: chromium.SHELL, "chromium": "chromium"}
    chromium.main()
    assert chromium.find() == str(tmp_path / chromium.SHELL)
    assert not (tmp_path / "chromium").exists()


def test_where_there_cannot_be_one_a_line_says_so(machine: dict[str, str]) -> None:
    with pytest.raises(SystemExit, match=r"^The browser tests need a Chromium: install one, or name it in BROWSER.$"):
        chromium.main()


def test_playwrights_own_is_found_from_the_runs_home_too(tmp_path: Path) -> None:
    code = f"HOME = {str(tmp_path)!r}\n{CONFIGURED}"
    environment = {"HOME": str(tmp_path), "PATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "factcheck.settings"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
