"""Which Chromium the browser tests drive: `python -m tests.chromium` installs one where there is none."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

SHELL = "chromium-headless-shell"
"""Chromium without a user interface. The same engine takes half the processor time."""

NAMES = [SHELL, "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find() -> str | None:
    """The path of a Chromium: the one that BROWSER names, one on the PATH, or Playwright's own."""
    wanted = os.environ.get("BROWSER", "")
    # Desktops set BROWSER too, to any browser there is; only this kind can be driven.
    names = [wanted, *NAMES] if re.search("chrom", wanted, re.IGNORECASE) else NAMES
    for name in names:
        if found := shutil.which(name):
            return found
    own = playwrights_own()
    return own if Path(own).exists() else None


def playwrights_own() -> str:
    """Where Playwright keeps the Chromium that it downloads."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def ways_to_install() -> list[list[str]]:
    """The commands to try one after another until there is one. A package of the system is kept up to date by it."""
    downloaded = [sys.executable, "-m", "playwright", "install", "chromium"]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return [downloaded]
    install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends"]
    return [["apt-get", "-qq", "update"], [*install, SHELL], [*install, "chromium"], downloaded]


def main() -> None:
    """Make sure that there is one; say so in one line where there cannot be."""
    if find() is not None:
        return
    print("Installing a headless Chromium for the browser tests …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in ways_to_install():
        subprocess.run(
            command,
            env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if find() is not None:
            return
    sys.exit("The browser tests need a Chromium: install one, or name it in BROWSER.")


if __name__ == "__main__":
    main()
