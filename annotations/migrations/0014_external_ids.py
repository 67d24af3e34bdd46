"""Articles, claims and spans keep the ids that imported tables give them, each once in a project."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0013_people_of_imports"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="recorded",
        ),
        migrations.AddField(
            model_name="article",
            name="external_id",
            field=models.CharField(editable=False, max_length=200, null=True, verbose_name="external id"),
        ),
        migrations.AddField(
            model_name="span",
            name="external_id",
            field=models.CharField(editable=False, max_length=200, null=True),
        ),
        migrations.AddField(
            model_name="span",
            name="external_in",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="annotations.project",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="external_id_in_project",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."external_id" IS NOT NULL OR NEW."external_in_id" IS NOT NULL)',
                    func="\n                    NEW.external_in_id := CASE WHEN NEW.external_id IS NOT NULL THEN\n                        (SELECT a.project_id FROM annotations_article a WHERE a.id = NEW.article_id) END;\n                    RETURN NEW;\n                ",
                    hash="b5b4d601570d23c628b6fe6f9aa51ded8780d8da",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_external_id_in_project_06001",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'external_in_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'external_in_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'span',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="96db30483bd49af2662288908042e4e7632684ac",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_0e8c8",
                    table="annotations_span",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id__isnull", False)),
                fields=("project", "external_id"),
                name="article_external_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("external_id", ""), _negated=True), name="article_external_id_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id__isnull", False), ("label", "claim")),
                fields=("external_in", "external_id"),
                name="claim_external_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id__isnull", False), models.Q(("label", "claim"), _negated=True)),
                fields=("external_in", "external_id"),
                name="span_external_id",
            ),
        ),
        migrations.AddConstraint(
            model_name="span",
            constraint=models.CheckConstraint(
                condition=models.Q(("external_id", ""), _negated=True), name="span_external_id_not_empty"
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
