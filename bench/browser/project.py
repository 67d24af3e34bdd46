"""The texts in the database, through its own rules: each once with its spans and once, in another project, without."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from annotations.models import Article, Assignment, Project, Span, User, acting
from bench.browser.texts import SIZES, Passage, Size, body_of, passages_of
from bench.project import key

Say = Callable[[str], None]

ON_TOP: Final = 600
"""Spans that begin within so many characters are on the screen when the text opens."""

SPANS: Final = """
    INSERT INTO annotations_span (id, version, assignment_id, article_id, fragments, start, "end", quote, label, fields,
                                  note)
    SELECT id, 1, %s, %s, ARRAY[ARRAY[start, "end"]], 0, 0, '', label, fields, '' FROM draft ORDER BY start
"""
LINKS: Final = """
    INSERT INTO annotations_link (id, version, source_id, target_id, relation, author_id, note)
    SELECT f.id, 1, f.id, (SELECT c.id FROM draft c WHERE c.label = 'claim' AND c.start >= f.start
                           ORDER BY c.start, c.id LIMIT 1), 'corroborates', %s, ''
    FROM (SELECT *, row_number() OVER (ORDER BY start) AS place FROM draft WHERE label = 'fact') f
    WHERE f.place %% 4 = 0 AND f.start < (SELECT max(start) FROM draft WHERE label = 'claim')
"""
VERDICTS: Final = """
    INSERT INTO annotations_verdict (id, version, claim_id, author_id, edited_by_id, rating, rationale, confidence,
                                     state)
    SELECT id, 1, id, %s, %s, 'supported', 'Two reports say so.', 0.5, 'draft'
    FROM (SELECT *, row_number() OVER (ORDER BY start) AS place FROM draft WHERE label = 'claim') c
    WHERE place %% 10 = 0
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """One text with its spans and without any, and the passages that one sees on opening it."""

    size: Size
    marked: Article
    unmarked: Article
    on_top: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Built:
    """What the measurements need to know."""

    pairs: list[Pair]
    session: str


def build(say: Say) -> Built:
    """The texts, as they are after their building, whatever earlier runs marked."""
    noted = settings.DATA_DIR / "built.json"
    recipe = _fingerprint()
    if not noted.exists() or json.loads(noted.read_text()) != recipe:
        noted.unlink(missing_ok=True)
        _begin_anew()
        call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic():
            _fill(say)
        noted.write_text(json.dumps(recipe))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return _built()


def _fingerprint() -> str:
    here, migrations = Path(__file__), settings.BASE_DIR / "annotations" / "migrations"
    sources = [here, here.with_name("texts.py"), here.parent.with_name("texts.py"), *sorted(migrations.glob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def _begin_anew() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _fill(say: Say) -> None:
    annotator = User.objects.create_user("annotator@example.org")
    marked, unmarked = (
        Project.objects.start(by=annotator, slug=slug, name=slug.capitalize()) for slug in ("marked", "unmarked")
    )
    for project in (marked, unmarked):
        project.memberships.filter(user=annotator).update(roles=["annotator", "manager"])
    serial = 0
    for size in SIZES:
        say(f"  {size} …")
        body = body_of(size)
        for project in (marked, unmarked):
            article = Article.objects.add(project, body, by=annotator, title=str(size), language="en")
            assignment = Assignment.objects.create(article=article, assignee=annotator)
            if project == marked:
                _mark(assignment, passages_of(size, body), serial)
        serial += size.spans


def _mark(assignment: Assignment, passages: Iterable[Passage], serial: int) -> None:
    annotator = assignment.assignee
    with connection.cursor() as cursor, acting(annotator):
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")
        cursor.execute('CREATE TEMPORARY TABLE draft (id uuid, label text, start int, "end" int, fields jsonb)')
        with cursor.copy("COPY draft FROM STDIN") as copy:
            for number, (label, start, end) in enumerate(passages, serial):
                copy.write_row((key(number), label, start, end, json.dumps(_fields(label, number))))
        cursor.execute("ANALYZE draft")
        cursor.execute(SPANS, [assignment.pk, assignment.article_id])
        cursor.execute(LINKS, [annotator.pk])
        cursor.execute(VERDICTS, [annotator.pk, annotator.pk])
        cursor.execute("DROP TABLE draft")


def _fields(label: str, number: int) -> dict[str, str]:
    return {
        "claim": {"statement": f"Statement {number} stands alone.", "claim_type": "event"},
        "attribution": {"source_name": "The ministry", "source_type": "organisation", "stance": "asserts"},
        "fact": {"reference": f"https://example.org/{number}"},
    }[label]


def _built() -> Built:
    _forget_later_spans()
    pairs = []
    for size in SIZES:
        marked, unmarked = (
            Article.objects.get(project__slug=slug, length=size.length) for slug in ("marked", "unmarked")
        )
        top = Span.objects.filter(article=marked, start__lt=ON_TOP).values_list("start", "end")
        pairs.append(Pair(size, marked, unmarked, list(top)))
    client = Client()
    client.force_login(User.objects.get(email="annotator@example.org"))
    return Built(pairs, client.cookies[settings.SESSION_COOKIE_NAME].value)


def _forget_later_spans() -> None:
    """Takes out what an earlier run left, as nobody but the benchmark's own superuser could."""
    last = key(sum(size.spans for size in SIZES))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM annotations_span WHERE id >= %s", [last])
