"""Quotas of imports, and reports of at most 10,000 refused items and as many notes."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""

SHORTEN = """
DELETE FROM annotations_reporteditem listed USING (
    SELECT id, row_number() OVER (PARTITION BY of_id, is_note ORDER BY id) AS number FROM annotations_reporteditem
) AS numbered WHERE numbered.id = listed.id AND numbered.number > 10000
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0026_previews_of_imports"),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name="import",
            trigger=pgtrigger.compiler.Trigger(
                name="within_quotas",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NEW.state IN ('proposed', 'waiting', 'running') AND (\n                        SELECT count(*) FROM annotations_import own\n                        WHERE own.by_id = NEW.by_id AND own.state IN ('proposed', 'waiting', 'running')\n                    ) >= 50\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'imports_under_way', COLUMN = 'state', MESSAGE = 'You have 50 imports that are not over. Wait until some are done, or cancel or discard them.'; END IF;\n                    IF (SELECT count(*) FROM annotations_import kept\n                        WHERE kept.project_id = NEW.project_id) >= 10000\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'imports_kept', COLUMN = 'project', MESSAGE = 'This project has 10,000 imports, the most that are kept. Delete some of which nothing came in.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="57482a723dbd12ec3fae2e4c2a00ffee0ad01388",
                    operation="INSERT",
                    pgid="pgtrigger_within_quotas_387fd",
                    table="annotations_import",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(SHORTEN, migrations.RunSQL.noop),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
