"""Files on S3, or on whatever speaks its language, instead of in the data directory."""

from typing import Any

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
