"""`manage.py worker`: does the jobs that the site gives, until it is stopped."""

import asyncio
import os
import signal
import sys
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from functools import partial
from typing import Any

from django.core.management import BaseCommand
from django.db import connection
from django.db.backends.signals import connection_created
from django.db.migrations.executor import MigrationExecutor

from annotations.jobs.worker import work
from factcheck import database

NICE = 10
"""How far the worker's processes stand back where the site wants the processor too."""


class Command(BaseCommand):
    """Does jobs. A deployment runs it beside the site; `manage.py serve` starts one of its own."""

    help = "Run background jobs (imports, releases, previews) until Ctrl+C or SIGTERM."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--attached` is for `serve`, which holds the other end of the standard input."""
        parser.add_argument("--attached", action="store_true", help="stop when standard input ends")
        parser.add_argument(
            "--nice",
            type=int,
            choices=range(20),
            default=NICE,
            metavar="0…19",
            help=f"niceness of the worker, so that the site gets the processor first; default: {NICE}",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        os.nice(options["nice"])
        stand_back = partial(_stand_back, nice=options["nice"])
        connection_created.connect(stand_back)
        if options["attached"]:
            threading.Thread(target=_stop_with_input, daemon=True).start()
        try:
            while _migrations_wait():
                time.sleep(1)
            connection.close()
            asyncio.run(work())
        except KeyboardInterrupt:
            return


def _migrations_wait() -> bool:
    """Whether the site has yet to bring the database to this version."""
    executor = MigrationExecutor(connection)
    waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    connection.close()
    return waiting


def _stand_back(connection: Any, nice: int, **_: Any) -> None:
    """Has the embedded server's process behind a connection stand back too: it does most of the work of an import."""
    if database.is_embedded():
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, connection.connection.info.backend_pid, nice)


def _stop_with_input() -> None:
    # Nothing is ever written there: the end comes with the end of whoever holds the other side, even a killed one.
    os.read(sys.stdin.fileno(), 1)
    os.kill(os.getpid(), signal.SIGTERM)
