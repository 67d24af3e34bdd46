"""Reviews say whether an import brought them.

Those that are there already were brought by one where the history names somebody else than the reviewer, or nobody.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""

FILL = """
ALTER TABLE annotations_review DISABLE TRIGGER USER;  -- nobody changed anything: no event
UPDATE annotations_review r SET imported = true FROM annotations_event e
WHERE e.kind = 'review' AND e.object_id = r.id::text AND e.what = 'created' AND e.by_id IS DISTINCT FROM r.reviewer_id;
ALTER TABLE annotations_review ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0027_quotas_of_imports"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="review",
            name="by_somebody_else",
        ),
        migrations.AddField(
            model_name="review",
            name="imported",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="by_somebody_else",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE verdict record;",
                    func="\n                    SELECT v.* INTO verdict FROM annotations_verdict v WHERE v.id = NEW.verdict_id FOR NO KEY UPDATE;\n                    IF NEW.reviewer_id = ANY(verdict.written_by) OR NEW.reviewer_id = verdict.holder_id\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'own_verdict', COLUMN = 'reviewer', MESSAGE = 'Nobody reviews a verdict that they wrote, edited or hold.'; END IF;\n                    IF NEW.verdict_version <> verdict.version\n                       OR verdict.state <> (CASE NEW.decision WHEN 'reopened' THEN 'approved' ELSE 'submitted' END)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.'; END IF;\n                    \n    SELECT encode(sha256(convert_to(coalesce(string_agg(\n        concat_ws(' ', l.id, l.relation, s.article_id, s.fragments::text, s.label, s.quote),\n        E'\\n' ORDER BY l.id), ''), 'UTF8')), 'hex')\n    INTO NEW.evidence_digest\n    FROM annotations_link l JOIN annotations_span s ON s.id = l.source_id WHERE l.target_id = verdict.claim_id;\n\n                    NEW.imported := coalesce(current_setting('factcheck.importing', true), '') = 'on' OR NEW.reviewer_id IS DISTINCT FROM\n                        nullif(current_setting('factcheck.actor', true), '')::bigint;\n                    RETURN NEW;\n                ",
                    hash="ff01c8917b280bb5faf24c102965d8e9366f0f5b",
                    operation="INSERT",
                    pgid="pgtrigger_by_somebody_else_84bcc",
                    table="annotations_review",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
