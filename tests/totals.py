"""The end of a run: how long the tests of each folder took."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from _pytest.terminal import TerminalReporter


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Lists folders with the seconds of their tests, set-up and tear-down included, and the number of tests."""
    seconds, tests = defaultdict[str, float](float), Counter[str]()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                folder = "/".join(report.nodeid.split("::")[0].split("/")[:3])
                folder = folder if not folder.endswith(".py") else folder.rpartition("/")[0]
                seconds[folder] += report.duration
                tests[folder] += report.when == "call"
    terminalreporter.section("seconds and tests by folder")
    for folder, duration in sorted(seconds.items(), key=lambda item: -item[1]):
        terminalreporter.line(f"{duration:8.1f}  {tests[folder]:5}  {folder}")
    terminalreporter.line(f"{sum(seconds.values()):8.1f}  {tests.total():5}  together")
