"""The keys that people change for themselves."""

import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0004_told_at_once")]

    operations = [
        migrations.AddField("user", "keys", models.JSONField("keys", blank=True, default=dict)),
        migrations.AddField("user", "single_keys", models.BooleanField("keys of one character", default=True)),
        migrations.AddConstraint(
            "user",
            models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    models.Func("keys", function="jsonb_typeof", output_field=models.TextField()),
                    models.Value("object"),
                ),
                name="user_keys_are_an_object",
            ),
        ),
    ]
