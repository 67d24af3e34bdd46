"""The benchmark's project: built once through the database's own rules, kept while the recipe stays the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from annotations.models import Article, Membership, Project, Role, Token, User, acting
from bench.texts import SPANS, Text, texts

Say = Callable[[str], None]

SLUG: Final = "bench"
LINKS: Final = 4
KEY: Final = "01906d00-0000-7000-8000-"
"""What every id that the recipe gives begins with; a number in twelve digits follows. Ids made later sort behind."""


@dataclass(frozen=True, slots=True)
class Built:
    """What the measurements need to know of the project."""

    articles: int
    project: Project
    manager: User
    annotator: User
    manager_token: str
    annotator_token: str


def key(number: int) -> UUID:
    """The id (UUID version 7) of the thing with this number."""
    return UUID(f"{KEY}{number:012x}")


def build(articles: int, say: Say) -> Built:
    """The project with so many articles, as it is after its building, whatever earlier runs added."""
    noted = settings.DATA_DIR / "built.json"
    recipe = {"articles": articles, "recipe": _fingerprint()}
    if not noted.exists() or json.loads(noted.read_text()) != recipe:
        noted.unlink(missing_ok=True)
        begin_anew()
        say("  tables …")
        call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic():
            _fill(articles, say)
        noted.write_text(json.dumps(recipe))
    else:
        say("  found as it was built")
        _forget_later_spans(articles)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    return _built(articles)


def _fingerprint() -> str:
    """What the built project depends on besides its size."""
    here, migrations = Path(__file__), settings.BASE_DIR / "annotations" / "migrations"
    sources = [here, here.with_name("texts.py"), *sorted(migrations.glob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def begin_anew() -> None:
    """An empty database in the place of the one that was there."""
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    where = connection.get_connection_params()
    with psycopg.connect(host=where["host"], user=where["user"], dbname="postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {where['dbname']} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {where['dbname']}")


def _fill(count: int, say: Say) -> None:
    project, annotator, reviewer = _people()
    with connection.cursor() as cursor, acting(annotator):
        cursor.execute(f"CREATE FUNCTION pg_temp.key(bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS "
                       f"$$SELECT ('{KEY}' || lpad(to_hex($1), 12, '0'))::uuid$$")  # fmt: skip
        # Nothing is ignored; but said so, each trigger is spared an exception that it would raise and catch itself.
        cursor.execute("SET LOCAL pgtrigger.ignore = '{}'")
        cursor.execute(DRAFTS)
        say(f"  {count} articles and their sentences …")
        _copy_drafts(cursor, texts(count))
        parameters = {"project": project.pk, "annotator": annotator.pk, "reviewer": reviewer.pk}
        for statement in ARTICLES:
            cursor.execute(statement, parameters)
        say(f"  {count * SPANS} spans …")
        cursor.execute(FILLED_SPANS)
        cursor.execute("ANALYZE annotations_span")
        say(f"  {count * LINKS} links, {count // 2} verdicts …")
        for statement in LINKED_AND_JUDGED:
            cursor.execute(statement, parameters)


def _people() -> tuple[Project, User, User]:
    people = {name: User.objects.create_user(f"{name}@example.org") for name in ("manager", "annotator", "reviewer")}
    project = Project.objects.start(by=people["manager"], slug=SLUG, name="Benchmark")
    with acting(people["manager"]):
        for name in ("annotator", "reviewer"):
            Membership.objects.create(project=project, user=people[name], roles=[Role(name)])
    return project, people["annotator"], people["reviewer"]


DRAFTS: Final = """
    CREATE TEMPORARY TABLE draft_article (number int, title text, body text, created_at timestamptz) ON COMMIT DROP;
    CREATE TEMPORARY TABLE draft_sentence (number int, start int, "end" int, words text) ON COMMIT DROP;
    CREATE TEMPORARY TABLE draft_span (number int, article int, fragments int[], quote text, label text, fields jsonb)
        ON COMMIT DROP;
"""

ARTICLES: Final = (
    """
    INSERT INTO annotations_article (id, project_id, title, outlet, language, direction, body, length, sha256, archived,
                                     created_at)
    SELECT pg_temp.key(number), %(project)s, title, 'The Daily Bench', 'en', 'auto', body, 0, '', false, created_at
    FROM draft_article ORDER BY number
    """,
    """
    INSERT INTO annotations_sentence (article_id, start, "end", search)
    SELECT pg_temp.key(number), start, "end", to_tsvector(factcheck_text_search('en'), words) FROM draft_sentence
    """,
    """
    INSERT INTO annotations_assignment (id, article_id, assignee_id, kind, state)
    SELECT number + 1, pg_temp.key(number), %(annotator)s, 'annotate', 'open' FROM draft_article ORDER BY number
    """,
    "SELECT setval(pg_get_serial_sequence('annotations_assignment', 'id'), max(id)) FROM annotations_assignment",
    # The triggers' plans are made now and kept, and would take these tables for empty.
    "ANALYZE annotations_article, annotations_assignment",
)

FILLED_SPANS: Final = """
    INSERT INTO annotations_span (id, version, assignment_id, article_id, fragments, start, "end", quote, label, fields,
                                  note)
    SELECT pg_temp.key(number), 1, article + 1, pg_temp.key(article), fragments, 0, 0, quote, label, fields, ''
    FROM draft_span ORDER BY number
