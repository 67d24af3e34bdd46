"""Articles say whether their title is only the name of a file.

Of those that are there already nobody wrote that down. So it holds for titles that are the name of a file that was
sent, and for those in formats of folders and archives that look like one.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""

LOOK = r"""
UPDATE annotations_article a SET title_from_file = true FROM annotations_import i
WHERE i.id = a.imported_in_id AND (
    (i.format IN ('brat', 'uima', 'webannotsv') AND a.title ~ '^(?:\S+|.*\.[A-Za-z][A-Za-z0-9]{1,4})$')
    OR EXISTS (SELECT FROM annotations_importfile f WHERE f.of_id = i.id
               AND a.title IN (f.name, regexp_replace(f.name, '\.[^.]*$', ''))))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0014_external_ids"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="recorded",
        ),
        migrations.AddField(
            model_name="article",
            name="title_from_file",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="title_is_given",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."title" IS DISTINCT FROM (NEW."title"))',
                    func="NEW.title_from_file := false; RETURN NEW;",
                    hash="ec7cd1051e6b90b5de7a4313f7e7ea889861fcda",
                    operation="UPDATE",
                    pgid="pgtrigger_title_is_given_720e6",
                    table="annotations_article",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'article',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="72709d4206b9d17b48797881687e24fb1b51d764",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_4c445",
                    table="annotations_article",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(LOOK, migrations.RunSQL.noop),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
