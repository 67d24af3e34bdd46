"""Comments in threads, and who is told of them."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import annotations.models.base.deferred_fields
import annotations.models.base.identifiers
import annotations.models.base.versioned

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0005_keys_of_ones_own"),
    ]

    operations = [
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created"
                    ),
                ),
                (
                    "updated_at",
                    annotations.models.base.versioned.TimeByDatabase(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="changed"
                    ),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=annotations.models.base.identifiers.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("text", models.TextField(max_length=10000)),
                ("resolved_at", models.DateTimeField(editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="annotations.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "link",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=annotations.models.base.deferred_fields.before_it,
                        related_name="comments",
                        to="annotations.link",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "span",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=annotations.models.base.deferred_fields.before_it,
                        related_name="comments",
                        to="annotations.span",
                    ),
                ),
                (
                    "thread",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="annotations.comment",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=annotations.models.base.deferred_fields.before_it,
                        related_name="comments",
                        to="annotations.verdict",
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("mention", "mentions you"),
                            ("reply", "answers in a thread of yours"),
                            ("work", "is about your work"),
                        ],
                        max_length=7,
                    ),
                ),
                ("written", models.CharField(blank=True, max_length=300)),
                ("read", models.BooleanField(default=False)),
                (
                    "comment",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="annotations.comment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["article", "created_at", "id"], name="comment_in_article"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("text__regex", "\\S"),
                    django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length("text"), 10000),
                ),
                name="comment_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("link", None), ("span", None)),
                    models.Q(("span", None), ("verdict", None)),
                    models.Q(("link", None), ("verdict", None)),
                    _connector="OR",
                ),
                name="comment_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resolved_at", None), ("resolved_by", None)),
                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False), ("thread", None)),
                    _connector="OR",
                ),
                name="thread_resolved",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'Somebody changed this meanwhile. Look at the current state.'; END IF;\n        NEW.created_at := OLD.created_at;\n        NEW.updated_at := clock_timestamp();\n        RETURN NEW;\n    ",
                    hash="41c4f17371f1a3fa15bbabdc3a266ee07c03ed8f",
                    operation="UPDATE",
                    pgid="pgtrigger_counts_versions_cf379",
                    table="annotations_comment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="hangs_where_it_says",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE place uuid; first record;",
                    func="\n    IF TG_OP = 'UPDATE' THEN\n        IF (NEW.id, NEW.article_id, NEW.author_id) <> (OLD.id, OLD.article_id, OLD.author_id)\n           OR (NEW.span_id, NEW.link_id, NEW.verdict_id, NEW.thread_id)\n              IS DISTINCT FROM (OLD.span_id, OLD.link_id, OLD.verdict_id, OLD.thread_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_stays', COLUMN = 'on', MESSAGE = 'A comment keeps its author, its place and its thread.'; END IF;\n        RETURN NEW;\n    END IF;\n    SELECT s.article_id INTO place FROM annotations_span s WHERE s.id = coalesce(\n        NEW.span_id,\n        (SELECT l.target_id FROM annotations_link l WHERE l.id = NEW.link_id),\n        (SELECT v.claim_id FROM annotations_verdict v WHERE v.id = NEW.verdict_id));\n    IF place <> NEW.article_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_place', COLUMN = 'on', MESSAGE = 'A comment hangs on one span, link, verdict or article.'; END IF;\n    IF NEW.thread_id IS NOT NULL THEN\n        SELECT * INTO first FROM annotations_comment c WHERE c.id = NEW.thread_id;\n        IF NOT FOUND THEN RETURN NEW; END IF;  -- the foreign key will refuse it\n        IF first.thread_id IS NOT NULL\n           OR (first.article_id, first.span_id, first.link_id, first.verdict_id)\n              IS DISTINCT FROM (NEW.article_id, NEW.span_id, NEW.link_id, NEW.verdict_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_thread', COLUMN = 'reply_to', MESSAGE = 'A reply hangs on the same thing as what it answers.'; END IF;\n    END IF;\n    RETURN NEW;\n",
                    hash="4124715452e4f5454a1507bc8ee98d9a428fd5cd",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_hangs_where_it_says_5703e",
                    table="annotations_comment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'History is only added to.'; END IF; RETURN NULL;",
                    hash="d287c8de5080045396db1c6daafd22d1e4906cc9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_7b99a",
                    table="annotations_comment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'comment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="eb75eeac3b6522963f96e060d07190924756db63",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_e11a4",
                    table="annotations_comment",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["user", "read", "-id"], name="notice_inbox"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("comment", "user"), name="notice_once"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("why__in", ["mention", "reply", "work"])), name="notice_why_known"
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
