"""Two large projects that share their vocabulary: one is shared, the other one independent.

With 20,000 articles there are 400,000 spans, 200,000 links, 100,000 verdicts and a million events.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from annotations.models import Import, Membership, Project, Role, User
from bench.texts import SPANS, Text, texts

LINKS: Final = 10
VERDICTS: Final = 5
COMMENTS: Final = 4
EVENTS: Final = 50
"""So many for each article. By turns an article is of the one project and of the other."""

ANNOTATORS: Final = 10
BEGUN: Final = datetime(2026, 1, 1, tzinfo=UTC)
MODES: Final = {"large-shared": "shared", "large-independent": "independent"}

TABLES: Final = (
    "article", "sentence", "assignment", "span", "link", "verdict", "evidenceset", "evidencelink", "review", "comment",
    "notice", "event",
)  # fmt: skip
"""The tables that are filled, with triggers off."""


def key(kind: str, number: int) -> UUID:
    """The id of an article, span, link, verdict or comment."""
    return UUID(f"01906d{'asvlc'.index(kind):02x}-0000-7000-8000-{number:012x}")


KEY: Final = """
    CREATE FUNCTION pg_temp.key(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT ('01906d' || lpad(to_hex(position(kind IN 'asvlc') - 1), 2, '0') || '-0000-7000-8000-'
            || lpad(to_hex(number), 12, '0'))::uuid $$
"""

DRAFTS: Final = """
    CREATE TEMPORARY TABLE draft_article (number bigint, title text, body text) ON COMMIT DROP;
    CREATE TEMPORARY TABLE draft_sentence (number bigint, start int, "end" int, words text) ON COMMIT DROP;
    CREATE TEMPORARY TABLE draft_span (article bigint, turn int, fragments int[], quote text, label text, fields jsonb)
        ON COMMIT DROP;
"""

SHARED: Final = f"""
    -- Whose project, pass and moment: a person's articles are all over their project.
    CREATE FUNCTION pg_temp.project(article bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
        $$ SELECT (%(projects)s::bigint[])[article %% 2 + 1] $$;
    CREATE FUNCTION pg_temp.person(number bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
        $$ SELECT (%(people)s::bigint[])[number %% {ANNOTATORS} + 1] $$;
    CREATE FUNCTION pg_temp.at(article bigint, step bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE AS
        $$ SELECT '{BEGUN.isoformat()}'::timestamptz + article * interval '1 minute' + step * interval '1 second' $$;
"""

FILLING: Final[tuple[tuple[str, str], ...]] = (
    (
        "articles",
        """
    INSERT INTO annotations_article (id, project_id, title, outlet, language, direction, body, length, sha256, folded,
                                     published_on, search, archived, created_at)
    SELECT pg_temp.key('a', number), pg_temp.project(number), title, 'Outlet ' || number / 2 % 40, 'en', 'auto', body,
           char_length(body), encode(sha256(convert_to(body, 'UTF8')), 'hex'), false,
           '2026-01-01'::date - (number % 900)::int,
           to_tsvector('english', title || ' ' || body), number % 50 > 47, pg_temp.at(number, 0)
    FROM draft_article""",
    ),
    (
        "sentences",
        """
    INSERT INTO annotations_sentence (article_id, project_id, start, "end", search)
    SELECT pg_temp.key('a', number), pg_temp.project(number), start, "end", to_tsvector('english', words)
    FROM draft_sentence""",
    ),
    # Every pass is taken up but those of the last tenth of the articles; of ten, seven are submitted. A second person
    # has gone over every third article, and found nothing.
    (
        "assignments",
        """
    INSERT INTO annotations_assignment (id, article_id, project_id, assignee_id, kind, state, created_at, submitted_at,
                                        imported, reopened)
    SELECT 2 * number + second + 1, pg_temp.key('a', number), pg_temp.project(number),
           pg_temp.person(number / 2 + second), 'annotate',
           CASE WHEN number / 2 % 10 < 7 THEN 'submitted' ELSE 'open' END, pg_temp.at(number, 1 + second),
           CASE WHEN number / 2 % 10 < 7 THEN pg_temp.at(number, 3000) END, false, false
    FROM draft_article, generate_series(0, 1) second WHERE second = 0 OR number / 2 % 3 = 0""",
    ),
    (
        "spans",
        f"""
    INSERT INTO annotations_span (id, version, assignment_id, article_id, project_id, fragments, start, "end", quote,
                                  label, fields, note, created_at, updated_at, selected)
    SELECT pg_temp.key('s', article * {SPANS} + turn), 1, 2 * article + 1, pg_temp.key('a', article),
           pg_temp.project(article), fragments, fragments[1][1], fragments[array_upper(fragments, 1)][2], quote, label,
           fields, '', pg_temp.at(article, 10 + turn), pg_temp.at(article, 10 + turn),
           (SELECT sum(fragments[part][2] - fragments[part][1]) FROM generate_subscripts(fragments, 1) part)
    FROM draft_span""",
    ),
    # Claims are the spans 0, 3, 6 …, attributions 1, 4, 7 …, facts 2, 5, 8 …
    (
        "links",
        f"""
    INSERT INTO annotations_link (id, version, source_id, target_id, relation, author_id, note, created_at, updated_at,
                                  project_id, source_article_id, target_article_id)
    SELECT pg_temp.key('l', number * {LINKS} + k), 1, pg_temp.key('s', other * {SPANS} + source),
           pg_temp.key('s', number * {SPANS} + target), relation, pg_temp.person(number / 2), '',
           pg_temp.at(number, 100 + k), pg_temp.at(number, 100 + k), pg_temp.project(number),
           pg_temp.key('a', other), pg_temp.key('a', number)
    FROM (VALUES (0, 0, 1, 0, 'attributes'), (1, 0, 4, 3, 'attributes'), (2, 0, 7, 6, 'attributes'),
                 (3, 0, 2, 0, 'corroborates'), (4, 0, 5, 3, 'corroborates'), (5, 0, 8, 6, 'corroborates'),
                 (6, -2, 11, 0, 'contradicts'), (7, -4, 14, 9, 'contradicts'), (8, -6, 15, 0, 'restates'),
                 (9, 0, 17, 12, 'corroborates')) l(k, away, source, target, relation),
         (SELECT number, count(*) OVER () AS many FROM draft_article) article,
         LATERAL (SELECT (number + away + many) % many AS other) ends""",
    ),
    # Verdicts on the claims 0, 3, 6, 9 and 12 of each article: of ten, four are approved and two of each other state.
    (
        "verdicts",
        f"""
    INSERT INTO annotations_verdict (id, version, claim_id, author_id, edited_by_id, holder_id, written_by, rating,
                                     rationale, confidence, state, submitted_at, reviewer_id, approved_at, created_at,
                                     updated_at, project_id, claim_created_at)
    SELECT pg_temp.key('v', number * {VERDICTS} + k), 3, pg_temp.key('s', number * {SPANS} + 3 * k),
           author, author, CASE WHEN k = 4 THEN pg_temp.person(number / 2 + 5) ELSE author END, ARRAY[author],
           (ARRAY['supported', 'refuted', 'not_enough_evidence', 'conflicting_evidence'])[(number + k) % 4 + 1],
           repeat('One report says so, the other one does not. ', 4), 0.5, state,
           CASE WHEN state IN ('submitted', 'approved') THEN pg_temp.at(number, 3000 + k) END,
           CASE WHEN state = 'approved' THEN %(reviewer)s END,
           CASE WHEN state = 'approved' THEN pg_temp.at(number, 3100 + k) END,
           pg_temp.at(number, 200 + k), pg_temp.at(number, 3200 + k), pg_temp.project(number),
           pg_temp.at(number, 10 + 3 * k)
    FROM draft_article, generate_series(0, {VERDICTS - 1}) k,
         LATERAL (SELECT pg_temp.person(number / 2) AS author, (ARRAY['approved', 'approved', 'approved', 'approved',
            'submitted', 'submitted', 'draft', 'draft', 'returned', 'returned'])[(number / 2 + 3 * k) % 10 + 1] AS state
         ) life""",
    ),
    (
        "evidence sets",
        f"""
    INSERT INTO annotations_evidenceset (id, verdict_id, position, question, answer)
    SELECT number * 2 + k + 1, pg_temp.key('v', number * {VERDICTS} + k), 0, 'What happened?', 'Reports differ.'
    FROM draft_article, generate_series(0, 1) k""",
    ),
    (
        "evidence links",
        f"""
    INSERT INTO annotations_evidencelink (evidence_set_id, link_id, position)
    SELECT number * 2 + k + 1, pg_temp.key('l', number * {LINKS} + 3 + k), 0
    FROM draft_article, generate_series(0, 1) k""",
    ),
    (
        "reviews",
        """
    INSERT INTO annotations_review (verdict_id, verdict_version, reviewer_id, decision, reason, evidence_digest,
                                    created_at, imported)
    SELECT id, 2, %(reviewer)s, state, CASE WHEN state = 'returned' THEN 'Why?' ELSE '' END, '', updated_at, false
    FROM annotations_verdict WHERE state IN ('approved', 'returned')""",
    ),
    # On the article, on its first claim with a reply, and on the link that comes from another article.
    (
        "comments",
        f"""
    INSERT INTO annotations_comment (id, version, article_id, project_id, span_id, link_id, thread_id, author_id, text,
                                     created_at, updated_at)
    SELECT pg_temp.key('c', number * {COMMENTS} + k), 1, pg_temp.key('a', number), pg_temp.project(number),
           CASE WHEN k IN (1, 2) THEN pg_temp.key('s', number * {SPANS}) END,
           CASE WHEN k = 3 THEN pg_temp.key('l', number * {LINKS} + 6) END,
           CASE WHEN k = 2 THEN pg_temp.key('c', number * {COMMENTS} + 1) END,
           pg_temp.person(number / 2 + k), 'Is that so?', pg_temp.at(number, 300 + k), pg_temp.at(number, 300 + k)
    FROM draft_article, generate_series(0, {COMMENTS - 1}) k""",
    ),
    (
        "notices",
        f"""
    INSERT INTO annotations_notice (comment_id, user_id, why, written, read)
    SELECT pg_temp.key('c', number * {COMMENTS} + k), pg_temp.person(number / 2), 'work', '', number % 4 > 0
    FROM draft_article, generate_series(1, {COMMENTS - 1}) k""",
    ),
    (
        "events",
        f"""
    INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)
    SELECT pg_temp.at(number, 10 + k), pg_temp.person(number / 2), made.kind, made.object::text,
           pg_temp.project(number), CASE WHEN k < 35 THEN 'created' ELSE 'updated' END,
           CASE WHEN k >= 35 THEN made.row END, made.row, factcheck_xid()
    FROM draft_article, generate_series(0, {EVENTS - 1}) k, LATERAL (
        SELECT 'span' AS kind, pg_temp.key('s', number * {SPANS} + k) AS object,
               jsonb_build_object('id', pg_temp.key('s', number * {SPANS} + k), 'article_id', pg_temp.key('a', number),
                                  'label', 'claim', 'version', 1) AS row WHERE k < 20
        UNION ALL
        SELECT 'link', pg_temp.key('l', number * {LINKS} + k - 20),
               jsonb_build_object('id', pg_temp.key('l', number * {LINKS} + k - 20), 'version', 1,
                                  'relation', 'corroborates', 'source_id', pg_temp.key('s', number * {SPANS} + 2),
                                  'target_id', pg_temp.key('s', number * {SPANS} + (k - 20) / 3 * 3))
        WHERE k BETWEEN 20 AND 29
        UNION ALL
        SELECT 'verdict', pg_temp.key('v', number * {VERDICTS} + k % 5),
               jsonb_build_object('id', pg_temp.key('v', number * {VERDICTS} + k % 5), 'version', k / 5 - 5,
                                  'claim_id', pg_temp.key('s', number * {SPANS} + 3 * (k % 5)), 'state', 'draft',
                                  'rationale', 'So they say.', 'rating', 'supported', 'confidence', 0.5,
                                  'author_id', pg_temp.person(number / 2), 'holder_id', pg_temp.person(number / 2))
        WHERE k >= 30
    ) made""",
    ),
)


@dataclass(frozen=True, slots=True)
class World:
    """What there is to ask for: `people` by their name, `shared` and `independent` projects, and so many articles."""

    articles: int
    people: dict[str, User]
    shared: Project
    independent: Project

    @property
    def article(self) -> int:
        """The number of an article in the midst of the shared project: submitted, and with everything on it."""
        return self.articles // 2 // 20 * 20

    @property
    def independent_article(self) -> int:
        """The same in the independent project."""
        return self.article + 1


def fill(articles: int, say: Callable[[str], None] = lambda what: None) -> None:
    """Fills an empty database. The rules are not asked, so that it takes seconds."""
    with transaction.atomic(), connection.cursor() as cursor:
        people = _people()
        projects = [Project.objects.get(slug=slug).pk for slug in MODES]
        annotators = [people[f"annotator {number}"].pk for number in range(ANNOTATORS)]
        values: dict[str, Any] = {"projects": projects, "people": annotators, "reviewer": people["reviewer"].pk}
        for statement in (KEY, DRAFTS):
            cursor.execute(statement)
        cursor.execute(SHARED, values)
        say("texts")
        _copy_drafts(cursor, texts(articles))
        with _without_triggers(cursor):
            for what, statement in FILLING:
                say(what)
                cursor.execute(statement.replace("%", "%%").replace("%%(reviewer)s", "%(reviewer)s"), values)
        for table in ("assignment", "evidenceset"):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('annotations_{table}', 'id'), max(id)) FROM annotations_{table}"
            )
    say("statistics")
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE annotations_{table}")


def world() -> World:
    """What `fill` made, as it is read again by whoever uses the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM annotations_article")
        [(articles,)] = cursor.fetchall()
    people = {user.name: user for user in User.objects.all()}
    shared, independent = (Project.objects.get(slug=slug) for slug in MODES)
    return World(articles, people, shared, independent)


def _people() -> dict[str, User]:
    """A manager, a reviewer, a viewer and annotators, who all are members of both projects, and 200 others."""
    names = ["manager", "reviewer", "viewer", *(f"annotator {number}" for number in range(ANNOTATORS))]
    others = [f"other {number}" for number in range(200)]
    people = {
        name: User.objects.create_user(f"{name.replace(' ', '-')}@example.org", name=name) for name in [*names, *others]
    }
    for slug, mode in MODES.items():
        project = Project.objects.start(
            by=people["manager"], slug=slug, name=slug, mode=mode, annotators_per_article=2 if mode != "shared" else 1
        )
        for name in names[1:]:
            Membership.objects.create(project=project, user=people[name], roles=[Role(name.split()[0])])
    Import.objects.create(project=Project.objects.get(slug="large-shared"), by=people["manager"], state="done")
    return people


def _copy_drafts(cursor: Any, all_texts: Iterator[Text]) -> None:
    sentences: list[tuple[Any, ...]] = []
    spans: list[tuple[Any, ...]] = []
    with cursor.copy("COPY draft_article FROM STDIN") as copy:
        for number, text in enumerate(all_texts):
            copy.write_row((number, text.title, text.body))
            sentences += [(number, start, end, text.body[start:end]) for start, end in text.sentences]
            spans += [
                (number, turn, [list(fragment) for fragment in one.fragments], one.quote, one.label, _fields(one))
                for turn, one in enumerate(text.passages)
            ]
    for table, rows in (("draft_sentence", sentences), ("draft_span", spans)):
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _fields(passage: Any) -> str:
    fields = {"claim": {"statement": passage.quote}, "attribution": {"source_name": passage.quote[:20]}}
    return json.dumps(fields.get(passage.label, {}))


@contextmanager
def _without_triggers(cursor: Any) -> Iterator[None]:
    """Nothing is checked or recorded; a role that may not say so for all triggers says it for those of the tables."""
    cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
    if cursor.fetchone() == (True,):
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        return
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in TABLES:
        cursor.execute(f"ALTER TABLE annotations_{table} DISABLE TRIGGER USER")
    yield
    for table in TABLES:
        cursor.execute(f"ALTER TABLE annotations_{table} ENABLE TRIGGER USER")


def moment(article: int, step: int) -> datetime:
    """When something of an article happened."""
    return BEGUN + timedelta(minutes=article, seconds=step)
