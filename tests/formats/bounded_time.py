"""How long something may take that a sender made slow."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails where the block took more seconds of a processor; meant for what else takes minutes."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < seconds
