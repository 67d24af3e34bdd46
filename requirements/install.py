"""Installs a lock file into the virtual environment whose Python runs this: with uv, or with pip where uv fails.

    .venv/bin/python requirements/install.py requirements/run.txt

Both check every file against the lock's hashes. uv takes a fraction of pip's time, but does not read pip's settings,
so it is given those that say where packages come from and how to reach them.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

UV_LOCK = Path(__file__).with_name("uv.txt")

OURS = {
    # All indexes are searched, as pip does. uv calls that unsafe because a stranger's package of the same name could
    # be taken, which the hashes rule out.
    "UV_INDEX_STRATEGY": "unsafe-best-match",
    # uv's other ways share files with its cache on most file systems: editing an installed file would change the
    # cache too, and so later installations. Where the file system can clone, a copy is a clone.
    "UV_LINK_MODE": "copy",
    # Two attempts of five seconds without a connection, or of fifteen without an answer. pip then has the timeout and
    # the retries that its user gave it.
    "UV_HTTP_CONNECT_TIMEOUT": "5",
    "UV_HTTP_TIMEOUT": "15",
    "UV_HTTP_RETRIES": "1",
}
# Another variable that a user may have set instead.
SYNONYMS = {
    "UV_DEFAULT_INDEX": "UV_INDEX_URL",
    "UV_INDEX": "UV_EXTRA_INDEX_URL",
    "UV_HTTP_TIMEOUT": "UV_REQUEST_TIMEOUT",
    "UV_NO_CACHE": "UV_CACHE_DIR",
}


def install(lock: str) -> int:
    """Install a lock file, and return the exit status: 0 where uv or pip could."""
    # An interruption leaves packages that look installed and lack files, so the next time all are installed anew.
    unfinished = Path(sys.prefix, "unfinished")
    anew = unfinished.exists()
    unfinished.touch()
    before = packages_changed_at()
    if not install_with_uv(lock, anew):
        print("Installing with uv failed. Installing with pip instead, which takes longer.", flush=True)
        if status := run([*pip_install(anew or packages_changed_at() != before), "-r", lock]):
            return status
    unfinished.unlink()
    return 0


def install_with_uv(lock: str, anew: bool) -> bool:
    """Install uv, and a lock file with it. Whether both worked."""
    # uv as it is made for this platform, or none: compiling it would take longer than pip takes for the lock.
    if run([*pip_install(anew), "--only-binary=:all:", "--retries=1", "-r", str(UV_LOCK)]):
        return False
    settings = pip_settings(pip_configuration())
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", sys.executable, "--require-hashes"]
    if anew:
        uv.append("--reinstall")
    if settings.get("no-index", "").lower() in {"1", "on", "t", "true", "y", "yes"}:
        uv.append("--no-index")
    return run([*uv, "-r", lock], uv_environment(settings, os.environ)) == 0


def pip_install(anew: bool) -> list[str]:
    """The start of a command line that installs with pip, by hash; packages that are there too, if anew."""
    return [*pip("install"), "--quiet", "--require-hashes", *(["--force-reinstall"] if anew else [])]


def pip(command: str) -> list[str]:
    """The start of a command line of the virtual environment's pip."""
    return [sys.executable, "-m", "pip", "--disable-pip-version-check", command]


def pip_configuration() -> str:
    """pip's settings as pip lists them, one a line: those of its files, then those of the environment."""
    loud = os.environ | {"PIP_QUIET": "0"}  # a pip that is set to be quiet lists nothing
    return subprocess.run([*pip("config"), "list"], check=False, stdout=subprocess.PIPE, text=True, env=loud).stdout


def pip_settings(listing: str) -> dict[str, str]:
    """The settings that hold for `pip install`, by their long names, from the output of `pip config list`.

    The environment overrides the section [install], and that the section [global], whichever file they are in.
    """
    sections: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for section, name, value in re.findall(r"""^(global|install|:env:)\.([\w-]+)=(['"].+)$""", listing, re.MULTILINE):
        if setting := ast.literal_eval(value).strip():
            sections[section][name] = setting
    return sections["global"] | sections["install"] | sections[":env:"]


def uv_environment(settings: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """The environment to run uv in: the given one, with pip's settings. Variables of uv's that it has are kept."""
    links = [address(link) for link in settings.get("find-links", "").split() if not is_missing(link)]
    certificates = os.path.expanduser(settings.get("cert", ""))
    wanted = OURS | {
        "UV_DEFAULT_INDEX": address(settings.get("index-url", "")),
        "UV_INDEX": " ".join(map(address, settings.get("extra-index-url", "").split())),
        "UV_FIND_LINKS": ",".join(link.replace(",", "%2C") for link in links),
        "UV_INSECURE_HOST": " ".join(settings.get("trusted-host", "").split()),
        "UV_NO_CACHE": "1" if "no-cache-dir" in settings else "",  # to pip, any value of it means yes
        "SSL_CERT_DIR" if os.path.isdir(certificates) else "SSL_CERT_FILE": certificates,
        "SSL_CLIENT_CERT": os.path.expanduser(settings.get("client-cert", "")),
        "HTTP_PROXY": settings.get("proxy", ""),
        "HTTPS_PROXY": settings.get("proxy", ""),
    }
    kept = {name for name in wanted if name.startswith("UV_") and {name, SYNONYMS.get(name, name)} & given.keys()}
    return {**given, **{name: value for name, value in wanted.items() if value and name not in kept}}


def address(location: str) -> str:
    """The URL of an index or of a folder of packages, which pip takes as a path too."""
    if not location or re.match(r"(file|https?):", location):
        return location
    return Path(location).expanduser().absolute().as_uri()


def is_missing(location: str) -> bool:
    """Whether a folder of packages is not there. pip warns of that and goes on, uv would fail."""
    url = urlsplit(address(location))
    return url.scheme == "file" and not os.path.exists(url2pathname(url.path))


def packages_changed_at() -> int:
    """When the environment's packages were last added to or removed from, in nanoseconds."""
    return os.stat(sysconfig.get_path("purelib", vars={"base": sys.prefix})).st_mtime_ns


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> int:
    """The exit status of a command. Ctrl+C reaches the command as well, which ends in its own time."""
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        raise


if __name__ == "__main__":
    try:
        sys.exit(install(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
