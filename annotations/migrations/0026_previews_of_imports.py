"""Previews of imports are made by a worker, and kept until the import begins."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0025_sign_in_limits"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportPreview",
            fields=[
                (
                    "of",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="preview",
                        serialize=False,
                        to="annotations.import",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                ("seen", models.JSONField(null=True)),
                ("failure", models.CharField(blank=True, max_length=20)),
                ("asked_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "ordering": ["of"],
            },
        ),
    ]
