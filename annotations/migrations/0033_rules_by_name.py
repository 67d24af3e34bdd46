"""Triggers name the rule that refuses, and the code has its message: another wording needs no migration."""

from __future__ import annotations

from typing import ClassVar

import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("annotations", "0032_values_of_filters"),
    ]

    operations: ClassVar = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="addressfetch",
            name="few_waiting",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="archived_not_deleted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="body_is_fixed",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="article",
            name="added_to_a_current_project",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="keeps_its_spans",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="keeps_passes_independent",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="comment",
            name="hangs_where_it_says",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="comment",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="comment",
            name="counts_versions",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="comment",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="event",
            name="append_only",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="event",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidencelink",
            name="held_by_review",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidencelink",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidenceset",
            name="held_by_review",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="evidenceset",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="import",
            name="within_quotas",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="invitation",
            name="keeps_to_the_limits",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="invitation",
            name="is_answered_once",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="invitation",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="held_by_review",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="counts_versions",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="in_an_open_pass",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="joins_what_it_may",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="keeps_a_manager",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="project",
            name="archived_not_deleted",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="project",
            name="keeps_what_is_used",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="project",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="release",
            name="stays_as_it_is",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="release",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="releasefile",
            name="stays_as_it_is",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="releasefile",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="review",
            name="stands",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="review",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="review",
            name="by_somebody_else",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="held_by_review",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="counts_versions",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="in_an_open_pass",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="matches_its_text",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="within_budget",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="user",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="submits_with_evidence",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="never_emptied",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="counts_versions",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="lives_its_life",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="has_a_holder",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="recorded",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="judges_a_claim",
        ),
        migrations.AlterField(
            model_name="project",
            name="name",
            field=models.CharField(
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u0001-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]",
                        "A name can't contain line breaks or other control characters.",
                        "name_characters",
                        inverse_match=True,
                    )
                ],
                verbose_name="name",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="name",
            field=models.CharField(
                blank=True,
                max_length=150,
                validators=[
                    django.core.validators.RegexValidator(
                        "[\\u0001-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069]",
                        "A name can't contain line breaks or other control characters.",
                        "name_characters",
                        inverse_match=True,
                    )
                ],
                verbose_name="name",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addressfetch",
            trigger=pgtrigger.compiler.Trigger(
                name="few_waiting",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF (SELECT count(*) FROM annotations_addressfetch own\n                        WHERE own.by_id = NEW.by_id AND own.made_id IS NULL AND own.refused = '') >= 20\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fetches_waiting', COLUMN = 'address', MESSAGE = 'fetches_waiting'; END IF;\n                    RETURN NEW;\n                ",
                    hash="36691b4e8c7b6826059e10466ca704cc7230868f",
                    operation="INSERT",
                    pgid="pgtrigger_few_waiting_f0a67",
                    table="annotations_addressfetch",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="body_is_fixed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF TG_OP = 'UPDATE' AND (NEW.body, NEW.project_id, NEW.source, NEW.sha256, NEW.length)\n                       IS DISTINCT FROM (OLD.body, OLD.project_id, OLD.source, OLD.sha256, OLD.length)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'body_immutable', COLUMN = 'body', MESSAGE = 'body_immutable'; END IF;\n                    IF TG_OP = 'INSERT' THEN\n                        NEW.sha256 := encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex');\n                        NEW.length := char_length(NEW.body);\n                        NEW.source_sha256 := encode(sha256(NEW.source), 'hex');\n                        -- FOR SHARE: whoever changes the setting waits for this article, and then indexes it anew.\n                        SELECT fold_diacritics INTO NEW.folded FROM annotations_project\n                        WHERE id = NEW.project_id FOR SHARE;\n                    END IF;\n                    NEW.search := to_tsvector(\n                        factcheck_text_search(NEW.language),\n                        factcheck_searchable(\n                            concat_ws(' ', NEW.title, NEW.outlet, NEW.author, left(NEW.body, 200000)),\n                            coalesce(NEW.folded, false)));\n                    RETURN NEW;\n                ",
                    hash="aed9b0b13ec806753482580b10b7a6b0b01b529a",
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
                name="added_to_a_current_project",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (SELECT FROM annotations_project p WHERE p.id = NEW.project_id AND p.archived)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n                    RETURN NEW;\n                ",
                    hash="205a29ffeffd771542c9dbbabc421bc0187f9973",
                    operation="INSERT",
                    pgid="pgtrigger_added_to_a_current_project_b416a",
                    table="annotations_article",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="archived_not_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archive_only', COLUMN = 'archived', MESSAGE = 'archive_only'; END IF; RETURN OLD;",
                    hash="e6c6e6cf810ff242a8e642caaa2831f66155c273",
                    operation="DELETE",
                    pgid="pgtrigger_archived_not_deleted_7c1b7",
                    table="annotations_article",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="3eba248d5d5a095e9fc4a767247b7c6d01ed3de5",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_0733c",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'body' - 'source' - 'search' - 'folded' - 'title_from_file'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'article' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project )) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'article',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="9991791a3584d131b94c6e81400d09ab2270d4f0",
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
                name="keeps_its_spans",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF (NEW.article_id, NEW.assignee_id, NEW.kind) <> (OLD.article_id, OLD.assignee_id, OLD.kind)\n                       AND EXISTS (SELECT FROM annotations_span s WHERE s.assignment_id = OLD.id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'span_moved'; END IF;\n                    RETURN NEW;\n                ",
                    hash="d6a9c2fad54986614b1bd0971145d96cbb7f9b62",
                    operation='UPDATE OF "article_id", "assignee_id", "kind"',
                    pgid="pgtrigger_keeps_its_spans_006e1",
                    table="annotations_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_passes_independent",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE project record; is_new bool;",
                    func="\n    NEW.imported := CASE TG_OP WHEN 'INSERT' THEN coalesce(current_setting('factcheck.importing', true), '') = 'on' ELSE OLD.imported END;\n    NEW.reopened := TG_OP = 'UPDATE' AND OLD.reopened;\n    is_new := TG_OP = 'INSERT' OR (NEW.article_id, NEW.assignee_id, NEW.kind)\n                                  <> (OLD.article_id, OLD.assignee_id, OLD.kind);\n    IF NOT is_new AND NEW.state = OLD.state THEN RETURN NEW; END IF;\n    -- Taken up again: the unique constraint finds the pass that is there.\n    IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_assignment same WHERE same.article_id = NEW.article_id\n          AND same.assignee_id = NEW.assignee_id AND same.kind = NEW.kind) THEN RETURN NEW; END IF;\n    SELECT p.id, p.mode, p.annotators_per_article, p.archived OR a.archived AS archived INTO project\n    FROM annotations_project p JOIN annotations_article a ON a.project_id = p.id WHERE a.id = NEW.article_id;\n    -- What an import brings there is refused span by span.\n    IF is_new AND project.archived AND NOT NEW.imported THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n    IF project.mode <> 'independent' THEN RETURN NEW; END IF;\n    -- Passes over an article begin, are submitted and are reopened one after the other.\n    PERFORM FROM annotations_article WHERE id = NEW.article_id FOR NO KEY UPDATE;\n    IF is_new AND NEW.kind = 'annotate' AND NOT NEW.imported AND project.annotators_per_article <= (\n        SELECT count(*) FROM annotations_assignment assignment\n        WHERE assignment.article_id = NEW.article_id AND assignment.assignee_id <> NEW.assignee_id\n          AND \n    assignment.kind = 'annotate' AND NOT assignment.imported AND (assignment.state = 'submitted' OR EXISTS (\n        SELECT FROM annotations_membership membership JOIN annotations_user person ON person.id = membership.user_id\n        WHERE membership.project_id = project.id AND membership.user_id = assignment.assignee_id\n          AND person.is_active AND 'annotator' = ANY(membership.roles)))\n)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'article_full', COLUMN = 'article', MESSAGE = 'article_full'; END IF;\n    -- A pass that was reopened is not submitted now, but whoever was submitted with it has read it.\n    IF NOT is_new AND OLD.state = 'submitted' AND EXISTS (\n        SELECT FROM annotations_assignment other WHERE other.article_id = NEW.article_id\n          AND other.assignee_id <> NEW.assignee_id AND (other.state = 'submitted' OR other.reopened))\n    THEN\n        IF NOT EXISTS (\n            SELECT FROM annotations_membership membership WHERE membership.project_id = project.id\n              AND membership.user_id = nullif(current_setting('factcheck.actor', true), '')::bigint\n              AND 'manager' = ANY(membership.roles))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_opened', COLUMN = 'state', MESSAGE = 'pass_opened'; END IF;\n        NEW.reopened := true;\n    END IF;\n    RETURN NEW;\n",
                    hash="c12b56dbb91e2d94627cf36ba5707de0b74cb4a1",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_keeps_passes_independent_34afe",
                    table="annotations_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="assignment",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="7bed7287e83ad641afeea2a1114949e62c58457d",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_786da",
                    table="annotations_assignment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'stale_version'; END IF;\n        NEW.created_at := OLD.created_at;\n        IF coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n        THEN NEW.updated_at := clock_timestamp(); END IF;\n        RETURN NEW;\n    ",
                    hash="0e78ac31b57bf70211a09d0b2874118c8a541e74",
                    operation="UPDATE",
                    pgid="pgtrigger_counts_versions_cf379",
                    table="annotations_comment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="hangs_where_it_says",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE place uuid; first record;",
                    func="\n    IF TG_OP = 'UPDATE' THEN\n        IF (NEW.id, NEW.article_id, NEW.author_id) <> (OLD.id, OLD.article_id, OLD.author_id)\n           OR (NEW.span_id, NEW.link_id, NEW.verdict_id, NEW.thread_id)\n              IS DISTINCT FROM (OLD.span_id, OLD.link_id, OLD.verdict_id, OLD.thread_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_stays', COLUMN = 'on', MESSAGE = 'comment_stays'; END IF;\n        RETURN NEW;\n    END IF;\n    SELECT s.article_id INTO place FROM annotations_span s WHERE s.id = coalesce(\n        NEW.span_id,\n        (SELECT l.target_id FROM annotations_link l WHERE l.id = NEW.link_id),\n        (SELECT v.claim_id FROM annotations_verdict v WHERE v.id = NEW.verdict_id));\n    IF place <> NEW.article_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_place', COLUMN = 'on', MESSAGE = 'comment_place'; END IF;\n    IF NEW.thread_id IS NOT NULL THEN\n        SELECT * INTO first FROM annotations_comment c WHERE c.id = NEW.thread_id;\n        IF NOT FOUND THEN RETURN NEW; END IF;  -- the foreign key will refuse it\n        IF first.thread_id IS NOT NULL\n           OR (first.article_id, first.span_id, first.link_id, first.verdict_id)\n              IS DISTINCT FROM (NEW.article_id, NEW.span_id, NEW.link_id, NEW.verdict_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_thread', COLUMN = 'reply_to', MESSAGE = 'comment_thread'; END IF;\n    END IF;\n    RETURN NEW;\n",
                    hash="b53ff2e28e8c5cae9d630ef4a2cfa2b39d6e030e",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_hangs_where_it_says_5703e",
                    table="annotations_comment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="comment",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="36fe900572c8b5e29432cc1a266850ff519b959f",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_7b99a",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'project_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'project_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'comment' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'comment',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="981e451e0f858a054b40dab3d1ae402d1fd19673",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_e11a4",
                    table="annotations_comment",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;",
                    hash="bce01af16450742c80809df44ead6a10cfc66584",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_da4c1",
                    table="annotations_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="event",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="09b19caafa261b172512ba2b3f3c98d24679512b",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_1be37",
                    table="annotations_event",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelink",
            trigger=pgtrigger.compiler.Trigger(
                name="held_by_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE verdict_id_ uuid; verdict record;",
                    func="\n                    SELECT e.verdict_id INTO verdict_id_ FROM annotations_evidenceset e\n                    WHERE e.id = CASE TG_OP WHEN 'DELETE' THEN OLD.evidence_set_id ELSE NEW.evidence_set_id END;\n                    \n    SELECT v.state, v.claim_id INTO verdict FROM annotations_verdict v WHERE v.id = verdict_id_ FOR SHARE;\n    IF verdict.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF TG_OP = 'UPDATE' AND NEW.evidence_set_id <> OLD.evidence_set_id\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'evidence_foreign'; END IF;\n                    IF NOT EXISTS (SELECT FROM annotations_link l\n                                   WHERE l.id = NEW.link_id AND l.target_id = verdict.claim_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'evidence_foreign'; END IF;\n                    RETURN NEW;\n                ",
                    hash="e9b8682d0057b1bb8bad011a65c5bd2c3a0de1ad",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_held_by_review_2a7e3",
                    table="annotations_evidencelink",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencelink",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="bd73d6154ccdf7c8c2a08b297c2e99e3441136f6",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_bfe8e",
                    table="annotations_evidencelink",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceset",
            trigger=pgtrigger.compiler.Trigger(
                name="held_by_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE verdict_id_ uuid; verdict record;",
                    func="\n                    verdict_id_ := CASE TG_OP WHEN 'DELETE' THEN OLD.verdict_id ELSE NEW.verdict_id END;\n                    \n    SELECT v.state, v.claim_id INTO verdict FROM annotations_verdict v WHERE v.id = verdict_id_ FOR SHARE;\n    IF verdict.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF TG_OP = 'UPDATE' AND NEW.verdict_id <> OLD.verdict_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'evidence_foreign'; END IF;\n                    RETURN NEW;\n                ",
                    hash="d6ed6507ee160b617febb659978c57655fb82ad9",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_held_by_review_ddf74",
                    table="annotations_evidenceset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidenceset",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="7143893d322b89d92567047ebc780ec3c1cf7e9a",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_5e916",
                    table="annotations_evidenceset",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="import",
            trigger=pgtrigger.compiler.Trigger(
                name="within_quotas",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF NEW.state IN ('proposed', 'waiting', 'running') AND (\n                        SELECT count(*) FROM annotations_import own\n                        WHERE own.by_id = NEW.by_id AND own.state IN ('proposed', 'waiting', 'running')\n                    ) >= 50\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'imports_under_way', COLUMN = 'state', MESSAGE = 'imports_under_way'; END IF;\n                    IF (SELECT count(*) FROM annotations_import kept\n                        WHERE kept.project_id = NEW.project_id) >= 10000\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'imports_kept', COLUMN = 'project', MESSAGE = 'imports_kept'; END IF;\n                    RETURN NEW;\n                ",
                    hash="ec69489f16378fa0c28edc90b3197d1c812be8a4",
                    operation="INSERT",
                    pgid="pgtrigger_within_quotas_387fd",
                    table="annotations_import",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_to_the_limits",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM FROM annotations_user WHERE id = NEW.invited_by_id FOR NO KEY UPDATE;\n                    PERFORM FROM annotations_project WHERE id = NEW.project_id FOR NO KEY UPDATE;\n                    IF (SELECT count(*) FROM annotations_invitation invitation\n                        WHERE invitation.project_id = NEW.project_id AND invitation.state = 'open') >= 100\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitations_open', COLUMN = 'email', MESSAGE = 'invitations_open'; END IF;\n                    IF (SELECT count(*) >= 50\n                               OR count(*) FILTER (WHERE invitation.email = NEW.email) >= 3\n                        FROM annotations_invitation invitation\n                        WHERE invitation.project_id = NEW.project_id\n                          AND invitation.created_at > now() - interval '1 day')\n                       OR (SELECT count(*) FROM annotations_invitation invitation\n                           WHERE invitation.invited_by_id = NEW.invited_by_id\n                             AND invitation.created_at > now() - interval '1 day') >= 100\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitations_a_day', COLUMN = 'email', MESSAGE = 'invitations_a_day'; END IF;\n                    RETURN NEW;\n                ",
                    hash="859a70097c3d67f653208d74d30ea483f2436904",
                    operation="INSERT",
                    pgid="pgtrigger_keeps_to_the_limits_1bdaf",
                    table="annotations_invitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="is_answered_once",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF (to_jsonb(NEW) - 'state') <> (to_jsonb(OLD) - 'state') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_fixed', COLUMN = 'id', MESSAGE = 'invitation_fixed'; END IF;\n                    IF OLD.state <> 'open'\n                       OR (NEW.state = 'accepted' AND OLD.expires_at <= now())\n                       OR (NEW.state = 'expired' AND OLD.expires_at > clock_timestamp())\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'invitation_closed', COLUMN = 'state', MESSAGE = 'invitation_closed'; END IF;\n                    RETURN NEW;\n                ",
                    hash="b4db80d02a5ec0f0a34fd7c880413720286365ca",
                    operation="UPDATE",
                    pgid="pgtrigger_is_answered_once_581fe",
                    table="annotations_invitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invitation",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="80cd8fdcd33245e6732f81703e56071ea719a737",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_085ef",
                    table="annotations_invitation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'stale_version'; END IF;\n        NEW.created_at := OLD.created_at;\n        IF coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n        THEN NEW.updated_at := clock_timestamp(); END IF;\n        RETURN NEW;\n    ",
                    hash="cdfa4368e82fb5dc50db251bf787619d99864b36",
                    operation="UPDATE",
                    pgid="pgtrigger_counts_versions_efe9e",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="held_by_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    -- Submitting takes the claim for update, so what is read here stays true until this commits.\n                    PERFORM FROM annotations_span WHERE id = OLD.target_id FOR SHARE;\n                    IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = ANY(ARRAY[OLD.target_id]) AND v.state IN ('submitted', 'approved'))\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF NEW.target_id <> OLD.target_id\n                       AND EXISTS (SELECT FROM annotations_evidencelink k WHERE k.link_id = OLD.id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_foreign', COLUMN = 'evidence_sets', MESSAGE = 'evidence_foreign'; END IF;\n                    RETURN NEW;\n                ",
                    hash="a7555ae94dee6f57924fdadfd578845662041cdc",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_held_by_review_8208c",
                    table="annotations_link",
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
                    func="\n                    -- A link between two passes is work of its own: both are open to whoever makes it.\n                    FOR pass_id IN\n                        SELECT DISTINCT source.assignment_id\n                        FROM (VALUES (OLD.source_id, OLD.target_id), (NEW.source_id, NEW.target_id))\n                            AS link(source, target)\n                        JOIN annotations_span source ON source.id = link.source\n                        JOIN annotations_span target ON target.id = link.target\n                        WHERE source.assignment_id = target.assignment_id\n                    LOOP \n    SELECT project.mode, assignee.is_active, article.archived OR project.archived AS archived INTO pass\n    FROM annotations_assignment assignment\n    JOIN annotations_article article ON article.id = assignment.article_id\n    JOIN annotations_project project ON project.id = article.project_id\n    JOIN annotations_user assignee ON assignee.id = assignment.assignee_id\n    WHERE assignment.id = pass_id;\n    -- People without login go on with nothing: their passes are submitted, and more of their work may come in.\n    IF pass.mode = 'independent' AND (pass.is_active OR NOT coalesce(current_setting('factcheck.importing', true), '') = 'on') THEN\n        -- FOR SHARE: whoever submits or reopens the pass waits until this is committed, and this waits for them.\n        SELECT state INTO pass_state FROM annotations_assignment WHERE id = pass_id FOR SHARE;\n        IF pass_state = 'submitted' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_submitted', COLUMN = 'assignment', MESSAGE = 'pass_submitted'; END IF; END IF;\n    END IF;\n END LOOP;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="ee7e424b0c66aa1a344559a7d8828919f27676d5",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_in_an_open_pass_e1ab7",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="joins_what_it_may",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE source record; target record;",
                    func="\n                    IF NEW.source_id = NEW.target_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'self_link', COLUMN = 'target', MESSAGE = 'self_link'; END IF;\n                    \n    -- Both spans are held in one order, so that their labels, and for restates each other's links, stand still.\n    IF NEW.relation = 'restates' THEN\n        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR NO KEY UPDATE;\n    ELSE\n        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR SHARE;\n    END IF;\n    SELECT s.label, a.project_id, p.mode, s.article_id, g.assignee_id, g.state INTO source\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = s.assignment_id\n    WHERE s.id = NEW.source_id;\n    SELECT s.label, a.project_id, s.article_id, g.assignee_id, g.state, a.archived OR p.archived AS archived INTO target\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = s.assignment_id\n    WHERE s.id = NEW.target_id;\n    IF source IS NULL OR target IS NULL THEN RETURN NEW; END IF;  -- the foreign keys will refuse it\n    IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = ANY(ARRAY[NEW.target_id]) AND v.state IN ('submitted', 'approved')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF;\n    -- A review that has begun is brought to its end, also with further evidence.\n    IF TG_OP = 'INSERT' AND target.archived AND NOT EXISTS (\n        SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.target_id\n          AND (v.state <> 'draft' OR EXISTS (SELECT FROM annotations_review r WHERE r.verdict_id = v.id)))\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n    IF source.project_id <> target.project_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'cross_project', COLUMN = 'target', MESSAGE = 'cross_project'; END IF;\n    IF NOT (CASE NEW.relation\n        WHEN 'attributes' THEN source.label = 'attribution' AND target.label IN ('claim', 'fact')\n        WHEN 'restates' THEN source.label = 'claim' AND target.label = 'claim'\n        ELSE target.label = 'claim' END)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'relation_table', COLUMN = 'relation', MESSAGE = 'relation_table'; END IF;\n \n    IF NEW.relation = 'restates' THEN\n        IF EXISTS (SELECT FROM annotations_link l WHERE l.relation = 'restates' AND l.id <> NEW.id\n                   AND (l.source_id IN (NEW.source_id, NEW.target_id) OR l.target_id = NEW.source_id))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restates_chain', COLUMN = 'target', MESSAGE = 'restates_chain'; END IF;\n        IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.source_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restated_claim', COLUMN = 'claim', MESSAGE = 'restated_claim'; END IF;\n    END IF;\n \n    IF source.mode = 'independent' AND EXISTS (\n        SELECT FROM (VALUES (source.article_id, source.assignee_id, source.state),\n                            (target.article_id, target.assignee_id, target.state)) e(article_id, assignee_id, state)\n        WHERE e.assignee_id <> NEW.author_id\n          AND NOT (e.state = 'submitted' AND EXISTS (\n              SELECT FROM annotations_assignment m WHERE m.article_id = e.article_id\n                AND m.assignee_id = NEW.author_id AND m.state = 'submitted'))\n          AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = source.project_id\n                AND m.user_id = NEW.author_id AND m.roles && ARRAY['reviewer', 'manager']::varchar[])\n    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'independent_work', COLUMN = 'source', MESSAGE = 'independent_work'; END IF;\n\n                    RETURN NEW;\n                ",
                    hash="e29d1f531f015f5dc8b7d8b17c1e09f5aaba51fc",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_joins_what_it_may_5fb86",
                    table="annotations_link",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="link",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="f9a14de977d79a6312027931d44ea8096019ba69",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_e6564",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'project_id' - 'source_article_id' - 'target_article_id'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'project_id' - 'source_article_id' - 'target_article_id'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'link' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'link',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="21dd53c8512dba3bc066c86da1fd69dc4422f5da",
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
                name="keeps_a_manager",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    PERFORM FROM annotations_project WHERE id = OLD.project_id FOR NO KEY UPDATE;\n                    IF 'manager' = ANY(OLD.roles)\n                       AND (TG_OP = 'DELETE' OR NOT 'manager' = ANY(NEW.roles) OR NEW.project_id <> OLD.project_id)\n                       AND NOT EXISTS (\n                           SELECT FROM annotations_membership m\n                           WHERE m.project_id = OLD.project_id AND m.id <> OLD.id AND 'manager' = ANY(m.roles))\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'last_manager', COLUMN = 'roles', MESSAGE = 'last_manager'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="578315a9a098a913cfcdaeb1d6fdffff09340898",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_keeps_a_manager_7ac32",
                    table="annotations_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="1eb54cff29af3a0c478972822ebc2d732834f850",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_d2f80",
                    table="annotations_membership",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="archived_not_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archive_only', COLUMN = 'archived', MESSAGE = 'archive_only'; END IF; RETURN OLD;",
                    hash="4599274e63b1229c1e114a097be2394c36124701",
                    operation="DELETE",
                    pgid="pgtrigger_archived_not_deleted_a794e",
                    table="annotations_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="keeps_what_is_used",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (\n                        SELECT FROM annotations_verdict v\n                        JOIN annotations_span s ON s.id = v.claim_id JOIN annotations_article a ON a.id = s.article_id\n                        WHERE a.project_id = NEW.id AND v.rating IS NOT NULL\n                          AND NOT NEW.scale @> jsonb_build_array(jsonb_build_object('key', v.rating))\n                    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_in_use', COLUMN = 'scale', MESSAGE = 'rating_in_use'; END IF;\n                    IF EXISTS (\n                        SELECT FROM jsonb_each(OLD.label_fields) was(label, fields), jsonb_array_elements(was.fields) f\n                        WHERE NOT coalesce(NEW.label_fields -> was.label, '[]') @>\n                              jsonb_build_array(jsonb_build_object('key', f -> 'key', 'kind', f -> 'kind'))\n                          AND EXISTS (\n                            SELECT FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n                            WHERE a.project_id = NEW.id AND s.label = was.label AND s.fields ? (f ->> 'key'))\n                    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'field_in_use', COLUMN = 'label_fields', MESSAGE = 'field_in_use'; END IF;\n                    RETURN NEW;\n                ",
                    hash="8cff79319245868b0d5ff8d65dfd20e39ec1c8be",
                    operation='UPDATE OF "scale", "label_fields"',
                    pgid="pgtrigger_keeps_what_is_used_caf8b",
                    table="annotations_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="project",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="ae0e29a7b88c422de89dccef41704e4f5cfabd46",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_1495d",
                    table="annotations_project",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_as_it_is",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF OLD.state = 'done' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'release_fixed', COLUMN = 'id', MESSAGE = 'release_fixed'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="ca7dc313562941996df25c135d11e9b8cf914e20",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_stays_as_it_is_3f571",
                    table="annotations_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="release",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="4c442b1739c724cc1dfb9357bd272b5a08e96358",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_6389f",
                    table="annotations_release",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasefile",
            trigger=pgtrigger.compiler.Trigger(
                name="stays_as_it_is",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE releases uuid[];",
                    func="\n                    IF TG_OP <> 'INSERT' THEN releases := array_append(releases, OLD.release_id); END IF;\n                    IF TG_OP <> 'DELETE' THEN releases := array_append(releases, NEW.release_id); END IF;\n                    PERFORM FROM annotations_release r WHERE r.id = ANY (releases) FOR SHARE;\n                    IF EXISTS (SELECT FROM annotations_release r WHERE r.id = ANY (releases) AND r.state = 'done')\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'release_fixed', COLUMN = 'id', MESSAGE = 'release_fixed'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="22fb2b78fb596915d94033298b4cc7ceb4559d35",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_stays_as_it_is_1928f",
                    table="annotations_releasefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="releasefile",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="d16758cc2b8aa44ef273001e993f160739ff11fe",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_b9985",
                    table="annotations_releasefile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="by_somebody_else",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE verdict record;",
                    func="\n                    SELECT v.* INTO verdict FROM annotations_verdict v WHERE v.id = NEW.verdict_id FOR NO KEY UPDATE;\n                    IF NEW.reviewer_id = ANY(verdict.written_by) OR NEW.reviewer_id = verdict.holder_id\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'own_verdict', COLUMN = 'reviewer', MESSAGE = 'own_verdict'; END IF;\n                    IF NEW.verdict_version <> verdict.version\n                       OR verdict.state <> (CASE NEW.decision WHEN 'reopened' THEN 'approved' ELSE 'submitted' END)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state'; END IF;\n                    \n    SELECT encode(sha256(convert_to(coalesce(string_agg(\n        concat_ws(' ', l.id, l.relation, s.article_id, s.fragments::text, s.label, s.quote),\n        E'\\n' ORDER BY l.id), ''), 'UTF8')), 'hex')\n    INTO NEW.evidence_digest\n    FROM annotations_link l JOIN annotations_span s ON s.id = l.source_id WHERE l.target_id = verdict.claim_id;\n\n                    NEW.imported := coalesce(current_setting('factcheck.importing', true), '') = 'on' OR NEW.reviewer_id IS DISTINCT FROM\n                        nullif(current_setting('factcheck.actor', true), '')::bigint;\n                    RETURN NEW;\n                ",
                    hash="872cdab1aec7c6fdd5e3d01345d095179996a548",
                    operation="INSERT",
                    pgid="pgtrigger_by_somebody_else_84bcc",
                    table="annotations_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="stands",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF TG_OP = 'UPDATE' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF;\n                    IF EXISTS (SELECT FROM annotations_verdict v\n                               WHERE v.id = OLD.verdict_id AND v.state IN ('submitted', 'approved'))\n                    THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; END IF;\n                    RETURN OLD;\n                ",
                    hash="4a30ba6e831e38d0fdd7d9684f3947d43148aa2f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_stands_62c5d",
                    table="annotations_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="a7d5531fa25bdc2b754b7feb15992c9d16a086d9",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_83723",
                    table="annotations_review",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'stale_version'; END IF;\n        NEW.created_at := OLD.created_at;\n        IF coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n        THEN NEW.updated_at := clock_timestamp(); END IF;\n        RETURN NEW;\n    ",
                    hash="bdd96af5b5c91da71b225f3a77e20773474920cd",
                    operation="UPDATE",
                    pgid="pgtrigger_counts_versions_a9ac9",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="held_by_review",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF \n    EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = OLD.id AND v.state IN ('submitted', 'approved'))\n    OR EXISTS (SELECT FROM annotations_link l JOIN annotations_verdict v ON v.claim_id = l.target_id\n               WHERE l.source_id = OLD.id AND v.state IN ('submitted', 'approved'))\n THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF (NEW.id, NEW.article_id, NEW.assignment_id) <> (OLD.id, OLD.article_id, OLD.assignment_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'span_moved'; END IF;\n                    IF NEW.label <> OLD.label THEN\n                        IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = OLD.id)\n                        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_needs_claim', COLUMN = 'claim', MESSAGE = 'verdict_needs_claim'; END IF;\n                        IF EXISTS (\n                            SELECT FROM annotations_link l\n                            WHERE l.target_id = OLD.id AND NOT (NEW.label = 'claim' OR\n                                  (NEW.label = 'fact' AND l.relation = 'attributes'))\n                               OR l.source_id = OLD.id AND (\n                                  l.relation = 'attributes' AND NEW.label <> 'attribution'\n                                  OR l.relation = 'restates' AND NEW.label <> 'claim')\n                        ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'relation_table', COLUMN = 'relation', MESSAGE = 'relation_table'; END IF;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="2d467d9ba6330d5fadc1db7d9b95cb8035db17f2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_held_by_review_55a4b",
                    table="annotations_span",
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
                    func="\n                    pass_id := CASE TG_OP WHEN 'DELETE' THEN OLD.assignment_id ELSE NEW.assignment_id END;\n                    \n    SELECT project.mode, assignee.is_active, article.archived OR project.archived AS archived INTO pass\n    FROM annotations_assignment assignment\n    JOIN annotations_article article ON article.id = assignment.article_id\n    JOIN annotations_project project ON project.id = article.project_id\n    JOIN annotations_user assignee ON assignee.id = assignment.assignee_id\n    WHERE assignment.id = pass_id;\n    -- People without login go on with nothing: their passes are submitted, and more of their work may come in.\n    IF pass.mode = 'independent' AND (pass.is_active OR NOT coalesce(current_setting('factcheck.importing', true), '') = 'on') THEN\n        -- FOR SHARE: whoever submits or reopens the pass waits until this is committed, and this waits for them.\n        SELECT state INTO pass_state FROM annotations_assignment WHERE id = pass_id FOR SHARE;\n        IF pass_state = 'submitted' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_submitted', COLUMN = 'assignment', MESSAGE = 'pass_submitted'; END IF; END IF;\n    END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF TG_OP = 'INSERT' AND pass.archived THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n                    RETURN NEW;\n                ",
                    hash="79008373f9eac7f8492fc143bbfec8132887ea4e",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_in_an_open_pass_13976",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="matches_its_text",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE text_ text; size int; piece int[]; edge int := 0; selected int := 0; in_fields int := 0; slices text[] := '{}'; name_ text; value_ jsonb; words text;",
                    func="\n                    IF TG_OP = 'INSERT' AND NOT EXISTS (\n                        SELECT FROM annotations_assignment a\n                        WHERE a.id = NEW.assignment_id AND a.article_id = NEW.article_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'span_moved'; END IF;\n                    \n    SELECT a.body, a.length INTO STRICT text_, size FROM annotations_article a WHERE a.id = NEW.article_id;\n    IF (array_ndims(NEW.fragments) = 2 AND array_length(NEW.fragments, 2) = 2\n        AND array_lower(NEW.fragments, 1) = 1 AND array_lower(NEW.fragments, 2) = 1\n        AND array_length(NEW.fragments, 1) <= 100) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fragments', COLUMN = 'fragments', MESSAGE = 'fragments'; END IF;\n    -- PostgreSQL unpacks all of a stored text for each part of it: once is enough.\n    IF array_length(NEW.fragments, 1) > 1 THEN text_ := text_ || ''; END IF;\n    FOREACH piece SLICE 1 IN ARRAY NEW.fragments LOOP\n        IF (piece[1] >= edge AND piece[1] < piece[2] AND piece[2] <= size) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fragments', COLUMN = 'fragments', MESSAGE = 'fragments'; END IF;\n        edge := piece[2];\n        selected := selected + piece[2] - piece[1];\n        -- A span from before this limit stays, and may become shorter.\n        IF selected > 10000 AND (TG_OP = 'INSERT' OR selected > (\n            SELECT sum(OLD.fragments[n][2] - OLD.fragments[n][1]) FROM generate_subscripts(OLD.fragments, 1) n))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_length', COLUMN = 'fragments', MESSAGE = 'span_length'; END IF;\n        slices := slices || substr(text_, piece[1] + 1, piece[2] - piece[1]);\n    END LOOP;\n    IF TG_OP = 'UPDATE' AND NEW.quote = OLD.quote AND NEW.fragments <> OLD.fragments THEN NEW.quote := ''; END IF;\n    IF coalesce(NEW.quote, '') NOT IN ('', array_to_string(slices, ' … ')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_mismatch', COLUMN = 'quote', MESSAGE = 'quote_mismatch'; END IF;\n    NEW.quote := array_to_string(slices, ' … ');\n    NEW.start := NEW.fragments[1][1];\n    NEW.\"end\" := edge;\n    FOR name_, value_ IN SELECT * FROM jsonb_each(NEW.fields) LOOP\n        CONTINUE WHEN jsonb_typeof(value_) <> 'object';\n        IF ((value_ ->> 'start')::int >= 0 AND (value_ ->> 'start')::int < (value_ ->> 'end')::int\n            AND (value_ ->> 'end')::int <= size) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_mismatch', COLUMN = 'fields', MESSAGE = 'passage_mismatch'; END IF;\n        in_fields := in_fields + (value_ ->> 'end')::int - (value_ ->> 'start')::int;\n        IF in_fields > 10000 AND (TG_OP = 'INSERT' OR in_fields > (\n            SELECT coalesce(sum((passage.value ->> 'end')::int - (passage.value ->> 'start')::int), 0)\n            FROM jsonb_each(OLD.fields) passage WHERE jsonb_typeof(passage.value) = 'object'))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_length', COLUMN = 'fields', MESSAGE = 'passage_length'; END IF;\n        words := substr(text_, (value_ ->> 'start')::int + 1, (value_ ->> 'end')::int - (value_ ->> 'start')::int);\n        IF coalesce(value_ ->> 'quote', words) <> words THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_mismatch', COLUMN = 'fields', MESSAGE = 'passage_mismatch'; END IF;\n        NEW.fields := jsonb_set(NEW.fields, ARRAY[name_, 'quote'], to_jsonb(words));\n    END LOOP;\n    NEW.selected := selected + in_fields;\n\n                    RETURN NEW;\n                ",
                    hash="3ef7af8ba263b450519a2889c1243e4735846c5a",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_matches_its_text_5e80f",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="within_budget",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."selected" > 2000)',
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.selected <= OLD.selected THEN RETURN NEW; END IF;\n    -- Long spans of an article are made one after the other. The pass itself may be held FOR SHARE by two of them.\n    PERFORM FROM annotations_article WHERE id = NEW.article_id FOR NO KEY UPDATE;\n    -- The same span once more is refused by its own rule, or not inserted.\n    IF NEW.selected + (\n        SELECT coalesce(sum(long.selected), 0) FROM annotations_span long\n        WHERE long.article_id = NEW.article_id AND long.assignment_id = NEW.assignment_id AND long.selected > 2000\n          AND long.id <> NEW.id AND (long.label, long.fragments) <> (NEW.label, NEW.fragments)) > 2000000\n    OR (SELECT pass.imported FROM annotations_assignment pass WHERE pass.id = NEW.assignment_id)\n    AND NEW.selected + (\n        SELECT coalesce(sum(long.selected), 0) FROM annotations_span long\n        JOIN annotations_assignment pass ON pass.id = long.assignment_id\n        WHERE long.article_id = NEW.article_id AND long.selected > 2000 AND pass.imported\n          AND long.id <> NEW.id) > 10000000\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'selected_text', COLUMN = 'fragments', MESSAGE = 'selected_text'; END IF;\n    RETURN NEW;\n",
                    hash="3020d74523d526be50a55d79d631e731bebb2d57",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_within_budget_fb5f4",
                    table="annotations_span",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="0fcf68edf0d5d5e9a326737fbe7a263e52c649d0",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_4f66e",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'external_in_id' - 'project_id' - 'selected'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'external_in_id' - 'project_id' - 'selected'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'span' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'assignment_id' IS DISTINCT FROM later -> 'assignment_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'span',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="8e59638dc6133a7e7f9023658b4d2d3278161ecd",
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
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="5d9d0a213f8300203033eabe4ad25dadc4ebc5f8",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_4a853",
                    table="annotations_user",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="counts_versions",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n        IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'stale_version', COLUMN = 'version', MESSAGE = 'stale_version'; END IF;\n        NEW.created_at := OLD.created_at;\n        IF coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n        THEN NEW.updated_at := clock_timestamp(); END IF;\n        RETURN NEW;\n    ",
                    hash="bddaf12650bc57eaaf9071e10419386405818b91",
                    operation="UPDATE",
                    pgid="pgtrigger_counts_versions_16595",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="has_a_holder",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE earlier bigint[]; held_before bool; says_the_same bool; claim record; actor bigint;",
                    func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.holder_id := coalesce(NEW.holder_id, NEW.author_id);\n        -- What is restored has the holder and the writers that the history names.\n        SELECT coalesce(array_agg((entry ->> who)::bigint) FILTER (WHERE entry ->> who IS NOT NULL), '{}'),\n               coalesce(bool_or(e.what = 'deleted' AND entry ->> 'holder_id' = NEW.holder_id::text), false)\n        INTO earlier, held_before\n        FROM annotations_event e, unnest(ARRAY[e.before, e.after]) entry, unnest(ARRAY['author_id', 'edited_by_id']) who\n        WHERE e.kind = 'verdict' AND e.object_id = NEW.id::text AND e.project_id = (\n            SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n            WHERE s.id = NEW.claim_id);\n        IF NEW.holder_id <> NEW.author_id AND NOT held_before THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_annotates', COLUMN = 'to', MESSAGE = 'holder_annotates'; END IF;\n        NEW.written_by := ARRAY(\n            SELECT DISTINCT person FROM unnest(earlier || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person\n            ORDER BY person);\n        RETURN NEW;\n    END IF;\n    NEW.written_by := ARRAY(\n            SELECT DISTINCT person FROM unnest(OLD.written_by || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person\n            ORDER BY person);\n    says_the_same := (NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence, NEW.state)\n        IS NOT DISTINCT FROM\n        (OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence, OLD.state);\n    SELECT p.id AS project_id, p.mode, c.article_id, c.assignment_id, c.start, c.\"end\", g.assignee_id, g.state\n    INTO claim\n    FROM annotations_span c JOIN annotations_article a ON a.id = c.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = c.assignment_id\n    WHERE c.id = NEW.claim_id;\n    IF NEW.holder_id <> OLD.holder_id THEN\n        IF NOT says_the_same OR OLD.state NOT IN ('draft', 'returned') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state'; END IF;\n        -- FOR SHARE: whoever takes the role or the membership away waits, and nobody has lost it meanwhile.\n        PERFORM FROM annotations_membership m JOIN annotations_user u ON u.id = m.user_id\n        WHERE m.project_id = claim.project_id AND m.user_id = NEW.holder_id AND 'annotator' = ANY(m.roles)\n          AND u.is_active FOR SHARE OF m;\n        IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_annotates', COLUMN = 'to', MESSAGE = 'holder_annotates'; END IF;\n        IF claim.mode = 'independent' THEN\n            IF claim.assignee_id <> NEW.holder_id\n               AND NOT (claim.state = 'submitted' AND EXISTS (\n                   SELECT FROM annotations_assignment g WHERE g.article_id = claim.article_id\n                     AND g.assignee_id = NEW.holder_id AND g.state = 'submitted'))\n               AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = claim.project_id\n                     AND m.user_id = NEW.holder_id AND m.roles && ARRAY['reviewer', 'manager']::varchar[])\n            THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_sees_claim', COLUMN = 'to', MESSAGE = 'holder_sees_claim'; END IF;\n            IF EXISTS (SELECT FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id\n                       WHERE s.article_id = claim.article_id AND s.assignment_id <> claim.assignment_id\n                         AND s.start < claim.\"end\" AND s.\"end\" > claim.start\n                         AND (v.holder_id = NEW.holder_id OR NEW.holder_id = ANY(v.written_by)))\n            THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_rated_text', COLUMN = 'to', MESSAGE = 'holder_rated_text'; END IF;\n        END IF;\n        RETURN NEW;\n    END IF;\n    actor := nullif(current_setting('factcheck.actor', true), '')::bigint;\n    IF (OLD.state || ' to ' || NEW.state) IN ('draft to submitted', 'returned to submitted', 'submitted to draft')\n       AND actor <> NEW.holder_id AND coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'not_holder', COLUMN = 'holder', MESSAGE = 'not_holder'; END IF;\n    IF claim.mode = 'independent' AND NEW.edited_by_id <> NEW.holder_id AND (NEW.edited_by_id, NEW.rating,\n        NEW.rationale, NEW.confidence) IS DISTINCT FROM (OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'not_holder', COLUMN = 'holder', MESSAGE = 'not_holder'; END IF;\n    RETURN NEW;\n",
                    hash="1f5d40286415a6db982352cc556e3bb86928ccb3",
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
                name="judges_a_claim",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE kind text; project bigint; is_archived bool;",
                    func="\n    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;\n    SELECT s.label, a.project_id, a.archived OR p.archived INTO kind, project, is_archived\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id WHERE s.id = NEW.claim_id;\n    IF TG_OP = 'INSERT' AND is_archived THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'archived'; END IF;\n    IF kind <> 'claim' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_needs_claim', COLUMN = 'claim', MESSAGE = 'verdict_needs_claim'; END IF;\n    IF EXISTS (SELECT FROM annotations_link l WHERE l.source_id = NEW.claim_id AND l.relation = 'restates')\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restated_claim', COLUMN = 'claim', MESSAGE = 'restated_claim'; END IF;\n    PERFORM FROM annotations_project WHERE id = project FOR SHARE;\n    \n    IF NEW.rating IS NOT NULL AND NOT EXISTS (\n        SELECT FROM annotations_project p, jsonb_array_elements(p.scale) r\n        WHERE p.id = project AND r ->> 'key' = NEW.rating\n    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_unknown', COLUMN = 'rating', MESSAGE = 'rating_unknown'; END IF;\n\n RETURN NEW;",
                    hash="14a28a2678112b87a0a69fd40f0edc51708204d7",
                    operation='INSERT OR UPDATE OF "claim_id", "rating"',
                    pgid="pgtrigger_judges_a_claim_b0a53",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="lives_its_life",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE says_the_same bool; step text;",
                    func="\n    IF TG_OP = 'INSERT' THEN\n        IF NEW.state <> 'draft' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state'; END IF;\n        IF NEW.reviewer_id IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'review_needed'; END IF;\n        RETURN NEW;\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        IF OLD.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF; END IF;\n        RETURN OLD;\n    END IF;\n    says_the_same := (NEW.id, NEW.claim_id, NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence)\n        IS NOT DISTINCT FROM\n        (OLD.id, OLD.claim_id, OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence);\n    IF NOT says_the_same AND OLD.state IN ('submitted', 'approved') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF;\n    IF (NEW.claim_id, NEW.author_id) <> (OLD.claim_id, OLD.author_id) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state'; END IF;\n    step := OLD.state || ' to ' || NEW.state;\n    IF step IN ('submitted to approved', 'submitted to returned', 'approved to returned') THEN\n        IF NOT EXISTS (SELECT FROM annotations_review r\n            WHERE r.verdict_id = OLD.id AND r.verdict_version = OLD.version\n              AND r.reviewer_id = coalesce(NEW.reviewer_id, r.reviewer_id)\n              AND r.decision = CASE step WHEN 'submitted to approved' THEN 'approved'\n                                         WHEN 'submitted to returned' THEN 'returned' ELSE 'reopened' END)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'review_needed'; END IF;\n    ELSIF step NOT IN ('draft to draft', 'draft to submitted', 'returned to submitted', 'returned to draft',\n                       'submitted to draft')\n          AND NOT (step = 'returned to returned' AND NEW.holder_id <> OLD.holder_id) THEN\n        IF OLD.state = NEW.state AND OLD.state IN ('submitted', 'approved') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'under_review'; END IF;\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'verdict_state';\n    END IF;\n    IF (NEW.state = 'approved') <> (NEW.reviewer_id IS NOT NULL) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'review_needed'; END IF;\n    RETURN NEW;\n",
                    hash="0ed9532312a1925f9e6c031f43bfc33cf4dcd8c4",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_lives_its_life_04f77",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="submits_with_evidence",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (NEW.\"state\" = 'submitted' AND NOT (OLD.\"state\" = 'submitted'))",
                    declare="DECLARE needs text; corroborated bool; contradicted bool;",
                    func="\n    IF NEW.rating IS NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_needed', COLUMN = 'rating', MESSAGE = 'evidence_needed'; END IF;\n    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;\n    PERFORM FROM annotations_span\n        WHERE id IN (SELECT l.source_id FROM annotations_link l WHERE l.target_id = NEW.claim_id) ORDER BY id FOR SHARE;\n    SELECT r ->> 'needs' INTO needs\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id, jsonb_array_elements(p.scale) r\n    WHERE s.id = NEW.claim_id AND r ->> 'key' = NEW.rating;\n    SELECT coalesce(bool_or(l.relation = 'corroborates'), false), coalesce(bool_or(l.relation = 'contradicts'), false)\n    INTO corroborated, contradicted\n    FROM annotations_link l\n    WHERE l.target_id = NEW.claim_id\n      AND (NOT EXISTS (SELECT FROM annotations_evidenceset e WHERE e.verdict_id = NEW.id)\n           OR EXISTS (SELECT FROM annotations_evidencelink k JOIN annotations_evidenceset e ON e.id = k.evidence_set_id\n                      WHERE e.verdict_id = NEW.id AND k.link_id = l.id));\n    IF needs IN ('corroborating', 'both') AND NOT corroborated\n       OR needs IN ('contradicting', 'both') AND NOT contradicted\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_needed', COLUMN = 'rating', MESSAGE = 'evidence_needed'; END IF;\n    RETURN NEW;\n",
                    hash="658612167fee730b291815b7925d647ca26dc369",
                    operation="UPDATE",
                    pgid="pgtrigger_submits_with_evidence_dca1b",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="verdict",
            trigger=pgtrigger.compiler.Trigger(
                name="never_emptied",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'history_append_only', COLUMN = 'id', MESSAGE = 'history_append_only'; END IF; RETURN NULL;",
                    hash="da1879011fb4e45ad2d18cd9f4694929b9f09988",
                    level="STATEMENT",
                    operation="TRUNCATE",
                    pgid="pgtrigger_never_emptied_12b42",
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
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'written_by' - 'project_id' - 'claim_created_at'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'written_by' - 'project_id' - 'claim_created_at'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'verdict' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'author_id' IS DISTINCT FROM later -> 'author_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'id_used'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'verdict',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="037a7e8dc081ec03fc6039a529098ccfc3180ab9",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_a95fe",
                    table="annotations_verdict",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
