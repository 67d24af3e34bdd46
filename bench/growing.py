"""Growth: the same calls at equal numbers of hits, in sites of 10³ to 4·10⁵ spans, in one process with the database."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Final
from uuid import UUID

from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bench.project import Say, begin_anew
from bench.texts import SPANS
from tests.large.world import COMMENTS, LINKS, VERDICTS, World, fill, key, moment, world

ROUNDS: Final = 15
SIZES: Final = (50, 500, 5_000, 20_000)
"""Articles: of 20 spans each."""

SEARCHES: Final = {
    "search, one hit": "Report {number}",
    "search, a claim's ten words": "spokesman coalition insisted convoy turned back border first week March",
}


@dataclass(slots=True)
class Grown:
    """Milliseconds of each call by the number of spans."""

    calls: dict[str, dict[int, float]] = field(default_factory=dict)

    def add(self, name: str, spans: int, milliseconds: float) -> None:
        """Notes one median."""
        self.calls.setdefault(name, {})[spans] = milliseconds


def measure(sizes: tuple[int, ...], say: Say) -> Grown:
    """Each size in a database made anew; the last one is left."""
    grown = Grown()
    for articles in sizes:
        begun = time.monotonic()
        begin_anew()
        call_command("migrate", interactive=False, verbosity=0)
        fill(articles)
        say(f"  {articles * SPANS} spans, ready after {time.monotonic() - begun:.0f} s …")
        there = world()
        client = Client()
        client.force_login(there.people["manager"])
        for name, address in addresses(there).items():
            grown.add(name, articles * SPANS, _median(client, address))
    return grown


def addresses(there: World) -> dict[str, str]:
    """What is asked: as much comes of it in a small site as in a large one."""
    number = there.article
    slug = {"slug": there.shared.slug}

    def of(name: str, kind: str, each: int) -> str:
        return reverse(name, args=[key(kind, number * each)])

    claims, verdicts = reverse("api:claims", kwargs=slug), reverse("api:queue", kwargs=slug)
    articles, search = reverse("api:articles", kwargs=slug), reverse("api:search", kwargs=slug)
    # A small site fills no page of these two, so each is asked for as many rows as there are in all sites.
    first_articles = _cursor_after(moment(40, 0), key("a", 40))
    last_verdicts = _cursor_after(moment(there.articles - 40, 2_999), key("v", 0))  # submitted from 3,000 on
    return {
        "annotations/": of("api:annotations", "a", 1),
        "annotations/?spans=columns": of("api:annotations", "a", 1) + "?spans=columns",
        "annotations/?from=0&to=500": of("api:annotations", "a", 1) + "?from=0&to=500",
        "articles/{id}/comments/": of("api:article-comments", "a", 1),
        "spans/{id}/": of("api:span", "s", SPANS),
        "spans/{id}/history/": of("api:span-history", "s", SPANS),
        "links/{id}/": of("api:link", "l", LINKS),
        "claims/{id}/": of("api:claim", "s", SPANS),
        "verdicts/{id}/": of("api:verdict", "v", VERDICTS),
        "comments/{id}/": of("api:comment", "c", COMMENTS),
        "articles/": f"{articles}?limit=20",
        "articles/?outlet=": f"{articles}?limit=1&outlet=Outlet%203",
        "articles/?q=, one hit": f"{articles}?q=Report%20{number}",
        "claims/": f"{claims}?limit=20",
        "claims/?state=": f"{claims}?limit=20&state=returned",
        "claims/?rating=": f"{claims}?limit=20&rating=refuted",
        "verdicts/": f"{verdicts}?limit=20",
        "verdicts/?state=submitted": f"{verdicts}?limit=20&state=submitted",
        "verdicts/?author=": f"{verdicts}?limit=5&author={there.people['annotator 0'].pk}",
        "changes/": reverse("api:changes", kwargs=slug) + "?limit=20",
        "me/inbox/": reverse("api:inbox"),
        **{name: f"{search}?q={words.format(number=number).replace(' ', '%20')}" for name, words in SEARCHES.items()},
        "page claims": reverse("claims", kwargs=slug),
        "page articles, its last 20": f"{reverse('articles', kwargs=slug)}?cursor={first_articles}",
        "page review, its last 20": f"{reverse('review', kwargs=slug)}?cursor={last_verdicts}",
        "page workbench": of("workbench", "a", 1),
        "page claim": of("claim", "s", SPANS),
        "page verdict": of("verdict", "v", VERDICTS),
    }


def _cursor_after(at: datetime, last: UUID) -> str:
    return urlsafe_b64encode(json.dumps([">", at.isoformat(), str(last)]).encode()).decode().rstrip("=")


def _ask(client: Client, address: str) -> None:
    cache.clear()  # where the rates are counted
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)


def _median(client: Client, address: str) -> float:
    """Milliseconds, after one time that fills the caches."""
    _ask(client, address)
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        _ask(client, address)
        took.append((time.perf_counter() - begun) * 1000)
    return median(took)


def lines(grown: Grown) -> list[str]:
    """The table: each call's time at each size, and how many times the first the last one is."""
    sizes = sorted({size for found in grown.calls.values() for size in found})
    rows = [["", *(f"{size:,}" for size in sizes), "ratio", "goal"]]
    for name, found in grown.calls.items():
        ratio = found[sizes[-1]] / found[sizes[0]]
        rows.append([name, *(f"{found[size]:.1f}" for size in sizes), f"{ratio:.2f}", "≤ 1.3"])
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) if column == 0 else cell.rjust(width) for column, (cell, width) in enumerate(
            zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]  # fmt: skip
