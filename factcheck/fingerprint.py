"""A short name for the content of all static files, which their addresses carry."""

import hashlib
from importlib.metadata import version
from pathlib import Path

PACKAGES = ["django", "django-htmx", "drf-spectacular-sidecar"]


def of_static_files(base: Path) -> str:
    """Twelve hexadecimal digits that change when a static file or a package with static files does."""
    digest = hashlib.sha256()
    for package in PACKAGES:
        digest.update(f"{package} {version(package)}\n".encode())
    root = base / "annotations" / "static"
    for path in sorted(root.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{path.relative_to(root)} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:12]
