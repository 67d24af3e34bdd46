"""Spans say how much text they select, and those that select much are limited.

Those that are there already stay, however much that is.
"""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import annotations.models.base.versioned

STAND = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""

# Nobody changed anything: no version, no event.
FILL = """
ALTER TABLE annotations_span DISABLE TRIGGER USER;
UPDATE annotations_span s SET selected =
    (SELECT sum(s.fragments[n][2] - s.fragments[n][1]) FROM generate_subscripts(s.fragments, 1) n)
    + (SELECT coalesce(sum((passage.value ->> 'end')::int - (passage.value ->> 'start')::int), 0)
       FROM jsonb_each(s.fields) passage WHERE jsonb_typeof(passage.value) = 'object');
ALTER TABLE annotations_span ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0030_address_fetches"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="matches_its_text",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="span",
            name="recorded",
        ),
        migrations.AddField(
            model_name="span",
            name="selected",
            field=annotations.models.base.versioned.NumberByDatabase(default=0, editable=False),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="span",
            index=models.Index(
                condition=models.Q(("selected__gt", 2000)),
                fields=["article", "assignment"],
                include=("selected",),
                name="long_span_in_article",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="span",
            trigger=pgtrigger.compiler.Trigger(
                name="matches_its_text",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE text_ text; size int; piece int[]; edge int := 0; selected int := 0; in_fields int := 0; slices text[] := '{}'; name_ text; value_ jsonb; words text;",
                    func="\n                    IF TG_OP = 'INSERT' AND NOT EXISTS (\n                        SELECT FROM annotations_assignment a\n                        WHERE a.id = NEW.assignment_id AND a.article_id = NEW.article_id)\n                    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_moved', COLUMN = 'article', MESSAGE = 'A span stays in the article and assignment it was made in.'; END IF;\n                    \n    SELECT a.body, a.length INTO STRICT text_, size FROM annotations_article a WHERE a.id = NEW.article_id;\n    IF (array_ndims(NEW.fragments) = 2 AND array_length(NEW.fragments, 2) = 2\n        AND array_lower(NEW.fragments, 1) = 1 AND array_lower(NEW.fragments, 2) = 1\n        AND array_length(NEW.fragments, 1) <= 100) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fragments', COLUMN = 'fragments', MESSAGE = 'Fragments must be in order, not overlap, not be empty, lie inside the text, and be at most 100.'; END IF;\n    -- PostgreSQL unpacks all of a stored text for each part of it: once is enough.\n    IF array_length(NEW.fragments, 1) > 1 THEN text_ := text_ || ''; END IF;\n    FOREACH piece SLICE 1 IN ARRAY NEW.fragments LOOP\n        IF (piece[1] >= edge AND piece[1] < piece[2] AND piece[2] <= size) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'fragments', COLUMN = 'fragments', MESSAGE = 'Fragments must be in order, not overlap, not be empty, lie inside the text, and be at most 100.'; END IF;\n        edge := piece[2];\n        selected := selected + piece[2] - piece[1];\n        -- A span from before this limit stays, and may become shorter.\n        IF selected > 10000 AND (TG_OP = 'INSERT' OR selected > (\n            SELECT sum(OLD.fragments[n][2] - OLD.fragments[n][1]) FROM generate_subscripts(OLD.fragments, 1) n))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'span_length', COLUMN = 'fragments', MESSAGE = 'The fragments of a span select at most 10,000 characters together.'; END IF;\n        slices := slices || substr(text_, piece[1] + 1, piece[2] - piece[1]);\n    END LOOP;\n    IF TG_OP = 'UPDATE' AND NEW.quote = OLD.quote AND NEW.fragments <> OLD.fragments THEN NEW.quote := ''; END IF;\n    IF coalesce(NEW.quote, '') NOT IN ('', array_to_string(slices, ' … ')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_mismatch', COLUMN = 'quote', MESSAGE = 'The quote is not the text at these offsets.'; END IF;\n    NEW.quote := array_to_string(slices, ' … ');\n    NEW.start := NEW.fragments[1][1];\n    NEW.\"end\" := edge;\n    FOR name_, value_ IN SELECT * FROM jsonb_each(NEW.fields) LOOP\n        CONTINUE WHEN jsonb_typeof(value_) <> 'object';\n        IF ((value_ ->> 'start')::int >= 0 AND (value_ ->> 'start')::int < (value_ ->> 'end')::int\n            AND (value_ ->> 'end')::int <= size) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_mismatch', COLUMN = 'fields', MESSAGE = 'A passage must be a range of the same article with its exact quote.'; END IF;\n        in_fields := in_fields + (value_ ->> 'end')::int - (value_ ->> 'start')::int;\n        IF in_fields > 10000 AND (TG_OP = 'INSERT' OR in_fields > (\n            SELECT coalesce(sum((passage.value ->> 'end')::int - (passage.value ->> 'start')::int), 0)\n            FROM jsonb_each(OLD.fields) passage WHERE jsonb_typeof(passage.value) = 'object'))\n        THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_length', COLUMN = 'fields', MESSAGE = 'The passages in the fields of a span select at most 10,000 characters together.'; END IF;\n        words := substr(text_, (value_ ->> 'start')::int + 1, (value_ ->> 'end')::int - (value_ ->> 'start')::int);\n        IF coalesce(value_ ->> 'quote', words) <> words THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'passage_mismatch', COLUMN = 'fields', MESSAGE = 'A passage must be a range of the same article with its exact quote.'; END IF;\n        NEW.fields := jsonb_set(NEW.fields, ARRAY[name_, 'quote'], to_jsonb(words));\n    END LOOP;\n    NEW.selected := selected + in_fields;\n\n                    RETURN NEW;\n                ",
                    hash="c56ad7af20cb74dc46dc1e0209e2cb11be1c2914",
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
                    func="\n    IF TG_OP = 'UPDATE' AND NEW.selected <= OLD.selected THEN RETURN NEW; END IF;\n    -- Long spans of an article are made one after the other. The pass itself may be held FOR SHARE by two of them.\n    PERFORM FROM annotations_article WHERE id = NEW.article_id FOR NO KEY UPDATE;\n    -- The same span once more is refused by its own rule, or not inserted.\n    IF NEW.selected + (\n        SELECT coalesce(sum(long.selected), 0) FROM annotations_span long\n        WHERE long.article_id = NEW.article_id AND long.assignment_id = NEW.assignment_id AND long.selected > 2000\n          AND long.id <> NEW.id AND (long.label, long.fragments) <> (NEW.label, NEW.fragments)) > 2000000\n    OR (SELECT pass.imported FROM annotations_assignment pass WHERE pass.id = NEW.assignment_id)\n    AND NEW.selected + (\n        SELECT coalesce(sum(long.selected), 0) FROM annotations_span long\n        JOIN annotations_assignment pass ON pass.id = long.assignment_id\n        WHERE long.article_id = NEW.article_id AND long.selected > 2000 AND pass.imported\n          AND long.id <> NEW.id) > 10000000\n    THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'selected_text', COLUMN = 'fragments', MESSAGE = 'Spans that select more than 2,000 characters select at most 2,000,000 together in one person''s pass over an article, and 10,000,000 in all imported passes over it. Make some of them shorter first.'; END IF;\n    RETURN NEW;\n",
                    hash="6f819fcebae322380c926ca3e56a04319d6fb13e",
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
                name="recorded",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE entry record; earlier jsonb; later jsonb; project bigint;",
                    func="\n            IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(OLD) - 'external_in_id' - 'project_id' - 'selected'; entry := OLD; END IF;\n            IF TG_OP <> 'DELETE' THEN later := to_jsonb(NEW) - 'external_in_id' - 'project_id' - 'selected'; entry := NEW; END IF;\n            IF earlier = later THEN RETURN NULL; END IF;\n            project := entry.project_id;\n            IF TG_OP = 'INSERT' AND EXISTS (\n        SELECT FROM annotations_event e WHERE e.kind = 'span' AND e.object_id = entry.id::text\n          AND (e.project_id IS DISTINCT FROM project OR coalesce(e.before, e.after) -> 'assignment_id' IS DISTINCT FROM later -> 'assignment_id')) THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'id_used', COLUMN = 'id', MESSAGE = 'This id was used before, for something else. Use a new one.'; END IF;\n            INSERT INTO annotations_event (at, by_id, kind, object_id, project_id, what, before, after, xid)\n            VALUES (clock_timestamp(), nullif(current_setting('factcheck.actor', true), '')::bigint, 'span',\n                    entry.id::text, project,\n                    CASE TG_OP WHEN 'INSERT' THEN 'created' WHEN 'UPDATE' THEN 'updated' ELSE 'deleted' END,\n                    earlier, later, factcheck_xid());\n            RETURN NULL;\n        ",
                    hash="5008712109cc30c5ba6a882d5d6cf5efc189adea",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_recorded_0e8c8",
                    table="annotations_span",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(STAND, migrations.RunSQL.noop),
    ]
