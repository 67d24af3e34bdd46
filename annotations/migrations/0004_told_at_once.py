"""The database says at each commit which project changed; and a table of who has which article open."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_history_of_links_to_a_claim")]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("process", models.UUIDField()),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="annotations.article",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("seen", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["process"], name="presence_of_process")]},
        ),
        migrations.RunSQL("ALTER TABLE annotations_presence SET UNLOGGED", migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="told_at_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."project_id" IS NOT NULL)',
                    func="PERFORM pg_notify('factcheck_changed', NEW.project_id::text); RETURN NULL;",
                    hash="9d855c5cc463d744fca74fa1d6687532be669090",
                    operation="INSERT",
                    pgid="pgtrigger_told_at_once_8bc2d",
                    table="annotations_event",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
