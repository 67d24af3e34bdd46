"""Calls whose cost a sender chooses, made in a process of their own that is killed where one takes too much."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerProcess
from typing import Any, Final, Self, TypeVar

Answer = TypeVar("Answer")

PAUSE: Final = 0.2
"""Seconds after which one looks whether to stop waiting."""
RESERVED: Final = 4 * 1024**3
"""Bytes of addresses that a library may reserve without using them."""

_processes: Final = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["annotations.bounded_preload"])


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call may take; memory is in bytes, beyond what the process has when it begins."""

    processor_seconds: int
    seconds: float
    """By the clock, for calls that wait rather than work."""
    memory: int


class OutOfBounds(Exception):
    """A call took more than it may, and its process is gone."""


class OutOfTime(OutOfBounds):
    """It took too long."""


class OutOfMemory(OutOfBounds):
    """It took too much memory, or brought its process down."""


class Stopped(Exception):
    """Whoever called does not want the answer any more."""


class Process:
    """A process that answers calls one after another, as a context manager; after a call that took too much, a new one.

    Functions, arguments, answers and exceptions have to be picklable. Within such a process a further one calls at
    once: what that takes counts towards the call that it is part of.
    """

    is_within = False
    """Whether this very process is one of these."""

    def __init__(self, limits: Limits, stopping: Callable[[], bool] = lambda: False) -> None:
        self.limits, self.stopping = limits, stopping
        self._process: ForkServerProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._end()

    def call(self, function: Callable[..., Answer], *arguments: Any) -> Answer:
        """What the function answers, or raises. Raises OutOfTime, OutOfMemory and Stopped too."""
        if Process.is_within:
            return function(*arguments)
        try:
            has_answered, answer = self._asked(function, arguments)
        except BaseException:
            self._end()
            raise
        if not has_answered:
            raise answer
        found: Answer = answer
        return found

    def _asked(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
        if self._process is None or self._pipe is None:
            self._pipe, theirs = _processes.Pipe()
            with theirs:
                self._process = _processes.Process(target=_answer_calls, args=(theirs, self.limits), daemon=True)
                self._process.start()
        try:
            self._pipe.send((function, arguments))
            deadline = time.monotonic() + self.limits.seconds
            while not wait([self._pipe], PAUSE):
                if self.stopping():
                    raise Stopped
                if time.monotonic() > deadline:
                    raise OutOfTime
            received: tuple[bool, Any] = self._pipe.recv()
        except (EOFError, ConnectionError):
            self._process.join()
            if self._process.exitcode in (-signal.SIGXCPU, -signal.SIGALRM):
                raise OutOfTime from None
            raise OutOfMemory from None
        return received

    def _end(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._process = self._pipe = None


def _answer_calls(pipe: Connection, limits: Limits) -> None:
    """The whole life of the process."""
    Process.is_within = True
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever called
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _limit_memory(limits.memory)
    while True:
        try:
            function, arguments = pipe.recv()
        except EOFError:
            return
        # For each call anew. The kernel keeps to it even if the process that asked has ended.
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + 1)
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = int(used.ru_utime + used.ru_stime) + limits.processor_seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))
        answer: tuple[bool, Any]
        try:
            answer = True, function(*arguments)
        except MemoryError:
            answer = False, OutOfMemory()
        except Exception as error:  # noqa: BLE001  # the caller's business, whatever it is
            answer = False, error
        pipe.send(answer)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(further: int) -> None:
    """For good: so many bytes beyond those that the process has (proc_pid_statm(5))."""
    with suppress(OSError, ValueError):  # systems other than Linux have no such file, or take no such limit
        with open("/proc/self/statm") as figures:
            pages = [int(figure) for figure in figures.read().split()]
        size = os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_DATA, (pages[5] * size + further,) * 2)
        resource.setrlimit(resource.RLIMIT_AS, (pages[0] * size + further + RESERVED,) * 2)
