"""Verdicts have a holder, and the ids of everybody who ever wrote or edited them."""

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import annotations.models.base.versioned

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""

FILL = """
ALTER TABLE annotations_verdict DISABLE TRIGGER USER;  -- nobody changed anything: no version, no event
UPDATE annotations_verdict v SET holder_id = author_id, written_by = ARRAY(
    SELECT DISTINCT person FROM (
        SELECT unnest(ARRAY[v.author_id, v.edited_by_id]) AS person
        UNION ALL SELECT (entry ->> who)::bigint
        FROM annotations_event e, unnest(ARRAY[e.before, e.after]) entry, unnest(ARRAY['author_id', 'edited_by_id']) who
        WHERE e.kind = 'verdict' AND e.object_id = v.id::text AND entry ->> who IS NOT NULL
    ) AS writers ORDER BY person);
ALTER TABLE annotations_verdict ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0011_search_composes_letters"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="review",
            name="by_somebody_else",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="lives_its_life",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="verdict",
            name="recorded",
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verdicts", models.PositiveIntegerField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_why_known",
        ),
        migrations.AddField(
            model_name="verdict",
            name="holder",
            field=annotations.models.base.versioned.PersonByDatabase(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="held_verdicts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="verdict",
            name="written_by",
            field=annotations.models.base.versioned.PeopleByDatabase(
                base_field=models.BigIntegerField(), editable=False, null=True, size=None
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="verdict",
            name="holder",
            field=annotations.models.base.versioned.PersonByDatabase(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="held_verdicts",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="verdict",
            name="written_by",
            field=annotations.models.base.versioned.PeopleByDatabase(
                base_field=models.BigIntegerField(), editable=False, size=None
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="comment",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="annotations.comment",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="why",
            field=models.CharField(
                choices=[
                    ("mention", "mentions you"),
                    ("reply", "answers in a thread of yours"),
                    ("work", "is about your work"),
                    ("hand_over", "handed work over to you"),
                ],
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="giver",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="project",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="hand_overs", to="annotations.project"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="receiver",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="hand_over",
            field=models.OneToOneField(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="notice", to="annotations.handover"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("comment__isnull", False), ("hand_over", None), ("why__in", ["mention", "reply", "work"])
                    ),
                    models.Q(("comment", None), ("hand_over__isnull", False), ("why", "hand_over")),
                    _connector="OR",
                ),
                name="notice_why_known",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="review",
            trigger=pgtrigger.compiler.Trigger(
                name="by_somebody_else",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE verdict record;",
                    func="\n                    SELECT v.* INTO verdict FROM annotations_verdict v WHERE v.id = NEW.verdict_id FOR NO KEY UPDATE;\n                    IF NEW.reviewer_id = ANY(verdict.written_by) OR NEW.reviewer_id = verdict.holder_id\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'own_verdict', COLUMN = 'reviewer', MESSAGE = 'Nobody reviews a verdict that they wrote, edited or hold.'; END IF;\n                    IF NEW.verdict_version <> verdict.version\n                       OR verdict.state <> (CASE NEW.decision WHEN 'reopened' THEN 'approved' ELSE 'submitted' END)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.'; END IF;\n                    \n    SELECT encode(sha256(convert_to(coalesce(string_agg(\n        concat_ws(' ', l.id, l.relation, s.article_id, s.fragments::text, s.label, s.quote),\n        E'\\n' ORDER BY l.id), ''), 'UTF8')), 'hex')\n    INTO NEW.evidence_digest\n    FROM annotations_link l JOIN annotations_span s ON s.id = l.source_id WHERE l.target_id = verdict.claim_id;\n\n                    RETURN NEW;\n                ",
                    hash="41c16489a52ca41e697f31e850ce1874939267e0",
                    operation="INSERT",
                    pgid="pgtrigger_by_somebody_else_84bcc",
                    table="annotations_review",
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
                    func="\n    IF TG_OP = 'INSERT' THEN\n        NEW.holder_id := coalesce(NEW.holder_id, NEW.author_id);\n        -- What is restored has the holder and the writers that the history names.\n        SELECT coalesce(array_agg((entry ->> who)::bigint) FILTER (WHERE entry ->> who IS NOT NULL), '{}'),\n               coalesce(bool_or(e.what = 'deleted' AND entry ->> 'holder_id' = NEW.holder_id::text), false)\n        INTO earlier, held_before\n        FROM annotations_event e, unnest(ARRAY[e.before, e.after]) entry, unnest(ARRAY['author_id', 'edited_by_id']) who\n        WHERE e.kind = 'verdict' AND e.object_id = NEW.id::text;\n        IF NEW.holder_id <> NEW.author_id AND NOT held_before THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_annotates', COLUMN = 'to', MESSAGE = 'Only an active annotator of this project can take over a verdict.'; END IF;\n        NEW.written_by := ARRAY(\n            SELECT DISTINCT person FROM unnest(earlier || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person\n            ORDER BY person);\n        RETURN NEW;\n    END IF;\n    NEW.written_by := ARRAY(\n            SELECT DISTINCT person FROM unnest(OLD.written_by || ARRAY[NEW.author_id, NEW.edited_by_id]::bigint[]) person\n            ORDER BY person);\n    says_the_same := (NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence, NEW.state)\n        IS NOT DISTINCT FROM\n        (OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence, OLD.state);\n    SELECT p.id AS project_id, p.mode, c.article_id, c.assignment_id, c.start, c.\"end\", g.assignee_id, g.state\n    INTO claim\n    FROM annotations_span c JOIN annotations_article a ON a.id = c.article_id\n    JOIN annotations_project p ON p.id = a.project_id JOIN annotations_assignment g ON g.id = c.assignment_id\n    WHERE c.id = NEW.claim_id;\n    IF NEW.holder_id <> OLD.holder_id THEN\n        IF NOT says_the_same OR OLD.state NOT IN ('draft', 'returned') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.'; END IF;\n        -- FOR SHARE: whoever takes the role or the membership away waits, and nobody has lost it meanwhile.\n        PERFORM FROM annotations_membership m JOIN annotations_user u ON u.id = m.user_id\n        WHERE m.project_id = claim.project_id AND m.user_id = NEW.holder_id AND 'annotator' = ANY(m.roles)\n          AND u.is_active FOR SHARE OF m;\n        IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_annotates', COLUMN = 'to', MESSAGE = 'Only an active annotator of this project can take over a verdict.'; END IF;\n        IF claim.mode = 'independent' THEN\n            IF claim.assignee_id <> NEW.holder_id\n               AND NOT (claim.state = 'submitted' AND EXISTS (\n                   SELECT FROM annotations_assignment g WHERE g.article_id = claim.article_id\n                     AND g.assignee_id = NEW.holder_id AND g.state = 'submitted'))\n               AND NOT EXISTS (SELECT FROM annotations_membership m WHERE m.project_id = claim.project_id\n                     AND m.user_id = NEW.holder_id AND m.roles && ARRAY['reviewer', 'manager']::varchar[])\n            THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_sees_claim', COLUMN = 'to', MESSAGE = 'In an independent project only those who can see a claim take over its verdict: reviewers, managers, and annotators once both have submitted the article.'; END IF;\n            IF EXISTS (SELECT FROM annotations_verdict v JOIN annotations_span s ON s.id = v.claim_id\n                       WHERE s.article_id = claim.article_id AND s.assignment_id <> claim.assignment_id\n                         AND s.start < claim.\"end\" AND s.\"end\" > claim.start\n                         AND (v.holder_id = NEW.holder_id OR NEW.holder_id = ANY(v.written_by)))\n            THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'holder_rated_text', COLUMN = 'to', MESSAGE = 'In an independent project nobody takes over a verdict on text that they have given a verdict on themselves.'; END IF;\n        END IF;\n        RETURN NEW;\n    END IF;\n    actor := nullif(current_setting('factcheck.actor', true), '')::bigint;\n    IF (OLD.state || ' to ' || NEW.state) IN ('draft to submitted', 'returned to submitted', 'submitted to draft')\n       AND actor <> NEW.holder_id AND coalesce(current_setting('factcheck.importing', true), '') <> 'on'\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'not_holder', COLUMN = 'holder', MESSAGE = 'Only the person who holds this verdict can do this.'; END IF;\n    IF claim.mode = 'independent' AND NEW.edited_by_id <> NEW.holder_id AND (NEW.edited_by_id, NEW.rating,\n        NEW.rationale, NEW.confidence) IS DISTINCT FROM (OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence)\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'not_holder', COLUMN = 'holder', MESSAGE = 'Only the person who holds this verdict can do this.'; END IF;\n    RETURN NEW;\n",
                    hash="cf370fd2b344c2695c7747aac0333a31aa19a266",
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
                name="lives_its_life",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE says_the_same bool; step text;",
                    func="\n    IF TG_OP = 'INSERT' THEN\n        IF NEW.state <> 'draft' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.'; END IF;\n        IF NEW.reviewer_id IS NOT NULL THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'Only a review approves, returns or reopens a verdict.'; END IF;\n        RETURN NEW;\n    END IF;\n    IF TG_OP = 'DELETE' THEN\n        IF OLD.state IN ('submitted', 'approved') THEN IF coalesce(current_setting('factcheck.removal', true), '') <> 'on' THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF; END IF;\n        RETURN OLD;\n    END IF;\n    says_the_same := (NEW.id, NEW.claim_id, NEW.author_id, NEW.edited_by_id, NEW.rating, NEW.rationale, NEW.confidence)\n        IS NOT DISTINCT FROM\n        (OLD.id, OLD.claim_id, OLD.author_id, OLD.edited_by_id, OLD.rating, OLD.rationale, OLD.confidence);\n    IF NOT says_the_same AND OLD.state IN ('submitted', 'approved') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF;\n    IF (NEW.claim_id, NEW.author_id) <> (OLD.claim_id, OLD.author_id) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.'; END IF;\n    step := OLD.state || ' to ' || NEW.state;\n    IF step IN ('submitted to approved', 'submitted to returned', 'approved to returned') THEN\n        IF NOT EXISTS (SELECT FROM annotations_review r\n            WHERE r.verdict_id = OLD.id AND r.verdict_version = OLD.version\n              AND r.reviewer_id = coalesce(NEW.reviewer_id, r.reviewer_id)\n              AND r.decision = CASE step WHEN 'submitted to approved' THEN 'approved'\n                                         WHEN 'submitted to returned' THEN 'returned' ELSE 'reopened' END)\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'Only a review approves, returns or reopens a verdict.'; END IF;\n    ELSIF step NOT IN ('draft to draft', 'draft to submitted', 'returned to submitted', 'returned to draft',\n                       'submitted to draft')\n          AND NOT (step = 'returned to returned' AND NEW.holder_id <> OLD.holder_id) THEN\n        IF OLD.state = NEW.state AND OLD.state IN ('submitted', 'approved') THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'under_review', COLUMN = 'state', MESSAGE = 'The verdict is submitted or approved, so its claim and evidence stand still. Withdraw or reopen it first.'; END IF;\n        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'verdict_state', COLUMN = 'state', MESSAGE = 'The verdict''s state does not allow this step.';\n    END IF;\n    IF (NEW.state = 'approved') <> (NEW.reviewer_id IS NOT NULL) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'review_needed', COLUMN = 'state', MESSAGE = 'Only a review approves, returns or reopens a verdict.'; END IF;\n    RETURN NEW;\n",
                    hash="2a46997f5e69657051900e7c02a95c97d26528f6",
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
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'written_by'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'written_by'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := (SELECT a.project_id FROM annotations_span s JOIN annotations_article a ON a.id = s.article_id WHERE s.id = entry.claim_id);\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'verdict',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, pg_current_xact_id());\n            RETURN NULL;\n        ",
                    hash="c1c4a7d84ae0acfae3092bd5b4631f841c6089f0",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_a95fe",
                    table="annotations_verdict",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
