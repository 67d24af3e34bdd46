"""Calls in a process of their own, which is killed where one takes too much time or memory."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import pytest

from annotations import bounded
from annotations.formats.reading.records import Refused

SHORT = bounded.Limits(processor_seconds=1, seconds=60, memory=200 * 1024**2)


def called(function: Any, *arguments: Any, limits: bounded.Limits = SHORT) -> Any:
    with bounded.Process(limits) as process:
        return process.call(function, *arguments)


def spin() -> None:
    while True:
        pass


def held(size: int) -> int:
    return len(bytearray(size))


def refuse() -> None:
    raise Refused("a.txt", "line 1", "no_text", "There is no text.")


def crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def test_a_call_answers_from_another_process() -> None:
    assert called(os.getpid) != os.getpid()


def test_calls_one_after_another_share_a_process() -> None:
    with bounded.Process(SHORT) as process:
        assert process.call(os.getpid) == process.call(os.getpid)


def test_what_takes_too_long_is_killed_and_the_next_call_answers() -> None:
    with bounded.Process(SHORT) as process:
        with pytest.raises(bounded.OutOfTime):
            process.call(spin)
        assert process.call(abs, -1) == 1


def test_what_waits_too_long_is_killed_by_the_clock() -> None:
    with pytest.raises(bounded.OutOfTime):
        called(time.sleep, 600, limits=bounded.Limits(processor_seconds=60, seconds=0.5, memory=1024**2))


def test_what_takes_too_much_memory_is_refused() -> None:
    assert called(held, 50 * 1024**2)
    with pytest.raises(bounded.OutOfMemory):
        called(held, 500 * 1024**2)


def test_a_process_that_crashes_brings_nothing_else_down() -> None:
    with pytest.raises(bounded.OutOfMemory):
        called(crash)


def test_what_a_call_raises_reaches_whoever_called() -> None:
    with pytest.raises(Refused) as raised:
        called(refuse)
    assert raised.value.refusal.code == "no_text"


def test_whoever_called_can_give_up() -> None:
    with bounded.Process(SHORT, stopping=lambda: True) as process, pytest.raises(bounded.Stopped):
        process.call(time.sleep, 600)
