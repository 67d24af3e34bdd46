"""Columns and options of imports have the names of the glossary; previews are made again with them."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

BOILERPLATE = """
UPDATE annotations_import
SET options = options - 'without_furniture' || jsonb_build_object('without_boilerplate', options -> 'without_furniture')
WHERE options ? 'without_furniture'
"""
FURNITURE = """
UPDATE annotations_import
SET options = options - 'without_boilerplate' || jsonb_build_object('without_furniture', options -> 'without_boilerplate')
WHERE options ? 'without_boilerplate'
"""
PREVIEWS = "DELETE FROM annotations_importpreview WHERE seen IS NOT NULL"


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("annotations", "0033_rules_by_name"),
    ]

    operations: ClassVar = [
        migrations.RenameField("import", "ties", "links_read"),
        migrations.RenameField("import", "judgements", "verdicts_read"),
        migrations.RunSQL(BOILERPLATE, FURNITURE),
        migrations.RunSQL(PREVIEWS, PREVIEWS),
    ]
