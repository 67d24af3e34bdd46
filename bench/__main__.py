"""`make bench`: builds the project where it is not there yet, measures, prints one table.

`make bench ARGS='--articles 500'` tries it out.
"""

from __future__ import annotations

import argparse
import os
import time


def main() -> None:
    """Everything in one run."""
    parser = argparse.ArgumentParser(prog="bench", description="Factcheck beside PostgreSQL itself.")
    parser.add_argument("--articles", type=int, default=20_000, help="size of the project (default: 20000)")
    articles = max(100, parser.parse_args().articles)
    # Its own embedded server, never one that the environment names: it writes whatever it likes.
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": ""}
    os.environ.setdefault("DATA_DIR", ".data/bench")

    import django

    django.setup()

    from django.db import connection

    from factcheck import database

    with database.running():
        try:
            measure(articles)
        finally:
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it


def measure(articles: int) -> None:
    """Build, measure, print."""
    from bench import exporting, importing, releasing, table
    from bench.project import build
    from bench.server import serving
    from bench.texts import LENGTH, SPANS
    from bench.writing import Writing

    begun = time.monotonic()
    say(f"A project of {articles} articles of {LENGTH} characters with {SPANS} spans each:")
    built = build(articles, say)
    say(f"  ready after {time.monotonic() - begun:.0f} s")
    with serving() as server:
        say("Export:")
        exported = exporting.measure(built, server, say)
        say("Import:")
        imported = importing.measure(built, server, say)
        say("Release:")
        released = releasing.measure(built, server, say)
        say("Writes:")
        written = Writing(built, server, say).measure()
    say("")
    for line in table.lines(exported, imported, released, written):
        say(line)
    took = time.monotonic() - begun
    say(f"\nMedians of {exporting.ROUNDS} rounds, by turns, on {os.cpu_count()} cores; {took:.0f} s in all.")


def say(line: str) -> None:
    """One line, at once."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
