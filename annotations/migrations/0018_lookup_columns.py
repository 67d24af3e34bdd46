"""Assignments, spans, links, verdicts, comments and sentences carry what they are looked up by, set by the database."""

import datetime

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import annotations.models.base.lookup_columns
import annotations.models.base.versioned

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""

# Nobody changed anything: no version, no event.
FILL = """
ALTER TABLE annotations_assignment DISABLE TRIGGER USER;
UPDATE annotations_assignment g SET project_id = a.project_id FROM annotations_article a WHERE a.id = g.article_id;
ALTER TABLE annotations_assignment ENABLE TRIGGER USER;
ALTER TABLE annotations_span DISABLE TRIGGER USER;
UPDATE annotations_span s SET project_id = a.project_id FROM annotations_article a WHERE a.id = s.article_id;
ALTER TABLE annotations_span ENABLE TRIGGER USER;
ALTER TABLE annotations_link DISABLE TRIGGER USER;
UPDATE annotations_link l
SET project_id = t.project_id, source_article_id = s.article_id, target_article_id = t.article_id
FROM annotations_span s, annotations_span t WHERE s.id = l.source_id AND t.id = l.target_id;
ALTER TABLE annotations_link ENABLE TRIGGER USER;
ALTER TABLE annotations_verdict DISABLE TRIGGER USER;
UPDATE annotations_verdict v SET project_id = s.project_id, claim_created_at = s.created_at
FROM annotations_span s WHERE s.id = v.claim_id;
ALTER TABLE annotations_verdict ENABLE TRIGGER USER;
ALTER TABLE annotations_comment DISABLE TRIGGER USER;
UPDATE annotations_comment c SET project_id = a.project_id FROM annotations_article a WHERE a.id = c.article_id;
ALTER TABLE annotations_comment ENABLE TRIGGER USER;
UPDATE annotations_sentence s SET project_id = a.project_id FROM annotations_article a WHERE a.id = s.article_id;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0017_epochs"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="comment",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="recorded",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="article_search",
        ),
        migrations.RemoveIndex(
            model_name="sentence",
            name="sentence_search",
        ),
        migrations.RemoveIndex(
            model_name="verdict",
            name="verdict_queue",
        ),
        migrations.AddField(
            model_name="assignment",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="source_article",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.article",
            ),
        ),
        migrations.AddField(
            model_name="link",
            name="target_article",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.article",
            ),
        ),
        migrations.AddField(
            model_name="sentence",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="span",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="claim_created_at",
            field=annotations.models.base.versioned.TimeByDatabase(null=True, editable=False),
        ),
        migrations.AddField(
            model_name="verdict",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="assignment",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AlterField(
            model_name="comment",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="source_article",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.article",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="target_article",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.article",
            ),
        ),
        migrations.AlterField(
            model_name="sentence",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AlterField(
            model_name="span",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="claim_created_at",
            field=annotations.models.base.versioned.TimeByDatabase(editable=False),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="project",
            field=annotations.models.base.lookup_columns.ParentByDatabase(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="annotations.project",
            ),
        ),
        migrations.AlterField(
            model_name="link",
            name="target",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links_in",
                to="annotations.span",
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="author",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verdicts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="holder",
            field=annotations.models.base.versioned.PersonByDatabase(
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="held_verdicts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="reviewer",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "archived", "created_at", "id"], name="article_current"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "archived", "outlet", "created_at", "id"], name="article_by_outlet"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                fields=["project", "archived", "language", "created_at", "id"], name="article_by_language"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["project", "archived", "published_on"], name="article_of_days"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("project"),
                models.F("archived"),
                django.db.models.functions.comparison.Coalesce("published_on", models.Value(datetime.date(1, 1, 1))),
                models.F("id"),
                name="article_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("project"),
                models.F("archived"),
                django.db.models.functions.text.Lower("title"),
                models.F("id"),
                name="article_by_title",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("project"),
                models.F("archived"),
                django.db.models.functions.text.Lower("outlet"),
                django.db.models.functions.text.Lower("title"),
                models.F("id"),
                name="article_by_outlet_title",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search"), annotations.models.base.lookup_columns.ArrayOf("project"), name="article_search"
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("project"),
                models.F("language"),
                django.db.models.functions.comparison.Coalesce("folded", False),
                name="article_ways",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("length__gt", 200000)), fields=["project"], name="article_long"),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["project", "assignee", "state"], name="assignment_in_project"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["target", "relation"], name="link_to_span"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["source_article"], name="link_from_article"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["target_article"], name="link_to_article"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["project", "relation"], name="link_in_project"),
        ),
        migrations.AddIndex(
            model_name="sentence",
            index=django.contrib.postgres.indexes.GinIndex(
                models.F("search"), annotations.models.base.lookup_columns.ArrayOf("project"), name="sentence_search"
            ),
        ),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(
                condition=models.Q(("label", "claim")), fields=["project", "created_at", "id"], name="claim_in_project"
            ),
        ),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(
                condition=models.Q(("label", "claim")), fields=["project", "updated_at", "id"], name="claim_by_change"
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "created_at", "id"], name="verdict_in_project"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "state", "created_at", "id"], name="verdict_by_state"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "rating", "created_at", "id"], name="verdict_by_rating"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["author", "project", "created_at", "id"], name="verdict_by_author"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["holder", "project", "created_at", "id"], name="verdict_by_holder"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["reviewer", "project", "created_at", "id"], name="verdict_by_reviewer"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("state", "submitted")),
                fields=["project", "submitted_at", "id"],
                name="verdict_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("state", "approved")),
                fields=["project", "approved_at", "id"],
                name="verdict_approved",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("state__in", ["draft", "returned"])),
                fields=["project", "state", "updated_at", "id"],
                name="verdict_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                condition=models.Q(("state__in", ["draft", "returned"])),
                fields=["project", "holder", "state"],
                name="verdict_to_finish",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "state", "claim_created_at", "claim"], name="claim_by_state"),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["project", "rating", "claim_created_at", "claim"], name="claim_by_rating"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id); RETURN NEW;",
                    hash="e7c65d27759310ba8e49f8c63754d9ea08f24964",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_5b087",
                    table="annotations_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'project_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'project_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'assignment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="f41460885b407e5572c8c850d63dd8bc85384e0f",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_ebe3c",
                    table="annotations_assignment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id); RETURN NEW;",
                    hash="e1665a26003db682c894808db2977a240f58aa2a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_a0eb9",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'project_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'project_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'comment' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'comment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="cd860eeb56a7088a95bf19f0249e0c0a1b5bb30e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_e11a4",
                    table="annotations_comment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                NEW.source_article_id := (SELECT s.article_id FROM annotations_span s WHERE s.id = NEW.source_id);\n                SELECT t.article_id, t.project_id INTO NEW.target_article_id, NEW.project_id\n                FROM annotations_span t WHERE t.id = NEW.target_id;\n                 RETURN NEW;",
                    hash="7a13c03d23c102b626bc462760b815bfd54a11a0",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_4856b",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'project_id' - 'source_article_id' - 'target_article_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'project_id' - 'source_article_id' - 'target_article_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'link' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="8a8f897bad4edbabee9c2472d0e9602fd9fe3e43",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_49799",
                    table="annotations_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sentence",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id); RETURN NEW;",
                    hash="5df54cc04c704f6df234537f6aed58bbbf10f2db",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_6ab56",
                    table="annotations_sentence",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="NEW.project_id := (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id); RETURN NEW;",
                    hash="fb168702f0306b98fe40a04c983741eef9846266",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_e44b4",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'external_in_id' - 'project_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'external_in_id' - 'project_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'span' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'assignment_id' IS DISTINCT FROM later -> 'assignment_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'span',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="8f58f180a0f9c609d813689a62cdf3027a4626f7",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_0e8c8",
                    table="annotations_span",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="sets_lookup_columns",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="SELECT s.project_id, s.created_at INTO NEW.project_id, NEW.claim_created_at FROM annotations_span s WHERE s.id = NEW.claim_id; RETURN NEW;",
                    hash="9196f28180332e9fd489b9d75c947bac68da65eb",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_sets_lookup_columns_7f505",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'written_by' - 'project_id' - 'claim_created_at'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'written_by' - 'project_id' - 'claim_created_at'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'verdict' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'verdict',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="5848c02adaeefb26e3610256f3e79369ca1c53a6",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_a95fe",
                    table="annotations_verdict",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
