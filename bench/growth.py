"""`python -m bench.growth`: what grows with a site and must not, and what an import takes from others.

`--sizes 50 500` tries it out. It keeps its databases to itself, under DATA_DIR.
"""

from __future__ import annotations

import argparse
import os
import time

FEWEST = 2_000
"""Articles from which on plans say something: a small table is best read whole."""


def main() -> None:
    """Everything in one run."""
    parser = argparse.ArgumentParser(prog="bench.growth", description="Times of calls in sites of growing size.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 5_000, 20_000], help="numbers of articles")
    sizes = tuple(sorted(max(50, size) for size in parser.parse_args().sizes))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": ""}
    os.environ.setdefault("DATA_DIR", ".data/bench/growth")

    import django

    django.setup()

    from django.db import connection

    from factcheck import database

    with database.running():
        try:
            measure(sizes)
        finally:
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it


def measure(sizes: tuple[int, ...]) -> None:
    """Build, measure, print."""
    from django.test.utils import setup_test_environment, teardown_test_environment

    from bench import growing, meanwhile
    from bench.server import serving
    from tests.large.asking import found_by
    from tests.large.calls import calls
    from tests.large.known import KNOWN
    from tests.large.world import world

    begun = time.monotonic()
    setup_test_environment()  # an address for the requests that no server answers
    say("Growth:")
    grown = growing.measure(sizes, say)
    there = world()
    say("Plans:" if there.articles >= FEWEST else "Plans are looked at from 2,000 articles on.")
    for route, asked in (calls(there) if there.articles >= FEWEST else {}).items():
        for call, found in found_by(asked, there):
            if not KNOWN.covers(route, call, found):
                say(f"  {call.who} {call.address}: {found}"[:300])
    teardown_test_environment()
    say("While an import runs:")
    with serving() as server:
        beside = meanwhile.measure(there, server, say)
    say("")
    say(f"Milliseconds of each call by the number of spans, medians of {growing.ROUNDS}:")
    for line in growing.lines(grown):
        say(line)
    say(
        f"annotations/, p95 in ms: {beside.idle:.0f} idle, {beside.busy:.0f} while {beside.articles} articles come "
        f"into another project, {beside.ratio:.2f} times (goal ≤ 1.5; {beside.requests} requests)"
    )
    say(f"\nOn {os.cpu_count()} cores; {time.monotonic() - begun:.0f} s in all.")


def say(line: str) -> None:
    """One line, at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
