"""The watcher that starts the embedded server again where it ends while it is in use."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg

from factcheck.postgres import embedded, unprivileged

INTERVAL: Final = 0.5
"""Seconds between two looks at the server."""
FIRST_PAUSE: Final = 1
LONGEST_PAUSE: Final = 30
"""Seconds before a server that does not stay up is started again. One that was up for longer begins at the first."""

logger = logging.getLogger(__name__)


@contextmanager
def watching(data_dir: Path) -> Iterator[None]:
    """Watch the server under `data_dir` for the length of the block."""
    stopping = threading.Event()
    watcher = threading.Thread(target=_watch, args=[data_dir, stopping], name="watches the database")
    watcher.start()
    try:
        yield
    finally:
        stopping.set()
        watcher.join()


def _watch(data_dir: Path, stopping: threading.Event) -> None:
    pause, begun = FIRST_PAUSE, time.monotonic()
    while not stopping.wait(INTERVAL):
        if embedded.is_up(data_dir):
            continue
        if time.monotonic() - begun > LONGEST_PAUSE:
            pause = FIRST_PAUSE
        logger.warning("the embedded database stopped; starting it again in %s s", pause)
        if stopping.wait(pause):
            return
        begun, pause = time.monotonic(), min(pause * 2, LONGEST_PAUSE)
        try:
            embedded.start_again(data_dir, stopping.is_set)
        except (embedded.ServerFailed, unprivileged.NobodyToRunIt, OSError, psycopg.Error) as error:
            logger.warning("%s", str(error).partition("\n")[0])
