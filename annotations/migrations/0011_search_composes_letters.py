"""Search finds composed and decomposed letters alike, and without diacritics where the project says so.

No row is rewritten here: a job indexes the articles of each project anew, one at a time.
"""

from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from procrastinate.contrib.django import app

from annotations.models.base.text_search import CREATE_SEARCHABLE, DROP_SEARCHABLE

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


def index_anew(apps: Any, schema_editor: Any) -> None:
    """Asks for the job of each project; until it is done, search works as before."""
    for key in apps.get_model("annotations", "Project").objects.values_list("pk", flat=True):
        app.configure_task("index_articles", lock=f"index {key}").defer(project_id=key)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0010_notes_of_imports"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(CREATE_SEARCHABLE, DROP_SEARCHABLE),
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="body_is_fixed",
        ),
        migrations.AddField(
            model_name="article",
            name="folded",
            field=models.BooleanField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="project",
            name="fold_diacritics",
            field=models.BooleanField(default=False, verbose_name="ignore diacritics in search"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="body_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF TG_OP = 'UPDATE' AND (NEW.body, NEW.project_id, NEW.source, NEW.sha256, NEW.length)\n                       IS DISTINCT FROM (OLD.body, OLD.project_id, OLD.source, OLD.sha256, OLD.length)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'body_immutable', COLUMN = 'body', MESSAGE = 'The text of an article never changes. Add a corrected article that revises this one.'; END IF;\n                    IF TG_OP = 'INSERT' THEN\n                        NEW.sha256 := encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex');\n                        NEW.length := char_length(NEW.body);\n                        NEW.source_sha256 := encode(sha256(NEW.source), 'hex');\n                        -- FOR SHARE: whoever changes the setting waits for this article, and then indexes it anew.\n                        SELECT fold_diacritics INTO NEW.folded FROM annotations_project\n                        WHERE id = NEW.project_id FOR SHARE;\n                    END IF;\n                    NEW.search := to_tsvector(\n                        factcheck_text_search(NEW.language),\n                        factcheck_searchable(\n                            concat_ws(' ', NEW.title, NEW.outlet, NEW.author, left(NEW.body, 200000)),\n                            coalesce(NEW.folded, false)));\n                    RETURN NEW;\n                ",
                    hash="3192c12ef7c4dc720ac8b2beb272a692495b84f8",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_body_is_fixed_edcde",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'body' - 'source' - 'search' - 'folded'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'body' - 'source' - 'search' - 'folded'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'article',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="89339a727a331d08c4bee9b5eeb9670403b273ec",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_4c445",
                    table="annotations_article",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
        migrations.RunPython(index_anew, migrations.RunPython.noop),
    ]
