"""Which PostgreSQL the project talks to: the one that DATABASE_URL names, else an embedded one."""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from types import FrameType
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from factcheck.environment import Environment
from factcheck.postgres import embedded, unprivileged, watcher

# These never ask the database, or (serve) bring it up themselves while they tell what they do.
WITHOUT_DATABASE = {"check", "collectstatic", "findstatic", "help", "serve", "spectacular", "version"}
PATIENCE = 2


class DatabaseAway(Exception):
    """There is no database that answers. The text is one line that says why."""


def address(environment: Environment) -> dict[str, Any]:
    """Django's description of the database; a connection's extra parameters stand under OPTIONS."""
    if environment.database_url is None:
        return embedded.address(environment.data_dir) | {"OPTIONS": {}}
    parts = conninfo_to_dict(environment.database_url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    named = {key: str(parts.pop(part, "") or "") for key, part in names.items()}
    return named | {"OPTIONS": parts}


def connect() -> psycopg.Connection[tuple[Any, ...]]:
    """A connection of its own, outside the pool: a pool that is busy is not a database that is away.

    Raises psycopg.Error when the server does not answer within seconds.
    """
    parameters: dict[str, Any] = connection.get_connection_params()
    fresh = psycopg.connect(**parameters | {"connect_timeout": PATIENCE})
    fresh.execute(f"SET statement_timeout = '{PATIENCE}s'")
    return fresh


def in_words() -> str:
    """Where the database is, without its password."""
    if is_embedded():
        return f"embedded PostgreSQL {embedded.VERSION} in {settings.DATA_DIR / 'postgres'}"
    described = connection.settings_dict
    return f"{described['NAME']} at {described['HOST'] or 'the local server'}"


@contextmanager
def running(*, watched: bool = False) -> Iterator[None]:
    """Have a database that answers; the embedded one is kept up for the length of the block.

    Where it is watched it is started again when it ends before that. Raises DatabaseAway.
    """
    if is_embedded():
        try:
            kept = watcher.watching(settings.DATA_DIR) if watched else nullcontext()
            with embedded.running(settings.DATA_DIR), kept:
                yield
        except (embedded.ServerFailed, unprivileged.NobodyToRunIt) as error:
            raise DatabaseAway(str(error)) from None
        return
    try:
        connect().close()
    except psycopg.Error as error:
        why = str(error).strip().partition("\n")[0]
        raise DatabaseAway(f"the database can't be reached: {why}") from None
    yield


@contextmanager
def for_command(arguments: Sequence[str]) -> Iterator[None]:
    """Keep the embedded server up for one `manage.py` command, if that command needs it.

    A server that cannot start ends the process with one line.
    """
    told = set(arguments)
    # A worker beside the site leaves starting and stopping to it, or a database would go that the site still needs.
    if not arguments or arguments[0] in WITHOUT_DATABASE or {"-h", "--help", "--version", "--attached"} & told:
        yield
        return
    signal.signal(signal.SIGTERM, _leave)
    try:
        with running():
            yield
    except DatabaseAway as error:
        sys.exit(f"Factcheck can't start: {error}")


def is_embedded() -> bool:
    """Whether it is the embedded server."""
    return settings.ENVIRONMENT.database_url is None


def _leave(signum: int, frame: FrameType | None) -> None:
    """Turn the signal into an exit that runs every clean-up on its way."""
    sys.exit(128 + signum)
