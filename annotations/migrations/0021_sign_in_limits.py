"""Attempts at passwords and codes are counted, and the networks from which people sign in are known."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0020_accounts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.FloatField()),
                ("wait_until", models.DateTimeField()),
                ("expires", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "attempts",
                "indexes": [models.Index(fields=["expires"], name="attempts_expired")],
            },
        ),
        migrations.CreateModel(
            name="UsualNetwork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("network", models.CharField(max_length=64)),
                ("seen", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="usual_networks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "network"), name="usual_network_once")],
            },
        ),
        migrations.RunSQL("ALTER TABLE annotations_attempts SET UNLOGGED", migrations.RunSQL.noop),
    ]
