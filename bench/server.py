"""The real server in a process of its own, and what it takes of memory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil
from django.conf import settings

PATIENCE: Final = 60


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process takes of it."""

    pid: int

    def resident(self) -> int:
        """Bytes of memory that it holds now."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def forget_peak(self) -> None:
        """Begins the peak anew, where the kernel can."""
        references = Path(f"/proc/{self.pid}/clear_refs")
        if references.exists():
            references.write_text("5")

    def peak(self) -> int:
        """The most bytes that it held since then; elsewhere than on Linux what it holds now."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return self.resident()
        [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers, and the worker beside it."""

    port: int
    memory: Memory

    def worker(self) -> Memory:
        """The worker's memory."""
        children = psutil.Process(self.memory.pid).children(recursive=True)
        [found] = [child.pid for child in children if "worker" in child.cmdline()]
        return Memory(found)


@contextmanager
def serving() -> Iterator[Server]:
    """Have `manage.py serve` run with the benchmark's settings for the length of the block."""
    port = _free_port()
    variables = os.environ | {"PORT": f"{port}", "HOST": "127.0.0.1"}
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "serve"]
    process = subprocess.Popen(command, env=variables, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield Server(port, Memory(process.pid))
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            # It takes its port before it is ready, but answers only when it is.
            with socket.create_connection(("127.0.0.1", port)) as probe:
                probe.settimeout(PATIENCE)
                probe.sendall(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if probe.recv(12) == b"HTTP/1.1 200":
                    return
        except ConnectionError:
            pass
        time.sleep(0.1)
    raise SystemExit("The server did not start.")
