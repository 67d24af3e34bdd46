import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("annotations", "0012_hand_over"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("name", models.TextField(blank=True)),
                ("spans", models.PositiveIntegerField(default=0)),
                (
                    "of",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="annotations.import",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"ordering": ["of", "-spans", "name"]},
        ),
        migrations.AddConstraint(
            model_name="importperson",
            constraint=models.UniqueConstraint(fields=("of", "key"), name="import_person_once"),
        ),
        # What was proposed and not chosen until now comes in as the new default says; what has begun goes on as it was.
        migrations.RunSQL(
            """
            UPDATE annotations_import SET options = options || '{"others": "me"}'
            WHERE state IN ('waiting', 'running') AND NOT options ? 'others' AND format <> 'jsonl'
            """,
            migrations.RunSQL.noop,
        ),
    ]
