"""Attempts at passwords and codes are counted, the networks from which people sign in are known, and the secrets of the
second factor are encrypted.
"""

from collections.abc import Callable
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from factcheck.encryption import MARK, decrypt, encrypt


def change_secrets(apps: Any, change: Callable[[str], str]) -> None:
    """Changes each secret of each authenticator."""
    for one in apps.get_model("mfa", "Authenticator").objects.order_by("pk").iterator():
        for name in ("secret", "seed"):
            if name in one.data:
                one.data[name] = change(one.data[name])
        if "migrated_codes" in one.data:
            one.data["migrated_codes"] = [change(code) for code in one.data["migrated_codes"]]
        one.save(update_fields=["data"])


def encrypt_secrets(apps: Any, schema_editor: Any) -> None:
    change_secrets(apps, lambda text: text if text.startswith(MARK) else encrypt(text))


def decrypt_secrets(apps: Any, schema_editor: Any) -> None:
    change_secrets(apps, decrypt)


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0024_invitations"),
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
        migrations.RunPython(encrypt_secrets, decrypt_secrets),
        migrations.RunSQL("ALTER TABLE annotations_attempts SET UNLOGGED", migrations.RunSQL.noop),
    ]
