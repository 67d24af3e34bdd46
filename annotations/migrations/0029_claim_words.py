"""The words of claims are found by an index of their trigrams."""

import django.contrib.postgres.indexes
import django.db.models.fields.json
from django.db import migrations, models

import annotations.models.base.lookup_columns
from annotations.models.base.text_search import (
    CREATE_TRIGRAM_QUERY,
    CREATE_TRIGRAMS,
    DROP_TRIGRAM_QUERY,
    DROP_TRIGRAMS,
)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0028_imported_reviews"),
    ]

    operations = [
        migrations.RunSQL(CREATE_TRIGRAMS, DROP_TRIGRAMS),
        migrations.RunSQL(CREATE_TRIGRAM_QUERY, DROP_TRIGRAM_QUERY),
        migrations.AddIndex(
            model_name="span",
            index=django.contrib.postgres.indexes.GinIndex(
                annotations.models.base.lookup_columns.Trigrams(
                    "quote", django.db.models.fields.json.KeyTextTransform("statement", "fields")
                ),
                annotations.models.base.lookup_columns.ArrayOf("project"),
                condition=models.Q(("label", "claim")),
                name="claim_words",
            ),
        ),
    ]
