"""The end of a process some of whose threads are stuck: Python itself would wait for them for ever."""

import logging
import os
import sys
import threading
import time
from typing import Final

GRACE: Final = 25.0
"""Seconds after the beginning of a stop in which everything ends that can."""

logger = logging.getLogger(__name__)


def end_at_the_latest(seconds: float = GRACE) -> None:
    """From now on the process lives for so many seconds at most, whatever it does."""

    def end() -> None:
        time.sleep(seconds)
        logger.warning("ending hard: %.0f s after the beginning of the stop something is still under way", seconds)
        _end(1)

    threading.Thread(target=end, name="end at the latest", daemon=True).start()


def end_without_other_threads() -> None:
    """Ends the process now if other threads would hold up its end. All that is to be done at the end is done before."""
    if any(not one.daemon and one is not threading.main_thread() for one in threading.enumerate()):
        _end(0)


def _end(status: int) -> None:
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
