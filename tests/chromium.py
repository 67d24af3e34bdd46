"""Which Chromium the browser tests drive: `python -m tests.chromium` installs one where there is none."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def find() -> str | None:
    """The path of a Chromium: the one that BROWSER names, one on the PATH, or Playwright's own."""
    wanted = os.environ.get("BROWSER", "")
    # Desktops set BROWSER too, to any browser there is; only this kind can be driven.
    names = [wanted, *NAMES] if re.search("chrom", wanted) else NAMES
    for name in names:
        if found := shutil.which(name):
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Install a Chromium, from the system's packages where that is possible, else Playwright's own build."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "-y", "chromium"]):
            subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
        if find():
            return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    """Make sure that there is one; say so in one line where there cannot be."""
    if find() is None:
        print("No Chromium found: installing one for the browser tests …")
        install()
    if find() is None:
        sys.exit("The browser tests need a Chromium: install one, or name it in BROWSER.")


if __name__ == "__main__":
    main()
