"""What hangs on something, and goes with it."""

from __future__ import annotations

from typing import Any


def before_it(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """`on_delete` for a nullable key: like CASCADE, but what hangs on the thing is always deleted before the thing.

    Django keeps no order for nullable keys. The history needs one: what went along with a deletion stands before it.
    """
    collector.collect(
        sub_objs, source=field.remote_field.model, source_attr=field.name, nullable=False, fail_on_restricted=False
    )
