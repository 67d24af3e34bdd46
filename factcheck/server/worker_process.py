"""The worker that `manage.py serve` keeps running beside the site."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings

PATIENCE: Final = 10
"""Seconds that a worker has to come to the end of its step."""
LONGEST_PAUSE: Final = 30

logger = logging.getLogger(__name__)


@contextmanager
def worker() -> Iterator[Callable[[], None]]:
    """Have a worker for the length of the block; one that dies is started again.

    Gives what tells it to end already: nobody then waits for it longer than they must.
    """
    stopping = threading.Event()
    keeper = threading.Thread(target=_keep, args=[stopping], name="keeps the worker")
    keeper.start()
    try:
        yield stopping.set
    finally:
        stopping.set()
        keeper.join()


def _keep(stopping: threading.Event) -> None:
    pause = 1
    while not stopping.is_set():
        begun = time.monotonic()
        # Out of reach of the terminal's Ctrl+C; it ends when this process does, however that ends.
        command = [sys.executable, "manage.py", "worker", "--attached"]
        with subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, start_new_session=True) as process:
            while not stopping.wait(0.2) and process.poll() is None:
                pass
            if stopping.is_set():
                process.terminate()
                try:
                    process.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    # What it was at goes on where it stood, as after any other end.
                    process.kill()
                return
        if time.monotonic() - begun > LONGEST_PAUSE:
            pause = 1
        logger.warning("the worker stopped with %s; starting it again in %s s", process.returncode, pause)
        stopping.wait(pause)
        pause = min(pause * 2, LONGEST_PAUSE)
