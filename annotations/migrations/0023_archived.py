"""Nothing new is added to archived articles and projects."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0022_submitted_passes"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="assignment",
            name="keeps_passes_independent",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="joins_what_it_may",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="link",
            name="in_an_open_pass",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="in_an_open_pass",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="judges_a_claim",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="article",
            trigger=pgtrigger.compiler.Trigger(
                name="added_to_a_current_project",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n                    IF EXISTS (SELECT FROM annotations_project p WHERE p.id = NEW.project_id AND p.archived)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'The article or its project is archived, so nothing new is added there. Bring it back first.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="5727a5e1ded1e2a6a58741be63a7f202d43a1ee7",
                    operation="INSERT",
                    pgid="pgtrigger_added_to_a_current_project_b416a",
                    table="annotations_article",
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
                    func="\n    NEW.imported := CASE TG_OP WHEN 'INSERT' THEN coalesce(current_setting('factcheck.importing', true), '') = 'on' ELSE OLD.imported END;\n    NEW.reopened := TG_OP = 'UPDATE' AND OLD.reopened;\n    is_new := TG_OP = 'INSERT' OR (NEW.article_id, NEW.assignee_id, NEW.kind)\n                                  <> (OLD.article_id, OLD.assignee_id, OLD.kind);\n    IF NOT is_new AND NEW.state = OLD.state THEN RETURN NEW; END IF;\n    -- Taken up again: the unique constraint finds the pass that is there.\n    IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_assignment same WHERE same.article_id = NEW.article_id\n          AND same.assignee_id = NEW.assignee_id AND same.kind = NEW.kind) THEN RETURN NEW; END IF;\n    SELECT p.id, p.mode, p.annotators_per_article, p.archived OR a.archived AS archived INTO project\n    FROM annotations_project p JOIN annotations_article a ON a.project_id = p.id WHERE a.id = NEW.article_id;\n    -- What an import brings there is refused span by span.\n    IF is_new AND project.archived AND NOT NEW.imported THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'The article or its project is archived, so nothing new is added there. Bring it back first.'; END IF;\n    IF project.mode <> 'independent' THEN RETURN NEW; END IF;\n    -- Passes over an article begin, are submitted and are reopened one after the other.\n    PERFORM FROM annotations_article WHERE id = NEW.article_id FOR NO KEY UPDATE;\n    IF is_new AND NEW.kind = 'annotate' AND NOT NEW.imported AND project.annotators_per_article <= (\n        SELECT count(*) FROM annotations_assignment assignment\n        WHERE assignment.article_id = NEW.article_id AND assignment.assignee_id <> NEW.assignee_id\n          AND \n    assignment.kind = 'annotate' AND NOT assignment.imported AND (assignment.state = 'submitted' OR EXISTS (\n        SELECT FROM annotations_membership membership JOIN annotations_user person ON person.id = membership.user_id\n        WHERE membership.project_id = project.id AND membership.user_id = assignment.assignee_id\n          AND person.is_active AND 'annotator' = ANY(membership.roles)))\n)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'article_full', COLUMN = 'article', MESSAGE = 'This article has enough annotators, so nobody else can take it up.'; END IF;\n    -- A pass that was reopened is not submitted now, but whoever was submitted with it has read it.\n    IF NOT is_new AND OLD.state = 'submitted' AND EXISTS (\n        SELECT FROM annotations_assignment other WHERE other.article_id = NEW.article_id\n          AND other.assignee_id <> NEW.assignee_id AND (other.state = 'submitted' OR other.reopened))\n    THEN\n        IF NOT EXISTS (\n            SELECT FROM annotations_membership membership WHERE membership.project_id = project.id\n              AND membership.user_id = nullif(current_setting('factcheck.actor', true), '')::bigint\n              AND 'manager' = ANY(membership.roles))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_opened', COLUMN = 'state', MESSAGE = 'Somebody else has submitted this article too, so you can read one another''s work. Only a manager can reopen it.'; END IF;\n        NEW.reopened := true;\n    END IF;\n    RETURN NEW;\n",
                    hash="2e3fbbab28d57df48a21c898ebb86c83a979b783",
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
                    func="\n                    -- A link between two passes is work of its own: both are open to whoever makes it.\n                    FOR pass_id IN\n                        SELECT DISTINCT source.assignment_id\n                        FROM (VALUES (OLD.source_id, OLD.target_id), (NEW.source_id, NEW.target_id))\n                            AS link(source, target)\n                        JOIN annotations_span source ON source.id = link.source\n                        JOIN annotations_span target ON target.id = link.target\n                        WHERE source.assignment_id = target.assignment_id\n                    LOOP \n    SELECT project.mode, assignee.is_active, article.archived OR project.archived AS archived INTO pass\n    FROM annotations_assignment assignment\n    JOIN annotations_article article ON article.id = assignment.article_id\n    JOIN annotations_project project ON project.id = article.project_id\n    JOIN annotations_user assignee ON assignee.id = assignment.assignee_id\n    WHERE assignment.id = pass_id;\n    -- People without login go on with nothing: their passes are submitted, and more of their work may come in.\n    IF pass.mode = 'independent' AND (pass.is_active OR NOT coalesce(current_setting('factcheck.importing', true), '') = 'on') THEN\n        -- FOR SHARE: whoever submits or reopens the pass waits until this is committed, and this waits for them.\n        SELECT state INTO pass_state FROM annotations_assignment WHERE id = pass_id FOR SHARE;\n        IF pass_state = 'submitted' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_submitted', COLUMN = 'assignment', MESSAGE = 'The article is submitted, so its spans in this pass and the links between them can''t change. Reopen it first.'; END IF; END IF;\n    END IF;\n END LOOP;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                ",
                    hash="07c07d5a6957fdb8e619c0290cca55dc4b941178",
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
                    func="\n                    IF NEW.source_id = NEW.target_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'self_link', COLUMN = 'target', MESSAGE = 'A span has no relation to itself.'; END IF;\n                    \n    -- Both spans are held in one order, so that their labels, and for restates each other's links, stand still.\n    IF NEW.relation = 'restates' THEN\n        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR NO KEY UPDATE;\n    ELSE\n        PERFORM FROM annotations_span WHERE id IN (NEW.source_id, NEW.target_id) ORDER BY id FOR SHARE;\n    END IF;\n    SELECT s.label, a.project_id, p.mode, s.article_id, g.assignee_id, g.state INTO source\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = s.assignment_id\n    WHERE s.id = NEW.source_id;\n    SELECT s.label, a.project_id, s.article_id, g.assignee_id, g.state, a.archived OR p.archived AS archived INTO target\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = s.assignment_id\n    WHERE s.id = NEW.target_id;\n    IF source IS NULL OR target IS NULL THEN RETURN NEW; END IF;  -- the foreign keys will refuse it\n    IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = ANY(ARRAY[NEW.target_id]) AND v.state IN ('submitted', 'approved')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF;\n    -- A review that has begun is brought to its end, also with further evidence.\n    IF TG_OP = 'INSERT' AND target.archived AND NOT EXISTS (\n        SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.target_id\n          AND (v.state <> 'draft' OR EXISTS (SELECT FROM annotations_review r WHERE r.verdict_id = v.id)))\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'The article or its project is archived, so nothing new is added there. Bring it back first.'; END IF;\n    IF source.project_id <> target.project_id THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'cross_project', COLUMN = 'target', MESSAGE = 'Both spans of a link belong to one project.'; END IF;\n    IF NOT (CASE NEW.relation\n        WHEN 'attributes' THEN source.label = 'attribution' AND target.label IN ('claim', 'fact')\n        WHEN 'restates' THEN source.label = 'claim' AND target.label = 'claim'\n        ELSE target.label = 'claim' END)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'relation_table', COLUMN = 'relation', MESSAGE = 'This relation does not join these labels: corroborates and contradicts end at a claim, attributes goes from an attribution to a claim or fact, restates from a claim to a claim.'; END IF;\n \n    IF NEW.relation = 'restates' THEN\n        IF EXISTS (SELECT FROM annotations_link l WHERE l.relation = 'restates' AND l.id <> NEW.id\n                   AND (l.source_id IN (NEW.source_id, NEW.target_id) OR l.target_id = NEW.source_id))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restates_chain', COLUMN = 'target', MESSAGE = 'A claim restates one claim at most, which itself restates none. Link to the claim that is checked.'; END IF;\n        IF EXISTS (SELECT FROM annotations_verdict v WHERE v.claim_id = NEW.source_id)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restated_claim', COLUMN = 'claim', MESSAGE = 'A claim that restates another has no verdict of its own: judge the claim it restates.'; END IF;\n    END IF;\n \n    IF source.mode = 'independent' AND EXISTS (\n        SELECT FROM (VALUES (source.article_id, source.assignee_id, source.state),\n                            (target.article_id, target.assignee_id, target.state)) e(article_id, assignee_id, state)\n        WHERE e.assignee_id <> NEW.author_id\n          AND NOT (e.state = 'submitted' AND EXISTS (\n              SELECT FROM annotations_assignment m WHERE m.article_id = e.article_id\n                AND m.assignee_id = NEW.author_id AND m.state = 'submitted'))\n          AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = source.project_id\n                AND m.user_id = NEW.author_id AND m.roles && ARRAY['reviewer', 'manager']::varchar[])\n    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'independent_work', COLUMN = 'source', MESSAGE = 'In an independent project another annotator''s spans open only after both have submitted the article.'; END IF;\n\n                    RETURN NEW;\n                ",
                    hash="bce54330f9dbffc39c18f6d9bd87e3359cf0cdd2",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_joins_what_it_may_5fb86",
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
                    func="\n                    pass_id := CASE TG_OP WHEN 'DELETE' THEN OLD.assignment_id ELSE NEW.assignment_id END;\n                    \n    SELECT project.mode, assignee.is_active, article.archived OR project.archived AS archived INTO pass\n    FROM annotations_assignment assignment\n    JOIN annotations_article article ON article.id = assignment.article_id\n    JOIN annotations_project project ON project.id = article.project_id\n    JOIN annotations_user assignee ON assignee.id = assignment.assignee_id\n    WHERE assignment.id = pass_id;\n    -- People without login go on with nothing: their passes are submitted, and more of their work may come in.\n    IF pass.mode = 'independent' AND (pass.is_active OR NOT coalesce(current_setting('factcheck.importing', true), '') = 'on') THEN\n        -- FOR SHARE: whoever submits or reopens the pass waits until this is committed, and this waits for them.\n        SELECT state INTO pass_state FROM annotations_assignment WHERE id = pass_id FOR SHARE;\n        IF pass_state = 'submitted' THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'pass_submitted', COLUMN = 'assignment', MESSAGE = 'The article is submitted, so its spans in this pass and the links between them can''t change. Reopen it first.'; END IF; END IF;\n    END IF;\n\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    IF TG_OP = 'INSERT' AND pass.archived THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'The article or its project is archived, so nothing new is added there. Bring it back first.'; END IF;\n                    RETURN NEW;\n                ",
                    hash="5b34fab9fa13ef6a314563bd458ebbd3e7b10ac5",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_in_an_open_pass_13976",
                    table="annotations_span",
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
                    func="\n    PERFORM FROM annotations_span WHERE id = NEW.claim_id FOR NO KEY UPDATE;\n    SELECT s.label, a.project_id, a.archived OR p.archived INTO kind, project, is_archived\n    FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id\n    JOIN annotations_project p ON p.id = a.project_id WHERE s.id = NEW.claim_id;\n    IF TG_OP = 'INSERT' AND is_archived THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'archived', COLUMN = 'article', MESSAGE = 'The article or its project is archived, so nothing new is added there. Bring it back first.'; END IF;\n    IF kind <> 'claim' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_needs_claim', COLUMN = 'claim', MESSAGE = 'Only a claim has a verdict.'; END IF;\n    IF EXISTS (SELECT FROM annotations_link l WHERE l.source_id = NEW.claim_id AND l.relation = 'restates')\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'restated_claim', COLUMN = 'claim', MESSAGE = 'A claim that restates another has no verdict of its own: judge the claim it restates.'; END IF;\n    PERFORM FROM annotations_project WHERE id = project FOR SHARE;\n    \n    IF NEW.rating IS NOT NULL AND NOT EXISTS (\n        SELECT FROM annotations_project p, jsonb_array_elements(p.scale) r\n        WHERE p.id = project AND r ->> 'key' = NEW.rating\n    ) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'rating_unknown', COLUMN = 'rating', MESSAGE = 'The rating is not on the scale of this project.'; END IF;\n\n RETURN NEW;",
                    hash="6be35297bc779b83a8898f9828e555199c4f8288",
                    operation='INSERT OR UPDATE OF "claim_id", "rating"',
                    pgid="pgtrigger_judges_a_claim_b0a53",
                    table="annotations_verdict",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
