"""`manage.py serve`: everything from nothing to a running site and its worker."""

import errno
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import uvicorn
from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from factcheck import database
from factcheck.server import shutdown as ending
from factcheck.server import worker_process

DEMO_PEOPLE = ["manager", "annotator", "annotator2", "reviewer", "viewer", "outsider"]
DEMO_PASSWORD = "factcheck"  # noqa: S105  # meant to be known: it opens only a demonstration


class Command(BaseCommand):
    """Starts the site, and stops it with all that it started on Ctrl+C or SIGTERM."""

    help = "Start the site: database, migrations, seeds if there is no project yet, web server, worker."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until told to stop."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            with _reserved_port() as listener:
                self._say(f"Database: {database.in_words()}")
                with database.running(watched=True):
                    self._prepare()
                    with worker_process.worker() if settings.WITH_WORKER else nullcontext(_nobody) as leave:
                        self._serve(listener, leave)
                    self._say("Stopping …")
        except KeyboardInterrupt:
            self._say("Stopped during start-up.")
        except database.DatabaseAway as error:
            sys.exit(f"Factcheck can't start: {error}")
        else:
            self._say("Stopped.")

    def _prepare(self) -> None:
        """Bring an empty or older database to what this version needs."""
        self.check()
        executor = MigrationExecutor(connection)
        waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if waiting:
            self._say(f"Applying {waiting} migrations …")
            call_command("migrate", interactive=False, verbosity=0)

        # Only now, for before the migrations there may be no table to ask.
        from annotations.models import Project
        from annotations.operations.seeds import close_accounts

        if not settings.SITE_IS_LOCAL and not settings.DEMO and (closed := close_accounts()):
            self._say(
                f"DEMO is off, so these accounts can no longer sign in with the demo password: {', '.join(closed)}"
            )
        if not Project.objects.exists():
            self._say("No project yet: loading the seeds …")
            call_command("loadseeds", accounts=settings.DEMO, verbosity=0)
        connection.close()

    def _serve(self, listener: socket.socket, leave: Callable[[], None]) -> None:
        # Importing it makes the application, with every module that the addresses name.
        from factcheck.server import asgi, connections

        config = connections.server_config(asgi.application)
        files, limit = connections.allow_open_files(), settings.LIMITS.connections
        if files < limit + connections.OTHER_FILES:
            self._say(
                f"CONNECTIONS_MAX is {limit}, but this system allows a process only {files} open files. "
                "Lower CONNECTIONS_MAX, or raise the system's limit (ulimit -n)."
            )
        try:
            Server(config, self._welcome, leave).run(sockets=[listener])
        except KeyboardInterrupt:
            # The server has stopped, and passes on the signal that stopped it.
            pass
        finally:
            asgi.close()

    def _welcome(self) -> None:
        self._say(f"\nFactcheck is ready at {settings.SITE_URL}/ (Ctrl+C stops it)")
        if not settings.SITE_IS_LOCAL:
            self._say(f"Listening on {settings.HOST} port {settings.PORT} for the proxy.")
            if settings.SITE_URL.startswith("http:"):
                self._say("SITE_URL is not https: passwords and cookies are sent unencrypted.")
        if settings.DEMO:
            names = ", ".join(f"{person}@example.org" for person in DEMO_PEOPLE)
            self._say(f"Demo accounts, all with the password {DEMO_PASSWORD}: {names}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


class Server(uvicorn.Server):
    """Says so when it listens, and ends streams and the worker when it stops."""

    def __init__(self, config: uvicorn.Config, welcome: Callable[[], None], leave: Callable[[], None]) -> None:
        super().__init__(config)
        self.welcome, self.leave = welcome, leave

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self.welcome()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End what would last for ever, then wait for what is under way."""
        from factcheck.server import asgi

        ending.end_at_the_latest()
        self.leave()
        await asgi.end_streams()
        await super().shutdown(sockets)


def _nobody() -> None:
    """There is no worker to tell."""


def _reserved_port() -> socket.socket:
    """The port, taken before anything else is done, so that a second start says at once that it is one."""
    try:
        found = socket.getaddrinfo(settings.HOST, settings.PORT, type=socket.SOCK_STREAM)[0]
        return socket.create_server(found[4][:2], family=found[0])
    except OSError as error:
        why = "another program uses it" if error.errno == errno.EADDRINUSE else error.strerror
        sys.exit(f"Factcheck can't start: {settings.HOST} port {settings.PORT}: {why}; change HOST or PORT")
