"""Which Chromium the browser tests drive: `python -m tests.chromium` installs one where there is none."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

SHELLS = ["chromium-headless-shell", "chrome-headless-shell"]
"""Chromium without a user interface. The same engine takes half the processor time."""

NAMES = [*SHELLS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find(names: list[str] = NAMES) -> str | None:
    """The path of a Chromium: the one that BROWSER names, one on the PATH, or Playwright's own."""
    wanted = os.environ.get("BROWSER", "")
    # Desktops set BROWSER too, to any browser there is; only this kind can be driven.
    names = [wanted, *names] if re.search("chrom", wanted) else names
    for name in names:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install_packages() -> None:
    """Install one from the system's packages, where that is possible."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "-y", "--no-install-recommends", SHELLS[0]]):
            subprocess.run(
                ["apt-get", "-qq", *command],
                env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
            )  # fmt: skip


def main() -> None:
    """Make sure that there is one; say so in one line where there cannot be."""
    if find(SHELLS) is None:
        print("Installing a headless Chromium for the browser tests …")
        install_packages()
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if find() is None:
        sys.exit("The browser tests need a Chromium: install one, or name it in BROWSER.")


if __name__ == "__main__":
    main()
