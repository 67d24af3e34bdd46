"""In independent projects submitted passes are locked, and `annotators_per_article` limits who takes up an article.

Passes that are there stay. An import made those of people without login, those that somebody else than their assignee
began, and those that began in the transaction in which an import brought an article.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""

FILL = """
ALTER TABLE annotations_assignment DISABLE TRIGGER USER;  -- nobody changed anything: no event
UPDATE annotations_assignment a SET imported = true
WHERE a.assignee_id IN (SELECT u.id FROM annotations_user u WHERE u.email LIKE '%@people.invalid')
   OR EXISTS (SELECT FROM annotations_event e WHERE e.kind = 'assignment' AND e.object_id = a.id::text
              AND e.what = 'created' AND (e.by_id IS DISTINCT FROM a.assignee_id OR EXISTS (
                  SELECT FROM annotations_event article WHERE article.xid = e.xid AND article.kind = 'article'
                    AND article.what = 'created' AND article.after ->> 'imported_in_id' IS NOT NULL)));
ALTER TABLE annotations_assignment ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0021_may_start_projects"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="imported",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="assignment",
            name="reopened",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_passes_independent",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE project record; is_new bool;",
                    func="\n    NEW.imported := CASE TG_OP WHEN 'INSERT' THEN coalesce(current_setting('factcheck.importing', true), '') = 'on' ELSE OLD.imported END;\n    NEW.reopened := TG_OP = 'UPDATE' AND OLD.reopened;\n    is_new := TG_OP = 'INSERT' OR (NEW.article_id, NEW.assignee_id, NEW.kind)\n                                  <> (OLD.article_id, OLD.assignee_id, OLD.kind);\n    IF NOT is_new AND NEW.state = OLD.state THEN RETURN NEW; END IF;\n    -- Taken up again: the unique constraint finds the pass that is there.\n    IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_assignment same WHERE same.article_id = NEW.article_id\n          AND same.assignee_id = NEW.assignee_id AND same.kind = NEW.kind) THEN RETURN NEW; END IF;\n    SELECT p.id, p.mode, p.annotators_per_article INTO project\n    FROM annotations_project p JOIN annotations_article a ON a.project_id = p.id WHERE a.id = NEW.article_id;\n    IF project.mode <> 'independent' THEN RETURN NEW; END IF;\n    -- Passes over an article begin, are submitted and are reopened one after the other.\n    PERFORM FROM annotations_article WHERE id = NEW.article_id FOR NO KEY UPDATE;\n    IF is_new AND NEW.kind = 'annotate' AND NOT NEW.imported AND project.annotators_per_article <= (\n        SELECT count(*) FROM annotations_assignment assignment\n        WHERE assignment.article_id = NEW.article_id AND assignment.assignee_id <> NEW.assignee_id\n          AND \n    assignment.kind = 'annotate' AND NOT assignment.imported AND (assignment.state = 'submitted' OR EXISTS (\n        SELECT FROM annotations_membership membership JOIN annotations_user person ON person.id = membership.user_id\n        WHERE membership.project_id = project.id AND membership.user_id = assignment.assignee_id\n          AND person.is_active AND 'annotator' = ANY(membership.roles)))\n)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'article_full', COLUMN = 'article', MESSAGE = 'This article has enough annotators, so nobody else can take it up.'; END IF;\n    -- A pass that was reopened is not submitted now, but whoever was submitted with it has read it.\n    IF NOT is_new AND OLD.state = 'submitted' AND EXISTS (\n        SELECT FROM annotations_assignment other WHERE other.article_id = NEW.article_id\n          AND other.assignee_id <> NEW.assignee_id AND (other.state = 'submitted' OR other.reopened))\n    THEN\n        IF NOT EXISTS (\n            SELECT FROM annotations_membership membership WHERE membership.project_id = project.id\n              AND membership.user_id = nullif(current_setting('factcheck.actor', true), '')::bigint\n              AND 'manager' = ANY(membership.roles))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_opened', COLUMN = 'state', MESSAGE = 'Somebody else has submitted this article too, so you can read one another''s work. Only a manager can reopen it.'; END IF;\n        NEW.reopened := true;\n    END IF;\n    RETURN NEW;\n",
                    hash="d1474c92ba7ebe50b73a896417aec9ea0dc49da5",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_keeps_passes_independent_34afe",
                    table="annotations_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="in_an_open_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE pass_id bigint; pass record; pass_state text;",
                    func="\n                    -- A link between two passes is work of its own: both are open to whoever makes it.\n                    FOR pass_id IN\n                        SELECT DISTINCT source.assignment_id\n                        FROM (VALUES (OLD.source_id, OLD.target_id), (NEW.source_id, NEW.target_id))\n                            AS link(source, target)\n                        JOIN annotations_span source ON source.id = link.source\n                        JOIN annotations_span target ON target.id = link.target\n                        WHERE source.assignment_id = target.assignment_id\n                    LOOP \n    SELECT project.mode, assignee.is_active INTO pass\n    FROM annotations_assignment assignment\n    JOIN annotations_article article ON article.id = assignment.article_id\n    JOIN annotations_project project ON project.id = article.project_id\n    JOIN annotations_user assignee ON assignee.id = assignment.assignee_id\n    WHERE assignment.id = pass_id;\n    -- People without login go on with nothing: their passes are submitted, and more of their work may come in.\n    IF pass.mode = 'independent' AND (pass.is_active OR NOT coalesce(current_setting('factcheck.importing', true), '') = 'on') THEN\n        -- FOR SHARE: whoever submits or reopens the pass waits until this is committed, and this waits for them.\n        SELECT state INTO pass_state FROM annotations_assignment WHERE id = pass_id FOR SHARE;\n        IF pass_state = 'submitted' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_submitted', COLUMN = 'assignment', MESSAGE = 'The article is submitted, so its spans in this pass and the links between them can''t change. Reopen it first.'; END IF; END IF;\n    END IF;\n END LOOP;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="d4784a7861ba610b93b82e1c7bd30e6cec547449",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_in_an_open_pass_e1ab7",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="in_an_open_pass",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE pass_id bigint; pass record; pass_state text;",
                    func="\n                    pass_id := CASE TG_OP WHEN 'DELETE' THEN OLD.assignment_id ELSE NEW.assignment_id END;\n                    \n    SELECT project.mode, assignee.is_active INTO pass\n    FROM annotations_assignment assignment\n    JOIN annotations_article article ON article.id = assignment.article_id\n    JOIN annotations_project project ON project.id = article.project_id\n    JOIN annotations_user assignee ON assignee.id = assignment.assignee_id\n    WHERE assignment.id = pass_id;\n    -- People without login go on with nothing: their passes are submitted, and more of their work may come in.\n    IF pass.mode = 'independent' AND (pass.is_active OR NOT coalesce(current_setting('factcheck.importing', true), '') = 'on') THEN\n        -- FOR SHARE: whoever submits or reopens the pass waits until this is committed, and this waits for them.\n        SELECT state INTO pass_state FROM annotations_assignment WHERE id = pass_id FOR SHARE;\n        IF pass_state = 'submitted' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_submitted', COLUMN = 'assignment', MESSAGE = 'The article is submitted, so its spans in this pass and the links between them can''t change. Reopen it first.'; END IF; END IF;\n    END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="acf45823ed85287f8437f503a4541a8f34500def",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_in_an_open_pass_13976",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
