"""What tests would otherwise take from the machine that they run on, set to the same everywhere.

Loaded before everything else. Whatever the tests start inherits it: servers, workers, browsers.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
import time
from collections.abc import Generator
from pathlib import Path

import fontpkg
import pytest

from tests import chromium

LOCALE, ZONE = "C.UTF-8", "UTC"
NARROW, WIDE = "Arimo", "Sora"
"""System fonts differ by an eighth in width. The browser shows all text in NARROW; layout tests use WIDE as well."""

FONTS = [NARROW, WIDE, "Noto Sans Arabic", "Noto Sans Devanagari"]
MOST_WORKERS = 8
"""More would only wait for one another's commits."""


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Gives the run a locale, a zone, a home and temporary files of its own."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return  # They are inherited from the process that started this one.
    # Playwright's own is in the home directory that this run is about to leave.
    os.environ["BROWSER"] = chromium.find() or ""
    folder = Path(tempfile.mkdtemp(prefix="factcheck-test-"))
    home, temporary = folder / "home", folder / "tmp"
    for made in (home, temporary):
        made.mkdir()
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    for name in [name for name in os.environ if name.startswith(("LC_", "XDG_"))]:
        del os.environ[name]
    os.environ |= {"LANG": LOCALE, "LANGUAGE": "", "TZ": ZONE, "HOME": str(home), "TMPDIR": str(temporary)}
    time.tzset()
    tempfile.tempdir = None  # It is looked up again, with the new TMPDIR.
    configuration = folder / "fonts.conf"
    configuration.write_text(font_configuration(folder / "fonts"))
    os.environ["FONTCONFIG_FILE"] = str(configuration)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collects tests without collecting garbage: almost all that is made then stays until the end of the run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def font_configuration(cache: Path) -> str:
    """A configuration of fontconfig in which there are no fonts but those of the packages."""
    folders = "".join(f"<dir>{Path(fontpkg.path(font)).parent}</dir>" for font in FONTS)
    otherwise = f"<edit name='family' mode='append_last'><string>{NARROW}</string></edit>"
    return f"<fontconfig>{folders}<cachedir>{cache}</cachedir><match>{otherwise}</match></fontconfig>"


def pytest_xdist_auto_num_workers() -> int:
    """How many tests run at a time where nobody says so: three for two cores that this process may use.

    A test waits for a browser, a server or the database for a third of its time.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores + cores // 2, MOST_WORKERS)
