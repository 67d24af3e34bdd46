"""The history goes on above all transaction ids before it when a database is restored on another server."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from annotations.models.epoch import CREATE_FUNCTIONS, DROP_FUNCTIONS

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0016_ids_keep_their_history"),
    ]

    operations = [
        migrations.CreateModel(
            name="Epoch",
            fields=[
                ("id", models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("server", models.CharField(max_length=20)),
                ("base", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(CREATE_FUNCTIONS, DROP_FUNCTIONS),
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="comment",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidencelink",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidenceset",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="project",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="release",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="review",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="recorded",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'article' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project )) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'article',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="73841d6b66037fd320b51a100a67487ca2f9603e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_4c445",
                    table="annotations_article",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'assignment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="48a2ca2ce1ff691b6b812677fd33df70fcc6f74e",
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
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'comment' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'comment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="99ede99e8eba5a81f05f6a49277b0ea22d83c935",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_e11a4",
                    table="annotations_comment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelink",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_evidenceset e JOIN annotations_verdict v ON v.id = e.verdict_id JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE e.id = entry.evidence_set_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'evidence_link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="a1879acb68d6c6128b00aea3673559cf76b33f0f",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_f0e27",
                    table="annotations_evidencelink",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceset",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'evidence_set',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="458ad19da830d285697354dafc2137936954cf32",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_eda37",
                    table="annotations_evidenceset",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id WHERE s.id = entry.target_id);\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'link' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="8c5a3fe04d0393a7743e7b9fb8bec827e822bf7a",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_49799",
                    table="annotations_link",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'membership',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="d27a1ef0e6950929ceed1806b324b79a145e9304",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_798d1",
                    table="annotations_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'pseudonym_key'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'pseudonym_key'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'project',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="de46b5f6177c84d0d8d2f0b259c9191f733c7560",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_e90a6",
                    table="annotations_project",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'done' - 'total' - 'manifest'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'done' - 'total' - 'manifest'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'release',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="2a3f0c9f0ffa5b7c697e28e9079cee3a6ca70be1",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_d259d",
                    table="annotations_release",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'review',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="124e4166be57abeee9d5aa89689d0ee0f04af62c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_ec342",
                    table="annotations_review",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'external_in_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'external_in_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'span' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'assignment_id' IS DISTINCT FROM later -> 'assignment_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'span',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="c376595d3a78d2224f505fd4760290fe22e22c0e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_0e8c8",
                    table="annotations_span",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'password' - 'last_login'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'password' - 'last_login'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := NULL::bigint;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'user',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="501e43f184609fa7b411cf82d65a8fba98e14ff8",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_3c0c6",
                    table="annotations_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'written_by'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'written_by'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id WHERE s.id = entry.claim_id);\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'verdict' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'verdict',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="02b03360806e27da3d447693cab3626ba46aaed8",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_a95fe",
                    table="annotations_verdict",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="epoch",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="epoch_is_one"),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
