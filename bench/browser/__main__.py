"""`python -m bench.browser`: builds the texts where they are not there yet, measures in Chromium, prints one table.

`--size 1` measures only the first size, and so on.
"""

from __future__ import annotations

import argparse
import os
import time


def main() -> None:
    """Everything in one run."""
    parser = argparse.ArgumentParser(prog="bench.browser", description="The workbench beside a bare page.")
    parser.add_argument("--size", type=int, choices=(1, 2, 3), help="only this one of the three sizes")
    wanted = parser.parse_args().size
    # Its own embedded server, never one that the environment names.
    os.environ |= {"DJANGO_SETTINGS_MODULE": "bench.browser.settings", "DATABASE_URL": ""}
    os.environ.setdefault("DATA_DIR", ".data/bench/browser")
    # Playwright's loop runs in this thread, which Django would otherwise take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

    import django

    django.setup()

    from django.db import connection

    from factcheck import database

    with database.running():
        try:
            measure(wanted)
        finally:
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it


def measure(wanted: int | None) -> None:
    """Build, measure, print."""
    from django.conf import settings

    from bench.__main__ import say
    from bench.browser import measuring, table
    from bench.browser.project import build
    from bench.browser.window import windows
    from bench.server import serving

    begun = time.monotonic()
    say("Texts:")
    built = build(say)
    pairs = built.pairs if wanted is None else built.pairs[wanted - 1 : wanted]
    on_top = {f"/articles/{pair.marked.pk}/": pair.on_top for pair in pairs}
    cookie = (settings.SESSION_COOKIE_NAME, built.session)
    measured = {}
    with (
        serving() as server,
        windows(f"http://127.0.0.1:{server.port}", cookie, on_top) as opened,
    ):
        for pair in pairs:
            say(f"{pair.size}:")
            measured[pair.size] = measuring.measure(opened, pair, say)
    say("")
    for line in table.lines(measured):
        say(line)
    took = time.monotonic() - begun
    load = "/".join(f"{value:.1f}" for value in os.getloadavg())
    say(f"\nMedians of {measuring.ROUNDS} rounds, by turns, on {os.cpu_count()} cores with load {load}; {took:.0f} s.")


if __name__ == "__main__":
    main()
