"""Constraints and the sequence of renamed tables and columns have the names that a new database gives them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

RENAME = """
DO $do$ DECLARE found record; BEGIN
    FOR found IN
        SELECT conrelid::regclass AS relation, conname AS before,
               CASE contype WHEN 'f' THEN 'annotations_reported_of_id_64cfc6ce_fk_annotatio'
               ELSE replace(replace(replace(conname, '_refuseditem_', '_reporteditem_'), '_ties_', '_links_read_'),
                            '_judgements_', '_verdicts_read_') END AS now
        FROM pg_constraint
        WHERE conrelid IN ('annotations_import'::regclass, 'annotations_reporteditem'::regclass)
          AND conname ~ '_refuseditem_|_ties_|_judgements_'
    LOOP EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', found.relation, found.before, found.now);
    END LOOP;
END $do$;
ALTER SEQUENCE IF EXISTS annotations_refuseditem_id_seq RENAME TO annotations_reporteditem_id_seq;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("annotations", "0035_words"),
    ]

    operations: ClassVar = [migrations.RunSQL(RENAME, migrations.RunSQL.noop)]