"""
"""Start, end and quote are worked out, and the quotes checked, by the same trigger as in every insertion."""

LINKED_AND_JUDGED: Final = (
    # In each article two claims have their source, and the first claim evidence on both sides: a fact of the same
    # article, and one of the article before.
    f"""
    INSERT INTO annotations_link (id, version, source_id, target_id, relation, author_id, note)
    SELECT pg_temp.key(number * {LINKS} + k), 1, pg_temp.key((number + away + many) %% many * {SPANS} + source),
           pg_temp.key(number * {SPANS} + target), relation, %(annotator)s, ''
    FROM (SELECT number::bigint, count(*) OVER () AS many FROM draft_article) a,
         (VALUES (0, 0, 1, 0, 'attributes'), (1, 0, 4, 3, 'attributes'), (2, 0, 2, 0, 'corroborates'),
                 (3, -1, 5, 0, 'contradicts')) l(k, away, source, target, relation)
    ORDER BY 1
    """,
    f"""
    INSERT INTO annotations_verdict (id, version, claim_id, author_id, edited_by_id, rating, rationale, confidence,
                                     state)
    SELECT pg_temp.key(number), 1, pg_temp.key(number::bigint * {SPANS}), %(annotator)s, %(annotator)s,
           'conflicting_evidence', repeat('One report says so, the other one does not. ', 4), 0.5, 'draft'
    FROM draft_article WHERE number %% 2 = 0 ORDER BY number
    """,
    f"""
    WITH sets AS (
        INSERT INTO annotations_evidenceset (verdict_id, position, question, answer)
        SELECT pg_temp.key(number), 0, 'What happened?', 'Reports differ.' FROM draft_article
        WHERE number %% 4 = 0 ORDER BY number RETURNING id, verdict_id)
    INSERT INTO annotations_evidencelink (evidence_set_id, link_id, position)
    SELECT s.id, l.id, row_number() OVER (PARTITION BY s.id ORDER BY l.id) - 1
    FROM draft_article a JOIN sets s ON s.verdict_id = pg_temp.key(a.number)
    JOIN annotations_link l ON l.id IN (pg_temp.key(a.number::bigint * {LINKS} + 2),
                                        pg_temp.key(a.number::bigint * {LINKS} + 3))
    """,
    "UPDATE annotations_verdict SET state = 'submitted', version = 2, submitted_at = now()",
    """
    INSERT INTO annotations_review (verdict_id, verdict_version, reviewer_id, decision, reason)
    SELECT id, 2, %(reviewer)s, 'approved', '' FROM annotations_verdict ORDER BY id
    """,
    """
    UPDATE annotations_verdict SET state = 'approved', version = 3, reviewer_id = %(reviewer)s, approved_at = now()
    """,
)


def _copy_drafts(cursor: Any, all_texts: Iterator[Text]) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    sentences: list[tuple[Any, ...]] = []
    spans: list[tuple[Any, ...]] = []
    with cursor.copy("COPY draft_article FROM STDIN") as copy:
        for number, text in enumerate(all_texts):
            copy.write_row((number, text.title, text.body, begun + timedelta(seconds=number)))
            sentences += [(number, start, end, text.body[start:end]) for start, end in text.sentences]
            spans += _draft_spans(number, text)
    for table, rows in (("draft_sentence", sentences), ("draft_span", spans)):
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _draft_spans(article: int, text: Text) -> Iterator[tuple[Any, ...]]:
    for place, passage in enumerate(text.passages):
        fragments = [list(fragment) for fragment in passage.fragments]
        fields = {
            "claim": {"statement": passage.quote, "claim_type": "event"},
            "attribution": {"source_name": passage.quote[:20], "source_type": "person", "stance": "asserts"},
            "fact": {"reference": f"https://example.org/{article}"},
        }[passage.label]
        yield article * SPANS + place, article, fragments, passage.quote, passage.label, json.dumps(fields)


def _forget_later_spans(articles: int) -> None:
    """Takes out what earlier runs wrote, as nobody but the benchmark's own superuser could."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        last = key(articles * SPANS)
        cursor.execute("DELETE FROM annotations_event WHERE kind = 'span' AND object_id >= %s", [str(last)])
        cursor.execute("DELETE FROM annotations_span WHERE id >= %s", [last])
        Token.objects.all().delete()


def _built(articles: int) -> Built:
    assert Article.objects.count() == articles
    project = Project.objects.get(slug=SLUG)
    people = {name: User.objects.get(email=f"{name}@example.org") for name in ("manager", "annotator")}
    scopes = [Token.Scope.READ, Token.Scope.WRITE]
    tokens = {name: Token.objects.create(user, scopes=scopes)[1] for name, user in people.items()}
    return Built(articles, project, people["manager"], people["annotator"], tokens["manager"], tokens["annotator"])
