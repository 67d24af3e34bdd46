"""Where files lie: what static files are called by, and the data directory or S3 (or what speaks its language)."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ["django", "django-htmx", "drf-spectacular-sidecar"]
MEGABYTE = 1024 * 1024


def on_s3(place: dict[str, Any]) -> dict[str, Any]:
    """The entry of Django's STORAGES for a bucket. Who we are is in the environment, as AWS's own tools have it.

    Parts of a file are sent one after the other, and a file that is read as a whole lies on the disk meanwhile: memory
    stays flat.
    """
    # Here, so that whoever keeps files on the disk does not load it.
    from boto3.s3.transfer import TransferConfig  # type: ignore[import-untyped]

    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            **place,
            "addressing_style": "path" if place["endpoint_url"] else "auto",
            "transfer_config": TransferConfig(use_threads=False),
            "max_memory_size": 8 * MEGABYTE,
        },
    }


def fingerprint(base: Path) -> str:
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
