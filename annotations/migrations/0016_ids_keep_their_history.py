"""An id that has been used keeps its history: what is new takes another one."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0015_titles_from_files"),
    ]

    operations = [
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
            name="has_a_holder",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'article' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project )) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'article',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="f3cdb7bd0902a0c275e2e7ef5931fedead795417",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'assignment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="fea47b883829a0cd4315bd4aa5066eb4a9e78014",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'comment' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'comment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="d59983486ffcd1de2191d97c7ab2107703104d3c",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_evidenceset e JOIN annotations_verdict v ON v.id = e.verdict_id JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE e.id = entry.evidence_set_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'evidence_link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="a57b2503eab0070410790fb6903739022603a9e5",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'evidence_set',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="82e59c9f0040b7e48a8b2b6c63104b5db1f242c3",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id WHERE s.id = entry.target_id);\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'link' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="eb26f21771049fec2c802828531ecf2ae41e162f",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'membership',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="91fad6fc6875856010117962da63ed6abfe30684",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'pseudonym_key'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'pseudonym_key'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'project',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="b4bca5b11df20ffc863fa90d563fdebf45fa2002",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'done' - 'total' - 'manifest'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'done' - 'total' - 'manifest'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'release',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="ebc824db763978f54108eece2bfc9597d8d844d8",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD); entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW); entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id WHERE v.id = entry.verdict_id);\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'review',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="8f4585234691dea823082b6222e9906250346910",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'external_in_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'external_in_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_article a WHERE a.id = entry.article_id);\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'span' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'assignment_id' IS DISTINCT FROM later -> 'assignment_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'span',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="954c23a9b5848edcc67b3ad56b59deee33105e1b",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'password' - 'last_login'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'password' - 'last_login'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := NULL::bigint;\n            \n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'user',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="8b6044f53ff8eea714564a51ac266ad49eebe22e",
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
                name="has_a_holder",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE earlier bigint[]; held_before bool; says_the_same bool; claim record; actor bigint;",
                    func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.holder_id := coalesce(NEW.holder_id, NEW.author_id);\n        -- What is restored has the holder and the writers that the history names.\n        SELECT coalesce(array_agg((entry ->> who)::bigint) FILTER (WHERE entry ->> who IS NOT NULL), '{}'),\n               coalesce(bool_or(e.what = 'deleted' AND entry ->> 'holder_id' = NEW.holder_id::text), false)\n        INTO earlier, held_before\n        FROM annotations_event e, unnest(ARRAY[e.before, e.after]) entry, unnest(ARRAY['author_id', 'edited_by_id']) who\n        WHERE e.kind = 'verdict' AND e.object_id = NEW.id::text AND e.project_id = (\n            SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n            WHERE s.id = NEW.claim_id);\n        IF NEW.holder_id <> NEW.author_id AND NOT held_before THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_annotates', COLUMN = 'to', MESSAGE = 'Only an active annotator of this project can take over a verdict.'; END IF;\n        NEW.written_by := ARRAY(\n            SELECT DISTINCT person FROM unnest(earlier || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person\n            ORDER BY person);\n        RETURN NEW;\n    END IF;\n    NEW.written_by := ARRAY(\n            SELECT DISTINCT person FROM unnest(OLD.written_by || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person\n            ORDER BY person);\n    says_the_same := (NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence, NEW.state)\n        IS NOT DISTINCT FROM\n        (OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence, OLD.state);\n    SELECT p.id AS project_id, p.mode, c.article_id, c.assignment_id, c.start, c.\"end\", g.assignee_id, g.state\n    INTO claim\n    FROM annotations_span c JOIN annotations_article a ON a.id = c.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = c.assignment_id\n    WHERE c.id = NEW.claim_id;\n    IF NEW.holder_id <> OLD.holder_id THEN\n        IF NOT says_the_same OR OLD.state NOT IN ('draft', 'returned') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.'; END IF;\n        -- FOR SHARE: whoever takes the role or the membership away waits, and nobody has lost it meanwhile.\n        PERFORM FROM annotations_membership m JOIN annotations_user u ON u.id = m.user_id\n        WHERE m.project_id = claim.project_id AND m.user_id = NEW.holder_id AND 'annotator' = ANY(m.roles)\n          AND u.is_active FOR SHARE OF m;\n        IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_annotates', COLUMN = 'to', MESSAGE = 'Only an active annotator of this project can take over a verdict.'; END IF;\n        IF claim.mode = 'independent' THEN\n            IF claim.assignee_id <> NEW.holder_id\n               AND NOT (claim.state = 'submitted' AND EXISTS (\n                   SELECT FROM annotations_assignment g WHERE g.article_id = claim.article_id\n                     AND g.assignee_id = NEW.holder_id AND g.state = 'submitted'))\n               AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = claim.project_id\n                     AND m.user_id = NEW.holder_id AND m.roles && ARRAY['reviewer', 'manager']::varchar[])\n            THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_sees_claim', COLUMN = 'to', MESSAGE = 'In an independent project only those who can see a claim take over its verdict: reviewers, managers, and annotators once both have submitted the article.'; END IF;\n            IF EXISTS (SELECT FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id\n                       WHERE s.article_id = claim.article_id AND s.assignment_id <> claim.assignment_id\n                         AND s.start < claim.\"end\" AND s.\"end\" > claim.start\n                         AND (v.holder_id = NEW.holder_id OR NEW.holder_id = ANY(v.written_by)))\n            THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_rated_text', COLUMN = 'to', MESSAGE = 'In an independent project nobody takes over a verdict on text that they have given a verdict on themselves.'; END IF;\n        END IF;\n        RETURN NEW;\n    END IF;\n    actor := nullif(current_setting('factcheck.actor', true), '')::bigint;\n    IF (OLD.state || ' to ' || NEW.state) IN ('draft to submitted', 'returned to submitted', 'submitted to draft')\n       AND actor <> NEW.holder_id AND coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'not_holder', COLUMN = 'holder', MESSAGE = 'Only the person who holds this verdict can do this.'; END IF;\n    IF claim.mode = 'independent' AND NEW.edited_by_id <> NEW.holder_id AND (NEW.edited_by_id, NEW.rating,\n        NEW.rationale, NEW.confidence) IS DISTINCT FROM (OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'not_holder', COLUMN = 'holder', MESSAGE = 'Only the person who holds this verdict can do this.'; END IF;\n    RETURN NEW;\n",
                    hash="7c9f7219fc332a31baf962423dc78a7f48421c40",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_has_a_holder_6be15",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'written_by'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'written_by'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id WHERE s.id = entry.claim_id);\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'verdict' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'verdict',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="70d0a0244b079deb185b1f03e174446435f3391c",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_a95fe",
                    table="annotations_verdict",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
